import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CONTACTS, hubspotKit, NORTHWIND, OTHER_REDIRECT, OWN, OWN_CLIENT, REDIRECT, VERSIONS } from '../testing.ts'

const k = hubspotKit()
const invalidGrant = (status: string) => ({ error: 'invalid_grant', status, message: expect.any(String) })

describe('a code', () => {
  it.each(VERSIONS)('becomes tokens of 30 minutes at %s', async (version) => {
    const { status, json, headers } = await k.exchange(await k.code(), {}, `/oauth/${version}/token`)
    expect(status).toBe(200)
    expect(json).toEqual({
      token_type: 'bearer',
      access_token: expect.stringMatching(/^CJ/),
      refresh_token: expect.stringMatching(/^na1-/),
      expires_in: 1800,
      token_use: 'access_token',
      hub_id: NORTHWIND,
      user_id: 501,
      scopes: ['oauth', CONTACTS],
      id_token: null,
    })
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('without the facts that the specification calls optional', async () => {
    k.settings({ tokenFacts: 'absent' })
    const { json } = await k.exchange(await k.code())
    expect(Object.keys(json).toSorted()).toEqual(
      ['access_token', 'expires_in', 'refresh_token', 'token_type', 'token_use'].toSorted(),
    )
  })

  it('is good for one use, for a minute, at its own address and app', async () => {
    const used = await k.code()
    await k.exchange(used)
    const old = await k.code()
    k.advance(60)
    const fresh = await k.code()
    for (const [code, fields] of [
      [used, {}],
      [old, {}],
      ['nothing', {}],
      [fresh, { redirect_uri: OTHER_REDIRECT }],
      [fresh, { redirect_uri: undefined }],
    ] as const) {
      const { status, json } = await k.exchange(code, fields)
      expect([status, json]).toEqual([400, { ...invalidGrant('BAD_AUTH_CODE'), error_description: expect.any(String) }])
    }
    // A failed exchange did not use it up.
    expect((await k.exchange(fresh)).status).toBe(200)
  })

  it('of another app, or of one that was taken out meanwhile, is refused', async () => {
    k.steer({ addApp: OWN })
    const code = await k.code()
    expect((await k.exchange(code, OWN_CLIENT)).json.status).toBe('BAD_AUTH_CODE')
    k.steer({ uninstall: {} })
    expect((await k.exchange(code)).json.status).toBe('BAD_AUTH_CODE')
  })

  it('wants its verifier where the challenge is honoured, and looks at none elsewhere', async () => {
    const verifier = 'v'.repeat(43)
    const authorize = {
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }
    expect((await k.exchange(await k.code({ authorize }), { code_verifier: 'other' })).status).toBe(200)
    k.settings({ challenge: 'honoured' })
    const code = await k.code({ authorize })
    for (const code_verifier of [undefined, 'w'.repeat(43)])
      expect((await k.exchange(code, { code_verifier })).json.error).toBe('invalid_grant')
    expect((await k.exchange(code, { code_verifier: verifier })).status).toBe(200)
  })

  it('gives access tokens of different lengths', async () => {
    const tokens = await Promise.all([1, 2, 3, 4].map(() => k.tokens()))
    const lengths = new Set(tokens.map((one) => one.access_token.length))
    expect(lengths.size).toBeGreaterThan(1)
    expect(Math.min(...lengths)).toBeGreaterThan(100)
  })

  it('of a European account gives a refresh token of its data centre', async () => {
    expect((await k.tokens({ member: 'priya' })).refresh_token).toMatch(/^eu1-/)
  })
})

describe('a refresh token', () => {
  it('gives a new access token and itself, again and again', async () => {
    const first = await k.tokens()
    k.advance(1700)
    const { status, json } = await k.refresh(first.refresh_token)
    expect([status, json.refresh_token, json.expires_in]).toEqual([200, first.refresh_token, 1800])
    expect(json.access_token).not.toBe(first.access_token)
    // The one before lives to its own end.
    expect((await k.details(first.access_token)).status).toBe(200)
    k.advance(200)
    expect((await k.details(first.access_token)).status).toBe(401)
    expect((await k.details(json.access_token)).status).toBe(200)
    k.advance(400 * 86_400)
    expect((await k.refresh(first.refresh_token)).status).toBe(200)
  })

  it('or another, and is then over', async () => {
    k.settings({ refreshToken: 'new' })
    const first = await k.tokens()
    const { json } = await k.refresh(first.refresh_token)
    expect(json.refresh_token).not.toBe(first.refresh_token)
    expect((await k.refresh(first.refresh_token)).json).toMatchObject(invalidGrant('BAD_REFRESH_TOKEN'))
    expect((await k.refresh(json.refresh_token)).status).toBe(200)
  })

  it('is refused where it is another app’s, unknown, an access token, missing, or the app was taken out', async () => {
    k.steer({ addApp: OWN })
    const { refresh_token, access_token } = await k.tokens()
    const dead = { ...invalidGrant('BAD_REFRESH_TOKEN'), error_description: expect.any(String) }
    expect((await k.refresh(refresh_token, OWN_CLIENT)).json).toEqual(dead)
    expect((await k.refresh('nothing')).json).toEqual(dead)
    expect((await k.refresh(access_token)).json).toEqual(dead)
    expect((await k.refresh('', {})).json).toEqual(dead)
    expect((await k.refresh(refresh_token)).status).toBe(200)
    k.steer({ uninstall: {} })
    expect((await k.refresh(refresh_token)).json).toEqual(dead)
    // Who installs it again has new tokens; the old ones stay dead.
    await k.tokens()
    expect((await k.refresh(refresh_token)).json).toEqual(dead)
  })

  it('is over for a colleague, too, where an admin takes the app out of the account', async () => {
    const mara = await k.tokens()
    const tomas = await k.tokens({ member: 'tomas' })
    const ines = await k.tokens({ member: 'ines' })
    k.steer({ uninstall: { member: 'mara' } })
    const ends = await Promise.all([mara, tomas, ines].map(async (one) => (await k.refresh(one.refresh_token)).status))
    expect(ends).toEqual([400, 400, 200])
  })
})

describe('a request that is none', () => {
  it.each<[string, Record<string, string | undefined>, string, string]>([
    ['no client id', { client_id: undefined }, 'invalid_client', 'BAD_CLIENT_ID'],
    ['another client id', { client_id: 'other' }, 'invalid_client', 'BAD_CLIENT_ID'],
    ['no secret', { client_secret: undefined }, 'invalid_client', 'BAD_CLIENT_SECRET'],
    ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client', 'BAD_CLIENT_SECRET'],
    ['no grant type', { grant_type: undefined }, 'unsupported_grant_type', 'BAD_GRANT_TYPE'],
    ['a grant type of Meta', { grant_type: 'fb_exchange_token' }, 'unsupported_grant_type', 'BAD_GRANT_TYPE'],
    [
      'an app’s own token',
      { grant_type: 'client_credentials', scope: 'oauth' },
      'unauthorized_client',
      'BAD_GRANT_TYPE',
    ],
  ])('%s', async (_name, fields, error, status) => {
    const answer = await k.exchange(await k.code(), fields)
    expect([answer.status, answer.json]).toEqual([
      400,
      { error, error_description: expect.any(String), status, message: expect.any(String) },
    ])
  })

  it('JSON, a query, Basic: everything is in a form', async () => {
    const code = await k.code()
    const asJson = await k.exchange(code, {}, undefined, (right) => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(right)),
    }))
    expect([asJson.status, asJson.json.error]).toEqual([415, 'invalid_request'])
    const { client_id, client_secret } = k.client()
    const right = { ...k.client(), grant_type: 'authorization_code', redirect_uri: REDIRECT, code }
    const query = `/oauth/2026-03/token?${new URLSearchParams(right)}`
    expect((await k.post(query, {})).json.error).toBe('invalid_request')
    expect((await k.exchange(code, {}, `/oauth/2026-03/token?client_id=${client_id}`)).status).toBe(400)
    const basic = await k.exchange(code, { client_id: undefined, client_secret: undefined }, undefined, (rest) => ({
      headers: { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` },
      body: new URLSearchParams(rest),
    }))
    expect(basic.json.error).toBe('invalid_client')
    const twice = await k.exchange(code, {}, undefined, (rest) => ({
      body: new URLSearchParams([...rest, ['code', 'other']]),
    }))
    expect(twice.json.message).toContain('code was sent more than once')
    expect((await k.exchange(code)).status).toBe(200)
  })

  it('a secret that was changed in the developer account', async () => {
    const { refresh_token } = await k.tokens()
    k.steer({ app: { registration: 'hubspot', secretRefused: true } })
    expect((await k.refresh(refresh_token)).json.status).toBe('BAD_CLIENT_SECRET')
  })

  it('by GET, or at a path that is none', async () => {
    expect((await k.call('/oauth/2026-03/token', undefined)).status).toBe(405)
    expect((await k.post('/oauth/2025-09/token', k.client())).status).toBe(404)
  })
})

describe('a refusal', () => {
  it('has the older fields alone', async () => {
    k.settings({ errorShape: 'old' })
    const { status, json } = await k.refresh('nothing')
    expect([status, json]).toEqual([400, { status: 'BAD_REFRESH_TOKEN', message: expect.any(String) }])
  })

  it('or the body of the data APIs', async () => {
    k.settings({ errorShape: 'general' })
    expect((await k.refresh('nothing')).json).toEqual({
      status: 'error',
      message: expect.any(String),
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      category: 'BAD_REFRESH_TOKEN',
    })
  })
})
