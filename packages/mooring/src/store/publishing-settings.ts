/** How a workspace publishes: its zone, its weekly slots, what becomes of what is late; and what platforms let us do. */
import { type Selectable, sql } from 'kysely'
import { type Db, requireUuid, type Trx } from './database.ts'
import type { BudgetTable, MissedPolicy } from './schema-posts.ts'

export interface PublishingSettings {
  zone: string
  slots: { weekday: number; time: string }[]
  missed: { policy: MissedPolicy; afterMinutes: number }
}
export type BudgetRow = Selectable<BudgetTable>

export function publishingSettings(db: Db) {
  return {
    get: (workspace: string): Promise<PublishingSettings> =>
      db.workspace(workspace, async (trx) => {
        const row = await trx
          .selectFrom('workspaces')
          .select(['time_zone', 'missed_policy', 'missed_after_minutes'])
          .where('id', '=', workspace)
          .executeTakeFirst()
        const slots = await trx
          .selectFrom('slots')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .orderBy('weekday')
          .orderBy('at_time')
          .execute()
        return {
          zone: row?.time_zone ?? 'UTC',
          slots: slots.map(({ weekday, at_time }) => ({ weekday, time: at_time })),
          missed: { policy: row?.missed_policy ?? 'late', afterMinutes: row?.missed_after_minutes ?? 120 },
        }
      }),

    /** The workspace's own row is the instance's to write. */
    change: async (workspace: string, to: Partial<PublishingSettings>): Promise<void> => {
      const set = {
        ...(to.zone === undefined ? {} : { time_zone: to.zone }),
        ...(to.missed === undefined
          ? {}
          : { missed_policy: to.missed.policy, missed_after_minutes: to.missed.afterMinutes }),
      }
      const id = requireUuid(workspace)
      if (Object.keys(set).length > 0)
        await db.instance((trx) => trx.updateTable('workspaces').set(set).where('id', '=', id).execute())
      const { slots } = to
      if (!slots) return
      await db.workspace(workspace, async (trx) => {
        await trx.deleteFrom('slots').where('workspace_id', '=', workspace).execute()
        if (slots.length > 0)
          await trx
            .insertInto('slots')
            .values(slots.map(({ weekday, time }) => ({ workspace_id: workspace, weekday, at_time: time })))
            .onConflict((on) => on.doNothing())
            .execute()
      })
    },

    /** When something is to go out already, among these times. */
    taken: (workspace: string, times: readonly Date[]): Promise<Date[]> =>
      db.workspace(workspace, (trx) => takenAmong(trx, workspace, times)),
  }
}

export async function takenAmong(trx: Trx, workspace: string, times: readonly Date[]): Promise<Date[]> {
  const rows = await trx
    .selectFrom('posts')
    .select('due_at')
    .distinct()
    .where('workspace_id', '=', workspace)
    .where('draft', '=', false)
    .where('due_at', '=', sql<Date>`any(${times.map((one) => one.toISOString())}::timestamptz[])`)
    .execute()
  return rows.flatMap(({ due_at }) => (due_at ? [due_at] : []))
}

export function budgetStore(db: Db) {
  return {
    /** What is known of these registrations that has not passed. */
    open: (registrations: readonly string[], now: Date): Promise<BudgetRow[]> =>
      registrations.length === 0
        ? Promise.resolve([])
        : db.instance((trx) =>
            trx
              .selectFrom('budgets')
              .selectAll()
              .where('registration', 'in', registrations)
              .where('resets_at', '>', now)
              .execute(),
          ),

    /** What was told replaces what is there; what was counted takes `spent` off what is left in its window. */
    note: (rows: readonly (BudgetRow & { spent?: number })[], now: Date): Promise<void> =>
      db.instance(async (trx) => {
        for (const { spent, ...row } of rows)
          await trx
            .insertInto('budgets')
            .values(row)
            .onConflict((on) =>
              on.columns(['registration', 'holder', 'endpoint']).doUpdateSet(
                spent === undefined
                  ? { limit_of: row.limit_of, remaining: row.remaining, resets_at: row.resets_at, known: row.known }
                  : {
                      limit_of: row.limit_of,
                      known: row.known,
                      remaining: sql<number>`case when budgets.resets_at > ${now} then budgets.remaining - ${spent} else ${row.remaining} end`,
                      resets_at: sql<Date>`case when budgets.resets_at > ${now} then budgets.resets_at else ${row.resets_at} end`,
                    },
              ),
            )
            .execute()
      }),

    /** The registrations' own, and those of these connections and accounts. */
    shown: (registrations: readonly string[], holders: readonly string[], now: Date): Promise<BudgetRow[]> =>
      db.instance((trx) =>
        trx
          .selectFrom('budgets')
          .selectAll()
          .where('resets_at', '>', now)
          .where('registration', '=', sql<string>`any(${registrations}::text[])`)
          .where('holder', '=', sql<string>`any(${['', ...holders]}::text[])`)
          .orderBy('registration')
          .orderBy('endpoint')
          .execute(),
      ),
  }
}
