/** What is to be done for a delivery: taken under a lease, written down under that lease alone. */
import { type Selectable, sql } from 'kysely'
import { MooringError } from '../error.ts'
import { type Db, requireUuid } from './database.ts'
import { deliveryLoader } from './delivery-load.ts'
import { type Asked, apply, type Change, writing } from './delivery-write.ts'
import type { DeliveryAttemptTable, DeliveryTable, StoredProgress } from './schema-posts.ts'
import { shared } from './shared.ts'

export type DeliveryRow = Selectable<DeliveryTable>
export type AttemptRow = Selectable<DeliveryAttemptTable>

/** Longer than a request may take (runtime.ts), with room. */
export const LEASE_SECONDS = 35
/** So many are written by one statement. */
const MOST = 32

export function deliveryWork(db: Db) {
  return {
    /** Takes one, which was asked for just now. Answers with its lane; undefined: somebody has it. */
    takeOne: (workspace: string, delivery: string, now: Date, lease: string): Promise<string | undefined> =>
      db.workspace(workspace, async (trx) => {
        const { rows } = await sql<{ lane: string }>`
          update mooring.deliveries_due
          set lease_id = ${lease}, lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
          where workspace_id = ${workspace} and delivery_id = ${delivery} and due_at <= ${now}
            and (lease_until is null or lease_until < clock_timestamp())
          returning lane`.execute(trx)
        return rows[0]?.lane
      }),

    load: deliveryLoader(db),

    write: deliveryWriter(db),

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
        await sql`
          select 1 from mooring.deliveries_due
          where workspace_id = ${workspace} and delivery_id = ${requireUuid(delivery)} for update`.execute(trx)
        const row = await trx
          .selectFrom('deliveries')
          .select(['state', 'progress'])
          .where('workspace_id', '=', workspace)
          .where('id', '=', delivery)
          .forUpdate()
          .executeTakeFirst()
        if (!row) return false
        const settled = row.state === 'published' || row.state === 'removed'
        const goesOn = {
          set: {
            state: 'queued' as const,
            progress: { ...row.progress, ...learnt },
            fault_class: null,
            fault_code: null,
            fault_message: null,
          },
          dueAt: now,
        }
        await apply(trx, workspace, delivery, now, { attempt, ...(settled ? { set: {} } : goesOn) })
        return !settled
      }),
  }
}

/**
 * Of one workspace all take the same way, so that no two of them wait for a post's row. More than one way: PostgreSQL has a
 * process for each.
 */
const WAYS = 2
const wayOf = (workspace: string): string => String(Number.parseInt(workspace.slice(0, 4), 16) % WAYS)

/** False: the lease is somebody else's, and nothing was written. */
function deliveryWriter(db: Db) {
  const write = async (asked: readonly Asked[]): Promise<boolean[]> => {
    // By workspace, in one order: whoever holds rows of several does so, and nobody waits for each other.
    const groups = [...Map.groupBy(asked, (one) => one.workspace)].toSorted(([a], [b]) => (a < b ? -1 : 1))
    const rows = await db.statements<{ id: string; lease: string | null }>(
      groups.map(([workspace, some]) => writing(workspace, some)),
    )
    const done = new Set(rows.flat().map(({ id, lease }) => `${id} ${lease}`))
    return asked.map(({ delivery, lease }) => done.has(`${delivery} ${lease}`))
  }
  const alone = (one: Asked) => write([one]).then(([done]) => done === true)
  const together = shared<Asked, PromiseSettledResult<boolean>>(MOST, async (_, asked) => {
    try {
      return (await write(asked)).map((value) => ({ status: 'fulfilled', value }))
    } catch (error) {
      // One that cannot be written must not keep the others from it. Nothing of them was: it was one transaction.
      if (asked.length === 1 || (error instanceof MooringError && error.code === 'database_unavailable')) throw error
      return Promise.allSettled(asked.map(alone))
    }
  })
  return async (workspace: string, delivery: string, lease: string, now: Date, change: Change): Promise<boolean> => {
    const ids = { workspace: requireUuid(workspace), delivery: requireUuid(delivery).toLowerCase() }
    const end = await together(wayOf(workspace), { ...ids, lease: requireUuid(lease).toLowerCase(), now, change })
    if (end.status === 'rejected') throw end.reason
    return end.value
  }
}
