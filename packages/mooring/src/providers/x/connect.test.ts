/** Connecting X end to end: what leaves for it, what comes of it, and what a person is told where it does not work. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clean, count, history, look, steer } from '../../../test/linkedin.ts'
import { HOST_ENV, look as lookAt, makeSession, open } from '../../../test/sessions.ts'
import { createWorld, type Json, type World } from '../../../test/world.ts'
import { askedX, atX, connectedX, steerX } from '../../../test/x.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: HOST_ENV })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const sent = (endpoint: string, method = 'POST') =>
  world.sandbox.control.log(`x.${endpoint}`).filter((entry) => entry.method === method)
const attempt = async (visit = {}, body = {}) => (await world.browser().connect({ provider: 'x', ...body }, visit)).flow

describe('connecting', () => {
  it('takes the one account without a question', async () => {
    const connection = await connectedX(world)
    expect(connection).toMatchObject({
      provider: 'x',
      registration: 'x',
      state: 'connected',
      renewable: true,
      refreshTokenExpiresAt: null,
      identity: { subject: '1790000000000000101', label: 'Mara Lindqvist', handle: 'maralindqvist', email: null },
      accounts: [{ kind: 'person', subject: '1790000000000000101', handle: 'maralindqvist' }],
      missingScopes: [],
      health: { level: 'ok', reason: 'renews', message: 'Renews itself.' },
    })
    expect(connection.grantedScopes).toHaveLength(5)
    const minutes = (Date.parse(connection.accessTokenExpiresAt) - world.now()) / 60_000
    expect(minutes).toBeGreaterThan(118)
    expect(minutes).toBeLessThanOrEqual(120)
  })

  it('sends PKCE, the secret in the header alone, and the client’s id in both', async () => {
    await connectedX(world)
    const [page] = sent('authorize', 'GET')
    expect(page?.parameters.toSorted()).toEqual([
      'client_id',
      'code_challenge',
      'code_challenge_method',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
    ])
    const [exchange] = sent('token')
    expect(exchange?.authorization).toBe('basic')
    expect(exchange?.parameters.toSorted()).toEqual([
      'client_id',
      'code',
      'code_verifier',
      'grant_type',
      'redirect_uri',
    ])
    // Each call is billed: one look at who it is, and no more.
    expect(askedX(world, 'me')).toBe(1)
  })

  it('parts scopes by %20, and keeps its state below X’s 500 characters', async () => {
    const { body } = await world.browser().start({ provider: 'x' })
    const url = new URL(body.authorizeUrl)
    expect(url.search).toContain('scope=tweet.read%20tweet.write%20users.read%20media.write%20offline.access&')
    expect(url.searchParams.get('state')?.length).toBeLessThan(500)
  })

  it('says what will not work where less was granted', async () => {
    steer(world, { fault: { endpoint: 'x.token', kind: 'set', fields: { scope: 'tweet.read users.read' } } })
    const flow = await attempt()
    const shown = await look(world, flow.connectionId)
    expect(shown.missingScopes).toContainEqual({
      scope: 'tweet.write',
      allows: 'Post as you',
      without: 'Posting as you does not work.',
    })
    expect(shown.accounts).toEqual([])
  })

  it('works without a refresh token, for two hours', async () => {
    steer(world, { fault: { endpoint: 'x.token', kind: 'drop', fields: ['refresh_token'] } })
    expect(await connectedX(world)).toMatchObject({ renewable: false, health: { reason: 'no_refresh_token' } })
  })

  it('reads either vocabulary', async () => {
    steerX(world, { settings: { vocabulary: 'openapi', problemHost: 'https://api.x.com' } })
    expect((await connectedX(world)).state).toBe('connected')
  })

  it('again updates the connection that is there', async () => {
    const { id } = await connectedX(world)
    const flow = await attempt()
    expect(flow).toMatchObject({ connectionId: id, outcome: 'updated' })
    expect(await count(world)).toBe(1)
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.updated'])
    expect((await world.api('POST', `/connections/${id}/test`)).body.ok).toBe(true)
  })
})

describe('where it does not work', () => {
  it('a refusal changes nothing', async () => {
    const flow = await attempt({ press: 'cancel' })
    expect(flow).toMatchObject({
      state: 'failed',
      connectionId: null,
      error: { code: 'access_denied', message: 'You said no on X. Nothing was changed.' },
    })
    expect(askedX(world, 'token')).toBe(0)
  })

  it('a code that came too late is a new start', async () => {
    const browser = world.browser()
    const started = await browser.start({ provider: 'x' })
    const callback = await browser.consent(started.body.authorizeUrl)
    world.sandbox.control.advance(30)
    await browser.open(callback)
    expect((await world.api('GET', `/flows/${started.body.id}`)).body).toMatchObject({
      state: 'failed',
      error: {
        code: 'code_refused',
        message: 'X did not accept the answer. Please start again.',
        operatorDetail: expect.stringContaining('Value passed for the authorization code was invalid.'),
      },
    })
  })

  it('a wrong secret is the operator’s, and raises the alert', async () => {
    steerX(world, { app: { registration: 'x', secretRefused: true } })
    expect((await attempt()).error).toMatchObject({
      code: 'misconfigured',
      message: "We have to fix this, not you. X refuses this server's client id or secret.",
    })
    expect(JSON.stringify((await world.api('GET', '/providers')).body)).not.toContain('SANDBOX')
  })

  it.each([
    [
      'no credits',
      { credits: 0 },
      'misconfigured',
      "We have to fix this, not you. This server's app has no credits left at X.",
    ],
    [
      'no package or not in Production',
      { enrolled: 'client-not-enrolled' },
      'misconfigured',
      "We have to fix this, not you. This server's app at X is in no package, or not in Production.",
    ],
    [
      'the month used up',
      { capped: true },
      'provider_rate_limited',
      "This server's app has used up what X allows it for now. We have to raise that, or wait.",
    ],
  ] as const)('an app with %s says so', async (_, app, code, message) => {
    steerX(world, { app: { registration: 'x', ...app } })
    expect((await attempt()).error).toMatchObject({ code, message })
    expect(await count(world)).toBe(0)
  })

  it('a suspended account says so', async () => {
    steerX(world, { user: { member: 'mara', suspended: true } })
    expect((await attempt()).error).toMatchObject({
      code: 'permission',
      message: 'X has suspended this account, or does not let it use this. Ask X about it.',
    })
  })

  it('a full limit says until when, from X’s own headers', async () => {
    const { id } = await connectedX(world)
    const before = await world.api('GET', `/connections/${id}/available-accounts`)
    expect(before.status).toBe(200)
    steer(world, { fault: { endpoint: 'x.me', kind: 'throttle' } })
    const answer = await world.api('GET', `/connections/${id}/available-accounts`)
    expect(answer).toMatchObject({ body: { code: 'provider_rate_limited' } })
    expect(answer.body.retryAfter).toBeGreaterThan(880)
    expect(answer.body.retryAfter).toBeLessThanOrEqual(901)
  })
})

describe('reconnecting', () => {
  it('keeps the connection and its accounts', async () => {
    const { id, accounts } = await connectedX(world)
    steerX(world, { revokeGrant: { member: 'mara' } })
    expect((await world.api('POST', `/connections/${id}/test`)).body.ok).toBe(false)
    expect((await look(world, id)).state).toBe('reauthorize')
    const flow = await attempt({}, { reconnect: id })
    expect(flow).toMatchObject({ outcome: 'reconnected', connectionId: id })
    const after = await look(world, id)
    expect(after.state).toBe('connected')
    expect(after.accounts.map((one: Json) => one.id)).toEqual(accounts.map((one: Json) => one.id))
  })

  it('refuses another person', async () => {
    const { id } = await connectedX(world)
    const flow = await attempt({ member: 'tomas' }, { reconnect: id })
    expect(flow.error).toMatchObject({
      code: 'wrong_identity',
      message: 'That is another X account. Sign in there as Mara Lindqvist.',
    })
    expect(await look(world, id)).toMatchObject({ state: 'connected', identity: { label: 'Mara Lindqvist' } })
  })
})

describe('disconnecting', () => {
  it('ends the grant at X and erases it here', async () => {
    const { id } = await connectedX(world)
    expect((await world.api('DELETE', `/connections/${id}`)).body.revoked).toBe('yes')
    expect(new Set(atX(world).tokens.map((one) => one.status))).toEqual(new Set(['revoked']))
    expect(sent('revoke').every((one) => one.authorization === 'basic')).toBe(true)
    expect(sent('revoke')[0]?.parameters.toSorted()).toEqual(['client_id', 'token'])
  })
})

describe('the card', () => {
  it('says what to set up, with the exact address, and what a person should know before', async () => {
    const { body } = await world.api('GET', '/providers/x')
    expect(body).toMatchObject({ id: 'x', name: 'X', docs: '/docs/providers/x' })
    expect(body.beforeConnect).toBe(
      'X keeps one authorization for each app and person. Connecting the same X account through this app again, here or anywhere else, ends the earlier one.',
    )
    const [app] = body.registrations
    expect(app.setup.join(' ')).toContain(`to the letter: ${app.redirectUri}`)
    expect(app.redirectUri).toBe('http://localhost:8003/callback/x')
    expect(app.env.map((one: Json) => one.name)).toEqual([
      'X_CLIENT_ID',
      'X_CLIENT_SECRET',
      'X_REDIRECT_URI',
      'X_SCOPES',
      'X_ISSUER',
      'X_CLIENT_TYPE',
      'X_UPLOAD_CHUNK_KB',
      'X_READ_BACK',
    ])
    expect((await world.api('GET', '/providers/linkedin')).body.beforeConnect).toBeNull()
  })
})

describe('what a person should know before', () => {
  const KNOW = 'X keeps one authorization for each app and person.'

  it('stands on the page of a start link, and on no other platform’s', async () => {
    const page = async (provider: string) => {
      const { body } = await world.browser().start({ provider })
      return (await world.browser().open(body.startUrl)).text()
    }
    expect(await page('x')).toContain(KNOW)
    expect(await page('linkedin')).not.toContain('keeps one authorization')
  })

  it('stands on the page of a connect session that offers it', async () => {
    const page = async (providers: string[]) => {
      const made = await makeSession(world, { providers })
      const browser = world.browser()
      const opened = await open(world, browser, made)
      return (await lookAt(world, browser, opened.to?.href ?? '')).text
    }
    expect(await page(['x', 'linkedin'])).toContain(KNOW)
    expect(await page(['linkedin'])).not.toContain('keeps one authorization')
  })
})

it('a public client connects and renews with its id alone', async () => {
  const native = await createWorld({
    env: { X_CLIENT_ID: 'sandbox-x-native', X_CLIENT_TYPE: 'public', MOORING_BASE_URL: 'http://127.0.0.1:8003' },
  })
  try {
    const redirectUris = ['http://127.0.0.1:8003/callback/x']
    steerX(native, { app: { registration: 'x-native', redirectUris } })
    const { id } = await connectedX(native)
    native.advance(7000)
    expect((await native.api('GET', `/connections/${id}/token`)).status).toBe(200)
    const asked = native.sandbox.control.log('x.token')
    expect(asked).toHaveLength(2)
    for (const one of asked) expect(one).toMatchObject({ authorization: null, status: 200 })
    expect(asked[1]?.parameters.toSorted()).toEqual(['client_id', 'grant_type', 'refresh_token'])
  } finally {
    await native.close()
  }
})
