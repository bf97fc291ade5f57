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

  it('is the same connection for a colleague of the same portal, and another portal is refused at a reconnect', async () => {
    const { id } = await connected()
    const colleague = await connected({ member: 'tomas' })
    expect([colleague.id, colleague.identity.email]).toEqual([id, 'tomas@northwind.example'])
    expect(await attempt({ member: 'priya' }, { reconnect: id })).toMatchObject({ error: { code: 'wrong_identity' } })
    expect(await count(world)).toBe(1)
  })

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

  it.each(['both', 'old'] as const)(
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
      if (deadToken === 'inactive') expect((await look(world, id)).state).toBe('reauthorize')
    },
  )

  it('a missing scope is no dead connection, and is shown', async () => {
    const { id } = await connected()
    steerIt({ dropScope: { scope: 'oauth' } })
    const outcome = await test(id)
    expect(outcome.message).toContain('a permission is missing')
    expect((await look(world, id)).state).toBe('connected')
    steerIt({ dropScope: { scope: 'marketing.email.read' } })
  })

  it('is revoked at HubSpot, the refresh token first', async () => {
    const { id } = await connected()
    expect((await world.api('DELETE', `/connections/${id}`)).body.revoked).toBe('yes')
    const refresh = world.sandbox.control.state().hubspot.tokens.filter((one) => one.kind === 'refresh')
    expect(refresh.map((one) => one.status)).toEqual(['revoked'])
  })
})
