import { describe, expect, it } from 'vitest'
import { CONTACTS, hubspotKit, NORTHWIND, OWN, OWN_CLIENT, VERSIONS } from '../testing.ts'

const k = hubspotKit()

describe('asking about a token', () => {
  it.each(VERSIONS)('tells whose it is, in which account, and what it may do (%s)', async (version) => {
    const { access_token } = await k.tokens({ member: 'tomas' })
    k.advance(46)
    const { status, json } = await k.introspect(access_token, {}, `/oauth/${version}/token/introspect`)
    expect(status).toBe(200)
    expect(json).toEqual({
      active: true,
      token: access_token,
      token_type: 'bearer',
      token_use: 'access_token',
      client_id: k.app().clientId,
      app_id: 111,
      hub_id: NORTHWIND,
      hub_domain: 'northwind.example',
      user: 'tomas@northwind.example',
      user_id: 502,
      scopes: ['oauth', CONTACTS],
      expires_in: 1754,
      is_private_distribution: false,
      signed_access_token: { hublet: 'na1', isUserLevel: false },
    })
  })

  it('a refresh token, without what only an access token has', async () => {
    const { refresh_token } = await k.tokens()
    const { json } = await k.introspect(refresh_token, { token_type_hint: 'refresh_token' })
    expect(json).toMatchObject({ active: true, token_use: 'refresh_token', hub_id: NORTHWIND })
    for (const name of ['expires_in', 'is_private_distribution', 'signed_access_token'])
      expect(json).not.toHaveProperty(name)
  })

  it.each([
    ['inactive', 200, { active: false }],
    ['refused', 400, expect.objectContaining({ error: 'invalid_request', status: 'BAD_ACCESS_TOKEN' })],
  ] as const)('that is dead, unknown or another app’s is %s', async (deadToken, status, body) => {
    k.settings({ deadToken })
    k.steer({ addApp: OWN })
    const { access_token } = await k.tokens()
    const foreign = await k.introspect(access_token, OWN_CLIENT)
    k.advance(1800)
    for (const answer of [foreign, await k.introspect(access_token), await k.introspect('nothing')])
      expect([answer.status, answer.json]).toEqual([status, body])
  })

  it('wants a client and a token, by POST, in the body', async () => {
    const { access_token } = await k.tokens()
    expect((await k.introspect(access_token, { client_secret: 'wrong' })).json.error).toBe('invalid_client')
    expect((await k.introspect('')).json.error).toBe('invalid_request')
    const inQuery = `/oauth/2026-03/token/introspect?token=${access_token}`
    expect((await k.post(inQuery, k.client())).status).toBe(400)
    expect((await k.call('/oauth/2026-03/token/introspect', access_token)).status).toBe(405)
  })
})

describe('revoking', () => {
  it('a refresh token ends it, and neither the access tokens that are out nor the install', async () => {
    const { access_token, refresh_token } = await k.tokens()
    const { status } = await k.revoke(refresh_token, { token_type_hint: 'refresh_token' })
    expect(status).toBe(200)
    expect((await k.refresh(refresh_token)).json.status).toBe('BAD_REFRESH_TOKEN')
    expect((await k.details(access_token)).status).toBe(200)
    expect(k.shown().grants[0]?.uninstalled).toBe(false)
    k.advance(1800)
    expect((await k.details(access_token)).status).toBe(401)
  })

  it('or the access tokens, too', async () => {
    k.settings({ revocation: 'all' })
    const { access_token, refresh_token } = await k.tokens()
    const tomas = await k.tokens({ member: 'tomas' })
    await k.revoke(refresh_token)
    expect((await k.details(access_token)).status).toBe(401)
    expect((await k.details(tomas.access_token)).status).toBe(200)
    await k.revoke(tomas.access_token)
    expect((await k.details(tomas.access_token)).status).toBe(401)
    expect((await k.refresh(tomas.refresh_token)).status).toBe(200)
  })

  it('an access token does nothing that anybody has seen', async () => {
    const { access_token } = await k.tokens()
    expect((await k.revoke(access_token)).status).toBe(200)
    expect((await k.details(access_token)).status).toBe(200)
  })

  it('nothing of another app', async () => {
    k.steer({ addApp: OWN })
    const { refresh_token } = await k.tokens()
    expect((await k.revoke(refresh_token, OWN_CLIENT)).status).toBe(400)
    expect((await k.revoke('nothing')).status).toBe(400)
    expect((await k.revoke(refresh_token, { client_secret: 'wrong' })).json.error).toBe('invalid_client')
    expect((await k.refresh(refresh_token)).status).toBe(200)
  })
})
