import { describe, expect, it } from 'vitest'
import {
  BRANDL,
  BRANDL_BUSINESS,
  CERAMICS,
  CONFIG,
  HARBOUR,
  KESTREL,
  metaKit,
  NORTHWIND,
  NORTHWIND_IG,
  SYSTEM_CONFIG,
} from '../testing.ts'

const k = metaKit()
const boxes = (html: string) => [...html.matchAll(/type="checkbox" name="([^"]+)"/g)].map(([, name]) => name)
const page = async (
  who: Parameters<typeof k.dialogUrl>[0] & { member?: string } = {},
  browser = k.sandbox.browser(),
) =>
  // No such button: the page is opened as that person, and left.
  who.member === undefined
    ? (await browser.open(k.dialogUrl(who))).html
    : (await browser.consent(k.dialogUrl(who), { member: who.member, press: 'leave' })) &&
      (await browser.open(k.dialogUrl(who))).html
const mine = async (token: string) => (await k.accounts(token)).json.data.map((one: { id: string }) => one.id)

describe('classic: a person may decline one permission and give the rest', () => {
  it('has a box for each, and none for the public profile', async () => {
    const found = boxes(await page({ scope: 'pages_show_list,email' }))
    expect(found.filter((name) => name?.startsWith('scope:'))).toEqual(['scope:pages_show_list', 'scope:email'])
  })

  it('and the flow succeeds all the same', async () => {
    const token = await k.short({ scope: 'pages_show_list,email', untick: ['scope:email'] })
    expect((await k.call('/me/permissions', token)).json.data).toEqual([
      { permission: 'public_profile', status: 'granted' },
      { permission: 'pages_show_list', status: 'granted' },
      { permission: 'email', status: 'declined' },
    ])
  })

  it('what was declined is not asked again, but by auth_type=rerequest', async () => {
    const browser = k.sandbox.browser()
    const scope = 'pages_show_list,email'
    await k.back({ scope, untick: ['scope:email'] }, browser)
    expect(boxes(await page({ scope }, browser))).not.toContain('scope:email')
    await k.back({ scope }, browser)
    expect(k.grant()).toMatchObject({ granted: ['public_profile', 'pages_show_list'], declined: ['email'] })
    const authorize = { auth_type: 'rerequest' }
    expect(boxes(await page({ scope, authorize }, browser))).toContain('scope:email')
    await k.back({ scope, authorize }, browser)
    expect(k.grant()).toMatchObject({ granted: ['public_profile', 'pages_show_list', 'email'], declined: [] })
  })

  it('a later consent for less takes nothing back', async () => {
    await k.back({ scope: 'pages_show_list,email' })
    await k.back({ scope: 'email' })
    expect(k.grant()?.granted.toSorted()).toEqual(['email', 'pages_show_list', 'public_profile'])
    expect(k.grant()?.pages).toEqual([NORTHWIND, CERAMICS, HARBOUR])
  })

  it('who removed the app is asked as somebody new', async () => {
    await k.back({ scope: 'pages_show_list,email', untick: ['scope:email'] })
    k.steer({ endGrant: { why: 'removed' } })
    expect(boxes(await page({ scope: 'email' }))).toEqual(['scope:email'])
    await k.back({ scope: 'email' })
    expect(k.grant()).toMatchObject({ granted: ['public_profile', 'email'], declined: [], pages: [] })
  })

  it('what has Standard Access alone is not asked of strangers', async () => {
    k.steer({ app: { registration: 'meta', standard: ['pages_manage_posts'], roles: ['tomas'] } })
    const scope = 'pages_show_list,pages_manage_posts'
    await k.back({ scope })
    expect(k.grant()).toMatchObject({ granted: ['public_profile', 'pages_show_list'], declined: [] })
    await k.back({ scope, member: 'tomas' })
    expect(k.grant()?.granted).toContain('pages_manage_posts')
  })
})

