import { describe, expect, it } from 'vitest'
import { DAY, kit, START } from '../../kit.ts'

const k = kit()
const ask = (
  path: string,
  token: string | undefined,
  fields: Record<string, string | undefined> = {},
  registration?: string,
) => {
  const { clientId, clientSecret } = k.app(registration)
  return k.post(path, { client_id: clientId, client_secret: clientSecret, token, ...fields })
}
const introspect = (token?: string, fields = {}, registration?: string) =>
  ask('/oauth/v2/introspectToken', token, fields, registration)
const revoke = (token?: string, fields = {}, registration?: string) =>
  ask('/oauth/v2/revoke', token, fields, registration)

describe('introspection', () => {
  it('describes a live token, in seconds and with commas', async () => {
    const { access_token } = await k.tokens({ scope: 'profile openid' })
    const now = START / 1000
    expect((await introspect(access_token)).json).toEqual({
      active: true,
      status: 'active',
      client_id: k.app().clientId,
      authorized_at: now,
      created_at: now,
      expires_at: now + 60 * DAY,
      scope: 'openid,profile',
      auth_type: '3L',
    })
  })

  it('keeps the day of consent when refreshed', async () => {
    const { refresh_token } = await k.tokens()
    k.sandbox.control.advance(10 * DAY)
    const { json } = await k.refresh(refresh_token)
    const now = START / 1000
    expect((await introspect(json.access_token)).json).toMatchObject({ authorized_at: now, created_at: now + 10 * DAY })
  })

  it('knows expired from revoked', async () => {
    const one = await k.tokens()
    const two = await k.tokens()
    k.steer({ linkedin: { token: { do: 'expire', value: one.access_token } } })
    k.steer({ linkedin: { token: { do: 'revoke', value: two.access_token } } })
    expect((await introspect(one.access_token)).json).toMatchObject({ active: false, status: 'expired' })
    expect((await introspect(two.access_token)).json).toMatchObject({ active: false, status: 'revoked' })
  })

  it('says of another app’s token only that it is not active', async () => {
    const { access_token } = await k.tokens()
    const answer = await introspect(access_token, {}, 'linkedin-selfserve')
    expect([answer.status, answer.json]).toEqual([200, { active: false }])
  })

  it('does not know a refresh token, nor any other text', async () => {
    const { refresh_token } = await k.tokens()
    for (const token of [refresh_token, 'x']) expect((await introspect(token)).status).toBe(400)
  })
})

describe('revocation', () => {
  it('ends the named access token: 65601', async () => {
    const { access_token } = await k.tokens()
    const answer = await revoke(access_token)
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect((await k.get('/v2/userinfo', access_token)).json.serviceErrorCode).toBe(65601)
  })

  it('ends nothing else', async () => {
    const one = await k.tokens()
    const two = await k.tokens()
    await revoke(one.access_token)
    expect((await k.get('/v2/userinfo', two.access_token)).status).toBe(200)
    expect((await k.refresh(one.refresh_token)).status).toBe(200)
  })

  it('ends a refresh token', async () => {
    const { refresh_token } = await k.tokens()
    expect((await revoke(refresh_token)).status).toBe(200)
    expect((await k.refresh(refresh_token)).status).toBe(400)
  })

  it('is done once more without complaint, and for what never was', async () => {
    const { access_token } = await k.tokens()
    for (const token of [access_token, access_token, 'never-was']) expect((await revoke(token)).status).toBe(200)
  })

  it('does not touch another app’s token', async () => {
    const { access_token } = await k.tokens()
    expect((await revoke(access_token, {}, 'linkedin-selfserve')).status).toBe(200)
    expect((await k.get('/v2/userinfo', access_token)).status).toBe(200)
  })
})

describe.each([
  ['introspection', '/oauth/v2/introspectToken'],
  ['revocation', '/oauth/v2/revoke'],
])('%s, like the token endpoint', (_name, path) => {
  it.each(['token', 'client_secret', 'client_id'])('misses %s', async (name) => {
    const answer = await ask(path, 'x', { [name]: undefined })
    expect([answer.status, answer.json.error_description]).toEqual([400, `A required parameter "${name}" is missing`])
  })
  it('refuses a wrong secret with 401', async () => {
    expect((await ask(path, 'x', { client_secret: 'no' })).json.error).toBe('invalid_client')
  })
  it('does not know Basic', async () => {
    const answer = await k.post(path, { token: 'x' }, { authorization: 'Basic eDp5' })
    expect([answer.status, answer.json.error_description]).toEqual([
      400,
      'A required parameter "client_secret" is missing',
    ])
  })
  it('takes a POST only', async () => {
    expect((await fetch(k.www(path))).status).toBe(405)
  })
  it('refuses a parameter sent twice', async () => {
    expect((await k.post(path, 'token=a&token=b')).status).toBe(400)
  })
})
