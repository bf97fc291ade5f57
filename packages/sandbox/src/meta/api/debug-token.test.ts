import { describe, expect, it } from 'vitest'
import { START } from '../../kit.ts'
import {
  BRANDL,
  BRANDL_BUSINESS,
  CERAMICS,
  DAY,
  HARBOUR,
  KESTREL,
  MARA,
  metaKit,
  NORTHWIND,
  NORTHWIND_IG,
} from '../testing.ts'

const k = metaKit()
const NOW = START / 1000
const data = async (token: string) => (await k.debug(token)).json.data

describe('debug_token', () => {
  it('tells of a person’s token', async () => {
    const scope = 'pages_show_list,instagram_basic,email'
    expect(await data(await k.long({ scope }))).toEqual({
      app_id: k.app().clientId,
      type: 'USER',
      application: 'Mooring demo',
      is_valid: true,
      issued_at: NOW,
      expires_at: NOW + 5_183_944,
      data_access_expires_at: NOW + 90 * DAY,
      scopes: ['public_profile', 'pages_show_list', 'instagram_basic', 'email'],
      granular_scopes: [
        { scope: 'pages_show_list', target_ids: [NORTHWIND, CERAMICS, HARBOUR] },
        { scope: 'instagram_basic', target_ids: [NORTHWIND_IG] },
      ],
      user_id: MARA,
    })
  })

  it('tells of a Page’s token: 0 for no end, and the 90 days all the same', async () => {
    const found = await data(await k.page(await k.long()))
    expect(found).toMatchObject({ type: 'PAGE', profile_id: NORTHWIND, expires_at: 0, user_id: MARA })
    expect(found.data_access_expires_at).toBe(NOW + 90 * DAY)
  })

  it('shows which assets were ticked', async () => {
    const token = await k.long({ member: 'tomas', untick: [`page:${KESTREL}`] })
    const found = (await data(token)).granular_scopes
    const targets = (scope: string) => found.find((one: { scope: string }) => one.scope === scope)?.target_ids
    expect(targets('pages_manage_posts')).toEqual([BRANDL])
    expect(targets('business_management')).toEqual([BRANDL_BUSINESS])
  })

  it('says why a token is dead, and that in a right answer', async () => {
    const token = await k.long()
    k.advance(61 * DAY)
    const { status, json } = await k.debug(token)
    expect(status).toBe(200)
    expect(json.data).toMatchObject({
      ...{ is_valid: false, expires_at: NOW + 5_183_944 },
      error: { code: 190, subcode: 463, message: expect.stringContaining('Session has expired') },
    })
  })

  it('knows nothing of what is no token', async () => {
    expect(await data('EAAother')).toMatchObject({ is_valid: false, error: { code: 190 }, scopes: [] })
  })

  it('says what was declined later', async () => {
    const token = await k.long()
    k.steer({ decline: { permission: 'pages_manage_posts' } })
    expect((await data(token)).scopes).not.toContain('pages_manage_posts')
  })

  it('is asked with the app’s own token', async () => {
    const token = await k.long()
    const ask = async (access_token: string | undefined) => (await k.debug(token, 'meta', { access_token })).json.error
    expect(await ask(undefined)).toMatchObject({ code: 2500 })
    expect(await ask(`${k.app().clientId}|other`)).toMatchObject({ code: 190 })
    expect(await ask(`1|${k.app().clientSecret}`)).toMatchObject({ code: 190 })
    expect(await ask(token)).toMatchObject({ code: 190 })
    expect((await k.debug(token, 'meta-business')).json.error).toMatchObject({ code: 100 })
    expect((await k.debug(undefined)).json.error).toMatchObject({ code: 100 })
  })

  it('checks a proof of the app’s token where one is sent', async () => {
    const token = await k.long()
    const right = k.proof(`${k.app().clientId}|${k.app().clientSecret}`)
    expect((await k.debug(token, 'meta', { appsecret_proof: right })).status).toBe(200)
    expect((await k.debug(token, 'meta', { appsecret_proof: k.proof(token) })).json.error.code).toBe(100)
  })

  it('counts against the app, and says so', async () => {
    const token = await k.long()
    k.steer({ settings: { limited: 'app' } })
    const { json, headers } = await k.debug(token)
    expect(json.error.code).toBe(4)
    expect(JSON.parse(headers.get('x-app-usage') ?? '').call_count).toBe(100)
  })
})
