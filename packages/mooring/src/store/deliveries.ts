/** Deliveries as people look at them and act on them. */
import { sql } from 'kysely'
import { MooringError } from '../error.ts'
import { type Db, requireUuid, type Trx } from './database.ts'
import type { AttemptRow, DeliveryRow } from './delivery-work.ts'
import { apply, type Change } from './delivery-write.ts'
import { alone, busy } from './post-hold.ts'
import type { DeliveryStepTable } from './schema-posts.ts'

export interface DeliveryDetail {
  delivery: DeliveryRow
  attempts: AttemptRow[]
  steps: DeliveryStepTable[]
  nextTryAt: Date | null
}

/** What a decision about a delivery goes by, beside its own row. */
export interface Around {
  newest: AttemptRow | undefined
  /** Something of it is at the platform, or may be. */
  left: boolean
  /** The post's other deliveries. */
  others: readonly DeliveryRow[]
}

export function deliveryStore(db: Db) {
  return {
    detail: (workspace: string, id: string): Promise<DeliveryDetail | undefined> =>
      db.workspace(workspace, async (trx) => {
        const delivery = await find(trx, workspace, id)
        if (!delivery) return undefined
        const attempts = await trx
          .selectFrom('delivery_attempts')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('delivery_id', '=', id)
          .orderBy('number')
          .execute()
        const steps = await trx
          .selectFrom('delivery_steps')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('delivery_id', '=', id)
          .orderBy('at')
          .limit(500)
          .execute()
        const [due] = await dueOf(trx, workspace, [id])
        return { delivery, attempts, steps: steps as unknown as DeliveryStepTable[], nextTryAt: due?.due_at ?? null }
      }),

    /** The platform's ids of what the other deliveries of an account became, the newest thousand of those that were published. */
    externalIds: (workspace: string, account: string, except: string): Promise<Set<string>> =>
      db.workspace(workspace, async (trx) => {
        const rows = await trx
          .selectFrom('deliveries')
          .select('external_id')
          .where('workspace_id', '=', workspace)
          .where('account_id', '=', account)
          .where('id', '!=', except)
          .where('external_id', 'is not', null)
          .orderBy('published_at', (order) => order.desc().nullsLast())
          .limit(1000)
          .execute()
        return new Set(rows.flatMap((row) => row.external_id ?? []))
      }),

    /** When each of these is looked at again. */
    nextTries: (workspace: string, ids: readonly string[]): Promise<Map<string, Date>> =>
      db.workspace(
        workspace,
        async (trx) => new Map((await dueOf(trx, workspace, ids)).map((one) => [one.delivery_id, one.due_at])),
      ),

    /** Of which of these something is at the platform, or may be. */
    left: (workspace: string, ids: readonly string[]): Promise<Set<string>> =>
      db.workspace(
        workspace,
        async (trx) => new Set((await leftOf(trx, workspace, ids)).map((one) => one.delivery_id)),
      ),

    /**
     * Somebody's deed: `decide` says from the row what becomes of it, or throws. While a process is at it nobody else decides:
     * throws `delivery_state` then, and `not_found`.
     */
    act: (
      workspace: string,
      id: string,
      now: Date,
      decide: (row: DeliveryRow, around: Around) => Change,
    ): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        const known = await find(trx, workspace, id)
        if (!known) throw new MooringError('not_found', 'There is no such delivery.')
        await alone(trx, known.post_id)
        const { rows } = await sql<{ busy: boolean }>`
          select coalesce(lease_until > clock_timestamp(), false) as busy from mooring.deliveries_due
          where workspace_id = ${workspace} and delivery_id = ${requireUuid(id)} for update`.execute(trx)
        const row = await find(trx, workspace, id, true)
        if (!row) throw new MooringError('not_found', 'There is no such delivery.')
        if (rows[0]?.busy) throw busy()
        const newest = await trx
          .selectFrom('delivery_attempts')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('delivery_id', '=', id)
          .orderBy('number', 'desc')
          .limit(1)
          .executeTakeFirst()
        const others = await trx
          .selectFrom('deliveries')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('post_id', '=', row.post_id)
          .where('id', '!=', id)
          .execute()
        await apply(
          trx,
          workspace,
          id,
          now,
          decide(row, { newest, left: (await leftOf(trx, workspace, [id])).length > 0, others }),
        )
      }),

    /** Those that are to go out as accounts of these connections after a time, by connection. */
    after: (workspace: string, ends: readonly { connection: string; at: Date }[]): Promise<Map<string, number>> =>
      db.workspace(workspace, async (trx) => {
        const { rows } = await sql<{ connection: string; posts: string }>`
          select e.connection, count(d.id) as posts
          from unnest(${ends.map((one) => one.connection)}::uuid[], ${ends.map((one) => one.at.toISOString())}::timestamptz[])
            as e(connection, at)
          join mooring.deliveries d on d.workspace_id = ${workspace} and d.connection_id = e.connection
            and d.state in ('scheduled', 'queued', 'waiting') and d.due_at >= e.at
          group by e.connection`.execute(trx)
        return new Map(rows.map((row) => [row.connection, Number(row.posts)]))
      }),
  }
}

function find(trx: Trx, workspace: string, id: string, held = false): Promise<DeliveryRow | undefined> {
  const query = trx
    .selectFrom('deliveries')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', requireUuid(id))
  return (held ? query.forUpdate() : query).executeTakeFirst()
}

const dueOf = (trx: Trx, workspace: string, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : trx
        .selectFrom('deliveries_due')
        .select(['delivery_id', 'due_at'])
        .where('workspace_id', '=', workspace)
        .where('delivery_id', 'in', ids)
        .execute()

const leftOf = (trx: Trx, workspace: string, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : trx
        .selectFrom('delivery_attempts')
        .select('delivery_id')
        .distinct()
        .where('workspace_id', '=', workspace)
        .where('delivery_id', 'in', ids)
        .where('outcome', 'not in', ['refused', 'absent'])
        .execute()
