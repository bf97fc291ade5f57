/** A pool of clients as the server's role, and the two ways to a transaction: in one workspace, or for the instance. */
import type { Socket } from 'node:net'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { MooringError, unknownFault } from '../error.ts'
import type { Log } from '../runtime.ts'
import type { Database } from './schema.ts'

/** One connection within a transaction. */
export type Trx = Kysely<Database>

export type RunSql = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>

/** Named, so that it is parsed and planned once on each connection. The name stands for the text. */
export interface Statement {
  workspace: string
  name: string
  text: string
  values: unknown[]
}

export interface Db {
  readonly pool: pg.Pool
  /** Runs `work` in a transaction that sees this workspace's rows only. */
  workspace<T>(workspace: string, work: (trx: Trx) => Promise<T>): Promise<T>
  /** Runs `work` in a transaction that sees the instance's own tables (people, sessions, keys, workspaces) and no workspace's rows. */
  instance<T>(work: (trx: Trx) => Promise<T>): Promise<T>
  /** The same in plain SQL, for a library that brings its own statements. */
  instanceRaw<T>(work: (run: RunSql) => Promise<T>): Promise<T>
  /**
   * Statements in one transaction, each of which sees its workspace's rows only; answers with the rows of each. PostgreSQL plans
   * each once a connection, and goes by keys alone: a plan that was made while a table was small would else read all of it
   * for ever.
   */
  statements<R extends pg.QueryResultRow>(all: readonly Statement[]): Promise<R[][]>
  close(): Promise<void>
}

/**
 * A host that is gone without a word leaves its clients waiting for as long as TCP believes in it, a quarter of an hour,
 * and every client of the pool with them. The server ends a statement after 15 s; who has heard nothing for longer is cut.
 */
const SILENCE_MS = 20_000

export function createDb(config: pg.PoolConfig, log: Log, silenceMs = SILENCE_MS): Db {
  const pool = new pg.Pool({
    max: 10,
    connectionTimeoutMillis: 8000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 15_000,
    application_name: 'mooring',
    keepAlive: true,
    // What is asked without waiting leaves without waiting.
    pipeline: true,
    ...config,
  })
  // A client that dies while idle: the pool makes another. Without a listener Node would end the process.
  pool.on('error', (error) => log.warn({ fault: unknownFault(error) }, 'an idle database client was lost'))
  // The pool listens to a client while it is idle alone: one that dies between two statements of a transaction would
  // end the process too. Its next statement fails, and that is where it is told.
  pool.on('connect', (client) => {
    client.on('error', () => {})
    const socket = socketOf(client)
    socket.on('timeout', () => socket.destroy())
  })
  // While somebody waits for it, and only then: an idle client may be silent.
  pool.on('acquire', (client) => socketOf(client).setTimeout(silenceMs))
  pool.on('release', (_, client) => socketOf(client).setTimeout(0))
  const kysely = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }).withSchema('mooring')
  // `begin` and the setting go in one message: every use of the database begins so, and each message is a round trip.
  // Neither part is a caller's text: the settings are the two below, the values a checked UUID or a word of ours.
  const transaction = async <T>(setting: string, value: string, work: (trx: Trx) => Promise<T>): Promise<T> => {
    try {
      return await kysely.connection().execute(async (trx) => {
        await sql.raw(`begin; select set_config('${setting}', '${value}', true)`).execute(trx)
        try {
          const result = await work(trx)
          await sql`commit`.execute(trx)
          return result
        } catch (error) {
          // A connection that is gone has nothing to roll back.
          await sql`rollback`.execute(trx).catch(() => {})
          throw error
        }
      })
    } catch (error) {
      throw databaseFault(error)
    }
  }
  return {
    pool,
    workspace: (workspace, work) => transaction('mooring.workspace', requireUuid(workspace), work),
    instance: (work) => transaction('mooring.scope', 'instance', work),
    instanceRaw: (work) => rawTransaction(pool, work),
    statements: (all) => together(pool, all),
    close: () => pool.end(),
  }
}

/** The driver has it, and says so in no type. */
const socketOf = (client: pg.PoolClient): Socket =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream

async function rawTransaction<T>(pool: pg.Pool, work: (run: RunSql) => Promise<T>): Promise<T> {
  try {
    const client = await pool.connect()
    let broken = false
    try {
      await client.query("begin; select set_config('mooring.scope', 'instance', true)")
      const result = await work((text, values) => client.query(text, values))
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => {
        broken = true
      })
      throw error
    } finally {
      client.release(broken)
    }
  } catch (error) {
    throw databaseFault(error)
  }
}

const BY_KEYS = {
  name: 'by-keys',
  text: `select set_config('mooring.workspace', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true),
    ${['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'enable_bitmapscan'].map((one) => `set_config('${one}', 'off', true)`)}`,
}

/** All leave together: to wait for each would cost as much as the statement. Where one fails, `commit` undoes all. */
async function together<R extends pg.QueryResultRow>(pool: pg.Pool, all: readonly Statement[]): Promise<R[][]> {
  try {
    for (const { workspace } of all) requireUuid(workspace)
    const client = await pool.connect()
    const begun = client.query('begin')
    const asked = all.map(
      ({ workspace, ...statement }) =>
        [client.query({ ...BY_KEYS, values: [workspace] }), client.query<R>(statement)] as const,
    )
    const ends = await Promise.allSettled([begun, ...asked.flat(), client.query('commit')])
    client.release(ends[0]?.status === 'rejected' || ends.at(-1)?.status === 'rejected')
    for (const one of ends) if (one.status === 'rejected') throw one.reason
    return Promise.all(asked.map(async ([, rows]) => (await rows).rows))
  } catch (error) {
    throw databaseFault(error)
  }
}

/**
 * JSON that PostgreSQL takes: half of a pair of UTF-16, which cutting a text leaves, and NUL are refused by it, and with
 * them all that is written by the same statement.
 */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, one) => (typeof one === 'string' ? one.toWellFormed().replaceAll('\0', '') : one))

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export const isUuid = (text: string): boolean => UUID.test(text)

/** A foreign id that is no UUID can match no row: the answer is the same as for one that is not there. */
export function requireUuid(id: string): string {
  if (!isUuid(id)) throw new MooringError('not_found', 'That does not exist.')
  return id
}

/**
 * What a driver's error means. Its message and detail are dropped: they can hold a query's values.
 * Codes: https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
export function databaseFault(error: unknown): unknown {
  if (error instanceof MooringError) return error
  const code = (error as { code?: unknown } | null)?.code
  const name = typeof code === 'string' ? code : ''
  if (name === '53100') {
    return new MooringError('storage_full', 'The disk is full. Nothing was changed.', {
      detail: 'PostgreSQL says disk_full (53100). Free some space.',
    })
  }
  const gone =
    /^(08|57P|53|57014|25006)/.test(name) ||
    /^(ECONN|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)/.test(name)
  // FATAL ends the session, or never let it begin: the login, the database or the server is away.
  const lost =
    (error as { severity?: unknown } | null)?.severity === 'FATAL' ||
    (error instanceof Error &&
      /Connection terminated|timeout exceeded when trying to connect|Client has encountered/.test(error.message))
  if (gone || lost) {
    return new MooringError(
      'database_unavailable',
      'The server cannot reach its database. Nothing was lost, try again in a moment.',
      {
        detail: `database: ${unknownFault(error)}`,
        retryAfter: 5,
      },
    )
  }
  if (/^[0-9A-Z]{5}$/.test(name)) {
    return new MooringError('internal', 'The server made a mistake. Nothing was lost.', { detail: `SQLSTATE ${name}` })
  }
  return error
}
