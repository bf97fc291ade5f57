/** Testing a connection: the platform itself says whether it works. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  asked,
  clean,
  connected,
  DAY,
  history,
  holdAnswer,
  impatient,
  look,
  steer,
  token,
} from '../../test/linkedin.ts'
import { createWorld, type World } from '../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const test = (id: string) => world.api('POST', `/connections/${id}/test`)
const app = (parts: Record<string, unknown>) =>
  steer(world, { linkedin: { app: { registration: 'linkedin', ...parts } } })
const refreshes = () => asked(world, 'token') - 1

describe('a connection that works', () => {
  it('says so, with the name and the time it took', async () => {
    const { id } = await connected(world)
    const answer = await test(id)
    expect(answer).toMatchObject({
      status: 200,
      body: {
        ok: true,
        message: 'LinkedIn answered. Mara Lindqvist is connected.',
        milliseconds: expect.any(Number),
        connection: { id, state: 'connected', lastTestedAt: expect.any(String) },
      },
    })
    expect(refreshes()).toBe(0)
  })
})

describe('a 401', () => {
  it('is answered by one renewal and one more try', async () => {
    const { id } = await connected(world)
    steer(world, { linkedin: { token: { do: 'revoke', kind: 'access' } } })
    expect((await test(id)).body).toMatchObject({ ok: true, connection: { state: 'connected', problem: null } })
    expect(refreshes()).toBe(1)
    expect((await token(world, id)).status).toBe(200)
  })

  it('of the renewed token, which is not live yet, is tried again', async () => {
    const { id } = await connected(world)
    steer(world, { linkedin: { token: { do: 'revoke', kind: 'access' }, freshToken: { calls: 3 } } })
    expect((await test(id)).body).toMatchObject({ ok: true })
    expect(refreshes()).toBe(1)
  })

  it('that stays after the renewal is the last word', async () => {
    const { id } = await connected(world)
    const body = { status: 401, serviceErrorCode: 65600, message: 'Invalid access token' }
    steer(world, { fault: { endpoint: 'linkedin.userinfo', kind: 'answer', status: 401, body, times: 'always' } })
    const message = 'Access was removed on LinkedIn. Reconnect to go on.'
    expect((await test(id)).body).toMatchObject({
      ok: false,
      message,
      connection: { state: 'reauthorize', problem: { code: 'reauthorize', message, providerCode: '65600' } },
    })
    expect(refreshes()).toBe(1)
    expect(await token(world, id)).toMatchObject({ status: 409, body: { code: 'reauthorize', detail: message } })
  })

  it('with a refused renewal means that the person must reconnect', async () => {
    const { id } = await connected(world)
    steer(world, { linkedin: { revokeGrant: { member: 'mara' } } })
    expect((await test(id)).body).toMatchObject({
      ok: false,
      message: 'LinkedIn ended our access. Reconnect to go on.',
      connection: { state: 'reauthorize' },
    })
    expect(refreshes()).toBe(1)
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.reauthorize'])
  })

  it('without a refresh token ends the connection, and a later test can take that back', async () => {
    app({ refreshTokens: false })
    const { id } = await connected(world)
    const body = { status: 401, serviceErrorCode: 65601, code: 'REVOKED_ACCESS_TOKEN', message: 'revoked' }
    steer(world, { fault: { endpoint: 'linkedin.userinfo', kind: 'answer', status: 401, body } })
    expect((await test(id)).body).toMatchObject({ ok: false, connection: { state: 'reauthorize' } })
    expect((await token(world, id)).status).toBe(409)
    expect((await test(id)).body).toMatchObject({ ok: true, connection: { state: 'connected', problem: null } })
    expect((await token(world, id)).status).toBe(200)
  })
})

describe('what says nothing about the connection', () => {
  it.each([
    ['a rate limit', { kind: 'throttle' }, 'LinkedIn asked us to slow down.'],
    ['a gateway page', { kind: 'gateway' }, 'LinkedIn is not answering.'],
    ['a dropped line', { kind: 'reset' }, 'LinkedIn is not answering.'],
    ['silence', { kind: 'hang' }, 'LinkedIn is not answering.'],
    ['half an answer', { kind: 'truncate' }, 'LinkedIn sent an answer that cannot be read.'],
  ] as const)('leaves its state alone: %s', async (_what, fault, message) => {
    const { id } = await connected(world)
    steer(world, { fault: { endpoint: 'linkedin.userinfo', ...fault } })
    const patient = impatient(world)
    const { body } = await test(id).finally(patient)
    expect(body).toMatchObject({
      ok: false,
      message,
      connection: { state: 'connected', problem: null, lastTestedAt: expect.any(String) },
    })
    expect((await token(world, id)).status).toBe(200)
    expect(refreshes()).toBe(0)
  })

  it('is not an answer for somebody else, which is never taken for this one', async () => {
    const { id } = await connected(world)
    steer(world, { fault: { endpoint: 'linkedin.userinfo', kind: 'set', fields: { sub: 'somebody' } } })
    expect((await test(id)).body).toMatchObject({
      ok: false,
      message: 'LinkedIn answered for somebody else.',
      connection: { identity: { label: 'Mara Lindqvist' } },
    })
  })
})

describe('an answer that is older than what was written down since', () => {
  it('does not call a connection well that the platform ended meanwhile', async () => {
    const { id } = await connected(world)
    const held = holdAnswer(world, '/v2/userinfo')
    const asking = test(id)
    await held.answered
    await world.database.query(
      "update mooring.connections set state = 'reauthorize', problem_code = 'reauthorize', problem_since = now(), token_version = token_version + 1",
    )
    held.release()
    expect((await asking).body).toMatchObject({ ok: true, connection: { state: 'reauthorize' } })
  })
})

describe('a connection with a problem', () => {
  it('is well again when the platform is', async () => {
    const { id } = await connected(world)
    steer(world, { outage: true })
    await world.api('POST', `/connections/${id}/refresh`)
    expect((await look(world, id)).state).toBe('failing')
    steer(world, { outage: false })
    expect((await test(id)).body).toMatchObject({ ok: true, connection: { state: 'connected', problem: null } })
  })

  it('says beside its answer that the app of this server is refused, which is the operator’s matter', async () => {
    const { id } = await connected(world)
    app({ secretRefused: true })
    await world.api('POST', `/connections/${id}/refresh`)
    expect((await test(id)).body).toMatchObject({
      ok: true,
      message: expect.stringContaining("But: LinkedIn refuses this server's app. We have to fix this, not you."),
      connection: { state: 'connected', problem: null, health: { reason: 'misconfigured' } },
    })
    app({ secretRefused: false })
    await world.api('POST', `/connections/${id}/refresh`)
    const after = (await test(id)).body
    expect(after).toMatchObject({ ok: true, connection: { health: { reason: 'refresh_token_ends' } } })
    expect(after.message).not.toContain('But')
    expect(refreshes()).toBe(2)
  })

  it('says beside its answer that it is not renewed any more', async () => {
    const { id } = await connected(world)
    steer(world, { linkedin: { token: { do: 'revoke', kind: 'refresh' } } })
    world.advance(54 * DAY)
    await token(world, id)
    expect((await test(id)).body).toMatchObject({
      ok: true,
      message: expect.stringContaining('But: LinkedIn does not renew this any more.'),
      connection: { state: 'connected', problem: null, health: { reason: 'refresh_refused' } },
    })
  })

  it('renews what is due on the way', async () => {
    const { id } = await connected(world)
    world.advance(61 * DAY)
    expect((await test(id)).body).toMatchObject({ ok: true, connection: { state: 'connected' } })
    expect(refreshes()).toBe(1)
  })

  it('cannot be tested once it is disconnected', async () => {
    const { id } = await connected(world)
    await world.api('DELETE', `/connections/${id}`)
    expect(await test(id)).toMatchObject({ status: 409, body: { code: 'disconnected' } })
    expect(await world.api('POST', `/connections/${id}/refresh`)).toMatchObject({
      status: 409,
      body: { code: 'disconnected' },
    })
  })
})
