/** Who is taken of what is due: workspaces in turn, and of a slow platform no more than its share. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../test/world.ts'
import { newDelivery, newPost } from './posts-testing.ts'
import type { Store } from './store.ts'

describe('what is due', () => {
  let world: World
  let store: Store
  let other: string
  beforeAll(async () => {
    world = await createWorld()
    ;({ store } = world.mooring.engine)
    other = (await world.api('POST', '/workspaces', { name: 'Other' })).body.id
  })
  afterAll(() => world.close())
  beforeEach(() => world.database.query('delete from mooring.deliveries_due'))

  const now = () => new Date(world.now())
  /** `secondsAgo`: when the first of them was due; each is a second younger than the one before. */
  async function due(workspace: string, provider: string, count: number, secondsAgo: number): Promise<void> {
    const deliveries = Array.from({ length: count }, (_, place) =>
      newDelivery({ provider, due_at: new Date(world.now() - (secondsAgo - place) * 1000) }),
    )
    await store.posts.create(workspace, newPost(), deliveries, now(), undefined)
  }
  const take = async (most: number, ofALane: number, taken: Record<string, number> = {}) => {
    const lanes = { most: ofALane, taken }
    return store.deliveryQueue.take({ now: now(), lease: randomUUID(), most, lanes, window: 500 })
  }

  it('of a workspace with a thousand one is taken in turn with the only one of another', async () => {
    await due(world.workspace, 'linkedin', 1000, 3600)
    await due(other, 'linkedin', 1, 30)
    const taken = await store.deliveryQueue.take({
      ...{ now: now(), lease: randomUUID(), most: 4, lanes: { most: 4, taken: {} }, window: 5000 },
    })
    expect(taken).toHaveLength(4)
    expect(taken.filter((one) => one.workspace_id === other)).toHaveLength(1)
  })

  it('of a platform that is slow there is its share under way, and the others go on', async () => {
    await due(world.workspace, 'x', 20, 3600)
    await due(world.workspace, 'linkedin', 3, 30)
    const first = await take(10, 6)
    expect(Map.groupBy(first, (one) => one.lane).get('x')).toHaveLength(6)
    expect(Map.groupBy(first, (one) => one.lane).get('linkedin')).toHaveLength(3)
    // All six are under way still.
    await due(world.workspace, 'linkedin', 2, 20)
    expect((await take(10, 6, { x: 6 })).map((one) => one.lane)).toEqual(['linkedin', 'linkedin'])
    expect((await take(10, 6, { x: 4 })).map((one) => one.lane)).toEqual(['x', 'x'])
  })

  it('is taken once, by whoever comes first, and again when the lease is over', async () => {
    await due(world.workspace, 'x', 5, 60)
    const both = await Promise.all([take(5, 5), take(5, 5)])
    expect(both.flat()).toHaveLength(5)
    expect(new Set(both.flat().map((one) => one.delivery_id)).size).toBe(5)
    expect(await take(5, 5)).toEqual([])
    await world.database.query("update mooring.deliveries_due set lease_until = now() - interval '1 second'")
    expect(await take(5, 5)).toHaveLength(5)
  })
})
