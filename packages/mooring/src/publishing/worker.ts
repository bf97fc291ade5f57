/** Carries out what is due, on each process that works in the background: at once where it was asked for here, within a second elsewhere. */
import { isMooringError, unknownFault } from '../error.ts'
import type { HeldDelivery, Lanes, Taken } from '../store/delivery-queue.ts'
import type { Publishing } from './publishing.ts'
import { workOn } from './work.ts'

/** Deliveries at once in one process. */
const AT_ONCE = 96
/** Of one platform: a slow one leaves room for the others. */
const OF_A_LANE = 64
/** Among so many due ones the workspaces take turns; a wide look costs ten times a narrow one. */
const NARROW = 500
const WIDE = 5000
/** A look at what is due costs as much for one as for many. */
const TOGETHER = 16
const POLL_MS = 1000
const PROLONG_MS = 10_000

export interface Worker {
  /** These are due now. */
  kick(workspace: string, deliveries: readonly string[]): void
  /** Takes no more, and waits for what is under way, for up to `graceMs`. What is cut off is taken over by others. */
  stop(graceMs: number): Promise<void>
}

export function startWorker(publishing: Publishing): Worker {
  const { runtime, store } = publishing.engine
  const running = new Map<string, HeldDelivery & { lane: string; end: Promise<void> }>()
  let stopped = false
  let taking: Promise<void> | undefined
  /** Being taken by `kick`. */
  let beginning = 0
  /** There may be more that is due than was taken. */
  let more = false
  /** All that was taken last is one workspace's: it may have so much that the others are out of sight. */
  let alone = false
  /** Ended since the last take. */
  let ended = 0

  const run = ({ workspace_id: workspace, delivery_id: id, lane }: Taken, lease: string): void => {
    const key = `${workspace} ${id}`
    const end = workOn(publishing, workspace, id, lease).finally(() => {
      // Taken once more under another lease, it stands here for that one.
      if (running.get(key)?.lease === lease) running.delete(key)
      ended += 1
      if (more && (ended >= TOGETHER || running.size === 0)) pull()
    })
    running.set(key, { workspace_id: workspace, delivery_id: id, lease, lane, end })
  }

  const room = (): number => AT_ONCE - running.size - beginning

  const lanes = (): Lanes => {
    const taken: Record<string, number> = {}
    for (const { lane } of running.values()) taken[lane] = (taken[lane] ?? 0) + 1
    return { most: OF_A_LANE, taken }
  }

  const take = async (): Promise<void> => {
    ended = 0
    if (room() <= 0) return
    const lease = runtime.uuid()
    const now = new Date(runtime.now())
    const window = alone ? WIDE : NARROW
    const taken = await store.deliveryQueue.take({ now, lease, most: room(), lanes: lanes(), window })
    more = taken.length > 0
    alone = new Set(taken.map((one) => one.workspace_id)).size === 1
    for (const one of taken) run(one, lease)
  }

  const pull = (): void => {
    if (stopped || taking) return
    taking = take()
      .catch((error: unknown) => {
        if (!isMooringError(error))
          runtime.log.warn({ fault: unknownFault(error) }, 'due deliveries could not be taken')
      })
      .finally(() => {
        taking = undefined
      })
  }

  const begin = async (workspace: string, id: string): Promise<void> => {
    const lease = runtime.uuid()
    beginning += 1
    try {
      const lane = await store.deliveryWork.takeOne(workspace, id, new Date(runtime.now()), lease)
      if (lane !== undefined) run({ workspace_id: workspace, delivery_id: id, lane }, lease)
    } finally {
      beginning -= 1
    }
  }

  const polls = runtime.every(POLL_MS, pull)
  const prolongs = prolonging(publishing, () => [...running.values()])

  return {
    kick(workspace, deliveries) {
      if (stopped) return
      for (const id of deliveries.slice(0, Math.max(0, room())))
        begin(workspace, id).catch((error: unknown) => {
          runtime.log.debug({ delivery: id, fault: unknownFault(error) }, 'a delivery waits for the next look')
        })
    },
    async stop(graceMs) {
      stopped = true
      polls()
      await taking
      const all = Promise.all([...running.values()].map((one) => one.end))
      const over = new AbortController()
      await Promise.race([all, runtime.sleep(graceMs, over.signal).catch(() => {})])
      // A timer that runs on keeps the process alive.
      over.abort()
      prolongs()
      await publishing.budgets.flush().catch(() => {})
    },
  }
}

/** Keeps the leases of what `held` names until it is called; what was learnt of limits is written as often. */
function prolonging(
  { engine: { runtime, store }, budgets }: Publishing,
  held: () => readonly HeldDelivery[],
): () => void {
  return runtime.every(PROLONG_MS, () => {
    const now = held()
    if (now.length > 0)
      store.deliveryQueue.prolong(now).catch((error: unknown) => {
        runtime.log.warn({ fault: unknownFault(error) }, 'leases of deliveries could not be prolonged')
      })
    budgets.flush().catch(() => {})
  })
}

/** Where nothing runs in the background (a tick): carries out what is due, up to `most`. Answers with how many it took. */
export async function carryOutDue(publishing: Publishing, most: number): Promise<number> {
  const { runtime, store } = publishing.engine
  const lease = runtime.uuid()
  const now = new Date(runtime.now())
  const taken = await store.deliveryQueue.take({ now, lease, most, lanes: { most, taken: {} }, window: WIDE })
  const under = new Set(taken.map((one) => ({ ...one, lease })))
  const ends = prolonging(publishing, () => [...under])
  const each = [...under].map((one) =>
    workOn(publishing, one.workspace_id, one.delivery_id, lease).finally(() => under.delete(one)),
  )
  await Promise.all(each).finally(ends)
  await publishing.budgets.flush()
  return taken.length
}
