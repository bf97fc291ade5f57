/** Deliveries that are written by one statement with others: each as if it were alone. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../test/world.ts'
import type { Change } from './delivery-write.ts'
import { newDelivery, newPost } from './posts-testing.ts'
import type { Store } from './store.ts'

describe('what is written together', () => {
  let world: World
  let store: Store
  beforeAll(async () => {
    world = await createWorld()
    ;({ store } = world.mooring.engine)
  })
  afterAll(() => world.close())

  interface Leased {
    id: string
    lease: string
  }
  /** Deliveries of one post, each under a lease of its own. */
  async function leased(count: number): Promise<Leased[]> {
    const now = new Date()
    const deliveries = Array.from({ length: count }, () => newDelivery())
    await store.posts.create(world.workspace, newPost(), deliveries, now, undefined)
    return Promise.all(
      deliveries.map(async ({ id }) => {
        const lease = randomUUID()
        expect(await store.deliveryWork.takeOne(world.workspace, id, now, lease)).toBe('linkedin')
        return { id, lease }
      }),
    )
  }
  const write = ({ id, lease }: Leased, change: Change) =>
    store.deliveryWork.write(world.workspace, id, lease, new Date(), change)
  const detail = async (id: string) => {
    const found = await store.deliveries.detail(world.workspace, id)
    if (!found) throw new Error('it is gone')
    return found
  }
  const told = (message: string) => ({
    ...{ id: randomUUID(), at: new Date(), type: 'delivery.published', actor: 'Mooring', message },
  })

  it('each gets its own change, of one post or of many', async () => {
    const all = (await Promise.all([leased(12), leased(1), leased(1)])).flat()
    const began = await Promise.all(
      all.map((one, at) => write(one, { set: { state: 'sending' }, begin: { id: randomUUID(), part: `part ${at}` } })),
    )
    expect(began).toEqual(all.map(() => true))
    const rows = await Promise.all(all.map((one) => detail(one.id)))
    expect(rows.map((row) => row.attempts.map((one) => [one.number, one.part, one.outcome]))).toEqual(
      all.map((_, at) => [[1, `part ${at}`, 'sending']]),
    )
    const ended = await Promise.all(
      all.map((one, at) =>
        write(one, {
          set: { state: 'published', progress: { at }, external_id: `id ${at}`, published_at: new Date(at * 1000) },
          attempt: { id: rows[at]?.attempts[0]?.id ?? '', outcome: 'accepted', status: 201 },
          step: { id: randomUUID(), name: `step ${at}`, status: null, message: 'said' },
          dueAt: null,
          event: told(`event ${at}`),
        }),
      ),
    )
    expect(ended).toEqual(all.map(() => true))
    for (const [at, { id }] of all.entries()) {
      const { delivery, attempts, steps, nextTryAt } = await detail(id)
      expect(delivery).toMatchObject({ state: 'published', progress: { at }, external_id: `id ${at}`, tries: 0 })
      expect(delivery.published_at).toEqual(new Date(at * 1000))
      expect(attempts).toMatchObject([{ outcome: 'accepted', status: 201, message: null, ended_at: expect.any(Date) }])
      expect(steps).toMatchObject([{ name: `step ${at}`, status: null, message: 'said' }])
      expect(nextTryAt).toBeNull()
      const events = await world.database.query('select message from mooring.events where delivery_id = $1', [id])
      expect(events).toEqual([{ message: `event ${at}` }])
    }
  })

  it('what is not named stays, what is named null goes', async () => {
    const [one] = (await leased(1)) as [Leased]
    const attempt = randomUUID()
    await write(one, { set: { permalink: 'https://a.example', looks: 3 }, begin: { id: attempt, part: 'post' } })
    await write(one, {
      set: { permalink: null },
      attempt: { id: attempt, outcome: 'unknown', status: 500, excerpt: 'e' },
    })
    await write(one, { set: {}, attempt: { id: attempt, outcome: 'confirmed', excerpt: null } })
    const { delivery, attempts } = await detail(one.id)
    expect(delivery).toMatchObject({ permalink: null, looks: 3, state: 'queued' })
    expect(attempts).toMatchObject([{ outcome: 'confirmed', status: 500, excerpt: null }])
  })

  it('a lease that is another’s is told to its holder alone, and nothing of it is written', async () => {
    const all = await leased(8)
    const lost = all[3] as Leased
    const done = await Promise.all(
      all.map((one) =>
        write(one === lost ? { ...one, lease: randomUUID() } : one, {
          set: { state: 'sending' },
          begin: { id: randomUUID(), part: 'post' },
          step: { id: randomUUID(), name: 'step', status: 200, message: null },
          event: told('sent'),
        }),
      ),
    )
    expect(done).toEqual(all.map((one) => one !== lost))
    expect(await detail(lost.id)).toMatchObject({ delivery: { state: 'queued' }, attempts: [], steps: [] })
    expect(await world.database.query('select 1 from mooring.events where delivery_id = $1', [lost.id])).toEqual([])
  })

  it('one that cannot be written keeps no other from it', async () => {
    const all = await leased(6)
    const done = await Promise.allSettled(
      all.map((one, at) => write(one, { set: { state: (at === 2 ? 'nonsense' : 'sending') as 'sending' } })),
    )
    expect(done.map((one) => one.status)).toEqual(all.map((_, at) => (at === 2 ? 'rejected' : 'fulfilled')))
    const states = await Promise.all(all.map(async ({ id }) => (await detail(id)).delivery.state))
    expect(states).toEqual(all.map((_, at) => (at === 2 ? 'queued' : 'sending')))
  })

  it('takes words that PostgreSQL does not: half a character, and NUL', async () => {
    const [one] = (await leased(1)) as [Leased]
    const attempt = randomUUID()
    expect(await write(one, { set: {}, begin: { id: attempt, part: 'post' } })).toBe(true)
    const message = `cut ${'😀'.slice(0, 1)} and \0 "quoted" \\ {a,b} NULL`
    expect(
      await write(one, { set: { fault_message: message }, attempt: { id: attempt, outcome: 'refused', message } }),
    ).toBe(true)
    const kept = 'cut \uFFFD and  "quoted" \\ {a,b} NULL'
    const { delivery, attempts } = await detail(one.id)
    expect([delivery.fault_message, attempts[0]?.message]).toEqual([kept, kept])
  })

  it('of two who hold one delivery in one process, one after the other, only the later writes', async () => {
    const [one] = (await leased(1)) as [Leased]
    await world.database.query("update mooring.deliveries_due set lease_until = now() - interval '1 second'")
    const lease = randomUUID()
    expect(await store.deliveryWork.takeOne(world.workspace, one.id, new Date(), lease)).toBe('linkedin')
    // Asked for in one moment, they share a statement.
    const [stale, late] = await Promise.all([
      write(one, { set: { looks: 7 }, begin: { id: randomUUID(), part: 'post' } }),
      write({ id: one.id, lease }, { set: { looks: 8 }, begin: { id: randomUUID(), part: 'post' } }),
    ])
    expect([stale, late]).toEqual([false, true])
    const { delivery, attempts } = await detail(one.id)
    expect([delivery.looks, attempts.length]).toEqual([8, 1])
  })

  it('many processes that write, prolong and take at once never wait for each other for ever', async () => {
    const all = await leased(40)
    const leases = all.map(({ id, lease }) => ({ workspace_id: world.workspace, delivery_id: id, lease }))
    const changes = (round: number) => all.map((one) => write(one, { set: { looks: round }, dueAt: undefined }))
    for (let round = 1; round <= 5; round += 1) {
      const [done] = await Promise.all([
        Promise.all(changes(round)),
        store.deliveryQueue.prolong(leases.toReversed()),
        store.deliveryQueue.prolong(leases),
      ])
      expect(done.every(Boolean)).toBe(true)
    }
  })
})
