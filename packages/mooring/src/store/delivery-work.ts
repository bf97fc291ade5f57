/** What is to be done for deliveries: taken under a lease over all workspaces, written down under that lease alone. */
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { AccountRow } from './accounts.ts'
import type { ConnectionRow } from './connections.ts'
import { type Db, requireUuid, type Trx } from './database.ts'
import { addEvent, type NewEvent } from './events.ts'
import { type MediaRow, mediaIn, mediaOf } from './media-read.ts'
import { touchPost } from './posts.ts'
import type { AttemptOutcome, DeliveryAttemptTable, DeliveryTable, StoredProgress } from './schema-posts.ts'

export type DeliveryRow = Selectable<DeliveryTable>
export type AttemptRow = Selectable<DeliveryAttemptTable>

/** Everything that one delivery is done with. */
export interface Work {
  delivery: DeliveryRow
  /** Undefined: it was taken away, or its connection with it. */
  account: AccountRow | undefined
  connection: ConnectionRow | undefined
  media: MediaRow[]
  /** The newest. */
  attempt: AttemptRow | undefined
  attempts: number
  missed: { policy: 'late' | 'ask' | 'drop'; afterMinutes: number }
}

/** What is written of a delivery; `dueAt` null: it is not looked at again by itself. */
export interface Change {
  set: Updateable<DeliveryTable>
  dueAt?: Date | null | undefined
  attempt?: { id: string; outcome: AttemptOutcome } & Partial<Insertable<DeliveryAttemptTable>>
  /** A new attempt, before its request leaves. */
  begin?: { id: string; part: string }
  step?: { id: string; name: string; status: number | null; message: string | null }
  event?: NewEvent
}

/** Longer than a request may take (runtime.ts), with room. */
export const LEASE_SECONDS = 35

export function deliveryWork(db: Db) {
  return {
    /** Takes one, which was asked for just now. False: somebody has it. */
    takeOne: (workspace: string, delivery: string, now: Date, lease: string): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const { rows } = await sql`
          update mooring.deliveries_due
          set lease_id = ${lease}, lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
          where workspace_id = ${workspace} and delivery_id = ${delivery} and due_at <= ${now}
            and (lease_until is null or lease_until < clock_timestamp())
          returning 1`.execute(trx)
        return rows.length > 0
      }),

    /** Undefined: somebody else has it, or it is gone. */
    load: (workspace: string, delivery: string, lease: string): Promise<Work | undefined> =>
      db.workspace(workspace, async (trx) => {
        if (!(await held(trx, workspace, delivery, lease))) return undefined
        return load(trx, workspace, delivery)
      }),

    /** False: the lease is somebody else's, and nothing was written. */
    write: (workspace: string, delivery: string, lease: string, now: Date, change: Change): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        if (!(await held(trx, workspace, delivery, lease, true))) return false
        await apply(trx, workspace, delivery, now, change)
        return true
      }),

    /**
     * The answer of a create whose lease was lost meanwhile: what the platform said of it counts whoever has it now. Where the
     * delivery is not published yet, it goes on from there. False: it was settled otherwise.
     */
    late: (
      workspace: string,
      delivery: string,
      now: Date,
      attempt: NonNullable<Change['attempt']>,
      learnt: StoredProgress,
    ): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const row = await one(trx, workspace, delivery, true)
        if (!row) return false
        await endAttempt(trx, workspace, now, attempt)
        if (['published', 'removed'].includes(row.state)) return false
        const set = {
          state: 'queued' as const,
          progress: JSON.stringify({ ...row.progress, ...learnt }),
          fault_class: null,
          fault_code: null,
          fault_message: null,
        }
        await apply(trx, workspace, delivery, now, { set, dueAt: now })
        return true
      }),
  }
}

