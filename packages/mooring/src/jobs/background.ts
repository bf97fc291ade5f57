/** The sweep and the looks, on every process: each minute one of them sweeps, and all of them look. */
import type { Engine } from '../connections/engine.ts'
import { keepFresh } from '../connections/keep-fresh.ts'
import { isMooringError, unknownFault } from '../error.ts'
import { type LetterOptions, sendLetters } from '../events/letters.ts'
import { dropOverdue } from '../flows/complete.ts'
import { openQueue, type Queue, REFRESH, type RunSql, SWEEP, within } from './queue.ts'
import { type HandOver, Look, sweep } from './sweep.ts'

export interface BackgroundOptions {
  /** Looks at once at one provider, over all processes. */
  perProvider: number
  /** How long the audit is kept. */
  auditDays: number
  /** Of letters about what happened. */
  letters: LetterOptions
}

export interface Background {
  /** Takes no more, and waits for what runs, for up to `graceMs`. */
  stop(graceMs?: number): Promise<void>
}

/**
 * Looks at once in one process: two workers that fetch eight. What is due has minutes (the shortest margin is five), so an
 * empty queue is asked for seldom: an idle server is to leave its database alone.
 */
const WORKERS = 2
const BATCH = 8

/** Throws MooringError `database_unavailable` when the database is away at the start. */
export async function startBackground(engine: Engine, run: RunSql, options: BackgroundOptions): Promise<Background> {
  const queue = await openQueue(run, engine.runtime.log)
  await queue.schedule(SWEEP, '* * * * *')
  const tidyAudit = auditKeeper(engine, options.auditDays)
  await queue.work(SWEEP, { pollingIntervalSeconds: 10 }, async () => {
    await tidyAudit()
    await sweepAll(engine, queue)
    await tellByLetter(options.letters)
  })
  await queue.work<Look>(
    REFRESH,
    {
      pollingIntervalSeconds: 4,
      localConcurrency: WORKERS,
      batchSize: BATCH,
      groupConcurrency: options.perProvider,
      burstWhenBatchFull: true,
      perJobResults: true,
    },
    async (jobs) =>
      Promise.all(
        jobs.map(async ({ id, data }) => {
          const ok = await look(engine, data)
          return { id, status: ok ? ('completed' as const) : ('failed' as const) }
        }),
      ),
  )
  // What became due while nobody ran does not wait for the next minute.
  await queue.send(SWEEP)
  return { stop: (graceMs = 25_000) => queue.stop({ graceful: true, close: false, timeout: graceMs }) }
}

const DAY_MS = 86_400_000

/** Once a day and process, at its first sweep and then on: what is too old goes, a workspace at a time. */
function auditKeeper(engine: Engine, days: number): () => Promise<void> {
  const { store, runtime } = engine
  let next = 0
  return async () => {
    const now = runtime.now()
    if (now < next) return
    next = now + DAY_MS
    try {
      let after: string | undefined
      for (;;) {
        const some = await store.workspaces.page(after, 200)
        for (const { id } of some) await store.audit.expire(id, new Date(now - days * DAY_MS))
        after = some.at(-1)?.id
        if (some.length < 200) return
      }
    } catch (error) {
      runtime.log.warn({ fault: unknownFault(error) }, 'old entries of the audit were not dropped')
    }
  }
}

/** So often in one job: where more is due than that, another job goes on, perhaps in another process. */
const ROUNDS = 10

async function sweepAll(engine: Engine, queue: Queue): Promise<void> {
  await dropHeld(engine)
  const handOver: HandOver = async (looks, run) => {
    await queue.insert(REFRESH, looks.map(asJob), within(run))
  }
  for (let rounds = 0; rounds < ROUNDS; rounds += 1) if (!(await sweep(engine, handOver))) return
  await queue.send(SWEEP)
}

/** After what is due: a mail server that is slow keeps no token waiting. */
async function tellByLetter(letters: LetterOptions): Promise<void> {
  const { log } = letters.runtime
  try {
    const sent = await sendLetters(letters)
    if (sent > 0) log.info({ sent }, 'letters about what happened were sent')
  } catch (error) {
    log.warn({ fault: unknownFault(error) }, 'letters about what happened were not sent')
  }
}

/** What fails here must not keep anything from being renewed. */
async function dropHeld(engine: Engine): Promise<void> {
  try {
    const dropped = await dropOverdue(engine)
    if (dropped > 0) engine.runtime.log.info({ dropped }, 'flows that no host completed were ended')
  } catch (error) {
    engine.runtime.log.warn({ fault: unknownFault(error) }, 'flows that no host completed were not ended')
  }
  try {
    await engine.store.signIn.dropOver(new Date(engine.runtime.now()))
  } catch (error) {
    engine.runtime.log.warn({ fault: unknownFault(error) }, 'old sign-ins and counters were not dropped')
  }
}

/** The first of each workspace come before the second of any. */
const asJob = ({ workspace, connection, provider }: Look) => ({
  data: { workspace, connection, provider } satisfies Look,
  singletonKey: connection,
  group: { id: provider },
})

/** False: it could not be finished, and is tried again. */
async function look(engine: Engine, data: unknown): Promise<boolean> {
  const { log } = engine.runtime
  const job = Look.safeParse(data)
  if (!job.success) {
    log.warn({}, 'a job that names no connection was dropped')
    return true
  }
  const { workspace, connection, provider } = job.data
  try {
    const became = await keepFresh(engine, workspace, connection)
    engine.metrics.looked(provider, became)
    log.debug({ connection, became }, 'a due connection was looked at')
    return true
  } catch (error) {
    if (isMooringError(error) && error.code === 'not_found') return true
    log.warn({ connection, fault: unknownFault(error) }, 'a look at a due connection was not finished')
    return false
  }
}
