/** The sweep and the looks, on every process: each minute one of them sweeps, and all of them look. */
import type { Engine } from '../connections/engine.ts'
import type { LetterOptions } from '../events/letters.ts'
import { DAY_MS, dropOld, look, type TidyOptions, tellByLetter, tellByWebhook, tidy } from './chores.ts'
import { openQueue, type Queue, REFRESH, type RunSql, SWEEP, within } from './queue.ts'
import { type HandOver, type Look, sweep } from './sweep.ts'

export interface BackgroundOptions extends TidyOptions {
  /** Looks at once at one provider, over all processes. */
  perProvider: number
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
/** A host that waits for a webhook waits a few seconds. One look at an index, whoever else looks. */
const WEBHOOKS_MS = 3000

/** Throws MooringError `database_unavailable` when the database is away at the start. */
export async function startBackground(engine: Engine, run: RunSql, options: BackgroundOptions): Promise<Background> {
  const queue = await openQueue(run, engine.runtime.log)
  await queue.schedule(SWEEP, '* * * * *')
  const keepTidy = tidyDaily(engine, options)
  await queue.work(SWEEP, { pollingIntervalSeconds: 10 }, async () => {
    // Renewals come first; where they fail the queue hears of it, after all else was done.
    try {
      await sweepAll(engine, queue)
    } finally {
      await tellByLetter(options.letters)
      await dropOld(engine)
      await keepTidy()
    }
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
  const webhooks = everySoOften(engine, WEBHOOKS_MS, () => tellByWebhook(engine))
  return {
    async stop(graceMs = 25_000) {
      await Promise.all([webhooks.stop(), queue.stop({ graceful: true, close: false, timeout: graceMs })])
    },
  }
}

/** One run at a time. */
function everySoOften({ runtime }: Engine, ms: number, work: () => Promise<unknown>) {
  let running: Promise<unknown> | undefined
  const end = runtime.every(ms, () => {
    running ??= work().finally(() => {
      running = undefined
    })
  })
  return {
    async stop() {
      end()
      await running
    },
  }
}

/** Once a day and process, at its first sweep and then on, a workspace at a time. */
function tidyDaily(engine: Engine, options: TidyOptions): () => Promise<void> {
  let next = 0
  return async () => {
    const now = engine.runtime.now()
    if (now < next) return
    next = now + DAY_MS
    let after: string | undefined
    do after = await tidy(engine, options, after)
    while (after !== undefined)
  }
}

/** So often in one job: where more is due than that, another job goes on, perhaps in another process. */
const ROUNDS = 10

async function sweepAll(engine: Engine, queue: Queue): Promise<void> {
  const handOver: HandOver = async (looks, run) => {
    await queue.insert(REFRESH, looks.map(asJob), within(run))
  }
  for (let rounds = 0; rounds < ROUNDS; rounds += 1) if (!(await sweep(engine, handOver))) return
  await queue.send(SWEEP)
}

/** The first of each workspace come before the second of any. */
const asJob = ({ workspace, connection, provider }: Look) => ({
  data: { workspace, connection, provider } satisfies Look,
  singletonKey: connection,
  group: { id: provider },
})