async function held(trx: Trx, workspace: string, delivery: string, lease: string, lock = false): Promise<boolean> {
  let query = trx
    .selectFrom('deliveries_due')
    .select('lease_id')
    .where('workspace_id', '=', workspace)
    .where('delivery_id', '=', requireUuid(delivery))
  if (lock) query = query.forUpdate()
  return (await query.executeTakeFirst())?.lease_id === lease
}

async function one(trx: Trx, workspace: string, delivery: string, lock = false): Promise<DeliveryRow | undefined> {
  let query = trx
    .selectFrom('deliveries')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', requireUuid(delivery))
  if (lock) query = query.forUpdate()
  return query.executeTakeFirst()
}

async function load(trx: Trx, workspace: string, id: string): Promise<Work | undefined> {
  const delivery = await one(trx, workspace, id)
  if (!delivery) return undefined
  const account =
    delivery.account_id === null
      ? undefined
      : await trx
          .selectFrom('accounts')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('id', '=', delivery.account_id)
          .executeTakeFirst()
  const connection =
    account &&
    (await trx
      .selectFrom('connections')
      .selectAll()
      .where('workspace_id', '=', workspace)
      .where('id', '=', account.connection_id)
      .executeTakeFirst())
  const attempts = await trx
    .selectFrom('delivery_attempts')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('delivery_id', '=', id)
    .orderBy('number', 'desc')
    .limit(1)
    .execute()
  const settings = await trx
    .selectFrom('workspaces')
    .select(['missed_policy', 'missed_after_minutes'])
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow()
  return {
    delivery,
    account,
    connection,
    media: await mediaOf(trx, workspace, mediaIn(delivery.content)),
    attempt: attempts[0],
    attempts: attempts[0]?.number ?? 0,
    missed: { policy: settings.missed_policy, afterMinutes: settings.missed_after_minutes },
  }
}

/** Also for what a person does with a delivery. */
export async function apply(trx: Trx, workspace: string, delivery: string, now: Date, change: Change): Promise<void> {
  const { set, dueAt, attempt, begin, step, event } = change
  if (attempt) await endAttempt(trx, workspace, now, attempt)
  if (begin)
    await sql`
      insert into mooring.delivery_attempts (workspace_id, id, delivery_id, number, part, started_at, outcome)
      select ${workspace}, ${begin.id}, ${delivery}, coalesce(max(number), 0) + 1, ${begin.part}, ${now}, 'sending'
      from mooring.delivery_attempts where workspace_id = ${workspace} and delivery_id = ${delivery}`.execute(trx)
  if (step)
    await trx
      .insertInto('delivery_steps')
      .values({ workspace_id: workspace, delivery_id: delivery, at: now, ...step })
      .execute()
  const row = await trx
    .updateTable('deliveries')
    .set({ ...set, updated_at: now })
    .where('workspace_id', '=', workspace)
    .where('id', '=', delivery)
    .returning(['post_id', 'connection_id', 'provider'])
    .executeTakeFirst()
  if (!row) return
  if (dueAt === null)
    await trx
      .deleteFrom('deliveries_due')
      .where('workspace_id', '=', workspace)
      .where('delivery_id', '=', delivery)
      .execute()
  else if (dueAt !== undefined)
    await trx
      .insertInto('deliveries_due')
      .values({ workspace_id: workspace, delivery_id: delivery, due_at: dueAt, lane: row.provider })
      .onConflict((on) =>
        on.columns(['workspace_id', 'delivery_id']).doUpdateSet({ due_at: dueAt, lease_id: null, lease_until: null }),
      )
      .execute()
  await touchPost(trx, workspace, row.post_id, now)
  if (event) await addEvent(trx, workspace, row.connection_id, { ...event, delivery_id: delivery })
}

async function endAttempt(
  trx: Trx,
  workspace: string,
  now: Date,
  { id, ...attempt }: NonNullable<Change['attempt']>,
): Promise<void> {
  await trx
    .updateTable('delivery_attempts')
    .set({ ended_at: now, ...attempt })
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .execute()
}
