import { describe, expect, it } from 'vitest'
import { GRAPH, MEDIA } from '../origins.ts'
import {
  BRANDL,
  BRANDL_BUSINESS,
  CERAMICS,
  HARBOUR,
  HARBOUR_IG,
  KESTREL,
  MARA,
  metaKit,
  NORTHWIND,
  NORTHWIND_IG,
} from '../testing.ts'

const k = metaKit()
type Listed = { id: string; access_token?: string }
const ids = (json: { data: Listed[] }) => json.data.map((one) => one.id)
const NO_BUSINESS = ['scope:business_management']

describe('/me/accounts', () => {
  it('lists the Pages, with a token and the tasks of each, where no fields are asked', async () => {
    const { json } = await k.accounts(await k.long())
    expect(ids(json)).toEqual([NORTHWIND, CERAMICS, HARBOUR])
    expect(Object.keys(json.data[0])).toEqual(['access_token', 'category', 'name', 'id', 'tasks'])
    expect(json.data[0].tasks).toContain('CREATE_CONTENT')
    expect(json.data[2].tasks).toEqual(['ANALYZE', 'ADVERTISE'])
    expect(json.paging).toEqual({ cursors: { before: expect.any(String), after: expect.any(String) } })
  })

  it('answers what was asked, and the id', async () => {
    const { json } = await k.accounts(await k.long(), { fields: 'name,username' })
    expect(json.data).toEqual([
      { name: 'Northwind Studio', username: 'northwindstudio', id: NORTHWIND },
      { name: 'Lindqvist Ceramics', id: CERAMICS },
      { name: 'Harbour Readings', username: 'harbourreadings', id: HARBOUR },
    ])
  })

  it('knows nested fields, and a Page without an Instagram account has no such key', async () => {
    const fields = 'id,picture.type(large),instagram_business_account{id,username,name,profile_picture_url}'
    const { json } = await k.accounts(await k.long(), { fields })
    const media = MEDIA
    expect(json.data[0]).toEqual({
      id: NORTHWIND,
      picture: { data: { height: 200, width: 200, is_silhouette: false, url: `${media}/v/${NORTHWIND}/picture` } },
      instagram_business_account: {
        ...{ id: NORTHWIND_IG, username: 'northwind.studio', name: 'Northwind Studio' },
        profile_picture_url: `${media}/v/${NORTHWIND_IG}/picture`,
      },
    })
    expect(json.data[1]).not.toHaveProperty('instagram_business_account')
  })

  it('tells an account that is only connected from a professional one', async () => {
    const fields = 'instagram_business_account,connected_instagram_account'
    const { json } = await k.accounts(await k.long(), { fields })
    expect(json.data).toEqual([
      {
        instagram_business_account: { id: NORTHWIND_IG },
        connected_instagram_account: { id: NORTHWIND_IG },
        id: NORTHWIND,
      },
      { id: CERAMICS },
      { connected_instagram_account: { id: HARBOUR_IG }, id: HARBOUR },
    ])
  })

  it('shows no Instagram account without instagram_basic', async () => {
    const token = await k.long({ untick: ['scope:instagram_basic'] })
    const { json } = await k.accounts(token, { fields: 'id,instagram_business_account{id}' })
    expect(json.data[0]).toEqual({ id: NORTHWIND })
  })

  it('is reached by the person’s own id, and not by another’s', async () => {
    const token = await k.long()
    expect(ids((await k.call(`/${MARA}/accounts`, token)).json)).toHaveLength(3)
    expect((await k.call('/10228845610000102/accounts', token)).json.error).toMatchObject({
      code: 100,
      error_subcode: 33,
    })
  })

  it.each([
    ['a field that no Page has', { fields: 'id,fan_count_total' }, 100],
    ['a nested one that no account has', { fields: 'instagram_business_account{email}' }, 100],
    ['fields that cannot be read', { fields: 'id,instagram_business_account{id' }, 2500],
    ['no limit', { limit: '0' }, 100],
    ['a strange limit', { limit: 'many' }, 100],
    ['a strange cursor', { after: 'zzz!' }, 100],
  ])('refuses %s', async (_name, query, code) => {
    const { status, json } = await k.accounts(await k.long(), query)
    expect([status, json.error.code]).toEqual([400, code])
  })

  it('without pages_show_list is an error, or empty', async () => {
    const token = await k.long({ untick: ['scope:pages_show_list'] })
    const { status, json } = await k.accounts(token)
    expect([status, json.error.code]).toEqual([403, 200])
    k.steer({ settings: { listWithoutPermission: 'empty' } })
    expect((await k.accounts(token)).json).toEqual({ data: [] })
    expect((await k.call(`/${NORTHWIND}`, token, { fields: 'access_token' })).json).toEqual({ id: NORTHWIND })
  })

  it('is nothing that a Page has', async () => {
    const token = await k.page(await k.long())
    expect((await k.accounts(token)).json.error.message).toContain('nonexisting field (accounts)')
    expect((await k.call('/me/businesses', token)).json.error.message).toContain('nonexisting field (businesses)')
  })
})

