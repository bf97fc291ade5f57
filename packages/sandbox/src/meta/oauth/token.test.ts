import { describe, expect, it } from 'vitest'
import { DAY, metaKit, NORTHWIND, OTHER_REDIRECT, REDIRECT } from '../testing.ts'

const k = metaKit()
const DIALOG = 'OAuth "Facebook Platform" "invalid_code"'

describe('a code', () => {
  it('comes to a token of one to two hours', async () => {
    const { status, json, headers } = await k.exchange(await k.code())
    expect(status).toBe(200)
    expect(json).toEqual({ access_token: expect.stringMatching(/^EAA/), token_type: 'bearer', expires_in: 5183 })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(JSON.parse(headers.get('x-app-usage') ?? '')).toMatchObject({ call_count: 1 })
    k.advance(5182)
    expect((await k.call('/me', json.access_token)).status).toBe(200)
    k.advance(1)
    expect((await k.call('/me', json.access_token)).json.error).toMatchObject({ code: 190, error_subcode: 463 })
  })

  it.each(['form', 'multipart', 'json'] as const)('is taken by POST, too: %s', async (kind) => {
    const { clientId, clientSecret } = k.app()
    const fields = { client_id: clientId, client_secret: clientSecret, redirect_uri: REDIRECT, code: await k.code() }
    const multipart = new FormData()
    for (const [name, value] of Object.entries(fields)) multipart.append(name, value)
    const inits: Record<typeof kind, RequestInit> = {
      form: { body: new URLSearchParams(fields) },
      multipart: { body: multipart },
      json: { body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } },
    }
    expect((await k.raw('/v26.0/oauth/access_token', {}, { method: 'POST', ...inits[kind] })).status).toBe(200)
  })

  it('needs no version and no grant type, and may name it', async () => {
    const { clientId, clientSecret } = k.app()
    const answer = await k.raw('/oauth/access_token', {
      ...{ client_id: clientId, client_secret: clientSecret, redirect_uri: REDIRECT, code: await k.code() },
      grant_type: 'authorization_code',
    })
    expect([answer.status, answer.headers.get('facebook-api-version')]).toEqual([200, 'v21.0'])
  })

  it('works once: 100/36009', async () => {
    const code = await k.code()
    await k.exchange(code)
    const { status, json, headers } = await k.exchange(code)
    expect(status).toBe(400)
    expect(json.error).toMatchObject({ type: 'OAuthException', code: 100, error_subcode: 36009 })
    expect(headers.get('www-authenticate')).toContain(DIALOG)
  })

  it.each([
    ['another that is registered', OTHER_REDIRECT],
    ['one with a slash more', `${REDIRECT}/`],
    ['none', undefined],
  ])('wants the redirect URI of the dialog, not %s: 100/36008', async (_name, redirect_uri) => {
    const code = await k.code()
    expect((await k.exchange(code, { redirect_uri })).json.error).toMatchObject({ code: 100, error_subcode: 36008 })
    // It was not spent by that.
    expect((await k.exchange(code)).status).toBe(200)
  })

  it('ends after ten minutes', async () => {
    const code = await k.code()
    k.advance(600)
    expect((await k.exchange(code)).json.error).toMatchObject({
      code: 100,
      message: expect.stringContaining('expired'),
    })
  })

  it('is of one app', async () => {
    const answer = await k.exchange(await k.code(), {}, 'meta-business')
    expect(answer.json.error).toMatchObject({ code: 100, error_subcode: 36007 })
  })

  it('is worth nothing where the person removed the app meanwhile', async () => {
    const code = await k.code()
    k.steer({ endGrant: { why: 'removed' } })
    expect((await k.exchange(code)).status).toBe(400)
  })

  it.each<[string, Record<string, string | undefined>, number, string]>([
    ['no client id', { client_id: undefined }, 101, 'Missing client_id'],
    ['another client id', { client_id: '1' }, 101, 'Error validating application'],
    ['no secret', { client_secret: undefined }, 1, 'Missing client_secret'],
    ['another secret', { client_secret: 'other' }, 1, 'Error validating client secret.'],
    ['no code', { code: undefined }, 1, 'Missing authorization code'],
    ['another code', { code: 'AQother' }, 100, 'Invalid verification code format'],
    ['a refresh token: there are none here', { grant_type: 'refresh_token', refresh_token: 'x' }, 100, 'grant_type'],
  ])('is refused with %s', async (_name, fields, code, message) => {
    const { status, json } = await k.exchange(await k.code(), fields)
    expect(status).toBe(400)
    expect(json.error).toMatchObject({ type: 'OAuthException', code, message: expect.stringContaining(message) })
    expect(json.error.fbtrace_id).toMatch(/^A/)
  })

  it('is refused with a secret that was reset, or that the sandbox refuses', async () => {
    const code = await k.code()
    k.steer({ app: { registration: 'meta', secretRefused: true } })
    expect((await k.exchange(code)).json.error).toMatchObject({ code: 1, message: 'Error validating client secret.' })
  })

  it('is refused with a parameter twice', async () => {
    const { clientId } = k.app()
    const answer = await k.raw(`/v26.0/oauth/access_token?client_id=${clientId}&client_id=${clientId}&x=`)
    expect(answer.json.error.code).toBe(100)
  })
})

