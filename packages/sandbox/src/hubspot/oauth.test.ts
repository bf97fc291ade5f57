/** What the simulated HubSpot refuses, and what it gives: from the specification and from reports, not from our client. */
import { describe, expect, it } from 'vitest'
import type { CommandInput } from '../control/command.ts'
import { bench, type Fields } from '../core/testing.ts'

const REDIRECT = 'http://localhost:8003/callback/hubspot'
const AUTHORIZE = 'https://app.hubspot.com/oauth/authorize'
const API = 'https://api.hubapi.com'
const b = bench('hubspot', [REDIRECT, 'https://app.example/callback/hubspot', 'http://127.0.0.1:8003/callback/hubspot'])

const steer = (hubspot: CommandInput['hubspot']) => b.sandbox.control.apply({ hubspot })
const url = (fields: Fields = {}) =>
  b.address(AUTHORIZE, {
    client_id: b.app.clientId,
    redirect_uri: REDIRECT,
    scope: 'oauth crm.objects.contacts.read',
    state: 'state-1',
    ...fields,
  })
const code = async (fields: Fields = {}, how = {}) =>
  (await b.visit(url(fields), how)).back?.searchParams.get('code') ?? 'no code'
const keys = () => ({ client_id: b.app.clientId, client_secret: b.app.clientSecret })
const exchange = async (fields: Fields = {}, version = '2026-03') =>
  b.post(`${API}/oauth/${version}/token`, {
    grant_type: 'authorization_code',
    redirect_uri: REDIRECT,
    ...keys(),
    code: 'code' in fields ? fields.code : await code(),
    ...fields,
  })
const tokens = async (how = {}) => (await exchange({ code: await code({}, how) })).json
const refresh = (refresh_token: string, fields: Fields = {}) =>
  b.post(`${API}/oauth/2026-03/token`, { grant_type: 'refresh_token', ...keys(), refresh_token, ...fields })
const details = (token: string, version = '2026-03') => b.get(`${API}/account-info/${version}/details`, token)

describe('the install page', () => {
  it('sends back a code and the state', async () => {
    const { back } = await b.visit(url())
    expect(back?.origin + String(back?.pathname)).toBe(REDIRECT)
    expect(back?.searchParams.get('state')).toBe('state-1')
    expect(back?.searchParams.get('code')).toMatch(/^[\w-]{36}$/)
  })

  it('sends back a refusal', async () => {
    const { back } = await b.visit(url(), { press: 'cancel' })
    expect(Object.fromEntries(back?.searchParams ?? [])).toMatchObject({ error: 'access_denied', state: 'state-1' })
  })

  it.each<[string, Fields, RegExp]>([
    ['an unknown client', { client_id: 'other' }, /client ID is not valid/],
    ['a redirect address of nobody', { redirect_uri: 'https://evil.example/' }, /Redirect URL mismatch/],
    ['a slash more', { redirect_uri: `${REDIRECT}/` }, /Redirect URL mismatch/],
    [
      'http on a number, which is not localhost',
      { redirect_uri: 'http://127.0.0.1:8003/callback/hubspot' },
      /mismatch/,
    ],
    ['no scope', { scope: undefined }, /scope parameter is missing/],
    ['a scope that does not exist', { scope: 'oauth crm.pipelines.deals.read' }, /Invalid scope/],
    ['fewer than the app requires', { scope: 'oauth' }, /Insufficient scopes/],
    ['one that the app has not', { scope: 'oauth crm.objects.contacts.read content' }, /Insufficient scopes/],
    ['an optional one that the app has not', { optional_scope: 'content' }, /Insufficient scopes/],
  ])('shows its own page and sends nobody back for %s', async (_name, fields, page) => {
    const shown = await b.visit(url(fields))
    expect(shown.back).toBeUndefined()
    expect(shown.page).toMatch(page)
  })

  it('drops optional scopes that the plan has not, and refuses required ones', async () => {
    const given = await exchange({
      code: await code({ optional_scope: 'marketing.email.read forms' }, { member: 'ines' }),
    })
    expect(given.json.scopes).toEqual(['oauth', 'crm.objects.contacts.read', 'forms'])
    steer({
      app: { registration: 'hubspot', required: ['oauth', 'crm.objects.contacts.read', 'marketing.email.read'] },
    })
    const wish = url({ scope: 'oauth crm.objects.contacts.read marketing.email.read' })
    expect((await b.visit(wish, { member: 'ines' })).page).toMatch(/does not have access to the scopes/)
  })
})