describe('paging', () => {
  it('goes by cursors through 501 Pages, a hundred at most at a time', async () => {
    const token = await k.long({ member: 'priya' })
    const seen: string[] = []
    const sizes: number[] = []
    let after: string | undefined
    do {
      const { json } = await k.accounts(token, { fields: 'id', limit: '200', after })
      seen.push(...ids(json))
      sizes.push(json.data.length)
      after = json.paging.next && json.paging.cursors.after
    } while (after !== undefined)
    expect(sizes).toEqual([100, 100, 100, 100, 100, 1])
    expect(new Set(seen).size).toBe(501)
  })

  it('shows 25 unless told', async () => {
    expect((await k.accounts(await k.long({ member: 'priya' }))).json.data).toHaveLength(25)
  })

  it('has addresses of the real host, with version and id, without the token that came in a header', async () => {
    const token = await k.long({ member: 'priya' })
    const { json } = await k.accounts(token, { fields: 'id', limit: '10' })
    const next = new URL(json.paging.next)
    expect([next.origin, next.pathname]).toEqual([GRAPH, '/v26.0/10228845610000104/accounts'])
    expect(next.searchParams.has('access_token')).toBe(false)
    expect(json.paging).not.toHaveProperty('previous')
    const open = await k.raw(next.pathname, Object.fromEntries(next.searchParams))
    expect(open.json.error.code).toBe(2500)
    const second = await k.raw(next.pathname, { ...Object.fromEntries(next.searchParams), access_token: token })
    expect(ids(second.json)[0]).not.toBe(ids(json)[0])
    expect(new URL(second.json.paging.next).searchParams.get('access_token')).toBe(token)
  })

  it('leads back, too', async () => {
    const token = await k.long({ member: 'priya' })
    const first = (await k.accounts(token, { fields: 'id', limit: '10' })).json
    const second = (await k.accounts(token, { fields: 'id', limit: '10', after: first.paging.cursors.after })).json
    const previous = Object.fromEntries(new URL(second.paging.previous).searchParams)
    expect(ids((await k.accounts(token, previous)).json)).toEqual(ids(first))
  })

  it('ends with an empty list and no paging', async () => {
    const token = await k.long()
    const { json } = await k.accounts(token)
    expect((await k.accounts(token, { after: json.paging.cursors.after })).json).toEqual({ data: [] })
  })
})