describe('fb_exchange_token', () => {
  it('comes to 60 days', async () => {
    const { json } = await k.lengthen(await k.short())
    expect(json).toEqual({ access_token: expect.any(String), token_type: 'bearer', expires_in: 5_183_944 })
    k.advance(59 * DAY)
    expect((await k.call('/me', json.access_token)).status).toBe(200)
    k.advance(DAY)
    expect((await k.call('/me', json.access_token)).json.error.error_subcode).toBe(463)
  })

  it('may leave out how long that is', async () => {
    k.steer({ settings: { expiresIn: 'absent' } })
    expect((await k.lengthen(await k.short())).json).not.toHaveProperty('expires_in')
  })

  it('of a long one: 60 new days, or the end that it had', async () => {
    const token = await k.long()
    k.advance(30 * DAY)
    expect((await k.lengthen(token)).json.expires_in).toBe(5_183_944)
    k.steer({ settings: { reexchange: 'same-end' } })
    expect((await k.lengthen(token)).json.expires_in).toBe(5_183_944 - 30 * DAY)
  })

  it('refuses a token that is over', async () => {
    const token = await k.short()
    k.advance(2 * 3600)
    const { status, json, headers } = await k.lengthen(token)
    expect([status, json.error.code, json.error.error_subcode]).toEqual([400, 190, 463])
    expect(headers.get('www-authenticate')).toContain('invalid_token')
  })

  it('refuses none, another one, another app’s, and a Page’s', async () => {
    expect((await k.lengthen('x', { fb_exchange_token: undefined })).json.error.code).toBe(100)
    expect((await k.lengthen('EAAother')).json.error.code).toBe(190)
    expect((await k.lengthen(await k.short(), {}, 'meta-business')).json.error.code).toBe(190)
    expect((await k.lengthen(await k.page(await k.long()))).json.error.code).toBe(190)
  })

  it('refuses what was ended, with the reason', async () => {
    const token = await k.short()
    k.steer({ endGrant: { why: 'password' } })
    expect((await k.lengthen(token)).json.error).toMatchObject({ code: 190, error_subcode: 460 })
  })
})

describe('a Page’s token', () => {
  const inspected = async (token: string) => (await k.debug(token)).json.data

  it('of a short token dies with it', async () => {
    const user = await k.short()
    const token = await k.page(user)
    expect((await inspected(token)).expires_at).toBe((await inspected(user)).expires_at)
    k.advance(5183)
    expect((await k.call('/me', token)).json.error).toMatchObject({ code: 190, error_subcode: 463 })
  })

  it('of a long one has no end, and outlives it', async () => {
    const token = await k.page(await k.long())
    expect((await inspected(token)).expires_at).toBe(0)
    k.steer({ settings: { dataAccess: 'served' } })
    k.advance(61 * DAY)
    expect((await k.call('/me', token)).json).toEqual({ name: 'Northwind Studio', id: NORTHWIND })
  })

  it('is the same one when it is asked for again', async () => {
    const user = await k.long()
    expect(await k.page(user)).toBe(await k.page(user))
    expect((await k.accounts(user)).json.data[0].access_token).toBe(await k.page(user))
  })
})
