/** The kinds of apps at LinkedIn, end to end: what leaves for the platform, and what comes of it. */
import { afterEach, describe, expect, it } from 'vitest'
import { asked, connected, DAY, look, steer, token } from '../../../test/linkedin.ts'
import { createWorld, type Json, type World, type WorldOptions } from '../../../test/world.ts'

let world: World
afterEach(() => world.close())

const open = async (env: Record<string, string> = {}, options: WorldOptions = {}) => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '100', ...env }, ...options })
  return world
}
const OWN = {
  LINKEDIN_CLIENT_ID: 'sandbox-linkedin',
  LINKEDIN_CLIENT_SECRET: 'SANDBOX.linkedin/not+a/real+secret==',
}
const sent = (endpoint: string, method = 'POST') =>
  world.sandbox.control.log(`linkedin.${endpoint}`).filter((entry) => entry.method === method)

/** The headers of every request from now on. */
function recorded(): { url: string; headers: Headers }[] {
  const seen: { url: string; headers: Headers }[] = []
  const { runtime } = world.mooring.engine
  const { fetch } = runtime
  runtime.fetch = (url, init) => {
    seen.push({ url, headers: new Headers(init?.headers) })
    return fetch(url, init)
  }
  return seen
}

describe('the standard app', () => {
  it('sends its secret in the body, no PKCE and nothing that LinkedIn does not know', async () => {
    await open()
    await connected(world)
    const [page] = sent('authorization', 'GET')
    expect(page?.parameters.toSorted()).toEqual(['client_id', 'redirect_uri', 'response_type', 'scope', 'state'])
    const [exchange] = sent('token')
    expect(exchange?.parameters.toSorted()).toEqual([
      'client_id',
      'client_secret',
      'code',
      'grant_type',
      'redirect_uri',
    ])
    expect(exchange?.authorization).toBeNull()
    expect(sent('userinfo', 'GET')[0]?.authorization).toBe('bearer')
  })

  it('reads scopes parted by commas or spaces, in any order, and calls none missing', async () => {
    await open()
    for (const scopeSeparator of [',', ' '] as const) {
      steer(world, { linkedin: { settings: { scopeSeparator } } })
      const connection = await connected(world, { member: 'ines' })
      expect(connection.grantedScopes).toHaveLength(7)
      expect(connection.missingScopes).toEqual([])
    }
  })

  it('says what will not work where less was granted than asked', async () => {
    await open()
    steer(world, { fault: { endpoint: 'linkedin.token', kind: 'set', fields: { scope: 'openid,profile,email' } } })
    const { flow } = await world.browser().connect({ provider: 'linkedin' }, { member: 'ines' })
    expect(flow.missingScopes).toContainEqual({
      scope: 'w_member_social',
      allows: 'Post as you',
      without: 'Posting as yourself does not work.',
    })
    const shown = await look(world, flow.connectionId)
    expect(shown.grantedScopes).toEqual(['openid', 'profile', 'email'])
    expect(shown.missingScopes).toHaveLength(4)
    expect(shown.accounts).toEqual([])
  })

  it('takes what was asked as granted where LinkedIn does not say', async () => {
    await open()
    steer(world, { fault: { endpoint: 'linkedin.token', kind: 'drop', fields: ['scope'] } })
    expect(await connected(world, { member: 'ines' })).toMatchObject({ missingScopes: [] })
  })

  it('works with `token_type`, a right `iss` and a locale in either dress', async () => {
    await open()
    steer(world, { linkedin: { settings: { tokenType: 'Bearer', iss: 'right', locale: 'string' } } })
    expect((await connected(world)).state).toBe('connected')
  })
})

describe('a self-serve app', () => {
  it('connects the person alone, without a refresh token and without a question', async () => {
    await open({
      LINKEDIN_CLIENT_ID: 'sandbox-linkedin-selfserve',
      LINKEDIN_CLIENT_SECRET: 'SANDBOX.selfserve/not+a/real+secret==',
    })
    const redirectUris = ['http://localhost:8003/callback/linkedin']
    steer(world, { linkedin: { app: { registration: 'linkedin-selfserve', redirectUris } } })
    const { flow } = await world.browser().connect()
    expect(flow).toMatchObject({ state: 'connected', candidates: [] })
    expect(await look(world, flow.connectionId)).toMatchObject({
      renewable: false,
      refreshTokenExpiresAt: null,
      health: { reason: 'no_refresh_token' },
      accounts: [{ kind: 'person', label: 'Mara Lindqvist' }],
    })
    expect(asked(world, 'organizationAcls')).toBe(0)
  })
})

describe('a Community Management app', () => {
  it('has no openid: it reads /v2/me and never userinfo', async () => {
    await open()
    const connection = await connected(world, {}, { registration: 'linkedin-community' })
    expect(connection).toMatchObject({
      registration: 'linkedin-community',
      identity: { label: 'Mara Lindqvist', handle: 'mara-lindqvist', email: null },
    })
    expect(connection.accounts).toHaveLength(3)
    expect(asked(world, 'me')).toBe(1)
    expect(asked(world, 'userinfo')).toBe(0)
    expect((await world.api('POST', `/connections/${connection.id}/test`)).body.ok).toBe(true)
  })

  it('is another connection than that of the standard app, for the same person', async () => {
    await open()
    const one = await connected(world)
    const { flow } = await world.browser().connect({ registration: 'linkedin-community' })
    expect(flow.connectionId).not.toBe(one.id)
    expect(flow.outcome).toBe('connected')
  })
})

