/** Endpoints of a workspace. */
import { type Db, requireUuid } from './database.ts'
import { deliveryStore } from './webhook-deliveries.ts'
import { holdWebhook, oneWebhook, pause, resume, type WebhookRow } from './webhook-pause.ts'

export type { WebhookRow } from './webhook-pause.ts'

export type NewWebhook = Pick<WebhookRow, 'id' | 'url' | 'events' | 'secret' | 'created_at' | 'created_by'>
export type WebhookChange = Partial<Pick<WebhookRow, 'url' | 'events'>> & { paused?: boolean | undefined }
export function webhookStore(db: Db) {
  return {
    /** The newest first. */
    list: (workspace: string): Promise<WebhookRow[]> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('webhooks')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .orderBy('created_at', 'desc')
          .orderBy('id')
          .execute(),
      ),

    get: (workspace: string, id: string): Promise<WebhookRow | undefined> =>
      db.workspace(workspace, (trx) => oneWebhook(trx, workspace, id)),

    /** False: there are `most` already. */
    add: (workspace: string, row: NewWebhook, most: number): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const there = await trx.selectFrom('webhooks').select('id').where('workspace_id', '=', workspace).execute()
        if (there.length >= most) return false
        await trx
          .insertInto('webhooks')
          .values({ workspace_id: requireUuid(workspace), ...row })
          .execute()
        return true
      }),

    /** What was held goes out when the pause ends. */
    change: (
      workspace: string,
      id: string,
      { paused, ...to }: WebhookChange,
      now: Date,
    ): Promise<WebhookRow | undefined> =>
      db.workspace(workspace, async (trx) => {
        const before = await holdWebhook(trx, workspace, id)
        if (!before) return undefined
        if (Object.keys(to).length > 0)
          await trx
            .updateTable('webhooks')
            .set(to)
            .where('workspace_id', '=', workspace)
            .where('id', '=', before.id)
            .execute()
        if (paused === true && before.paused_at === null) await pause(trx, before, 'person', now)
        if (paused === false && before.paused_at !== null) await resume(trx, before, now)
        return oneWebhook(trx, workspace, id)
      }),

    /** False: it was not there. */
    remove: (workspace: string, id: string): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const gone = await trx
          .deleteFrom('webhooks')
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .executeTakeFirst()
        return gone.numDeletedRows === 1n
      }),

    ...deliveryStore(db),
  }
}
