/** What is due, taken over all workspaces: each has its turn, and a lease. */
import { sql } from 'kysely'
import type { Db } from './database.ts'
import { LEASE_SECONDS } from './delivery-work.ts'

export interface Taken {
  workspace_id: string
  delivery_id: string
  lane: string
}

/** Among so many due ones the workspaces take turns. */
const WINDOW = 5000

export function deliveryQueue(db: Db) {
  return {
    /** Takes at most `most` that are due, of each workspace in turn, and none of the lanes that are `full`. A lease of a process that is gone is over by itself. */
    take: (now: Date, lease: string, most: number, full: readonly string[]): Promise<Taken[]> =>
      db.instance(async (trx) => {
        const { rows } = await sql<Taken>`
          with due as (
            select workspace_id, delivery_id, due_at from mooring.deliveries_due
            where due_at <= ${now} and (lease_until is null or lease_until < clock_timestamp())
              and lane <> all(${full}::text[])
            order by due_at limit ${WINDOW}
          ), turns as (
            select *, row_number() over (partition by workspace_id order by due_at, delivery_id) as turn from due
          ), mine as (
            select d.workspace_id, d.delivery_id from mooring.deliveries_due d
            join turns t on t.workspace_id = d.workspace_id and t.delivery_id = d.delivery_id
            where d.lease_until is null or d.lease_until < clock_timestamp()
            order by t.turn, t.due_at limit ${most} for update of d skip locked
          )
          update mooring.deliveries_due d
          set lease_id = ${lease}, lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
          from mine m where d.workspace_id = m.workspace_id and d.delivery_id = m.delivery_id
          returning d.workspace_id, d.delivery_id, d.lane`.execute(trx)
        return rows
      }),

    /** Keeps what this process is at. */
    prolong: (leases: readonly string[]): Promise<void> =>
      db.instance(async (trx) => {
        await sql`
          update mooring.deliveries_due
          set lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
          where lease_id = any(${leases}::uuid[])`.execute(trx)
      }),
  }
}