describe('an app that LinkedIn enabled for native PKCE', () => {
  const SCOPES = ['r_basicprofile', 'w_member_social']
  const native = {
    LINKEDIN_CLIENT_ID: 'sandbox-linkedin',
    LINKEDIN_PKCE: 'native',
    LINKEDIN_SCOPES: SCOPES.join(' '),
  }
  const enable = () =>
    steer(world, { linkedin: { app: { registration: 'linkedin', nativePkce: true, scopes: SCOPES } } })

  it('connects and renews with a verifier and without any secret', async () => {
    await open({ ...native, MOORING_BASE_URL: 'http://127.0.0.1:8003' })
    enable()
    const connection = await connected(world)
    expect(connection).toMatchObject({ state: 'connected', renewable: true })
    expect(sent('native-authorization', 'GET')[0]?.parameters).toEqual(
      expect.arrayContaining(['code_challenge', 'code_challenge_method']),
    )
    expect(asked(world, 'authorization')).toBe(0)
    expect(sent('token')[0]?.parameters.toSorted()).toEqual([
      'client_id',
      'code',
      'code_verifier',
      'grant_type',
      'redirect_uri',
    ])
    world.advance(54 * DAY)
    expect((await token(world, connection.id)).status).toBe(200)
    expect((await look(world, connection.id)).problem).toBeNull()
    expect(sent('token')[1]?.parameters.toSorted()).toEqual(['client_id', 'grant_type', 'refresh_token'])
  })

  it('refuses to start where people would come back to anything but loopback by number', async () => {
    await open(native)
    enable()
    const answer = await world.browser().start({ provider: 'linkedin' })
    expect(answer).toMatchObject({ status: 500, body: { code: 'redirect_uri_mismatch' } })
    expect(answer.body.operatorDetail).toContain(
      'Set LINKEDIN_REDIRECT_URI to http://127.0.0.1:<port>/callback/linkedin',
    )
  })
})

describe('the settings', () => {
  it('LINKEDIN_API_VERSION is what leaves, on versioned calls alone', async () => {
    const scopes = 'openid profile email w_member_social rw_organization_admin w_organization_social'
    await open({ ...OWN, LINKEDIN_API_VERSION: '202607', LINKEDIN_SCOPES: scopes })
    const seen = recorded()
    await connected(world)
    const versions = seen
      .filter(({ url }) => url.startsWith('https://api.linkedin.com'))
      .map(({ url, headers }) => [new URL(url).pathname, headers.get('linkedin-version')])
    expect(versions).toEqual([
      ['/v2/userinfo', null],
      ['/rest/organizationAcls', '202607'],
      ['/rest/organizationsLookup', '202607'],
    ])
  })

  it.each(['w_member_social openid,profile', 'w_member_social,openid,profile', ' w_member_social  openid\tprofile '])(
    'LINKEDIN_SCOPES is what is asked for, as %j',
    async (scopes) => {
      await open({ ...OWN, LINKEDIN_SCOPES: scopes })
      const { body } = await world.browser().start({ provider: 'linkedin' })
      const asks = new URL(body.authorizeUrl)
      expect(asks.search).toContain('scope=w_member_social%20openid%20profile&')
      expect(body.requestedScopes.map((one: Json) => one.scope)).toEqual(['w_member_social', 'openid', 'profile'])
    },
  )

  it('an API version that has ended is misconfigured, and said so before anybody meets it', async () => {
    await open({
      ...OWN,
      LINKEDIN_API_VERSION: '202511',
      LINKEDIN_SCOPES: 'openid profile email w_member_social rw_organization_admin',
    })
    const { flow, landed } = await world.browser().connect()
    expect(flow).toMatchObject({
      state: 'failed',
      connectionId: null,
      error: {
        code: 'misconfigured',
        message: "We have to fix this, not you. LinkedIn refuses this server's app.",
        operatorDetail: 'linkedin answered 426 NONEXISTENT_VERSION',
      },
    })
    expect(landed.searchParams.get('error')).toBe('misconfigured')
    const { body } = await world.api('GET', '/providers')
    const registration = body.data[0].registrations.find((one: Json) => one.id === 'linkedin')
    expect(registration.notices).toMatchObject([
      { level: 'error', message: expect.stringContaining('LinkedIn API version 202511 ended on 2026-11-16') },
    ])
  })

  it('an API version that ends while a connection lives leaves the connection alone', async () => {
    await open()
    const { id } = await connected(world)
    steer(world, { linkedin: { settings: { versions: { '202609': '2020-01-01' } } } })
    expect(await world.api('GET', `/connections/${id}/available-accounts`)).toMatchObject({
      status: 503,
      body: { code: 'misconfigured', providerCode: 'NONEXISTENT_VERSION' },
    })
    expect((await token(world, id)).status).toBe(200)
    expect(await look(world, id)).toMatchObject({ state: 'connected', problem: null })
  })
})