describe('which Pages, Instagram accounts and businesses', () => {
  it('are there to tick, of the person alone', async () => {
    const found = boxes(await page())
    expect(found.filter((name) => !name?.startsWith('scope:'))).toEqual([
      `page:${NORTHWIND}`,
      `page:${CERAMICS}`,
      `page:${HARBOUR}`,
      `instagram:${NORTHWIND_IG}`,
    ])
    const toms = boxes(await page({ member: 'tomas' }))
    expect(toms).toContain(`business:${BRANDL_BUSINESS}`)
    expect(toms.filter((name) => name?.startsWith('page:'))).toEqual([`page:${BRANDL}`, `page:${KESTREL}`])
  })

  it('are not asked where no permission is about them', async () => {
    expect(boxes(await page({ scope: 'email' }))).toEqual(['scope:email'])
    const found = boxes(await page({ scope: 'pages_show_list' }))
    expect(found).not.toContain(`instagram:${NORTHWIND_IG}`)
  })

  it('a person without any Page is shown none, and has none', async () => {
    expect(boxes(await page({ member: 'ines' })).filter((name) => !name?.startsWith('scope:'))).toEqual([])
    expect((await k.accounts(await k.short({ member: 'ines' }))).json).toEqual({ data: [] })
  })

  it('a Page that was not ticked cannot be seen, by any road', async () => {
    const token = await k.short({ untick: [`page:${NORTHWIND}`] })
    expect(await mine(token)).toEqual([CERAMICS, HARBOUR])
    expect((await k.call(`/${NORTHWIND}`, token)).json.error).toMatchObject({ code: 100, error_subcode: 33 })
    expect((await k.call(`/${NORTHWIND_IG}`, token)).json.error).toMatchObject({ code: 100, error_subcode: 33 })
  })

  it('an Instagram account that was not ticked is missing from its Page', async () => {
    const token = await k.short({ untick: [`instagram:${NORTHWIND_IG}`] })
    const { json } = await k.call(`/${NORTHWIND}`, token, { fields: 'name,instagram_business_account' })
    expect(json).toEqual({ name: 'Northwind Studio', id: NORTHWIND })
  })

  it('a business that was not ticked is missing, and its Pages have no token', async () => {
    const token = await k.short({ member: 'tomas', untick: [`business:${BRANDL_BUSINESS}`] })
    expect((await k.call('/me/businesses', token)).json).toEqual({ data: [] })
    expect((await k.call(`/${BRANDL_BUSINESS}/owned_pages`, token)).json.error.error_subcode).toBe(33)
  })

  it('can be changed by another consent', async () => {
    const browser = k.sandbox.browser()
    const token = await k.short({ untick: [`page:${NORTHWIND}`] }, browser)
    await k.back({ untick: [`page:${CERAMICS}`] }, browser)
    expect(await mine(token)).toEqual([NORTHWIND, HARBOUR])
  })
})

describe('Login for Business: all of it or nothing', () => {
  const business = 'meta-business'

  it('has no box for a permission, and gives what the configuration holds', async () => {
    const found = boxes(await page({ registration: business }))
    expect(found.filter((name) => name?.startsWith('scope:'))).toEqual([])
    // Sent all the same, as by a page that was tampered with.
    await k.back({ registration: business, untick: ['scope:pages_show_list'] })
    expect(k.grant()).toMatchObject({ declined: [], granted: expect.arrayContaining(['pages_show_list']) })
  })

  it('takes back at once what a scope beside it names and the configuration has not', async () => {
    k.steer({ app: { registration: business, configurations: [{ id: CONFIG, permissions: ['pages_show_list'] }] } })
    await k.back({ registration: business, authorize: { scope: 'read_insights' } })
    expect(k.grant()?.granted).toEqual(['public_profile', 'pages_show_list'])
  })

  it('needs a config_id of this app, not a scope', async () => {
    const ask = (authorize: Record<string, string | undefined>) =>
      k.sandbox.browser().open(k.dialogUrl({ registration: business, authorize }))
    const scope = { config_id: undefined, scope: 'pages_show_list' }
    expect((await ask(scope)).html).toContain('needs a config_id')
    expect((await ask({ config_id: '200000000000009' })).status).toBe(400)
    k.steer({ settings: { scopeInBusiness: 'accepted' } })
    expect((await ask(scope)).status).toBe(200)
  })

  it('shows the assets that the configuration is for', async () => {
    const permissions = ['pages_show_list', 'instagram_basic', 'business_management']
    k.steer({ app: { registration: business, configurations: [{ id: CONFIG, permissions, assets: ['pages'] }] } })
    const found = boxes(await page({ registration: business, member: 'tomas' }))
    expect(found).toEqual([`page:${BRANDL}`, `page:${KESTREL}`])
  })

  it('may hand out the token of a system user, without an end', async () => {
    const authorize = { config_id: SYSTEM_CONFIG }
    const { json } = await k.exchange(await k.code({ registration: business, authorize }), {}, business)
    expect(json).toEqual({ access_token: expect.any(String), token_type: 'bearer' })
    const token = json.access_token
    const { data } = (await k.debug(token, business)).json
    expect(data).toMatchObject({ type: 'SYSTEM_USER', expires_at: 0, data_access_expires_at: 0, is_valid: true })
    const me = (await k.call('/me', token, {}, { registration: business })).json
    expect(me).toEqual({ name: 'Mooring demo (Login for Business) System User', id: data.user_id })
    expect((await k.call('/me/accounts', token, {}, { registration: business })).json.data).toHaveLength(3)
    const page = (await k.call('/me/accounts', token, {}, { registration: business })).json.data[0].access_token
    expect((await k.debug(page, business)).json.data).toMatchObject({ type: 'PAGE', data_access_expires_at: 0 })
    k.advance(400 * 86_400)
    expect((await k.call('/me', page, {}, { registration: business })).status).toBe(200)
    expect((await k.call('/me/accounts', token, {}, { registration: business })).status).toBe(200)
  })

  it('or one with an end, as the configuration says', async () => {
    const configurations = [
      {
        id: SYSTEM_CONFIG,
        permissions: ['pages_show_list'],
        token: 'system-user' as const,
        expiresInSeconds: 5_184_000,
      },
    ]
    k.steer({ app: { registration: business, configurations } })
    const authorize = { config_id: SYSTEM_CONFIG }
    const { json } = await k.exchange(await k.code({ registration: business, authorize }), {}, business)
    expect(json.expires_in).toBe(5_184_000)
    k.advance(5_184_000)
    const { error } = (await k.call('/me', json.access_token, {}, { registration: business })).json
    expect(error).toMatchObject({ code: 190, error_subcode: 463 })
  })
})
