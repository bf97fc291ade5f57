import { describe, expect, it } from 'vitest'
import { hubspotKit } from '../testing.ts'

const k = hubspotKit()
const list = async (query: string, member = 'mara') =>
  k.call(`/crm/v3/objects/contacts${query}`, (await k.tokens({ member })).access_token)

describe('the list', () => {
  it('is read by its cursor, to an end that has none', async () => {
    const { access_token } = await k.tokens()
    const ids: string[] = []
    let after: string | undefined = '0'
    while (after !== undefined) {
      const { json } = await k.call(`/crm/v3/objects/contacts?limit=100&after=${after}`, access_token)
      ids.push(...json.results.map((one: { id: string }) => one.id))
      after = json.paging?.next.after
    }
    expect(ids).toEqual(Array.from({ length: 250 }, (_, at) => String(at + 1)))
  })

  it('has ten unless told', async () => expect((await list('')).json.results).toHaveLength(10))
  it('may be whole', async () => expect((await list('', 'ines')).json).toEqual({ results: expect.any(Array) }))

  it.each(['?limit=0', '?limit=101', '?limit=ten', '?after=x'])('refuses %s', async (query) => {
    const { status, json } = await list(query)
    expect([status, json.category]).toEqual([400, 'VALIDATION_ERROR'])
  })
})

describe('a search', () => {
  it('counts all that there are', async () => {
    const { access_token } = await k.tokens({ member: 'priya' })
    const { json } = await k.search(access_token, { filterGroups: [], limit: 1 })
    expect(json).toMatchObject({ total: 12_345, results: [{ id: '1' }], paging: { next: { after: '1' } } })
    const last = await k.search(access_token, { limit: 200, after: '9800' })
    expect(last.json.results).toHaveLength(200)
    expect((await k.search(access_token, { limit: 200, after: '9801' })).status).toBe(400)
  })

  const filters = (count: number) => ({
    filters: Array(count).fill({ propertyName: 'email', operator: 'HAS_PROPERTY' }),
  })
  it.each<[string, unknown]>([
    ['more than 200', { limit: 201 }],
    ['none', { limit: 0 }],
    ['a long query', { query: 'x'.repeat(3001) }],
    ['six groups', { filterGroups: Array(6).fill(filters(1)) }],
    ['seven filters', { filterGroups: [filters(7)] }],
    ['a filter without an operator', { filterGroups: [{ filters: [{ propertyName: 'email' }] }] }],
    ['no JSON', 'limit=1'],
  ])('refuses %s', async (_name, body) => {
    const { access_token } = await k.tokens()
    const { status, json } = await k.search(access_token, body)
    expect([status, json.category]).toEqual([400, 'VALIDATION_ERROR'])
  })

  it('refuses a form', async () => {
    const { access_token } = await k.tokens()
    expect((await k.search(access_token, 'limit=1', 'application/x-www-form-urlencoded')).status).toBe(415)
  })
})
