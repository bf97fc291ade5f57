/** When each connection is looked at next: kept beside the connection, in the transaction that moved it. */
import { sql } from 'kysely'
import { type Db, databaseFault, type Trx } from './database.ts'

export interface DueRow {
  workspace_id: string
  connection_id: string
}

/** Writes down when a connection is due; null takes it off. */
export async function keepDue(
  trx: Trx,
  workspace: string,
  connection: string,
  registration: string,
  dueAt: Date | null,
): Promise<void> {
  if (dueAt === null) {
    await trx
      .deleteFrom('due_refreshes')
      .where('workspace_id', '=', workspace)
      .where('connection_id', '=', connection)
      .execute()
    return
  }
  await trx
    .insertInto('due_refreshes')
    .values({ workspace_id: workspace, connection_id: connection, registration, due_at: dueAt })
    .onConflict((on) => on.columns(['workspace_id', 'connection_id']).doUpdateSet({ due_at: dueAt, registration }))
    .execute()
}

/**
 * What is due of one registration: of the first `window` rows by time, each workspace's first, then each one's second, and
 * so on, so that a workspace with very many does not make the others wait. Taken ones come again at `again`, if nobody
 * has written down another time until then. Reads the index alone, and of it only what is due.
 *
 * The last condition is for a row that another sweep took meanwhile. Its sum says nothing, and hides it from the planner:
 * with statistics from before all became due, it found the rows a second time by their time and compared each with each.
 */
export const TAKE = `with due as materialized (
  select workspace_id, connection_id, due_at from mooring.due_refreshes
  where registration = $1 and due_at <= $2 order by due_at limit $3
), ranked as (
  select workspace_id, connection_id, due_at,
         row_number() over (partition by workspace_id order by due_at, connection_id) as turn from due
), chosen as (
  select workspace_id, connection_id from ranked order by turn, due_at, connection_id limit $4
)
update mooring.due_refreshes d set due_at = $5 from chosen c
where d.workspace_id = c.workspace_id and d.connection_id = c.connection_id and d.due_at + interval '0' <= $2
returning d.workspace_id, d.connection_id`

/**
 * Before it: the planner takes row-level security for a sieve that one row in two hundred passes, believes that the
 * window is never reached, and would read and sort the whole table where very much is due (after an outage, an import).
 */
export const BY_INDEX = `select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`

export interface TakeDue {
  registration: string
  now: Date
  /** How many due rows are looked at to be fair between workspaces. */
  window: number
  most: number
  again: Date
}

export function dueStore(db: Db) {
  return {
    /**
     * Takes what is due, over all workspaces, and hands it to `pass` in the same transaction: if that throws, nothing was
     * taken. `run` there speaks plain SQL on that transaction, for the queue.
     */
    take: (
      parts: TakeDue,
      pass: (rows: DueRow[], run: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>) => Promise<void>,
    ): Promise<number> =>
      db.instanceRaw(async (run) => {
        const { registration, now, window, most, again } = parts
        await run(BY_INDEX)
        const { rows } = await run(TAKE, [registration, now, window, most, again])
        if (rows.length > 0) await pass(rows as DueRow[], run)
        return rows.length
      }),

    /** How many are due now, up to `most` a registration: a number for an operator, not a count for its own sake. */
    /** Of every registration that anything is written down for. Skips through the index, a step a registration. */
    registrations: (): Promise<string[]> =>
      db.instance(async (trx) => {
        const { rows } = await sql<{ registration: string }>`
          with recursive each as (
            (select registration from mooring.due_refreshes order by registration limit 1)
            union all
            select (select d.registration from mooring.due_refreshes d where d.registration > e.registration
                    order by d.registration limit 1)
            from each e where e.registration is not null
          ) select registration from each where registration is not null`.execute(trx)
        return rows.map((row) => row.registration)
      }),

    backlog: async (registrations: readonly string[], now: Date, most = 100_000): Promise<Map<string, number>> => {
      try {
        return await db.instance(async (trx) => {
          const counts = new Map<string, number>()
          for (const registration of registrations) {
            const { rows } = await sql<{ due: string }>`select count(*) as due from (
              select 1 from mooring.due_refreshes where registration = ${registration} and due_at <= ${now} limit ${most}) d`.execute(
              trx,
            )
            counts.set(registration, Number(rows[0]?.due ?? 0))
          }
          return counts
        })
      } catch (error) {
        throw databaseFault(error)
      }
    },

    /** Since when the oldest is due of each of these registrations that has any. One look at the index each. */
    oldest: (registrations: readonly string[], now: Date): Promise<Map<string, Date>> =>
      db.instance(async (trx) => {
        const { rows } = await sql<{ registration: string; due_at: Date | null }>`
          select r.registration, (select d.due_at from mooring.due_refreshes d
                                  where d.registration = r.registration and d.due_at <= ${now} order by d.due_at limit 1)
          from unnest(${[...registrations]}::text[]) as r(registration)`.execute(trx)
        return new Map(rows.flatMap((row) => (row.due_at ? [[row.registration, row.due_at] as const] : [])))
      }),
  }
}
