import { describe, expect, it } from 'vitest'
import { heyreachKit, PROBLEM, refused } from '../testing.ts'

const k = heyreachKit()
const list = (body: unknown) => k.post('/li_account/GetAll', body)
const everybody = async () => {
  const pages = [await list({ offset: 0, limit: 100 }), await list({ offset: 100, limit: 100 })]
  return pages.flatMap(({ json }) => json.items)
}

describe('the list', () => {
  it('holds more seats than a page, each as HeyReach shows it', async () => {
    const { status, json } = await list({ offset: 0, limit: 100 })
    expect([status, json.totalCount, json.items.length]).toEqual([200, 124, 100])
    expect(json.items[0]).toEqual({
      id: 71110,
      emailAddress: 'aiko.adeyemi@clients.example',
      firstName: null,
      lastName: null,
      isActive: true,
      activeCampaigns: 0,
      authIsValid: true,
      isValidNavigator: true,
      isValidRecruiter: false,
    })
    const rest = await list({ offset: 100, limit: 100 })
    expect([rest.json.totalCount, rest.json.items.length]).toEqual([124, 24])
    expect((await list({ offset: 124, limit: 100 })).json).toEqual({ totalCount: 124, items: [] })
  })

  it('has every seat once, with integers for ids, and of every condition some', async () => {
    const seats = await everybody()
    expect(new Set(seats.map((one) => one.id)).size).toBe(124)
    for (const { id } of seats) expect(Number.isInteger(id)).toBe(true)
    const conditions = seats.map((one) => `${one.authIsValid} ${one.isActive}`)
    expect(new Set(conditions)).toEqual(new Set(['true true', 'true false', 'false true', 'false false']))
    const names = seats.map((one) => `${one.firstName === null} ${one.lastName === null}`)
    expect(new Set(names)).toEqual(new Set(['true true', 'true false', 'false true', 'false false']))
  })

  it('is searched by e-mail address and name', async () => {
    const { json } = await list({ offset: 0, limit: 1, keyword: 'BRUNO' })
    expect(json).toMatchObject({ totalCount: 8, items: [{ emailAddress: 'bruno.adeyemi@clients.example' }] })
    expect((await list({ offset: 0, limit: 1, keyword: 'nobody' })).json).toEqual({ totalCount: 0, items: [] })
    expect((await list({ offset: 0, limit: 1, keyword: null, other: 1 })).json.totalCount).toBe(124)
  })

  it.each<[unknown, string[]]>([
    [{ offset: 0, limit: 101 }, ['Limit']],
    [{ offset: 0, limit: 0 }, ['Limit']],
    [{ offset: -1, limit: 10 }, ['Offset']],
    [{ offset: 0 }, ['Limit']],
    [{}, ['Offset', 'Limit']],
    [{ Offset: 0, Limit: 10 }, ['Offset', 'Limit']],
    [{ offset: '0', limit: 10 }, ['$.offset']],
    [{ offset: 0, limit: 1.5 }, ['$.limit']],
    [{ offset: 0, limit: null }, ['Limit']],
    [{ offset: 0, limit: 10, keyword: 7 }, ['$.keyword']],
    [[], ['$']],
    ['offset=0&limit=10', ['$']],
    ['', ['']],
  ])('refuses %j', async (body, names) => {
    const { status, json, headers } = await list(body)
    expect([status, json, headers.get('content-type')]).toEqual([400, refused(...names), PROBLEM])
  })

  it('refuses what is no JSON, or nothing at all', async () => {
    const form = { headers: k.headers(), body: new URLSearchParams({ offset: '0', limit: '10' }) }
    const answer = await k.send('POST', '/li_account/GetAll', form)
    expect([answer.status, answer.json.title]).toEqual([415, 'Unsupported Media Type'])
    const nothing = await k.send('POST', '/li_account/GetAll')
    expect([nothing.status, nothing.json]).toEqual([400, refused('')])
  })
})

describe('one seat', () => {
  const one = (query: string) => k.get(`/li_account/GetById${query}`)

  it('is as the list has it', async () => {
    const seats = await everybody()
    const { status, json } = await one(`?accountId=${seats[37].id}`)
    expect([status, json]).toEqual([200, seats[37]])
  })

  it('is not there: 404, or 400 as some saw it', async () => {
    expect(await one('?accountId=71111')).toMatchObject({ status: 404, json: { title: 'Not Found', status: 404 } })
    k.settings({ unknownId: 400 })
    const { status, json } = await one('?accountId=71111')
    expect([status, json]).toEqual([400, { errorMessage: 'LinkedIn account was not found.' }])
  })

  it.each(['', '?accountId=', '?accountId=ada', '?accountId=1.5', '?accountId=99999999999', '?AccountId=71110'])(
    'needs a number: %s',
    async (query) => {
      const { status, json } = await one(query)
      expect([status, json]).toEqual([400, refused('accountId')])
    },
  )
})
