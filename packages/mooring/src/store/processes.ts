/** The processes that serve on this database, each with the ids of its keys. A row of the instance, not of a workspace. */
import { type Selectable, sql } from 'kysely'
import type { Db } from './database.ts'
import type { ProcessTable } from './schema.ts'

export type ProcessRow = Selectable<ProcessTable>
export type LiveProcess = ProcessRow & { seconds_ago: number }
export type NewProcess = Pick<ProcessRow, 'id' | 'version' | 'host' | 'pid' | 'kids'>

/** A process that was not seen for so long is gone: it was killed, or its machine went down. Four beats of its heart. */
export const GONE_AFTER_SECONDS = 120
export const BEAT_MS = 30_000

const gone = sql<Date>`now() - make_interval(secs => ${GONE_AFTER_SECONDS})`

export function processStore(db: Db) {
  return {
    /** Writes this process, or says that it still lives, and sweeps those that are gone. Returns when it started. */
    beat: (one: NewProcess, startedAt: Date | undefined): Promise<Date> =>
      db.instance(async (trx) => {
        // Two that slept with their machine would wait for one another: what another has in hand is left to it.
        const swept = trx.selectFrom('processes').select('id').where('seen_at', '<', gone).where('id', '!=', one.id)
        await trx.deleteFrom('processes').where('id', 'in', swept.forUpdate().skipLocked()).execute()
        // A process that slept with its machine was swept meanwhile: it comes back as old as it is.
        const row = await trx
          .insertInto('processes')
          .values({ ...one, ...(startedAt ? { started_at: startedAt } : {}) })
          .onConflict((on) => on.column('id').doUpdateSet({ seen_at: sql<Date>`now()` }))
          .returning('started_at')
          .executeTakeFirstOrThrow()
        return row.started_at
      }),

    leave: (id: string): Promise<void> =>
      db.instance(async (trx) => {
        await trx.deleteFrom('processes').where('id', '=', id).execute()
      }),

    /** Those that live, oldest first, with how long ago each was seen. */
    live: (): Promise<LiveProcess[]> =>
      db.instance((trx) =>
        trx
          .selectFrom('processes')
          .selectAll()
          .select(sql<number>`greatest(0, extract(epoch from now() - seen_at))::int`.as('seconds_ago'))
          .where('seen_at', '>=', gone)
          .orderBy('started_at')
          .orderBy('id')
          .execute(),
      ),
  }
}
