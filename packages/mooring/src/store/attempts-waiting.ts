/** While an attempt waits for the person: who may ask the service meanwhile, and what its own page tells. */
import { sql } from 'kysely'
import { type Db, requireUuid, type Trx } from './database.ts'
import type { FlowRow } from './flows.ts'
import type { StoredCheckpoint } from './schema.ts'

/** What an attempt leaves behind when it is over. */
export const NOTHING = {
  attempt: null,
  service_id: null,
  checkpoint: null,
  attempt_ends_at: null,
  resend_at: null,
  retry_times: 0,
  retry_at: null,
  poll_at: null,
  held_credentials: null,
  notify_hash: null,
} as const

export const NO_ERROR = { error_code: null, error_message: null, error_detail: null } as const

export function waitingStore(db: Db) {
  return {
    /** Takes the right to ask the service, which nobody else has before `next`. */
    mayPoll: (workspace: string, id: string, attempt: string, now: Date, next: Date): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const taken = await trx
          .updateTable('flows')
          .set({ poll_at: next })
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where('attempt', '=', attempt)
          .where('state', '=', 'checkpoint')
          .where((on) => on.or([on('poll_at', 'is', null), on('poll_at', '<=', now)]))
          .executeTakeFirst()
        return taken.numUpdatedRows === 1n
      }),

    /** When another code can be asked for. Of two at once one may ask. */
    mayResend: (workspace: string, id: string, now: Date, next: Date): Promise<FlowRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .updateTable('flows')
          .set({ resend_at: next })
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where('state', '=', 'checkpoint')
          .where('resend_at', '<=', now)
          .returningAll()
          .executeTakeFirst(),
      ),

    /** The service's own page does the rest; what it posts must show the secret. Takes the flow from its form or a checkpoint. */
    hosted: (
      workspace: string,
      id: string,
      parts: { attempt: string; notifyHash: Buffer; checkpoint: StoredCheckpoint; endsAt: Date; overAt: Date },
    ): Promise<FlowRow | undefined> =>
      db.workspace(workspace, async (trx) => {
        const flow = await trx
          .updateTable('flows')
          .set({
            ...NOTHING,
            ...NO_ERROR,
            state: 'checkpoint',
            attempt: parts.attempt,
            notify_hash: parts.notifyHash,
            checkpoint: JSON.stringify(parts.checkpoint),
            attempt_ends_at: parts.endsAt,
            expires_at: sql<Date>`greatest(expires_at, ${parts.endsAt})`,
          })
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where((on) =>
            on.or([
              on('state', '=', 'pending'),
              on.and([on('state', '=', 'checkpoint'), on('attempt', 'is not', null)]),
            ]),
          )
          .returningAll()
          .executeTakeFirst()
        if (flow) await lookAt(trx, workspace, id, parts.overAt)
        return flow
      }),

    byNotice: (workspace: string, notifyHash: Buffer): Promise<FlowRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('flows')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('notify_hash', '=', notifyHash)
          .where('state', '=', 'checkpoint')
          .executeTakeFirst(),
      ),

    /** Until when whoever holds the attempt is taken for alive. */
    leasedUntil: (workspace: string, id: string): Promise<Date | undefined> =>
      db.workspace(workspace, async (trx) => {
        const row = await trx
          .selectFrom('flow_attempts')
          .select('over_at')
          .where('workspace_id', '=', workspace)
          .where('flow_id', '=', requireUuid(id))
          .executeTakeFirst()
        return row?.over_at
      }),

    /** Looked at, and still waiting. */
    lookAgain: (workspace: string, id: string, at: Date): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('flow_attempts')
          .set({ over_at: at })
          .where('workspace_id', '=', workspace)
          .where('flow_id', '=', requireUuid(id))
          .execute()
      }),
  }
}

export async function lookAt(trx: Trx, workspace: string, id: string, at: Date): Promise<void> {
  await trx
    .insertInto('flow_attempts')
    .values({ workspace_id: workspace, flow_id: id, over_at: at })
    .onConflict((on) => on.columns(['workspace_id', 'flow_id']).doUpdateSet({ over_at: at }))
    .execute()
}

export const dropLook = (trx: Trx, workspace: string, id: string) =>
  trx.deleteFrom('flow_attempts').where('workspace_id', '=', workspace).where('flow_id', '=', id).execute()
