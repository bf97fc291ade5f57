/** What is due, taken over all workspaces: each has its turn, and a lease. */
import { sql } from 'kysely'
import type { Db } from './database.ts'
import { LEASE_SECONDS } from './delivery-work.ts'
import { BY_INDEX } from './due.ts'

export interface Taken {
  workspace_id: string
  delivery_id: string
  lane: string
}

/** No more of a lane at once than `most`, less what is `taken` of it already. */
export interface Lanes {
  most: number
  taken: Readonly<Record<string, number>>
}

export interface TakeDeliveries {
  now: Date
  lease: string
  most: number
  lanes: Lanes
  /** Among so many due ones the workspaces take turns. */
  window: number
}

const TAKE = `with due as materialized (
  select workspace_id, delivery_id, due_at, lane from mooring.deliveries_due
  where due_at <= $1 and (lease_until is null or lease_until < clock_timestamp()) and lane <> all($2::text[])
  order by due_at limit $3
), turns as (
  select *, row_number() over (partition by workspace_id order by due_at, delivery_id) as turn from due
), firsts as (
  select * from turns order by turn, due_at limit $4::int * 4
), places as (
  select *, row_number() over (partition by lane order by turn, due_at) as place from firsts
), mine as (
  select d.workspace_id, d.delivery_id from mooring.deliveries_due d
  join places p on p.workspace_id = d.workspace_id and p.delivery_id = d.delivery_id
  where (d.lease_until is null or d.lease_until < clock_timestamp())
    and p.place <= $5::int - coalesce(($6::jsonb->>p.lane)::int, 0)
  order by p.turn, p.due_at limit $4 for update of d skip locked
)
update mooring.deliveries_due d
set lease_id = $7, lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
from mine m where d.workspace_id = m.workspace_id and d.delivery_id = m.delivery_id
returning d.workspace_id, d.delivery_id, d.lane`

export interface HeldDelivery extends Pick<Taken, 'workspace_id' | 'delivery_id'> {
  lease: string
}

export function deliveryQueue(db: Db) {
  return {
    /** Takes at most `most` that are due, of each workspace in turn. A lease of a process that is gone is over by itself. */
    take: ({ now, lease, most, lanes, window }: TakeDeliveries): Promise<Taken[]> =>
      db.instanceRaw(async (run) => {
        const full = Object.keys(lanes.taken).filter((lane) => (lanes.taken[lane] ?? 0) >= lanes.most)
        await run(BY_INDEX)
        const { rows } = await run(TAKE, [now, full, window, most, lanes.most, JSON.stringify(lanes.taken), lease])
        return rows as Taken[]
      }),

    /** Keeps what this process is at. */
    prolong: (held: readonly HeldDelivery[]): Promise<void> =>
      db.instance(async (trx) => {
        // In the order in which they are held to be written, or two would wait for each other.
        await sql`
          with mine as (
            select d.workspace_id, d.delivery_id
            from unnest(${held.map((one) => one.workspace_id)}::uuid[], ${held.map((one) => one.delivery_id)}::uuid[],
              ${held.map((one) => one.lease)}::uuid[]) as x(workspace_id, delivery_id, lease)
            join mooring.deliveries_due d on d.workspace_id = x.workspace_id and d.delivery_id = x.delivery_id
            where d.lease_id = x.lease
            order by d.workspace_id, d.delivery_id for update of d
          )
          update mooring.deliveries_due d
          set lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
          from mine m where d.workspace_id = m.workspace_id and d.delivery_id = m.delivery_id`.execute(trx)
      }),
  }
}