describe('Pages of a business', () => {
  it('are among a person’s own with business_management alone', async () => {
    expect(ids((await k.accounts(await k.long({ member: 'tomas' }))).json)).toEqual([BRANDL])
    const without = await k.long({ member: 'priya', untick: NO_BUSINESS })
    k.steer({ endGrant: { why: 'removed', member: 'tomas' } })
    expect(ids((await k.accounts(await k.long({ member: 'tomas', untick: NO_BUSINESS }))).json)).toEqual([])
    const all = await k.accounts(without, { fields: 'id', after: Buffer.from('499').toString('base64url') })
    expect(all.json.data).toHaveLength(1)
    expect(all.json.paging).not.toHaveProperty('next')
  })

  it('one that is held by the business alone is found there alone, with a token', async () => {
    const token = await k.long({ member: 'tomas' })
    const { json } = await k.call('/me/businesses', token, { fields: 'id,name' })
    expect(json.data).toEqual([{ id: BRANDL_BUSINESS, name: 'Brandl & Partner' }])
    const fields = { fields: 'id,access_token,tasks' }
    const owned = (await k.call(`/${BRANDL_BUSINESS}/owned_pages`, token, fields)).json
    const client = (await k.call(`/${BRANDL_BUSINESS}/client_pages`, token, fields)).json
    expect([ids(owned), ids(client)]).toEqual([[BRANDL], [KESTREL]])
    expect((await k.call('/me', client.data[0].access_token)).json.id).toBe(KESTREL)
  })

  it('have no token and no tasks for who has no role on them, or did not tick them', async () => {
    const token = await k.long({ member: 'tomas', untick: [`page:${KESTREL}`] })
    k.steer({ loseRole: { member: 'tomas', page: BRANDL } })
    const fields = { fields: 'id,access_token,tasks' }
    expect((await k.call(`/${BRANDL_BUSINESS}/owned_pages`, token, fields)).json.data).toEqual([{ id: BRANDL }])
    const { json } = await k.call(`/${BRANDL_BUSINESS}/client_pages`, token, fields)
    expect(json.data).toEqual([{ id: KESTREL, tasks: ['ANALYZE', 'CREATE_CONTENT', 'MODERATE'] }])
  })

  it('are closed without business_management, and to strangers', async () => {
    const without = await k.long({ member: 'tomas', untick: NO_BUSINESS })
    expect((await k.call('/me/businesses', without)).json.error).toMatchObject({ code: 200 })
    const stranger = await k.long()
    expect((await k.call(`/${BRANDL_BUSINESS}/owned_pages`, stranger)).json.error.error_subcode).toBe(33)
    expect((await k.call(`/${BRANDL_BUSINESS}`, stranger)).json.error.error_subcode).toBe(33)
  })

  it('answer which fields were asked', async () => {
    const token = await k.long({ member: 'tomas' })
    expect((await k.call('/me/businesses', token, { fields: 'id' })).json.data).toEqual([{ id: BRANDL_BUSINESS }])
    expect((await k.call(`/${BRANDL_BUSINESS}`, token)).json).toEqual({ id: BRANDL_BUSINESS, name: 'Brandl & Partner' })
    expect((await k.call('/me/businesses', token, { fields: 'revenue' })).json.error.code).toBe(100)
  })
})

describe('a role on a Page', () => {
  it('that is lost ends the Page’s token with 492, and hides the Page', async () => {
    const user = await k.long()
    const token = await k.page(user)
    k.steer({ loseRole: { member: 'mara', page: NORTHWIND } })
    expect((await k.call('/me', token)).json.error).toMatchObject({ code: 190, error_subcode: 492 })
    expect((await k.debug(token)).json.data).toMatchObject({ is_valid: false, error: { code: 190, subcode: 492 } })
    expect(ids((await k.accounts(user)).json)).toEqual([CERAMICS, HARBOUR])
    expect((await k.call(`/${NORTHWIND}`, user)).json.error.error_subcode).toBe(33)
  })

  it('can be given, with some tasks, and back', async () => {
    const user = await k.long()
    const token = await k.page(user)
    k.steer({ loseRole: { member: 'mara', page: NORTHWIND } })
    k.steer({ role: { member: 'mara', page: NORTHWIND, tasks: ['ANALYZE'] } })
    expect((await k.call('/me', token, { fields: 'tasks' })).json).toEqual({ tasks: ['ANALYZE'], id: NORTHWIND })
    expect(() => k.steer({ loseRole: { member: 'ines', page: NORTHWIND } })).toThrow('no role')
  })
})
