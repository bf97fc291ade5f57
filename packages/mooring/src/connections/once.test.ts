/** One renewal, however many ask at once, in however many processes, and whoever dies in the middle of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asked, clean, connected, DAY, holdAnswer, look, steer, token } from '../../test/linkedin.ts'
import { createWorld, type World } from '../../test/world.ts'

let world: World
/** Another process on the same database, at the same platform. */
let second: World
beforeAll(async () => {
  const env = { MOORING_STARTS_PER_HOUR: '1000' }
  world = await createWorld({ env })
  const { database, vaultKeys, sandbox } = world
  second = await createWorld({ env, database, vaultKeys, platformOrigins: sandbox.origins })
})
afterAll(async () => {
  await second.close()
  await world.close()
})
beforeEach(() => clean(world))

function advance(seconds: number): void {
  world.advance(seconds)
  second.advance(seconds)
}
const lease = (sql: string) =>
  world.database.query(`update mooring.connections set lease_id = gen_random_uuid(), lease_until = ${sql}`)
const many = (one: World, id: string, times: number) => Array.from({ length: times }, () => token(one, id))
/** Comes when this process pauses for the first time from now on. */
const paused = (one: World): Promise<void> =>
  new Promise((done) => {
    const { runtime } = one.mooring.engine
    const { sleep } = runtime
    runtime.sleep = (ms, signal) => {
      runtime.sleep = sleep
      done()
      return sleep(ms, signal)
    }
  })
/** Counts the pauses of a process from now on: who waits for another, pauses. */
function pauses(one: World): () => number {
  const { runtime } = one.mooring.engine
  const { sleep } = runtime
  let times = 0
  runtime.sleep = (ms, signal) => {
    times += 1
    return sleep(ms, signal)
  }
  return () => {
    runtime.sleep = sleep
    return times
  }
}
const refreshes = () => asked(world, 'token') - 1

describe('many who ask at once', () => {
  it('in one process make one request and get one token', async () => {
    const { id } = await connected(world)
    const old = (await token(world, id)).body.accessToken
    advance(61 * DAY)
    const waited = pauses(world)
    const answers = await Promise.all(many(world, id, 50))
    // Who read the row before the renewal and asks after it may pause once.
    expect(waited()).toBeLessThan(10)
    expect(new Set(answers.map((one) => one.status))).toEqual(new Set([200]))
    const tokens = new Set(answers.map((one) => one.body.accessToken))
    expect(tokens.size).toBe(1)
    expect(tokens).not.toContain(old)
    expect(refreshes()).toBe(1)
  })

  it('in two processes make one request and get one token, also where the platform is slow', async () => {
    const { id } = await connected(world)
    advance(61 * DAY)
    steer(world, { fault: { endpoint: 'linkedin.token', kind: 'slow', ms: 150 } })
    const answers = await Promise.all([...many(world, id, 50), ...many(second, id, 50)])
    expect(answers.map((one) => one.status).filter((status) => status !== 200)).toEqual([])
    expect(new Set(answers.map((one) => one.body.accessToken)).size).toBe(1)
    expect(refreshes()).toBe(1)
  })

  it('get the living token at once where another is renewing it', async () => {
    const { id } = await connected(world)
    const old = (await token(world, id)).body.accessToken
    advance(54 * DAY)
    const held = holdAnswer(world, '/accessToken')
    const winner = token(world, id)
    await held.answered
    const waited = pauses(second)
    expect((await token(second, id)).body.accessToken).toBe(old)
    expect(waited()).toBe(0)
    held.release()
    const renewed = (await winner).body.accessToken
    expect(renewed).not.toBe(old)
    expect((await token(second, id)).body.accessToken).toBe(renewed)
    expect(refreshes()).toBe(1)
  })

  it('all hear the same where the renewal fails, which is tried once', async () => {
    const { id } = await connected(world)
    advance(61 * DAY)
    steer(world, { fault: { endpoint: 'linkedin.token', kind: 'gateway', times: 'always' } })
    const answers = await Promise.all([...many(world, id, 20), ...many(second, id, 20)])
    expect(new Set(answers.map((one) => `${one.status} ${one.body.code}`))).toEqual(new Set(['503 failing']))
    expect(refreshes()).toBe(1)
    expect((await look(world, id)).problem.failures).toBe(1)
  })
})

