/** Connecting Facebook end to end: what leaves for it, what comes of it, and what a person is told where it does not work. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clean, count, look, steer } from '../../../test/linkedin.ts'
import {
  askedMeta,
  atMeta,
  CERAMICS,
  connectedMeta,
  HARBOUR,
  NORTHWIND,
  NORTHWIND_IG,
  steerMeta,
} from '../../../test/meta.ts'
import { createWorld, type Json, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const sent = (endpoint: string) => world.sandbox.control.log(`meta.${endpoint}`)
const attempt = async (visit = {}, body = {}) =>
  (await world.browser().connect({ provider: 'meta', ...body }, visit)).flow
const found = (flow: Json) =>
  flow.candidates.map(({ id, kind, selectable, reason }: Json) => [kind, id, selectable, reason])

describe('connecting', () => {
  it('offers the Pages, and the Instagram account behind one, and keeps what was chosen', async () => {
    const flow = await attempt()
    expect(flow.state).toBe('checkpoint')
    expect(found(flow)).toEqual([
      ['page', NORTHWIND, true, null],
      ['instagram', NORTHWIND_IG, true, null],
      ['page', CERAMICS, true, null],
      ['page', HARBOUR, false, expect.stringContaining('cannot post')],
    ])
    const { body } = await world.api('POST', `/flows/${flow.id}/accounts`, { accounts: [NORTHWIND, NORTHWIND_IG] })
    expect(body.state).toBe('connected')
    const connection = await look(world, flow.connectionId)
    expect(connection).toMatchObject({
      provider: 'meta',
      state: 'connected',
      renewable: true,
      identity: { subject: '10228845610000101', label: 'Mara Lindqvist' },
      missingScopes: [],
    })
    expect(connection.accounts.map((one: Json) => [one.kind, one.label, one.handle])).toEqual([
      ['page', 'Northwind Studio', 'northwindstudio'],
      ['instagram', 'Northwind Studio', 'northwind.studio'],
    ])
    const days = (Date.parse(connection.accessTokenExpiresAt) - world.now()) / 86_400_000
    expect(days).toBeGreaterThan(59)
    expect(days).toBeLessThanOrEqual(60)
  })

  it('knows the 90 days of data access, which only a person renews', async () => {
    const connection = await connectedMeta(world)
    const days = (Date.parse(connection.dataAccessEndsAt) - world.now()) / 86_400_000
    expect(Math.round(days)).toBe(90)
    expect(connection.health).toMatchObject({ level: 'ok', reason: 'data_access_ends' })
  })

  it('sends its secret in no address but where Meta wants it, and a proof with every call', async () => {
    await connectedMeta(world)
    const [exchange, longer, ...rest] = sent('token')
    expect(rest).toEqual([])
    expect([exchange?.method, longer?.method]).toEqual(['POST', 'POST'])
    expect(exchange?.parameters.toSorted()).toEqual([
      'client_id',
      'client_secret',
      'code',
      'grant_type',
      'redirect_uri',
    ])
    expect(longer?.parameters.toSorted()).toEqual(['client_id', 'client_secret', 'fb_exchange_token', 'grant_type'])
    for (const endpoint of ['me', 'accounts', 'businesses'])
      for (const one of sent(endpoint)) {
        expect(one.parameters).toContain('appsecret_proof')
        expect(one.parameters).not.toContain('access_token')
      }
    expect(world.sandbox.control.log().filter((one) => one.fault)).toEqual([])
  })

  it('asks by scope, or by the configuration of Login for Business alone', async () => {
    const url = new URL((await world.browser().start({ provider: 'meta' })).body.authorizeUrl)
    expect(url.pathname).toBe('/v26.0/dialog/oauth')
    expect(url.searchParams.get('scope')).toContain('pages_show_list,pages_read_engagement')
    expect(url.searchParams.get('auth_type')).toBe('rerequest')
    const business = await createWorld({
      database: world.database,
      env: { META_CONFIG_ID: '200000000000001' },
      registrations: (all) =>
        all.map((one) =>
          one.id === 'meta'
            ? { ...one, client: { clientId: '100000000000002', clientSecret: 'sandbox0meta0not0a0real0secret02' } }
            : one,
        ),
    })
    const uris = business.mooring.engine.registrations.filter((one) => one.id === 'meta').map((one) => one.redirectUri)
    steerMeta(business, { app: { registration: 'meta-business', redirectUris: uris } })
    const asked = new URL((await business.browser().start({ provider: 'meta' })).body.authorizeUrl)
    expect(asked.searchParams.get('config_id')).toBe('200000000000001')
    expect(asked.searchParams.has('scope')).toBe(false)
    const connection = await connectedMeta(business)
    expect(connection.missingScopes).toEqual([])
    expect(connection.accounts).toHaveLength(3)
    await business.close()
  })

  it('says what will not work where a permission was declined, and asks for it again', async () => {
    const untick = ['scope:pages_manage_posts', 'scope:instagram_basic']
    const flow = await attempt({ untick })
    const { body } = await world.api('GET', `/connections/${flow.connectionId}/available-accounts`)
    expect(body.data.map((one: Json) => one.reason)).toEqual([
      'The permission to post as Pages is missing.',
      'The permission to post as Pages is missing.',
      expect.stringContaining('cannot post'),
    ])
    const shown = await look(world, flow.connectionId)
    expect(shown.missingScopes.map((one: Json) => one.scope)).toEqual(['pages_manage_posts', 'instagram_basic'])
    expect(shown.missingScopes[0].without).toBe('Posting as your Pages does not work.')
    const again = await attempt({}, { reconnect: flow.connectionId })
    expect(again.error).toBeNull()
    expect((await look(world, flow.connectionId)).missingScopes).toEqual([])
  })

  it('finds a Page that a business owns, and not where the permission for it was declined', async () => {
    const flow = await attempt({ member: 'tomas' })
    expect(found(flow).map(([kind, id]: Json) => [kind, id])).toEqual([
      ['page', '61550000002001'],
      ['instagram', '17841400000002001'],
      ['page', '61550000002002'],
    ])
    await clean(world)
    const declined = await attempt({ member: 'tomas', untick: ['scope:business_management'] })
    expect(declined).toMatchObject({ state: 'connected', candidates: [] })
    expect((await look(world, declined.connectionId)).accounts).toEqual([])
  })

  it('shows no Page that was not ticked, and connects a person without any', async () => {
    const flow = await attempt({ untick: [`page:${NORTHWIND}`, `page:${HARBOUR}`] })
    expect(flow.state).toBe('connected')
    expect((await look(world, flow.connectionId)).accounts.map((one: Json) => one.subject)).toEqual([CERAMICS])
    const none = await connectedMeta(world, { member: 'ines' })
    expect(none.accounts).toEqual([])
  })

  it('reads 500 Pages by their cursors, and keeps to Meta’s own host', async () => {
    const flow = await attempt({ member: 'priya' })
    expect(flow.candidates).toHaveLength(500 + 50 + 1)
    expect(askedMeta(world, 'accounts')).toBe(6)
  })

  it('refuses another person at a reconnect, and says whom to sign in as', async () => {
    const { id } = await connectedMeta(world)
    const flow = await attempt({ member: 'tomas' }, { reconnect: id })
    expect(flow).toMatchObject({ state: 'failed', error: { code: 'wrong_identity' } })
    expect(await count(world)).toBe(1)
  })
})

describe('what goes wrong', () => {
  it('no is no', async () => {
    expect(await attempt({ press: 'cancel' })).toMatchObject({ state: 'failed', error: { code: 'access_denied' } })
  })

  it('a wrong secret is the operator’s, and raises an alert', async () => {
    steerMeta(world, { app: { registration: 'meta', secretRefused: true } })
    expect(await attempt()).toMatchObject({ state: 'failed', error: { code: 'misconfigured' } })
  })

  it.each<[string, Parameters<typeof steer>[1], string]>([
    ['the token endpoint is down', { fault: { endpoint: 'meta.token', kind: 'gateway' } }, 'provider_unavailable'],
    ['the dialog’s code comes to a full limit', { meta: { settings: { limited: 'app' } } }, 'provider_rate_limited'],
    ['nothing answers', { fault: { endpoint: 'meta.accounts', kind: 'reset' } }, 'provider_unavailable'],
    [
      'what Meta knows of the token is no JSON',
      { fault: { endpoint: 'meta.debug_token', kind: 'truncate' } },
      'provider_answer_invalid',
    ],
  ])('%s: told, and nothing is connected', async (_name, command, code) => {
    steer(world, command)
    expect(await attempt()).toMatchObject({ state: 'failed', error: { code } })
    expect(await count(world)).toBe(0)
  })

  it('an app that is not published lets only its own people in', async () => {
    steerMeta(world, { app: { registration: 'meta', live: false, roles: ['mara'] } })
    await expect(attempt({ member: 'tomas' })).rejects.toThrow(/Error \(simulated Facebook\)/)
    await connectedMeta(world)
    expect(atMeta(world).grants).toHaveLength(1)
  })
})
