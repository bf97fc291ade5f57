/** What becomes of an authorization of X: renewed late and once, refused, lost, revoked, and ended by a newer one. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectIn, secondTenant, type Tenant } from '../../../test/attacks/support.ts'
import { clean, history, look, steer, token } from '../../../test/linkedin.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { askedX, atX, connectedX, steerX } from '../../../test/x.ts'

let world: World
let other: Tenant
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
  other = await secondTenant(world)
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const MINUTE = 60
const HOUR = 3600
const refreshes = () => askedX(world, 'token') - 1
const statuses = () => atX(world).tokens.map((one) => `${one.kind} ${one.status}`)

describe('renewing', () => {
  it('comes ten minutes before the end and not sooner, however often the token is read', async () => {
    const { id } = await connectedX(world)
    world.advance(109 * MINUTE)
    for (let reads = 0; reads < 5; reads += 1) await token(world, id)
    expect(refreshes()).toBe(0)
    world.advance(2 * MINUTE)
    const { body } = await token(world, id)
    await token(world, id)
    expect(refreshes()).toBe(1)
    expect((Date.parse(body.expiresAt) - world.now()) / MINUTE).toBeGreaterThan(119)
    expect(statuses()).toEqual(['access active', 'refresh spent', 'access active', 'refresh active'])
  })

  it('goes on for days, each refresh token used once', async () => {
    const { id } = await connectedX(world)
    for (let day = 0; day < 12; day += 1) {
      world.advance(2 * HOUR)
      expect((await token(world, id)).status).toBe(200)
    }
    expect(refreshes()).toBe(12)
    expect(statuses().filter((one) => one === 'refresh active')).toHaveLength(1)
    expect((await world.api('POST', `/connections/${id}/test`)).body.ok).toBe(true)
  })

  it('is one request for fifty who ask at once', async () => {
    const { id } = await connectedX(world)
    world.advance(2 * HOUR)
    const answers = await Promise.all(Array.from({ length: 50 }, () => token(world, id)))
    expect(new Set(answers.map((one) => one.body.accessToken)).size).toBe(1)
    expect(refreshes()).toBe(1)
  })

  it('keeps the old refresh token where the answer holds none', async () => {
    const { id } = await connectedX(world)
    const [before] = await world.database.query<{ refresh_token: string }>(
      'select refresh_token from mooring.connections',
    )
    world.advance(2 * HOUR)
    steer(world, { fault: { endpoint: 'x.token', kind: 'drop', fields: ['refresh_token'] } })
    expect((await token(world, id)).status).toBe(200)
    const [after] = await world.database.query('select refresh_token from mooring.connections')
    expect(after).toEqual(before)
  })
})

describe('a refresh that is refused', () => {
  it.each(['invalid_request', 'invalid_grant'] as const)('as %s asks the person, once', async (grantError) => {
    const { id } = await connectedX(world)
    steerX(world, { settings: { grantError } })
    steerX(world, { revokeGrant: { member: 'mara' } })
    world.advance(2 * HOUR)
    expect(await token(world, id)).toMatchObject({
      status: 409,
      body: { code: 'reauthorize', detail: 'X ended our access. Reconnect to go on.', providerCode: grantError },
    })
    await token(world, id)
    expect(refreshes()).toBe(1)
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.reauthorize'])
  })

  it('while the token lives leaves it in use', async () => {
    const { id } = await connectedX(world)
    steerX(world, { token: { do: 'revoke', kind: 'refresh' } })
    world.advance(111 * MINUTE)
    expect((await token(world, id)).status).toBe(200)
    expect(await look(world, id)).toMatchObject({ state: 'connected', health: { reason: 'refresh_refused' } })
  })

  it('for a wrong secret asks nobody to reconnect, and goes on when it is mended', async () => {
    const { id } = await connectedX(world)
    steerX(world, { app: { registration: 'x', secretRefused: true } })
    world.advance(2 * HOUR)
    expect(await token(world, id)).toMatchObject({ status: 503, body: { code: 'misconfigured' } })
    expect((await look(world, id)).state).toBe('connected')
    steerX(world, { app: { registration: 'x', secretRefused: false } })
    world.advance(HOUR)
    expect((await token(world, id)).status).toBe(200)
  })
})

describe('a refresh that got no answer', () => {
  it('and was not carried out is made a second time, and works', async () => {
    const { id } = await connectedX(world)
    world.advance(2 * HOUR)
    steer(world, { fault: { endpoint: 'x.token', kind: 'reset' } })
    expect((await token(world, id)).status).toBe(200)
    expect(statuses().filter((one) => one === 'refresh active')).toHaveLength(1)
  })

  it('but was carried out has lost the grant: the person is asked, as X leaves no other way', async () => {
    const { id } = await connectedX(world)
    world.advance(2 * HOUR)
    steer(world, { fault: { endpoint: 'x.token', kind: 'reset', when: 'after' } })
    expect(await token(world, id)).toMatchObject({ status: 409, body: { code: 'reauthorize' } })
    expect((await connectedX(world)).id).toBe(id)
    expect((await token(world, id)).status).toBe(200)
  })

  it('for an outage is tried again later, and nobody is asked', async () => {
    const { id } = await connectedX(world)
    world.advance(111 * MINUTE)
    steer(world, { outage: { platform: 'x' } })
    expect((await token(world, id)).status).toBe(200)
    expect((await look(world, id)).state).toBe('failing')
    steer(world, { outage: false })
    world.advance(5 * MINUTE)
    expect((await token(world, id)).status).toBe(200)
    expect((await look(world, id)).state).toBe('connected')
  })
})

it('a token that X refuses is renewed once, and then the person is asked', async () => {
  const { id } = await connectedX(world)
  steerX(world, { token: { do: 'revoke', kind: 'access' } })
  expect((await world.api('POST', `/connections/${id}/test`)).body).toMatchObject({ ok: true })
  steerX(world, { revokeGrant: { member: 'mara' } })
  expect((await world.api('POST', `/connections/${id}/test`)).body).toMatchObject({ ok: false })
  expect((await look(world, id)).state).toBe('reauthorize')
})

describe('one authorization for each app and person', () => {
  const TOLD =
    'This account was authorized again through this app, and X keeps the newest authorization alone. To use it here, reconnect; that ends the other one.'
  const theirs = (member: 'mara' | 'tomas' = 'mara') => connectIn(world, other.workspace, { member }, { provider: 'x' })
  const there = async (id: string) => (await other.api('GET', `/connections/${id}`)).body

  it('a newer one in another workspace is told to the earlier, which sends its dead tokens to nobody', async () => {
    const { id } = await connectedX(world)
    const { connection } = await theirs()
    expect(await look(world, id)).toMatchObject({
      state: 'reauthorize',
      renewable: false,
      problem: { code: 'reauthorize', message: TOLD, providerCode: null },
      health: { level: 'bad', reason: 'reauthorize', message: TOLD },
    })
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.reauthorize'])
    const asked = askedX(world, 'token') + askedX(world, 'me')
    expect(await token(world, id)).toMatchObject({ status: 409, body: { code: 'reauthorize', detail: TOLD } })
    expect((await world.api('POST', `/connections/${id}/test`)).body).toMatchObject({ ok: false, message: TOLD })
    await world.api('POST', `/connections/${id}/refresh`)
    world.advance(3 * HOUR)
    await token(world, id)
    expect(askedX(world, 'token') + askedX(world, 'me')).toBe(asked)
    const [row] = await world.database.query(
      'select access_token, refresh_token from mooring.connections where id = $1',
      [id],
    )
    expect(row).toEqual({ access_token: null, refresh_token: null })
    // The newer one renews on.
    expect((await other.api('GET', `/connections/${connection}/token`)).status).toBe(200)
    expect((await there(connection)).state).toBe('connected')
  })

  it('nothing that is told names the other workspace, its connection, or who made it', async () => {
    const { id } = await connectedX(world)
    const { connection } = await theirs()
    const told = JSON.stringify([
      await look(world, id),
      (await world.api('GET', `/connections/${id}/events`)).body,
      (await token(world, id)).body,
    ])
    for (const secret of [other.workspace, connection, 'The other side', 'Engine']) expect(told).not.toContain(secret)
    // And the newer is told nothing of the earlier.
    const events = (await other.api('GET', `/connections/${connection}/events`)).body
    expect(events.data).toHaveLength(1)
    expect(JSON.stringify([await there(connection), events])).not.toContain(id)
  })

  it('comes back by a reconnect, which ends the other', async () => {
    const { id } = await connectedX(world)
    const { connection } = await theirs()
    const { flow } = await world.browser().connect({ provider: 'x', reconnect: id })
    expect(flow).toMatchObject({ outcome: 'reconnected', connectionId: id })
    expect((await token(world, id)).status).toBe(200)
    expect(await there(connection)).toMatchObject({ state: 'reauthorize', problem: { message: TOLD } })
  })

  it('is revoked with the newest, and not with one that was ended', async () => {
    const { id } = await connectedX(world)
    const { connection } = await theirs()
    const live = () => statuses().filter((one) => one.endsWith('active')).length
    await world.api('DELETE', `/connections/${id}`)
    expect(live()).toBe(2)
    expect((await other.api('DELETE', `/connections/${connection}`)).body.revoked).toBe('yes')
    expect(live()).toBe(0)
  })

  it('is revoked with the newest also while the ended one still stands there', async () => {
    await connectedX(world)
    const { connection } = await theirs()
    expect((await other.api('DELETE', `/connections/${connection}`)).body.revoked).toBe('yes')
  })

  it('another person, and another platform, are left alone', async () => {
    const { id } = await connectedX(world)
    const { flow } = await world.browser().connect({ provider: 'linkedin' }, { member: 'ines' })
    await theirs('tomas')
    await connectIn(world, other.workspace, { member: 'ines' })
    expect((await look(world, id)).state).toBe('connected')
    expect((await look(world, flow.connectionId)).state).toBe('connected')
  })

  it('counts as well where what was given is refused here', async () => {
    const mara = await connectedX(world)
    const tomas = await connectedX(world, { member: 'tomas' })
    const { flow } = await world.browser().connect({ provider: 'x', reconnect: mara.id }, { member: 'tomas' })
    expect(flow.error.code).toBe('wrong_identity')
    expect((await look(world, mara.id)).state).toBe('connected')
    expect(await look(world, tomas.id)).toMatchObject({ state: 'reauthorize', problem: { message: TOLD } })
  })

  it('of two at once leaves one alive at the least, and never says that both are', async () => {
    // One that X ends before it is asked who it is of fails as a flow.
    const [mine, other] = await Promise.allSettled([connectedX(world), theirs()])
    const states = [
      mine.status === 'fulfilled' ? (await look(world, mine.value.id)).state : 'failed',
      other.status === 'fulfilled' ? (await there(other.value.connection)).state : 'failed',
    ]
    expect(states.filter((state) => state === 'connected')).toHaveLength(1)
  })

  it('leaves one that was disconnected as it is', async () => {
    const { id } = await connectedX(world)
    await world.api('DELETE', `/connections/${id}`)
    await theirs()
    expect((await look(world, id)).state).toBe('disconnected')
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.disconnected'])
  })
})
