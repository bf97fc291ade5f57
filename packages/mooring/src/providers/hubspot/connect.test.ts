/** HubSpot end to end: what leaves for it, what comes of it, how it stays alive and how it ends. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clean, count, look, steer, token } from '../../../test/linkedin.ts'
import { createWorld, type Json, type World } from '../../../test/world.ts'

const OPTIONAL = 'marketing.email.read marketing.campaigns.read'
let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000', HUBSPOT_OPTIONAL_SCOPES: OPTIONAL } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

type Command = NonNullable<Parameters<World['sandbox']['control']['apply']>[0]['hubspot']>
const steerIt = (hubspot: Command) => world.sandbox.control.apply({ hubspot })
const asked = (endpoint: string) => world.sandbox.control.requests(`hubspot.${endpoint}`)
const attempt = async (visit = {}, body = {}) =>
  (await world.browser().connect({ provider: 'hubspot', ...body }, visit)).flow
const connected = async (visit = {}) => {
  const flow = await attempt(visit)
  expect(flow).toMatchObject({ state: 'connected', error: null })
  return look(world, flow.connectionId)
}
const PRACTICE = '8800102'
const at = () => world.sandbox.control.state().hubspot
const test = async (id: string) => (await world.api('POST', `/connections/${id}/test`)).body

describe('connecting', () => {
  it('takes the portal as the one account, with who authorized', async () => {
    const connection = await connected()
    expect(connection).toMatchObject({
      renewable: true,
      identity: { subject: '8800101', label: 'northwind.example', email: 'mara@northwind.example' },
      accounts: [{ kind: 'portal', subject: '8800101', label: 'northwind.example' }],
      missingScopes: [],
      health: { level: 'ok', message: 'Renews itself.' },
    })
    const minutes = (Date.parse(connection.accessTokenExpiresAt) - world.now()) / 60_000
    expect(minutes).toBeGreaterThan(28)
    expect(minutes).toBeLessThanOrEqual(30)
    expect(asked('token-v1')).toBe(0)
  })

  it('asks for required and optional scopes apart', async () => {
    const url = new URL((await world.browser().start({ provider: 'hubspot' })).body.authorizeUrl)
    expect(url.searchParams.get('scope')).toBe('oauth crm.objects.contacts.read')
    expect(url.searchParams.get('optional_scope')).toBe(OPTIONAL)
  })

  it('knows by introspection what was granted where the token answer does not say, and what the plan dropped', async () => {
    steerIt({ settings: { tokenFacts: 'absent' } })
    const connection = await connected({ member: 'ines' })
    expect(connection.grantedScopes).toEqual(['oauth', 'crm.objects.contacts.read'])
    expect(connection.missingScopes.map((one: Json) => one.scope)).toEqual([
      'marketing.email.read',
      'marketing.campaigns.read',
    ])
  })

  it('sends secrets and tokens in no address, and one request for each', async () => {
    const { id } = await connected()
    await world.api('DELETE', `/connections/${id}`)
    const sent = (endpoint: string) =>
      world.sandbox.control.log(`hubspot.${endpoint}`).map((one) => [one.method, one.path, one.parameters.toSorted()])
    const about = ['client_id', 'client_secret', 'token', 'token_type_hint']
    expect(sent('token')).toEqual([
      ['POST', '/oauth/2026-03/token', ['client_id', 'client_secret', 'code', 'grant_type', 'redirect_uri']],
    ])
    expect(sent('introspect')).toEqual([['POST', '/oauth/2026-03/token/introspect', about]])
    expect(sent('revoke')).toEqual(Array(2).fill(['POST', '/oauth/2026-03/token/revoke', about]))
    expect(sent('account-info')).toEqual([['GET', '/account-info/2026-03/details', []]])
    expect(asked('uninstall')).toBe(0)
  })

  it('is the same connection for a colleague of the same portal, with what the colleague may do', async () => {
    const { id } = await connected()
    const colleague = await connected({ member: 'tomas' })
    expect([colleague.id, colleague.identity.email]).toEqual([id, 'tomas@northwind.example'])
    // HubSpot dropped what this user has not, though the plan has it.
    expect(colleague.missingScopes.map((one: Json) => one.scope)).toEqual(['marketing.campaigns.read'])
    const again = await attempt({ member: 'mara' }, { reconnect: id })
    expect(again).toMatchObject({ state: 'connected', outcome: 'reconnected', connectionId: id })
    expect(await look(world, id)).toMatchObject({ identity: { email: 'mara@northwind.example' }, missingScopes: [] })
    expect(await count(world)).toBe(1)
  })

  it('refuses another portal at a reconnect, also one of the same person, and connects it beside', async () => {
    const { id } = await connected()
    for (const visit of [{ member: 'priya' }, { member: 'mara', pick: { account: PRACTICE } }] as const)
      expect(await attempt(visit, { reconnect: id })).toMatchObject({
        error: { code: 'wrong_identity', message: expect.stringContaining('northwind.example') },
      })
    expect(await count(world)).toBe(1)
    const other = await connected({ pick: { account: PRACTICE } })
    expect(other.identity).toMatchObject({ subject: PRACTICE, email: 'mara@northwind.example' })
    expect(await count(world)).toBe(2)
  })

  it('follows to Europe, where HubSpot moves whose data lie there', async () => {
    const connection = await connected({ member: 'priya' })
    expect(connection.identity).toMatchObject({ subject: '144000104', label: 'raman.example' })
    expect(asked('authorize')).toBeGreaterThan(2)
  })

  it('is called the same when its accounts are listed anew', async () => {
    const { id } = await connected()
    const { body } = await world.api('GET', `/connections/${id}/available-accounts`)
    expect(body.data).toMatchObject([{ kind: 'portal', id: '8800101', label: 'northwind.example', connected: true }])
  })

  it('needs nothing of v1', async () => {
    steerIt({ settings: { v1: 'gone' } })
    const { id } = await connected()
    world.advance(26 * 60)
    expect((await token(world, id)).status).toBe(200)
    expect(asked('token-v1')).toBe(0)
  })

  it.each([
    ['sent', []],
    ['absent', OPTIONAL.split(' ')],
  ] as const)(
    'goes on where HubSpot does not tell of a token (its facts %s beside it): required scopes were given, of others nobody knows',
    async (tokenFacts, missing) => {
      steerIt({ settings: { tokenFacts } })
      const refusal = { status: 400, body: { error: 'invalid_request', status: 'BAD_ACCESS_TOKEN', message: 'No.' } }
      steer(world, { fault: { endpoint: 'hubspot.introspect', kind: 'answer', ...refusal } })
      const connection = await connected()
      expect(connection.identity).toMatchObject({ subject: '8800101', label: 'HubSpot account 8800101', email: null })
      expect(connection.missingScopes.map((one: Json) => one.scope)).toEqual(missing)
      expect(world.logs.some((one) => one.message === 'the platform does not tell of a token')).toBe(true)
    },
  )

  it('no is no; scopes that differ from the app’s end on HubSpot’s page', async () => {
    expect(await attempt({ press: 'cancel' })).toMatchObject({ state: 'failed', error: { code: 'access_denied' } })
    steerIt({ app: { registration: 'hubspot', required: ['oauth', 'crm.objects.contacts.read', 'forms'] } })
    await expect(attempt()).rejects.toThrow(/Authorization failed/)
  })

  it.each<[string, Parameters<typeof steer>[1], string]>([
    ['a wrong secret', { hubspot: { app: { registration: 'hubspot', secretRefused: true } } }, 'misconfigured'],
    [
      'a wrong secret, told the old way',
      { hubspot: { app: { registration: 'hubspot', secretRefused: true }, settings: { errorShape: 'old' } } },
      'misconfigured',
    ],
    ['a full limit', { hubspot: { settings: { limited: 'TEN_SECONDLY_ROLLING' } } }, 'provider_rate_limited'],
    ['an account that is being moved', { hubspot: { settings: { migrating: true } } }, 'provider_rate_limited'],
    [
      'a token endpoint that is down',
      { fault: { endpoint: 'hubspot.token', kind: 'gateway' } },
      'provider_unavailable',
    ],
    ['a locked account', { hubspot: { settings: { locked: true } } }, 'provider_unavailable'],
    [
      'a portal without a number',
      { fault: { endpoint: 'hubspot.account-info', kind: 'drop', fields: ['portalId'] } },
      'provider_answer_invalid',
    ],
    [
      'a code of another app',
      { fault: { endpoint: 'hubspot.token', kind: 'answer', status: 400, body: { status: 'BAD_AUTH_CODE' } } },
      'code_refused',
    ],
    [
      'an introspection that is none',
      { fault: { endpoint: 'hubspot.introspect', kind: 'truncate' } },
      'provider_answer_invalid',
    ],
  ])('%s: told, and nothing is connected', async (_name, command, code) => {
    steer(world, command)
    expect(await attempt()).toMatchObject({ state: 'failed', error: { code } })
    expect(await count(world)).toBe(0)
  })
})

describe('keeping it', () => {
  it.each(['same', 'new'] as const)(
    'renews five minutes before the end, and keeps the refresh token that comes (%s)',
    async (refreshToken) => {
      steerIt({ settings: { refreshToken } })
      const { id } = await connected()
      for (let round = 1; round <= 3; round += 1) {
        world.advance(26 * 60)
        expect((await token(world, id)).status).toBe(200)
        expect(asked('token')).toBe(1 + round)
      }
    },
  )

  it.each(['both', 'old', 'general'] as const)(
    'needs the person where the app was uninstalled (errors in the shape %s)',
    async (errorShape) => {
      steerIt({ settings: { errorShape } })
      const { id } = await connected()
      steerIt({ uninstall: {} })
      world.advance(26 * 60)
      await token(world, id)
      expect((await look(world, id)).state).toBe('reauthorize')
    },
  )

  it.each(['inactive', 'refused'] as const)(
    'a test tells a dead token where asking about it is answered as %s',
    async (deadToken) => {
      steerIt({ settings: { deadToken } })
      const { id } = await connected()
      steerIt({ uninstall: {} })
      expect((await test(id)).ok).toBe(false)
      expect((await look(world, id)).state).toBe('reauthorize')
    },
  )

  it.each(['inactive', 'refused'] as const)(
    'a test renews a token that ended before its time (%s), as a 401 alone says nothing',
    async (deadToken) => {
      steerIt({ settings: { deadToken } })
      const { id } = await connected()
      steerIt({ token: { do: 'expire', kind: 'access' } })
      expect((await test(id)).ok).toBe(true)
      expect(asked('token')).toBe(2)
    },
  )

  it.each([
    ['is being moved', 477, { 'retry-after': '120' }],
    ['is locked', 423, {}],
    ['has an endpoint that is over', 404, {}],
  ] as const)('an account that %s waits, and nobody is asked to reconnect', async (_name, status, headers) => {
    const { id } = await connected()
    const body = { status: 'error', category: 'OTHER', message: 'No.', correlationId: 'a' }
    steer(world, { fault: { endpoint: 'hubspot.token', kind: 'answer', status, headers, body } })
    world.advance(31 * 60)
    await token(world, id)
    expect((await look(world, id)).state).toBe('failing')
    world.advance(3600)
    expect((await token(world, id)).status).toBe(200)
    expect((await look(world, id)).state).toBe('connected')
  })

  it('a missing scope is no dead connection, and is named', async () => {
    const { id } = await connected()
    steerIt({ dropScope: { scope: 'oauth' } })
    const outcome = await test(id)
    expect(outcome).toMatchObject({ ok: false, message: expect.stringContaining('a permission is missing (oauth)') })
    expect((await look(world, id)).state).toBe('connected')
  })

  it('nor is one that a host meets through the proxy, where each scope opens its own', async () => {
    const { id } = await connected()
    const proxied = (method: string, path: string, body?: unknown) => world.api(method, `/proxy/${id}${path}`, body)
    const search = { filterGroups: [], limit: 1 }
    expect((await proxied('POST', '/crm/objects/2026-09/contacts/search', search)).body.total).toBe(250)
    steerIt({ dropScope: { scope: 'crm.objects.contacts.read' } })
    const refused = await proxied('GET', '/crm/v3/objects/contacts')
    expect([refused.status, refused.body.category]).toEqual([403, 'MISSING_SCOPES'])
    expect((await proxied('GET', '/account-info/v3/details')).status).toBe(200)
    expect([(await look(world, id)).state, asked('token')]).toEqual(['connected', 1])
    // What HubSpot took back is seen at the next test.
    expect((await test(id)).ok).toBe(true)
    expect((await look(world, id)).missingScopes.map((one: Json) => one.scope)).toEqual(['crm.objects.contacts.read'])
  })

  it('a host that uninstalls it through the proxy has a connection that needs its people', async () => {
    const { id } = await connected()
    const uninstall = '/appinstalls/2026-03/external-install'
    expect((await world.api('DELETE', `/proxy/${id}${uninstall}`)).status).toBe(204)
    world.advance(26 * 60)
    await token(world, id)
    expect((await look(world, id)).state).toBe('reauthorize')
    expect(await attempt({}, { reconnect: id })).toMatchObject({ state: 'connected', outcome: 'reconnected' })
    expect((await token(world, id)).status).toBe(200)
  })

  it.each([
    ['refresh', 'active'],
    ['all', 'revoked'],
  ] as const)(
    'is revoked at HubSpot, the refresh token for certain (which ends %s there), and stays installed',
    async (revocation, access) => {
      steerIt({ settings: { revocation } })
      const { id } = await connected()
      expect((await world.api('DELETE', `/connections/${id}`)).body.revoked).toBe('yes')
      const ends = Object.fromEntries(at().tokens.map((one) => [one.kind, one.status]))
      expect(ends).toEqual({ refresh: 'revoked', access })
      expect(at().grants[0]?.uninstalled).toBe(false)
      expect((await token(world, id)).status).not.toBe(200)
    },
  )
})

describe('by settings', () => {
  const otherwise = async (env: Record<string, string>, look: (other: World) => Promise<void>) => {
    const other = await createWorld({ database: world.database, env: { MOORING_STARTS_PER_HOUR: '1000', ...env } })
    await look(other).finally(other.close)
  }
  const connect = async (other: World) => {
    const { started, flow } = await other.browser().connect({ provider: 'hubspot' })
    expect(flow).toMatchObject({ state: 'connected', error: null })
    const { body } = await other.api('GET', `/connections/${flow.connectionId}`)
    return { url: new URL(started.authorizeUrl), connection: body }
  }

  it.each([
    ['2026-09', 'Northwind Studio'],
    ['v3', 'northwind.example'],
  ])('speaks version %s, and calls the portal what that version tells', (version, label) =>
    otherwise({ HUBSPOT_API_VERSION: version }, async (other) => {
      const { url, connection } = await connect(other)
      expect(connection.identity.label).toBe(label)
      expect(url.searchParams.has('optional_scope')).toBe(false)
      other.advance(26 * 60)
      expect((await other.api('GET', `/connections/${connection.id}/token`)).status).toBe(200)
      expect((await other.api('DELETE', `/connections/${connection.id}`)).body.revoked).toBe('yes')
      const paths = other.sandbox.control.log().map((one) => one.path)
      expect(paths.filter((path) => path.startsWith('/oauth/2026-03'))).toEqual([])
      expect(paths).toContain(`/oauth/${version}/token/revoke`)
    }),
  )

  it.each(['honoured', 'ignored'] as const)('sends a challenge where it is told to, which is %s', (challenge) =>
    otherwise({ HUBSPOT_PKCE: 'S256' }, async (other) => {
      other.sandbox.control.apply({ hubspot: { settings: { challenge } } })
      const { url } = await connect(other)
      expect(url.searchParams.get('code_challenge_method')).toBe('S256')
      expect(other.sandbox.control.log('hubspot.token')[0]?.parameters).toContain('code_verifier')
    }),
  )
})
