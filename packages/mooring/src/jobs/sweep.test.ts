/** What the sweep takes: what is due and nothing else, of every registration, of every workspace its share, once. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asked, clean, connected, DAY, look, steer, token } from '../../test/linkedin.ts'
import { createWorld, type World } from '../../test/world.ts'
import { keepFresh } from '../connections/keep-fresh.ts'
import { type Look, sweep } from './sweep.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const engine = () => world.mooring.engine
/** One sweep; answers with what it handed over. */
async function swept(): Promise<Look[]> {
  const handed: Look[] = []
  await sweep(engine(), async (looks) => void handed.push(...looks))
  return handed
}
/** A sweep, and a look at each. */
async function kept(): Promise<string[]> {
  const became: string[] = []
  for (const one of await swept()) became.push(await keepFresh(engine(), one.workspace, one.connection))
  return became
}
const due = async (id: string) =>
  (
    await world.database.query<{ due_at: Date }>('select due_at from mooring.due_refreshes where connection_id = $1', [
      id,
    ])
  )[0]?.due_at
const refreshes = (connects = 1) => asked(world, 'token') - connects

describe('the time of a connection', () => {
  it('lies within the first quarter of its margin, and is not the same for all', async () => {
    const times: number[] = []
    for (const member of ['mara', 'tomas', 'ines'] as const) {
      const { id, accessTokenExpiresAt } = await connected(world, { member })
      const before = Date.parse(accessTokenExpiresAt) - ((await due(id))?.getTime() ?? 0)
      times.push(before)
      expect(before / 86_400_000).toBeLessThanOrEqual(7)
      expect(before / 86_400_000).toBeGreaterThanOrEqual(5.25)
    }
    expect(new Set(times).size).toBe(3)
  })

  it('moves on with each renewal, whoever makes it', async () => {
    const { id } = await connected(world)
    const first = await due(id)
    world.advance(54 * DAY)
    await token(world, id)
    const second = await due(id)
    expect(second?.getTime()).toBeGreaterThan((first?.getTime() ?? 0) + 50 * DAY * 1000)
  })

  it('is the end of the token where nothing can renew it, and the person is told then', async () => {
    steer(world, { linkedin: { app: { registration: 'linkedin', refreshTokens: false } } })
    const { id, accessTokenExpiresAt } = await connected(world)
    expect((await due(id))?.toISOString()).toBe(accessTokenExpiresAt)
    world.advance(59 * DAY)
    expect(await kept()).toEqual([])
    world.advance(2 * DAY)
    expect(await kept()).toEqual(['ended'])
    expect((await look(world, id)).state).toBe('reauthorize')
    expect(await due(id)).toBeUndefined()
  })

  it('is over with a disconnect', async () => {
    const { id } = await connected(world)
    await world.api('DELETE', `/connections/${id}`)
    expect(await due(id)).toBeUndefined()
  })
})

