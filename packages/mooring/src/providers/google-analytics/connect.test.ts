/** Google Analytics end to end: what leaves for Google, what comes of it, how it stays alive and how it ends. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clean, count, DAY, look, steer, token } from '../../../test/linkedin.ts'
import { createWorld, type Json, type World } from '../../../test/world.ts'
import { READONLY } from './scopes.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

type Command = NonNullable<Parameters<World['sandbox']['control']['apply']>[0]['google-analytics']>
const steerIt = (command: Command) => world.sandbox.control.apply({ 'google-analytics': command })
const asked = (endpoint: string) => world.sandbox.control.requests(`google-analytics.${endpoint}`)
const attempt = async (visit = {}, body = {}) =>
  (await world.browser().connect({ provider: 'google-analytics', ...body }, visit)).flow
const connected = async (visit = {}) => {
  const flow = await world.browser().connectAll({ provider: 'google-analytics' }, visit)
  expect(flow).toMatchObject({ state: 'connected', error: null })
  return look(world, flow.connectionId)
}
const test = async (id: string) => (await world.api('POST', `/connections/${id}/test`)).body

describe('connecting', () => {
  it('offers the properties of every account, and stays connected by a refresh token', async () => {
    const flow = await attempt()
    expect(flow.candidates.map((one: Json) => [one.kind, one.id, one.label, one.note])).toEqual([
      ['property', 'properties/330101', 'northwind.example', 'Northwind Studio'],
      ['property', 'properties/330102', 'All of Northwind', 'Northwind Studio, roll-up property'],
      ['property', 'properties/330103', 'lindqvist-ceramics.example', 'Lindqvist Ceramics'],
    ])
    const connection = await connected()
    expect(connection).toMatchObject({
      renewable: true,
      refreshTokenExpiresAt: null,
      identity: { subject: '108237465091826350101', label: 'Mara Lindqvist', email: 'mara.lindqvist@example.com' },
      missingScopes: [],
      health: { level: 'ok', message: 'Renews itself.' },
    })
  })

  it('asks for offline access with a consent, PKCE and state', async () => {
    const url = new URL((await world.browser().start({ provider: 'google-analytics' })).body.authorizeUrl)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      access_type: 'offline',
      prompt: 'consent',
      code_challenge_method: 'S256',
      scope: `openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/userinfo.profile ${READONLY}`,
    })
  })

  it('gets a refresh token at the second connect, too', async () => {
    const { id } = await connected()
    await attempt({}, { reconnect: id })
    expect((await look(world, id)).renewable).toBe(true)
  })

  it('says what an unticked box costs, and one more consent mends it', async () => {
    const flow = await attempt({ untick: [`scope:${READONLY}`] })
    expect(flow.state).toBe('connected')
    const shown = await look(world, flow.connectionId)
    expect(shown.missingScopes).toEqual([
      {
        scope: READONLY,
        allows: 'Read your Google Analytics numbers',
        without: 'No numbers can be read. Reconnect and tick the box for Google Analytics.',
      },
    ])
    expect(shown.accounts).toEqual([])
    const again = await attempt({}, { reconnect: flow.connectionId })
    expect(again.state).toBe('checkpoint')
    expect((await look(world, flow.connectionId)).missingScopes).toEqual([])
  })

  it('reads 325 properties over two pages, and connects somebody without Analytics', async () => {
    expect((await attempt({ member: 'priya' })).candidates).toHaveLength(325)
    expect(asked('accountSummaries')).toBe(2)
    expect((await connected({ member: 'ines' })).accounts).toEqual([])
  })

  it('no is no, and another account at a reconnect is refused', async () => {
    expect(await attempt({ press: 'cancel' })).toMatchObject({ state: 'failed', error: { code: 'access_denied' } })
    const { id } = await connected()
    expect(await attempt({ member: 'tomas' }, { reconnect: id })).toMatchObject({ error: { code: 'wrong_identity' } })
    expect(await count(world)).toBe(1)
  })

  it.each<[string, Parameters<typeof steer>[1], string]>([
    [
      'a wrong secret',
      { 'google-analytics': { app: { registration: 'google-analytics', secretRefused: true } } },
      'misconfigured',
    ],
    [
      'an API that is not enabled',
      { 'google-analytics': { app: { registration: 'google-analytics', adminApi: false } } },
      'misconfigured',
    ],
    [
      'an API that is not enabled, the older way',
      {
        'google-analytics': {
          app: { registration: 'google-analytics', adminApi: false },
          settings: { errorShape: 'errors' },
        },
      },
      'misconfigured',
    ],
    ['a full quota', { 'google-analytics': { settings: { limited: true } } }, 'provider_rate_limited'],
    [
      'a full quota as 403',
      { 'google-analytics': { settings: { limited: true, quotaStatus: 403 } } },
      'provider_rate_limited',
    ],
    [
      'a token endpoint that is down',
      { fault: { endpoint: 'google-analytics.token', kind: 'gateway' } },
      'provider_unavailable',
    ],
    [
      'an answer that is none',
      { fault: { endpoint: 'google-analytics.userinfo', kind: 'truncate' } },
      'provider_answer_invalid',
    ],
  ])('%s: told, and nothing is connected', async (_name, command, code) => {
    steer(world, command)
    expect(await attempt()).toMatchObject({ state: 'failed', error: { code } })
    expect(await count(world)).toBe(0)
  })
})

describe('keeping it', () => {
  it('keeps the refresh token that a refresh does not repeat', async () => {
    const { id } = await connected()
    for (let round = 1; round <= 3; round += 1) {
      world.advance(3600)
      expect((await token(world, id)).status).toBe(200)
      expect(asked('token')).toBe(1 + round)
    }
  })

  it('says plainly that an app in testing gives seven days, and what to do', async () => {
    steerIt({ app: { registration: 'google-analytics', publishing: 'testing' } })
    const { id, health, refreshTokenExpiresAt } = await connected()
    expect(Math.round((Date.parse(refreshTokenExpiresAt) - world.now()) / 86_400_000)).toBe(7)
    expect(health).toMatchObject({ level: 'bad', reason: 'refresh_token_ends' })
    expect(health.message).toMatch(
      /seven days only: its app is in testing.* Publish the app .* Works until \d+ \w+ \d+\./,
    )
    world.advance(7 * DAY)
    expect((await token(world, id)).body.code).toBe('reauthorize')
  })

  it('lives on where Google forgot the older of two tokens, and needs the person where access was removed', async () => {
    steerIt({ settings: { mostRefreshTokens: 1 } })
    const { id } = await connected()
    await attempt({}, { reconnect: id })
    world.advance(3600)
    expect((await token(world, id)).status).toBe(200)
    steerIt({ revokeGrant: {} })
    world.advance(3600)
    expect((await token(world, id)).body.code).toBe('reauthorize')
  })

  it('a role that is missing is no end of a connection', async () => {
    const { id } = await connected()
    steer(world, {
      fault: {
        endpoint: 'google-analytics.userinfo',
        kind: 'answer',
        status: 403,
        body: {
          error: { code: 403, message: 'User does not have sufficient permissions.', status: 'PERMISSION_DENIED' },
        },
      },
    })
    expect(await test(id)).toMatchObject({
      ok: false,
      message: 'This Google account has no role there. Ask for the role Viewer.',
    })
    expect((await look(world, id)).state).toBe('connected')
  })

  it('is ended at Google with one call for each token', async () => {
    const { id } = await connected()
    expect((await world.api('DELETE', `/connections/${id}`)).body.revoked).toBe('yes')
    const grants = world.sandbox.control.state()['google-analytics'].grants
    expect(grants.map((one) => one.revoked)).toEqual([true])
  })
})