describe('a lease whose owner died', () => {
  it('is taken over when it is over', async () => {
    const { id } = await connected(world)
    advance(61 * DAY)
    await lease("now() - interval '1 second'")
    expect((await token(world, id)).status).toBe(200)
    expect(refreshes()).toBe(1)
  })

  it('is waited out where the token is dead, and taken over then', async () => {
    const { id } = await connected(world)
    advance(61 * DAY)
    await lease("now() + interval '1 hour'")
    const waiting = [world, second].map(paused)
    const asking = Promise.all([...many(world, id, 5), ...many(second, id, 5)])
    await Promise.all(waiting)
    expect(refreshes()).toBe(0)
    await lease("now() - interval '1 second'")
    const answers = await asking
    expect(new Set(answers.map((one) => one.status))).toEqual(new Set([200]))
    expect(new Set(answers.map((one) => one.body.accessToken)).size).toBe(1)
    expect(refreshes()).toBe(1)
    expect((await look(world, id)).state).toBe('connected')
  })

  it('is not waited for while the token works', async () => {
    const { id } = await connected(world)
    const old = (await token(world, id)).body.accessToken
    advance(54 * DAY)
    await lease("now() + interval '1 hour'")
    const waited = pauses(world)
    expect((await token(world, id)).body.accessToken).toBe(old)
    expect(waited()).toBe(0)
    expect(refreshes()).toBe(0)
  })

  it('never makes anybody reconnect, however long it is held', async () => {
    const { id } = await connected(world)
    advance(61 * DAY)
    await lease("now() + interval '1 hour'")
    const answer = await token(world, id)
    expect(answer).toMatchObject({ status: 503, body: { code: 'failing', retryAfter: 5 } })
    expect(await look(world, id)).toMatchObject({ state: 'connected', problem: null })
    await lease("now() - interval '1 second'")
    expect((await token(world, id)).status).toBe(200)
  })

  it('does not let a person renew by hand at the same time', async () => {
    const { id } = await connected(world)
    await lease("now() + interval '1 hour'")
    expect(await world.api('POST', `/connections/${id}/refresh`)).toMatchObject({
      status: 409,
      body: { code: 'conflict', detail: 'Somebody else is renewing this at the moment.' },
    })
  })
})

describe('an answer that comes too late', () => {
  const reconnect = async (id: string) => {
    const { flow } = await world.browser().connect({ reconnect: id })
    expect(flow.state).toBe('connected')
    return (await token(second, id)).body.accessToken as string
  }

  it('does not overwrite the tokens of a reconnect', async () => {
    const { id } = await connected(world)
    advance(54 * DAY)
    const held = holdAnswer(world, '/accessToken')
    const late = token(world, id)
    await held.answered
    const newest = await reconnect(id)
    held.release()
    expect((await late).body.accessToken).toBe(newest)
    expect((await token(world, id)).body.accessToken).toBe(newest)
    expect((await look(world, id)).lastRefreshedAt).toBeNull()
  })

  it('that is a refusal does not end what a reconnect began', async () => {
    const { id } = await connected(world)
    advance(54 * DAY)
    steer(world, { linkedin: { token: { do: 'revoke' } } })
    const held = holdAnswer(world, '/accessToken')
    const late = token(world, id)
    await held.answered
    const newest = await reconnect(id)
    held.release()
    expect((await late).body.accessToken).toBe(newest)
    expect(await look(world, id)).toMatchObject({ state: 'connected', problem: null })
  })

  it('does not bring a disconnected connection back to life', async () => {
    const { id } = await connected(world)
    advance(54 * DAY)
    const held = holdAnswer(world, '/accessToken')
    const late = token(world, id)
    await held.answered
    await world.api('DELETE', `/connections/${id}`)
    held.release()
    expect(await late).toMatchObject({ status: 409, body: { code: 'disconnected' } })
    const rows = await world.database.query('select state, access_token, refresh_token from mooring.connections')
    expect(rows).toEqual([{ state: 'disconnected', access_token: null, refresh_token: null }])
  })
})