describe('the token endpoint', () => {
  it.each(['2026-03', '2026-09', 'v3'])('answers under %s with all that the specification names', async (version) => {
    const { status, json } = await exchange({}, version)
    expect([status, json]).toEqual([
      200,
      {
        token_type: 'bearer',
        access_token: expect.stringMatching(/^CJ/),
        refresh_token: expect.stringMatching(/^na1-/),
        expires_in: 1800,
        token_use: 'access_token',
        hub_id: 8800101,
        user_id: 501,
        scopes: ['oauth', 'crm.objects.contacts.read'],
        id_token: null,
      },
    ])
  })

  it.each<[string, Fields, string, string]>([
    ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client', 'BAD_CLIENT_SECRET'],
    ['no secret', { client_secret: undefined }, 'invalid_client', 'BAD_CLIENT_SECRET'],
    ['an unknown client', { client_id: 'other' }, 'invalid_client', 'BAD_CLIENT_ID'],
    ['a made-up code', { code: 'made-up' }, 'invalid_grant', 'BAD_AUTH_CODE'],
    [
      'another redirect address',
      { redirect_uri: 'https://app.example/callback/hubspot' },
      'invalid_grant',
      'MISMATCH_REDIRECT_URI_AUTH_CODE',
    ],
    ['no grant type', { grant_type: undefined }, 'unsupported_grant_type', 'BAD_GRANT_TYPE'],
    ['a password', { grant_type: 'password' }, 'unsupported_grant_type', 'BAD_GRANT_TYPE'],
  ])('refuses %s, in both shapes at once', async (_name, fields, error, status) => {
    const answer = await exchange(fields)
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({ error, status, message: expect.any(String) })
    expect(answer.json.error_description).toBe(answer.json.message)
  })

  it('has the older shape alone by a switch', async () => {
    steer({ settings: { errorShape: 'old' } })
    expect((await exchange({ code: 'made-up' })).json).toEqual({
      status: 'BAD_AUTH_CODE',
      message: 'missing or unknown auth code',
    })
  })

  it('takes a code once, and within a minute', async () => {
    const once = await code()
    expect((await exchange({ code: once })).status).toBe(200)
    expect((await exchange({ code: once })).json.status).toBe('BAD_AUTH_CODE')
    const late = await code()
    b.sandbox.control.advance(61)
    expect((await exchange({ code: late })).json.status).toBe('BAD_AUTH_CODE')
  })

  it('takes a form alone: neither JSON nor a query', async () => {
    const all = { grant_type: 'authorization_code', redirect_uri: REDIRECT, ...keys(), code: await code() }
    const json = await b.send(`${API}/oauth/2026-03/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(all),
    })
    expect(json.status).toBe(415)
    const query = await b.send(`${API}/oauth/2026-03/token?${new URLSearchParams(all)}`, { method: 'POST' })
    expect(query.status).toBe(415)
    expect((await b.get(`${API}/oauth/2026-03/token`)).status).toBe(405)
  })

  it('renews with the same refresh token or a new one, for its own app alone', async () => {
    const { refresh_token: first } = await tokens()
    expect((await refresh(first)).json.refresh_token).toBe(first)
    steer({ settings: { refreshToken: 'new' } })
    const { refresh_token: second } = (await refresh(first)).json
    expect(second).not.toBe(first)
    expect((await refresh(first)).json.status).toBe('BAD_REFRESH_TOKEN')
    expect((await refresh(second)).status).toBe(200)
  })

  it('answers v1 until it is switched off', async () => {
    expect((await exchange({}, 'v1')).status).toBe(200)
    steer({ settings: { v1: 'gone' } })
    expect((await exchange({}, 'v1')).status).toBe(404)
  })

  it('gives access tokens of differing length', async () => {
    const lengths = new Set<number>()
    for (let at = 0; at < 5; at += 1) lengths.add((await tokens()).access_token.length)
    expect(lengths.size).toBeGreaterThan(1)
  })
})

describe('introspection and revocation', () => {
  const introspect = (token: string, fields: Fields = {}) =>
    b.post(`${API}/oauth/2026-03/token/introspect`, { ...keys(), token, token_type_hint: 'access_token', ...fields })
  const revoke = (token: string) => b.post(`${API}/oauth/2026-03/token/revoke`, { ...keys(), token })

  it('tells of a living access token and of a refresh token', async () => {
    const { access_token: access, refresh_token: renewal } = await tokens()
    expect((await introspect(access)).json).toMatchObject({
      active: true,
      token_use: 'access_token',
      hub_id: 8800101,
      hub_domain: 'northwind.example',
      user: 'mara@northwind.example',
      expires_in: 1800,
    })
    const told = (await introspect(renewal)).json
    expect(told).toMatchObject({ active: true, token_use: 'refresh_token' })
    expect(told).not.toHaveProperty('expires_in')
  })

  it('of a dead one by either answer, and to its own app alone', async () => {
    const { access_token: access } = await tokens()
    steer({ uninstall: {} })
    expect((await introspect(access)).json).toEqual({ active: false })
    steer({ settings: { deadToken: 'refused' } })
    expect((await introspect(access)).status).toBe(400)
    expect((await introspect(access, { client_secret: 'wrong' })).json.status).toBe('BAD_CLIENT_SECRET')
  })

  it('revokes the refresh token; the access token works to its end', async () => {
    const { access_token: access, refresh_token: renewal } = await tokens()
    expect((await revoke(renewal)).status).toBe(200)
    expect((await refresh(renewal)).json.status).toBe('BAD_REFRESH_TOKEN')
    expect((await details(access)).status).toBe(200)
    b.sandbox.control.advance(1801)
    expect((await details(access)).status).toBe(401)
    expect((await revoke('made-up')).status).toBe(400)
  })
})

describe('account-info', () => {
  it('tells the portal, with a name from 2026-09 on', async () => {
    const { access_token: access } = await tokens()
    const older = await details(access)
    expect(older.json).toMatchObject({ portalId: 8800101, accountType: 'STANDARD' })
    expect(older.json).not.toHaveProperty('portalName')
    expect((await details(access, '2026-09')).json.portalName).toBe('northwind')
    expect(older.headers.get('x-hubspot-ratelimit-max')).toBe('110')
    expect(older.headers.has('x-hubspot-ratelimit-daily')).toBe(false)
  })

  it.each([undefined, 'made-up'])('is 401 with the token %s', async (token) => {
    const answer = await b.get(`${API}/account-info/2026-03/details`, token)
    expect([answer.status, answer.json.category]).toEqual([401, 'EXPIRED_AUTHENTICATION'])
  })

  it('is 401 with a refresh token, 403 without the scope, 429 beyond 110 in ten seconds, 477 while it is moved', async () => {
    const { access_token: access, refresh_token: renewal } = await tokens()
    expect((await details(renewal)).status).toBe(401)
    steer({ dropScope: { scope: 'oauth' } })
    const missing = await details(access)
    expect([missing.status, missing.json.category]).toEqual([403, 'MISSING_SCOPES'])
    for (let at = 1; at < 110; at += 1) await details(access)
    const full = await details(access)
    expect([full.status, full.json.policyName, full.headers.has('retry-after')]).toEqual([
      429,
      'TEN_SECONDLY_ROLLING',
      false,
    ])
    b.sandbox.control.advance(10)
    expect((await details(access)).status).toBe(403)
    steer({ settings: { migrating: true } })
    const moving = await details(access)
    expect([moving.status, moving.headers.get('retry-after')]).toEqual([477, '60'])
  })
})
