/** The queue library, in a schema of its own beside ours: what it needs of the database, and how it is started and stopped. */
import { PgBoss } from 'pg-boss'
import { unknownFault } from '../error.ts'
import type { Log } from '../runtime.ts'

export const SCHEMA = 'mooring_jobs'
export const SWEEP = 'sweep'
export const REFRESH = 'refresh'

/** Runs one statement, as our pools and clients do. */
export type RunSql = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>

const databaseOf = (run: RunSql) => ({
  executeSql: (text: string, values?: unknown[]) => run(text, values) as Promise<{ rows: never[] }>,
})

/** At most so long does a look at a connection take: two requests of 20 s, a wait for another's lease, a try of the living token. */
const LOOK_SECONDS = 150

/**
 * Makes the library's tables and our queues, as the role that owns the schema; they may be there. Call under the
 * migration lock: two processes that start together would make them twice.
 */
export async function prepareQueues(run: RunSql): Promise<void> {
  const boss = new PgBoss({ db: databaseOf(run), schema: SCHEMA, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  try {
    // One waits and one runs, however many ask.
    await boss.createQueue(SWEEP, {
      policy: 'stately',
      expireInSeconds: 60,
      heartbeatSeconds: 20,
      retryLimit: 1,
      deleteAfterSeconds: 600,
      retentionSeconds: 600,
    })
    // One a connection. What is lost here is found again: a connection that nobody looked at is due once more.
    await boss.createQueue(REFRESH, {
      policy: 'exclusive',
      expireInSeconds: LOOK_SECONDS,
      heartbeatSeconds: 30,
      retryLimit: 2,
      retryDelay: 5,
      deleteAfterSeconds: 600,
      retentionSeconds: 3600,
    })
  } finally {
    await boss.stop({ graceful: false, close: false })
  }
}

export type Queue = PgBoss

/** As the server's role, which owns nothing there and changes no table. Throws when the database does not answer. */
export async function openQueue(run: RunSql, log: Log): Promise<Queue> {
  const boss = new PgBoss({
    db: databaseOf(run),
    schema: SCHEMA,
    migrate: false,
    createSchema: false,
    // The owner's business.
    reindex: false,
    monitorVacuum: false,
    cronWorkerIntervalSeconds: 15,
    superviseIntervalSeconds: 30,
    monitorIntervalSeconds: 30,
  })
  // A database that is away for a moment: it goes on by itself.
  boss.on('error', (error) => log.warn({ fault: unknownFault(error) }, 'the queue met a fault and goes on'))
  await boss.start()
  return boss
}

/** Statements of the library inside a transaction of ours. */
export const within = (run: RunSql) => ({ db: databaseOf(run) })
