/** An endpoint, and the pauses in which nothing is sent there. */
import { type Selectable, sql } from 'kysely'
import { requireUuid, type Trx } from './database.ts'
import type { WebhookPause, WebhookTable } from './schema.ts'

export type WebhookRow = Selectable<WebhookTable>

export const oneWebhook = (trx: Trx, workspace: string, id: string): Promise<WebhookRow | undefined> =>
  trx
    .selectFrom('webhooks')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', requireUuid(id))
    .executeTakeFirst()

/** First of all that a transaction holds of an endpoint: two that pause and settle at once would wait for each other. */
export const holdWebhook = (trx: Trx, workspace: string, id: string): Promise<WebhookRow | undefined> =>
  trx
    .selectFrom('webhooks')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', requireUuid(id))
    .forUpdate()
    .executeTakeFirst()

/** What waited is held from now on. */
export async function pause(trx: Trx, row: WebhookRow, why: WebhookPause, at: Date): Promise<void> {
  const { workspace_id: workspace, id } = row
  await trx
    .updateTable('webhooks')
    .set({ paused_at: at, paused_why: why })
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .execute()
  await trx
    .updateTable('webhook_deliveries')
    .set({ state: 'held' })
    .where('workspace_id', '=', workspace)
    .where('webhook_id', '=', id)
    .where('state', '=', 'waiting')
    .execute()
  await trx.deleteFrom('webhooks_due').where('workspace_id', '=', workspace).where('webhook_id', '=', id).execute()
}

/** What was held goes out. */
export async function resume(trx: Trx, { workspace_id: workspace, id }: WebhookRow, now: Date): Promise<void> {
  await trx
    .updateTable('webhooks')
    .set({ paused_at: null, paused_why: null, failing_since: null })
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .execute()
  await sql`
    with freed as (
      update mooring.webhook_deliveries set state = 'waiting', tries = 0
      where workspace_id = ${workspace} and webhook_id = ${id} and state = 'held'
      returning workspace_id, id, webhook_id)
    insert into mooring.webhooks_due (workspace_id, delivery_id, webhook_id, due_at)
    select workspace_id, id, webhook_id, ${now} from freed`.execute(trx)
}
