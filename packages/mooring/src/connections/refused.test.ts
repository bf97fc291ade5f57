/** A refused refresh: the row is read again, the living token is tried, and it is used while it lives. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asked, clean, connected, DAY, history, look, steer, token } from '../../test/linkedin.ts'
import { createWorld, type World } from '../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const DUE = 54 * DAY
const refreshes = () => asked(world, 'token') - 1
/** The platform takes the refresh token back; the access token lives on. */
const refuse = () => steer(world, { linkedin: { token: { do: 'revoke', kind: 'refresh' } } })
const due = async () =>
  (await world.database.query<{ due_at: Date }>('select due_at from mooring.due_refreshes'))[0]?.due_at.toISOString()

describe('while the access token works', () => {
  it('it is served to its end, and the person is told in time', async () => {
    const { id } = await connected(world)
    const before = (await token(world, id)).body
    refuse()
    world.advance(DUE)
    expect((await token(world, id)).body.accessToken).toBe(before.accessToken)
    const shown = await look(world, id)
    expect(shown).toMatchObject({
      state: 'connected',
      renewable: false,
      problem: { code: 'refresh_refused', providerCode: 'invalid_request', nextTryAt: null },
      health: { level: 'bad', reason: 'refresh_refused', needsPersonAt: before.expiresAt },
    })
    expect(shown.health.message).toMatch(
      /^LinkedIn does not renew this any more\. Works until .*\. Reconnect before\.$/,
    )
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.expiring'])
    expect(await due()).toBe(before.expiresAt)
  })

  it('the platform is not asked for another on every read', async () => {
    const { id } = await connected(world)
    refuse()
    world.advance(DUE)
    for (let reads = 0; reads < 5; reads += 1) expect((await token(world, id)).status).toBe(200)
    expect(refreshes()).toBe(1)
    expect(asked(world, 'userinfo')).toBeGreaterThan(0)
  })

  it('and when it ends the platform is asked once more, and then the person', async () => {
    const { id } = await connected(world)
    refuse()
    world.advance(DUE)
    await token(world, id)
    world.advance(7 * DAY)
    for (let reads = 0; reads < 3; reads += 1)
      expect(await token(world, id)).toMatchObject({ status: 409, body: { code: 'reauthorize' } })
    expect(refreshes()).toBe(2)
    expect(await look(world, id)).toMatchObject({ state: 'reauthorize' })
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.expiring', 'connection.reauthorize'])
    expect(await due()).toBeUndefined()
  })

  it('a refusal that was the platform’s mistake costs nothing', async () => {
    const { id } = await connected(world)
    const body = {
      error: 'invalid_request',
      error_description: 'The provided authorization grant or refresh token is invalid, expired or revoked.',
    }
    steer(world, { fault: { endpoint: 'linkedin.token', kind: 'answer', status: 400, body } })
    world.advance(DUE)
    expect((await token(world, id)).status).toBe(200)
    expect((await look(world, id)).health.reason).toBe('refresh_refused')
    world.advance(7 * DAY)
    expect((await token(world, id)).status).toBe(200)
    expect(await look(world, id)).toMatchObject({
      state: 'connected',
      renewable: true,
      problem: null,
      health: { reason: 'refresh_token_ends' },
    })
  })

  it('a renewal by hand tries again, and says that a person is needed', async () => {
    const { id } = await connected(world)
    refuse()
    world.advance(DUE)
    await token(world, id)
    expect(await world.api('POST', `/connections/${id}/refresh`)).toMatchObject({
      status: 409,
      body: { code: 'reauthorize', providerCode: 'invalid_request' },
    })
    expect(refreshes()).toBe(2)
    expect((await look(world, id)).state).toBe('connected')
  })

  it('reconnecting makes it whole', async () => {
    const { id } = await connected(world)
    refuse()
    world.advance(DUE)
    await token(world, id)
    const { flow } = await world.browser().connect({ reconnect: id })
    expect(flow.state).toBe('connected')
    expect(await look(world, id)).toMatchObject({ renewable: true, problem: null, health: { level: 'ok' } })
  })
})

describe('where nothing is known of the access token', () => {
  it.each(['gateway', 'reset', 'throttle'] as const)(
    '(%s) nobody is asked to reconnect, and it is tried again',
    async (kind) => {
      const { id } = await connected(world)
      const old = (await token(world, id)).body.accessToken
      refuse()
      steer(world, { fault: { endpoint: 'linkedin.userinfo', kind, times: 'always' } })
      world.advance(DUE)
      expect((await token(world, id)).body.accessToken).toBe(old)
      expect(await look(world, id)).toMatchObject({ state: 'failing', problem: { failures: 1 } })
      expect(await history(world, id)).toEqual(['connection.connected', 'connection.failing'])
    },
  )
})

describe('where the access token is refused too', () => {
  it('the person is asked at once', async () => {
    const { id } = await connected(world)
    steer(world, { linkedin: { revokeGrant: { member: 'mara' } } })
    world.advance(DUE)
    expect(await token(world, id)).toMatchObject({ status: 409, body: { code: 'reauthorize' } })
    expect(await look(world, id)).toMatchObject({ state: 'reauthorize', health: { reason: 'reauthorize' } })
  })
})
