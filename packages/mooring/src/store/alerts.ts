/** What the operator must mend: one row for a registration that its platform refuses. Of the instance, not of a workspace. */
import { type Selectable, sql } from 'kysely'
import type { Db } from './database.ts'
import type { OperatorAlertTable } from './schema.ts'

export type AlertRow = Selectable<OperatorAlertTable>

export interface NewAlert {
  registration: string
  code: string
  message: string
  detail: string | undefined
  providerCode: string | undefined
  at: Date
  nextTryAt: Date
}

export function alertStore(db: Db) {
  return {
    /** Returns the alert as it stands; `times` is 1 where this one opened it. */
    raise: (alert: NewAlert): Promise<AlertRow> =>
      db.instance((trx) =>
        trx
          .insertInto('operator_alerts')
          .values({
            registration: alert.registration,
            code: alert.code,
            message: alert.message,
            detail: alert.detail ?? null,
            provider_code: alert.providerCode ?? null,
            since: alert.at,
            last_at: alert.at,
            next_try_at: alert.nextTryAt,
          })
          .onConflict((on) =>
            on.column('registration').doUpdateSet({
              code: sql`excluded.code`,
              message: sql`excluded.message`,
              detail: sql`excluded.detail`,
              provider_code: sql`excluded.provider_code`,
              last_at: sql`excluded.last_at`,
              next_try_at: sql`excluded.next_try_at`,
              times: sql`operator_alerts.times + 1`,
            }),
          )
          .returningAll()
          .executeTakeFirstOrThrow(),
      ),

    find: (registration: string): Promise<AlertRow | undefined> =>
      db.instance((trx) =>
        trx.selectFrom('operator_alerts').selectAll().where('registration', '=', registration).executeTakeFirst(),
      ),

    open: (): Promise<AlertRow[]> =>
      db.instance((trx) => trx.selectFrom('operator_alerts').selectAll().orderBy('since').execute()),

    /** The right to ask once, for whoever comes first when the time has come. Moves the time for all the others. */
    probe: (registration: string, now: Date, nextTryAt: Date): Promise<boolean> =>
      db.instance(async (trx) => {
        const result = await trx
          .updateTable('operator_alerts')
          .set({ next_try_at: nextTryAt })
          .where('registration', '=', registration)
          .where('next_try_at', '<=', now)
          .executeTakeFirst()
        return result.numUpdatedRows === 1n
      }),

    /** An operator who mended something restarts: then it is asked at once. */
    retryNow: (now: Date): Promise<void> =>
      db.instance(async (trx) => {
        await trx.updateTable('operator_alerts').set({ next_try_at: now }).where('next_try_at', '>', now).execute()
      }),

    /** Returns whether there was one. */
    clear: (registration: string): Promise<boolean> =>
      db.instance(async (trx) => {
        const result = await trx
          .deleteFrom('operator_alerts')
          .where('registration', '=', registration)
          .executeTakeFirst()
        return result.numDeletedRows > 0n
      }),
  }
}
