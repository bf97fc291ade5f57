/** Four failures, told apart: the platform is out, the operator must mend, the person must act, the platform wants quiet. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asked, clean, connected, DAY, history, impatient, look, steer, token } from '../../test/linkedin.ts'
import { createWorld, type World } from '../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const DUE = 54 * DAY
const DEAD = 61 * DAY
const tokenOf = async (id: string) => (await token(world, id)).body.accessToken as string
/** One request more than the connect made. */
const refreshes = () => asked(world, 'token') - 1

describe('a platform that is out', () => {
  const MESSAGE = 'LinkedIn is not answering. Your connection is fine, we try again.'

  it.each(['gateway', 'reset', 'hang'] as const)('(%s) leaves the token in use while it lives', async (as) => {
    const { id } = await connected(world)
    const old = await tokenOf(id)
    world.advance(DUE)
    steer(world, { outage: { as } })
    const patient = impatient(world)
    const answer = await token(world, id).finally(patient)
    expect(answer).toMatchObject({ status: 200, body: { accessToken: old } })
    const shown = await look(world, id)
    expect(shown).toMatchObject({
      state: 'failing',
      problem: { code: 'provider_unavailable', message: MESSAGE, failures: 1 },
      health: { level: 'warning', reason: 'failing', message: MESSAGE, needsPersonAt: null },
    })
    const wait = (Date.parse(shown.problem.nextTryAt) - world.now()) / 1000
    expect(wait).toBeGreaterThan(15)
    expect(wait).toBeLessThan(37)
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.failing'])
  })

  it('is asked again after a pause that grows, never on every read, and never asks people to reconnect', async () => {
    const { id } = await connected(world)
    world.advance(DUE)
    steer(world, { outage: true })
    const waits: number[] = []
    for (let failures = 1; failures <= 8; failures += 1) {
      for (let reads = 0; reads < 3; reads += 1) expect((await token(world, id)).status).toBe(200)
      const { state, problem } = await look(world, id)
      expect({ state, failures: problem.failures }).toEqual({ state: 'failing', failures })
      expect(refreshes()).toBe(failures)
      waits.push((Date.parse(problem.nextTryAt) - world.now()) / 1000)
      world.advance(waits.at(-1) ?? 0)
      world.advance(1)
    }
    const [first = 0, second = 0, , , , , , last = 0] = waits
    expect(second).toBeGreaterThan(first)
    expect(last).toBeGreaterThan(1400)
    expect(last).toBeLessThan(2161)
    // One event for the change of its state, not one a failure.
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.failing'])
  })

  it('says when to come back once the token is dead, and recovers by itself', async () => {
    const { id } = await connected(world)
    world.advance(DEAD)
    steer(world, { outage: true })
    const answer = await token(world, id)
    expect(answer).toMatchObject({ status: 503, body: { code: 'failing', detail: MESSAGE } })
    expect(answer.body.retryAfter).toBeGreaterThan(15)
    expect(answer.headers.get('retry-after')).toBe(String(answer.body.retryAfter))
    await token(world, id)
    expect(refreshes()).toBe(1)
    steer(world, { outage: false })
    world.advance(answer.body.retryAfter)
    expect((await token(world, id)).status).toBe(200)
    expect(await look(world, id)).toMatchObject({ state: 'connected', problem: null, health: { level: 'ok' } })
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.failing', 'connection.refreshed'])
  })

  it('that did the work and lost the answer costs nothing: the refresh token is good for more uses', async () => {
    const { id } = await connected(world)
    world.advance(DEAD)
    steer(world, { fault: { endpoint: 'linkedin.token', kind: 'reset', when: 'after' } })
    expect((await token(world, id)).body.code).toBe('failing')
    world.advance(60)
    expect((await token(world, id)).status).toBe(200)
  })

  it('that sends what cannot be read is failing too, in other words', async () => {
    const { id } = await connected(world)
    world.advance(DUE)
    steer(world, { fault: { endpoint: 'linkedin.token', kind: 'truncate' } })
    expect((await token(world, id)).status).toBe(200)
    expect((await look(world, id)).problem).toMatchObject({
      code: 'provider_answer_invalid',
      message: 'LinkedIn sent an answer that cannot be read. Your connection is fine, we try again.',
    })
  })
})