describe('a sweep', () => {
  it('takes nothing before its time, and renews what nobody reads', async () => {
    const { id } = await connected(world)
    world.advance(52 * DAY)
    expect(await kept()).toEqual([])
    world.advance(3 * DAY)
    expect(await kept()).toEqual(['renewed'])
    expect(refreshes()).toBe(1)
    expect(await look(world, id)).toMatchObject({ state: 'connected' })
    expect(await kept()).toEqual([])
  })

  it('takes each once, also where two sweep at once, and again where nobody looked', async () => {
    const { id } = await connected(world)
    world.advance(55 * DAY)
    const both = await Promise.all([swept(), swept()])
    expect(both.flat().map((one) => one.connection)).toEqual([id])
    expect(await swept()).toEqual([])
    world.advance(11 * 60)
    expect((await swept()).map((one) => one.connection)).toEqual([id])
  })

  it('took nothing where handing over failed', async () => {
    const { id } = await connected(world)
    world.advance(55 * DAY)
    const failed = sweep(engine(), async () => {
      throw new Error('the queue is away')
    })
    await expect(failed).rejects.toThrow('the queue is away')
    expect((await swept()).map((one) => one.connection)).toEqual([id])
  })

  it('leaves a platform that is out for its back-off, then tries again', async () => {
    const { id } = await connected(world)
    world.advance(55 * DAY)
    steer(world, { outage: true })
    expect(await kept()).toEqual(['failed'])
    const { problem } = await look(world, id)
    expect((await due(id))?.toISOString()).toBe(problem.nextTryAt)
    expect(await kept()).toEqual([])
    world.advance(40)
    expect(await kept()).toEqual(['failed'])
    steer(world, { outage: false })
    world.advance(120)
    expect(await kept()).toEqual(['renewed'])
  })

  it('asks no platform before its back-off is over, also where a job comes early or twice', async () => {
    const { id } = await connected(world)
    world.advance(61 * DAY)
    steer(world, { outage: true })
    expect(await kept()).toEqual(['failed'])
    const asked = refreshes()
    const { problem } = await look(world, id)
    expect(await keepFresh(engine(), world.workspace, id)).toBe('early')
    expect(refreshes()).toBe(asked)
    expect((await due(id))?.toISOString()).toBe(problem.nextTryAt)
  })

  it('tries again what failed by hand before its time', async () => {
    const { id } = await connected(world)
    steer(world, { outage: true })
    await world.api('POST', `/connections/${id}/refresh`)
    expect((await look(world, id)).state).toBe('failing')
    steer(world, { outage: false })
    expect(await kept()).toEqual([])
    world.advance(40)
    expect(await kept()).toEqual(['renewed'])
    expect(await look(world, id)).toMatchObject({ state: 'connected', problem: null })
  })

  it('a platform that is out for a day disconnects nobody, and everybody is back after it', async () => {
    const ids: string[] = []
    for (const member of ['mara', 'tomas', 'ines'] as const) ids.push((await connected(world, { member })).id)
    world.advance(59.5 * DAY)
    steer(world, { outage: true })
    for (let hour = 0; hour < 24; hour += 1) {
      await kept()
      world.advance(3600)
    }
    for (const id of ids) expect((await look(world, id)).state).toBe('failing')
    steer(world, { outage: false })
    world.advance(3600)
    expect(await kept()).toEqual(['renewed', 'renewed', 'renewed'])
    for (const id of ids) expect((await token(world, id)).status).toBe(200)
  })

  it('hands over one to try where the app is refused, and none while its pause lasts', async () => {
    for (const member of ['mara', 'tomas', 'ines'] as const) await connected(world, { member })
    steer(world, { linkedin: { app: { registration: 'linkedin', secretRefused: true } } })
    world.advance(55 * DAY)
    expect(await kept()).toEqual(['waiting', 'waiting', 'waiting'])
    expect(refreshes(3)).toBe(1)
    world.advance(11 * 60)
    expect(await kept()).toEqual(['waiting'])
    expect(refreshes(3)).toBe(2)
    steer(world, { linkedin: { app: { registration: 'linkedin', secretRefused: false } } })
    world.advance(11 * 60)
    expect(await kept()).toEqual(['renewed'])
    world.advance(11 * 60)
    expect((await kept()).sort()).toEqual(['renewed', 'renewed'])
  })

  it('gives every workspace its turn before the second of any', async () => {
    const { database } = world
    const [many, few] = [randomUUID(), randomUUID()]
    for (const [workspace, rows] of [
      [many, 500],
      [few, 3],
    ] as const) {
      await database.query('insert into mooring.workspaces (id, name) values ($1, $2)', [workspace, `of ${rows}`])
      await database.query(
        `with c as (insert into mooring.connections (workspace_id, id, provider, registration, subject, label, state, requested_scopes, granted_scopes)
           select $1, gen_random_uuid(), 'linkedin', 'linkedin', 's' || n, 'x', 'connected', '{}', '{}' from generate_series(1, $2::int) n returning id)
         insert into mooring.due_refreshes select $1, id, 'linkedin', now() - case when $2 = 500 then interval '1 day' else interval '1 hour' end from c`,
        [workspace, rows],
      )
    }
    const handed: string[] = []
    const parts = {
      registration: 'linkedin',
      now: new Date(),
      window: 20_000,
      most: 6,
      again: new Date(Date.now() + 60_000),
    }
    await engine().store.due.take(parts, async (rows) => void handed.push(...rows.map((row) => row.workspace_id)))
    expect(handed.filter((one) => one === few)).toHaveLength(3)
    expect(handed).toHaveLength(6)
    // And the rest goes on where the window does not reach: what was taken makes room.
    await engine().store.due.take({ ...parts, most: 1000 }, async (rows) => expect(rows).toHaveLength(497))
  })

  it('does nothing for a pair of workspace and connection that do not belong together', async () => {
    const { id } = await connected(world)
    world.advance(55 * DAY)
    expect(await keepFresh(engine(), randomUUID(), id)).toBe('gone')
    expect(refreshes()).toBe(0)
    expect((await swept()).map((one) => one.connection)).toEqual([id])
  })
})
