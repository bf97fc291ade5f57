/** A platform that refuses our app: the operator hears it once, and no connection is touched. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asked, clean, connected, DAY, history, look, steer, token } from '../../test/linkedin.ts'
import { createWorld, type World } from '../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const MESSAGE = 'We have to fix this, not you. Nothing is needed from your side.'
const secret = (refused: boolean) =>
  steer(world, { linkedin: { app: { registration: 'linkedin', secretRefused: refused } } })
const alerts = async () => (await world.api('GET', '/alerts')).body.data
/** The lines that tell the operator, beside those of single requests that could not be answered. */
const errors = () => world.logs.filter((line) => line.level === 'error' && line.fields.requestId === undefined)
/** The row without what a lease leaves. */
const standing = async () =>
  world.database.query(
    `select id, state, problem_code, failures, next_try_at, token_version, lease_until from mooring.connections order by id`,
  )
/** Renewals, beyond the exchanges of the connects. */
const refreshes = (connects: number) => asked(world, 'token') - connects

const MEMBERS = ['mara', 'tomas', 'ines'] as const
const three = async () => {
  const ids: string[] = []
  for (const member of MEMBERS) ids.push((await connected(world, { member })).id)
  return ids
}

describe('a wrong client secret', () => {
  it('touches no connection, and is one alert and one line however many rest on it', async () => {
    const ids = await three()
    const before = await standing()
    secret(true)
    world.advance(54 * DAY)
    for (const id of ids) expect((await token(world, id)).status).toBe(200)
    expect(await standing()).toEqual(before)
    expect(await alerts()).toEqual([
      {
        registration: 'linkedin',
        provider: 'linkedin',
        code: 'misconfigured',
        message: 'LinkedIn refuses the app "LinkedIn" of this server.',
        operatorDetail: expect.stringContaining('401 invalid_client'),
        providerCode: 'invalid_client',
        since: expect.any(String),
        lastAt: expect.any(String),
        times: 1,
        nextTryAt: expect.any(String),
      },
    ])
    expect(errors().map((line) => line.message)).toEqual([
      'LinkedIn refuses the app "LinkedIn" of this server. Nothing can be renewed there until you mend it.',
    ])
    // The first asked; the others were not let through.
    expect(refreshes(3)).toBe(1)
    for (const id of ids) expect(await history(world, id)).toEqual(['connection.connected'])
  })

  it('shows on the connection as the operator’s matter, and never asks for a reconnect', async () => {
    const { id } = await connected(world)
    secret(true)
    world.advance(54 * DAY)
    await token(world, id)
    expect(await look(world, id)).toMatchObject({
      state: 'connected',
      problem: null,
      health: {
        level: 'warning',
        reason: 'misconfigured',
        needsPersonAt: null,
        message: "LinkedIn refuses this server's app. We have to fix this, not you.",
      },
    })
    world.advance(7 * DAY)
    expect((await look(world, id)).health).toMatchObject({ level: 'bad', reason: 'misconfigured' })
  })

  it('tells who needs a new token when to come back, and asks the platform rarely meanwhile', async () => {
    const ids = await three()
    secret(true)
    world.advance(61 * DAY)
    const first = await token(world, ids[0] ?? '')
    expect(first).toMatchObject({ status: 503, body: { code: 'misconfigured', detail: MESSAGE } })
    expect(first.body.operatorDetail).toContain('401 invalid_client')
    for (let round = 0; round < 5; round += 1)
      for (const id of ids) {
        const answer = await token(world, id)
        expect(answer).toMatchObject({ status: 503, body: { code: 'misconfigured', providerCode: 'invalid_client' } })
        expect(answer.headers.get('retry-after')).toBe(String(answer.body.retryAfter))
      }
    expect(refreshes(3)).toBe(1)
  })

  it('is asked again by one caller when its pause is over, and each pause is longer', async () => {
    const ids = await three()
    secret(true)
    world.advance(61 * DAY)
    const waits: number[] = []
    await token(world, ids[0] ?? '')
    for (let times = 1; times <= 4; times += 1) {
      const [alert] = await alerts()
      expect(alert.times).toBe(times)
      expect(refreshes(3)).toBe(times)
      waits.push((Date.parse(alert.nextTryAt) - world.now()) / 1000)
      world.advance((waits.at(-1) ?? 0) + 1)
      const answers = await Promise.all(ids.flatMap((id) => [token(world, id), token(world, id)]))
      expect(new Set(answers.map((one) => one.body.code))).toEqual(new Set(['misconfigured']))
    }
    expect(waits[3]).toBeGreaterThan((waits[0] ?? 0) * 2)
    expect(errors()).toHaveLength(1)
  })

  it('is over for everybody with the first renewal that succeeds', async () => {
    const ids = await three()
    secret(true)
    world.advance(61 * DAY)
    const { body } = await token(world, ids[0] ?? '')
    secret(false)
    world.advance(body.retryAfter)
    expect((await token(world, ids[1] ?? '')).status).toBe(200)
    expect(await alerts()).toEqual([])
    for (const id of ids) expect((await token(world, id)).status).toBe(200)
    for (const id of ids) expect(await look(world, id)).toMatchObject({ state: 'connected', problem: null })
  })

  it('need not be waited for: a renewal by hand tries at once, and says what stands against it', async () => {
    const { id } = await connected(world)
    secret(true)
    for (let times = 1; times <= 2; times += 1) {
      expect(await world.api('POST', `/connections/${id}/refresh`)).toMatchObject({
        status: 503,
        body: { code: 'misconfigured', providerCode: 'invalid_client', retryAfter: expect.any(Number) },
      })
      expect(refreshes(1)).toBe(times)
    }
    secret(false)
    expect(await world.api('POST', `/connections/${id}/refresh`)).toMatchObject({
      status: 200,
      body: { state: 'connected', problem: null, health: { reason: 'refresh_token_ends' } },
    })
    expect(await alerts()).toEqual([])
  })

  it('at a connect is an alert too, which the next good connect ends', async () => {
    secret(true)
    const { flow } = await world.browser().connect()
    expect(flow).toMatchObject({ state: 'failed', error: { code: 'misconfigured' } })
    expect(await alerts()).toHaveLength(1)
    secret(false)
    await connected(world)
    expect(await alerts()).toEqual([])
  })

  it('that was mended before a restart is asked at once after it', async () => {
    const { id } = await connected(world)
    secret(true)
    world.advance(61 * DAY)
    await token(world, id)
    secret(false)
    const { database, vaultKeys, sandbox } = world
    const again = await createWorld({ database, vaultKeys, platformOrigins: sandbox.origins })
    again.advance(Math.round((world.now() - again.now()) / 1000))
    expect((await token(again, id)).status).toBe(200)
    await again.close()
  })

  it('of one registration leaves the other alone', async () => {
    const { id } = await connected(world)
    secret(true)
    await world.api('POST', `/connections/${id}/refresh`)
    const { flow } = await world.browser().connect({ registration: 'linkedin-community' })
    expect(flow.error).toBeNull()
    expect(await alerts()).toHaveLength(1)
  })
})