describe('a platform that asks to slow down', () => {
  it('is left alone for as long as it asks', async () => {
    const { id } = await connected(world)
    world.advance(DUE)
    const body = { status: 429, serviceErrorCode: 101, message: 'Resource level throttle' }
    steer(world, {
      fault: { endpoint: 'linkedin.token', kind: 'answer', status: 429, body, headers: { 'retry-after': '7200' } },
    })
    expect((await token(world, id)).status).toBe(200)
    const { state, problem } = await look(world, id)
    expect(state).toBe('failing')
    expect(problem).toMatchObject({
      code: 'provider_rate_limited',
      message: 'LinkedIn asked us to slow down. Your connection is fine, we try again.',
    })
    expect((Date.parse(problem.nextTryAt) - world.now()) / 1000).toBeGreaterThan(7100)
    world.advance(7000)
    await token(world, id)
    expect(refreshes()).toBe(1)
    world.advance(201)
    await token(world, id)
    expect(refreshes()).toBe(2)
    expect((await look(world, id)).state).toBe('connected')
  })

  it('without saying how long is left alone for the usual pause', async () => {
    const { id } = await connected(world)
    world.advance(DUE)
    steer(world, { fault: { endpoint: 'linkedin.token', kind: 'throttle' } })
    await token(world, id)
    expect((await look(world, id)).problem).toMatchObject({ code: 'provider_rate_limited', failures: 1 })
  })
})

describe('a grant that is over', () => {
  it('asks the person to reconnect, hands out no token and asks the platform no more', async () => {
    const { id } = await connected(world)
    steer(world, { linkedin: { revokeGrant: { member: 'mara' } } })
    world.advance(DUE)
    const answer = await token(world, id)
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'reauthorize', detail: 'LinkedIn ended our access. Reconnect to go on.' },
    })
    expect(await look(world, id)).toMatchObject({
      state: 'reauthorize',
      problem: { code: 'reauthorize', nextTryAt: null, providerCode: 'invalid_request' },
      health: { level: 'bad', reason: 'reauthorize', message: 'LinkedIn ended our access. Reconnect to go on.' },
    })
    for (let reads = 0; reads < 3; reads += 1) expect((await token(world, id)).body.code).toBe('reauthorize')
    expect(refreshes()).toBe(1)
    expect(await history(world, id)).toEqual(['connection.connected', 'connection.reauthorize'])
  })

  it('needs a person since it is over, not since the platform was out before', async () => {
    const { id } = await connected(world)
    world.advance(DUE)
    steer(world, { outage: true })
    await token(world, id)
    world.advance(2 * DAY)
    steer(world, { outage: false, linkedin: { revokeGrant: { member: 'mara' } } })
    await token(world, id)
    const { state, problem, health } = await look(world, id)
    expect(state).toBe('reauthorize')
    expect(Math.abs(Date.parse(problem.since) - world.now())).toBeLessThan(60_000)
    expect(health.needsPersonAt).toBe(problem.since)
  })
})

describe('a renewal by hand', () => {
  it('is made though nothing is due', async () => {
    const { id } = await connected(world)
    const old = await tokenOf(id)
    world.advance(60)
    const answer = await world.api('POST', `/connections/${id}/refresh`)
    expect(answer).toMatchObject({ status: 200, body: { id, state: 'connected' } })
    expect(Date.parse(answer.body.lastRefreshedAt)).toBeGreaterThan(Date.parse(answer.body.connectedAt))
    expect(await tokenOf(id)).not.toBe(old)
  })

  it('says what stands against it, and when to try again', async () => {
    const { id } = await connected(world)
    steer(world, { outage: true })
    expect(await world.api('POST', `/connections/${id}/refresh`)).toMatchObject({
      status: 503,
      body: { code: 'failing', retryAfter: expect.any(Number) },
    })
    expect((await token(world, id)).status).toBe(200)
  })
})
