/** What the simulated Google refuses, and what it gives: from its documents and from reports, not from our client. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CommandInput } from '../control/command.ts'
import { bench, type Fields } from '../core/testing.ts'

const REDIRECT = 'http://localhost:8003/callback/google-analytics'
const AUTHORIZE = 'https://accounts.google.com/o/oauth2/v2/auth'
const OAUTH = 'https://oauth2.googleapis.com'
const ADMIN = 'https://analyticsadmin.googleapis.com/v1beta/accountSummaries'
const READONLY = 'https://www.googleapis.com/auth/analytics.readonly'
const VERIFIER = 'v'.repeat(43)
const b = bench('google-analytics', [REDIRECT, 'https://app.example/callback', 'http://10.0.0.7/callback'])

const steer = (command: CommandInput['google-analytics']) => b.sandbox.control.apply({ 'google-analytics': command })
const url = (fields: Fields = {}) =>
  b.address(AUTHORIZE, {
    response_type: 'code',
    client_id: b.app.clientId,
    redirect_uri: REDIRECT,
    scope: `openid email ${READONLY}`,
    state: 'state-1',
    access_type: 'offline',
    prompt: 'consent',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...fields,
  })
const code = async (fields: Fields = {}, how = {}) =>
  (await b.visit(url(fields), how)).back?.searchParams.get('code') ?? 'no code'
const keys = () => ({ client_id: b.app.clientId, client_secret: b.app.clientSecret })
const exchange = async (fields: Fields = {}, headers: Record<string, string> = {}) =>
  b.post(
    `${OAUTH}/token`,
    {
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
      ...keys(),
      code: 'code' in fields ? fields.code : await code(),
      ...fields,
    },
    headers,
  )
const tokens = async (fields: Fields = {}, how = {}) => (await exchange({ code: await code(fields, how) })).json
const refresh = (refresh_token: string) =>
  b.post(`${OAUTH}/token`, { grant_type: 'refresh_token', ...keys(), refresh_token })

describe('the consent', () => {
  it('sends back a code, the state and what was given', async () => {
    const { back } = await b.visit(url())
    expect(back?.searchParams.get('state')).toBe('state-1')
    expect(back?.searchParams.get('scope')).toBe(`openid https://www.googleapis.com/auth/userinfo.email ${READONLY}`)
  })

  it('succeeds with an unticked box, and says so in the scope alone', async () => {
    const given = await tokens({}, { untick: [`scope:${READONLY}`] })
    expect(given.scope).toBe('openid https://www.googleapis.com/auth/userinfo.email')
    steer({ settings: { singleBox: 'hidden' } })
    expect((await tokens({}, { untick: [`scope:${READONLY}`] })).scope).toContain(READONLY)
  })

  it('sends back a refusal', async () => {
    const { back } = await b.visit(url(), { press: 'cancel' })
    expect(Object.fromEntries(back?.searchParams ?? [])).toEqual({ error: 'access_denied', state: 'state-1' })
  })

  it.each<[string, Fields, RegExp]>([
    ['an unknown client', { client_id: 'other' }, /invalid_client/],
    ['another address', { redirect_uri: `${REDIRECT}/` }, /redirect_uri_mismatch/],
    ['a raw address that is not this machine', { redirect_uri: 'http://10.0.0.7/callback' }, /redirect_uri_mismatch/],
    ['no response type', { response_type: undefined }, /invalid_request/],
    ['a token in the browser', { response_type: 'token' }, /invalid_request/],
    ['no scope', { scope: undefined }, /invalid_scope/],
    ['scopes parted by commas', { scope: `openid,${READONLY}` }, /invalid_scope/],
    [
      'a scope that does not exist',
      { scope: 'openid https://www.googleapis.com/auth/analytics.none' },
      /invalid_scope/,
    ],
    ['an access type that does not exist', { access_type: 'forever' }, /access_type/],
    ['a challenge that is none', { code_challenge: 'short' }, /code_challenge/],
    ['a method that does not exist', { code_challenge_method: 'S512' }, /code_challenge_method/],
  ])('shows its own page and sends nobody back for %s', async (_name, fields, page) => {
    const shown = await b.visit(url(fields))
    expect(shown.back).toBeUndefined()
    expect(shown.page).toMatch(page)
  })
})

describe('the token endpoint', () => {
  it('answers with what was captured from Google', async () => {
    const { status, json } = await exchange()
    expect([status, json]).toEqual([
      200,
      {
        access_token: expect.stringMatching(/^ya29\./),
        expires_in: 3599,
        refresh_token: expect.stringMatching(/^1\/\/0/),
        scope: `openid https://www.googleapis.com/auth/userinfo.email ${READONLY}`,
        token_type: 'Bearer',
        id_token: expect.any(String),
      },
    ])
  })

  it('gives no refresh token online, nor where the consent was not shown', async () => {
    expect(await tokens({ access_type: undefined })).not.toHaveProperty('refresh_token')
    const browser = b.sandbox.browser()
    await browser.consent(url(), {})
    // Signed in and with all of it given before: no page, and no refresh token.
    const again = new URL((await browser.open(url({ prompt: undefined }))).location ?? '')
    const silent = (await exchange({ code: again.searchParams.get('code') ?? '' })).json
    expect(silent.access_token).toMatch(/^ya29\./)
    expect(silent).not.toHaveProperty('refresh_token')
  })

  it('takes the secret by Basic as well', async () => {
    const { client_id: id, client_secret: secret } = keys()
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
    expect((await exchange({ client_id: undefined, client_secret: undefined }, { authorization })).status).toBe(200)
  })

  it.each<[string, Fields, number, string]>([
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
    ['an unknown client', { client_id: 'other' }, 401, 'invalid_client'],
    ['a made-up code', { code: '4/0Amade-up' }, 400, 'invalid_grant'],
    ['another redirect address', { redirect_uri: 'https://app.example/callback' }, 400, 'redirect_uri_mismatch'],
    ['another verifier', { code_verifier: 'w'.repeat(43) }, 400, 'invalid_grant'],
    ['no verifier', { code_verifier: undefined }, 400, 'invalid_grant'],
    ['no grant type', { grant_type: undefined }, 400, 'unsupported_grant_type'],
  ])('refuses %s', async (_name, fields, status, error) => {
    const answer = await exchange(fields)
    expect([answer.status, answer.json.error]).toEqual([status, error])
  })

  it('takes a code once', async () => {
    const once = await code()
    expect((await exchange({ code: once })).status).toBe(200)
    expect((await exchange({ code: once })).json.error).toBe('invalid_grant')
  })

  it('repeats no refresh token at a refresh, and ends it after seven days where the app is in testing', async () => {
    steer({ app: { registration: 'google-analytics', publishing: 'testing' } })
    const given = await tokens()
    expect(given.refresh_token_expires_in).toBe(604_799)
    const renewed = (await refresh(given.refresh_token)).json
    expect(renewed).not.toHaveProperty('refresh_token')
    b.sandbox.control.advance(604_800)
    expect((await refresh(given.refresh_token)).json).toEqual({
      error: 'invalid_grant',
      error_description: 'Token has been expired or revoked.',
    })
  })

  it('forgets the oldest of too many refresh tokens without a word', async () => {
    steer({ settings: { mostRefreshTokens: 2 } })
    const all = [await tokens(), await tokens(), await tokens()]
    const status = await Promise.all(all.map(async (one) => (await refresh(one.refresh_token)).status))
    expect(status).toEqual([400, 200, 200])
  })

  it('revokes a refresh token with its access tokens, and the other way round', async () => {
    for (const kind of ['refresh_token', 'access_token']) {
      const given = await tokens()
      expect((await b.post(`${OAUTH}/revoke`, { token: given[kind] })).status).toBe(200)
      expect((await refresh(given.refresh_token)).status).toBe(400)
      expect((await b.get(ADMIN, given.access_token)).status).toBe(401)
      expect((await b.post(`${OAUTH}/revoke`, { token: given[kind] })).json.error).toBe('invalid_token')
    }
  })
})

describe('account summaries', () => {
  it('clamp the page, leave out what is empty, and go on by token', async () => {
    const { access_token: priya } = await tokens({}, { member: 'priya' })
    const first = (await b.get(`${ADMIN}?pageSize=1000`, priya)).json
    expect(first.accountSummaries).toHaveLength(200)
    const second = (await b.get(`${ADMIN}?pageSize=1000&pageToken=${first.nextPageToken}`, priya)).json
    expect(second.accountSummaries).toHaveLength(60)
    expect(second).not.toHaveProperty('nextPageToken')
    expect((await b.get(ADMIN, priya)).json.accountSummaries).toHaveLength(50)
    const { access_token: ines } = await tokens({}, { member: 'ines' })
    expect((await b.get(ADMIN, ines)).json).toEqual({})
    const { access_token: mara } = await tokens()
    expect((await b.get(ADMIN, mara)).json.accountSummaries[2]).not.toHaveProperty('propertySummaries')
  })

  it.each([undefined, 'made-up'])('are 401 with the token %s', async (token) => {
    const answer = await b.get(ADMIN, token)
    expect([answer.status, answer.json.error.status]).toEqual([401, 'UNAUTHENTICATED'])
  })

  it('refuse a token that is over, one without the scope, a page token that is none, an API that is off, and a full quota', async () => {
    const { access_token: blind } = await tokens({}, { untick: [`scope:${READONLY}`] })
    expect((await b.get(ADMIN, blind)).json.error.details[0].reason).toBe('ACCESS_TOKEN_SCOPE_INSUFFICIENT')
    const { access_token: access } = await tokens()
    expect((await b.get(`${ADMIN}?pageToken=nonsense`, access)).json.error.status).toBe('INVALID_ARGUMENT')
    steer({ settings: { limited: true } })
    expect((await b.get(ADMIN, access)).json.error).toMatchObject({ code: 429, status: 'RESOURCE_EXHAUSTED' })
    steer({ settings: { quotaStatus: 403, errorShape: 'errors' } })
    const quota = await b.get(ADMIN, access)
    expect([quota.status, quota.json.error.errors[0].reason]).toEqual([403, 'rateLimitExceeded'])
    steer({ settings: { limited: false }, app: { registration: 'google-analytics', adminApi: false } })
    expect((await b.get(ADMIN, access)).json.error.errors[0].reason).toBe('accessNotConfigured')
    b.sandbox.control.advance(3600)
    expect((await b.get(ADMIN, access)).status).toBe(401)
  })

  it('userinfo tells what the scopes allow, and nothing without openid', async () => {
    const at = 'https://openidconnect.googleapis.com/v1/userinfo'
    const { access_token: access } = await tokens()
    expect((await b.get(at, access)).json).toEqual({
      sub: '108237465091826350101',
      email: 'mara.lindqvist@example.com',
      email_verified: true,
    })
    const { access_token: none } = await tokens({ scope: READONLY })
    expect((await b.get(at, none)).status).toBe(401)
  })
})
