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

/** False: the lease is somebody else's, and nothing was written. */
function deliveryWriter(db: Db) {
  const write = async (workspace: string, asked: readonly Asked[]): Promise<boolean[]> => {
    const rows = await db.statement<{ id: string }>(workspace, writing(workspace, asked))
    const ids = new Set(rows.map((row) => row.id))
    return asked.map((one) => ids.has(one.delivery))
  }
  const alone = (workspace: string, one: Asked) => write(workspace, [one]).then(([done]) => done === true)
  const together = shared<Asked, PromiseSettledResult<boolean>>(MOST, async (workspace, asked) => {
    try {
      return (await write(workspace, asked)).map((value) => ({ status: 'fulfilled', value }))
    } catch (error) {
      // One that cannot be written must not keep the others from it. Nothing of them was: it was one transaction.
      if (asked.length === 1 || (error instanceof MooringError && error.code === 'database_unavailable')) throw error
      return Promise.allSettled(asked.map((one) => alone(workspace, one)))
    }
  })
  return async (workspace: string, delivery: string, lease: string, now: Date, change: Change): Promise<boolean> => {
    const asked = { delivery: requireUuid(delivery).toLowerCase(), lease: requireUuid(lease), now, change }
    const end = await together(workspace, asked)
    if (end.status === 'rejected') throw end.reason
    return end.value
  }
}
