/** What was told to each endpoint of a workspace. */
import { type Selectable, sql } from 'kysely'
import { type Db, requireUuid, type Trx } from './database.ts'
import type { DeliveryRow as PostDeliveryRow } from './delivery-work.ts'
import { addEvent, type NewEvent } from './events.ts'
import type { WebhookDeliveryTable, WebhookPause } from './schema.ts'
import { holdWebhook, oneWebhook, pause, type WebhookRow } from './webhook-pause.ts'

export type DeliveryRow = Selectable<WebhookDeliveryTable>
/** With when it is tried next. */
export type ShownDelivery = DeliveryRow & { due_at: Date | null }

/** Everything that a message is made of. */
export interface ToSend {
  delivery: DeliveryRow
  webhook: WebhookRow
  event: { id: string; at: Date; actor: string; message: string } | undefined
  connection: { id: string; provider: string; subject: string; label: string; handle: string | null } | undefined
  /** Of a post, where the event tells of one. As it is now. */
  posted: Posted | undefined
}
export type Posted = Pick<
  PostDeliveryRow,
  'id' | 'post_id' | 'account_id' | 'provider' | 'state' | 'permalink' | 'external_id' | 'fault_class' | 'fault_message'
>

/** What became of one try. */
export interface Tried {
  at: Date
  tries: number
  status: number | null
  fault: string | null
  /** When it is tried again; null: not any more. Left out where it arrived. */
  again?: Date | null
}

/** While one delivery of an endpoint fails, the others there wait for so long at least. */
const OTHERS_WAIT_MS = 60_000

export function deliveryStore(db: Db) {
  return {
    /** The newest first. */
    deliveries: (
      workspace: string,
      webhook: string,
      after: { at: Date; id: string } | undefined,
      limit: number,
    ): Promise<ShownDelivery[]> =>
      db.workspace(workspace, (trx) => {
        let query = shown(trx, workspace).where('d.webhook_id', '=', requireUuid(webhook))
        if (after) query = query.where(sql<boolean>`(d.created_at, d.id) < (${after.at}, ${after.id})`)
        return query.orderBy('d.created_at', 'desc').orderBy('d.id', 'desc').limit(limit).execute()
      }),

    /** A message that tells of no event; it is sent by whoever asks for it. False: there is no such endpoint. */
    addTest: (workspace: string, webhook: string, id: string, type: string, at: Date): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        if (!(await oneWebhook(trx, workspace, webhook))) return false
        await trx
          .insertInto('webhook_deliveries')
          .values({ workspace_id: workspace, id, webhook_id: webhook, type, state: 'failed', created_at: at })
          .execute()
        return true
      }),

    /** Sends it once more, from the first try on. Undefined: there is no such delivery. */
    replay: (workspace: string, webhook: string, id: string, now: Date): Promise<ShownDelivery | undefined> =>
      db.workspace(workspace, async (trx) => {
        if (!(await holdWebhook(trx, workspace, webhook))) return undefined
        const found = await trx
          .updateTable('webhook_deliveries')
          .set({ state: 'waiting', tries: 0 })
          .where('workspace_id', '=', workspace)
          .where('webhook_id', '=', requireUuid(webhook))
          .where('id', '=', requireUuid(id))
          .returning('id')
          .executeTakeFirst()
        if (!found) return undefined
        await trx
          .insertInto('webhooks_due')
          .values({ workspace_id: workspace, delivery_id: id, webhook_id: webhook, due_at: now })
          .onConflict((on) => on.columns(['workspace_id', 'delivery_id']).doUpdateSet({ due_at: now, tries: 0 }))
          .execute()
        return shown(trx, workspace).where('d.id', '=', id).executeTakeFirst()
      }),

    toSend: (workspace: string, delivery: string): Promise<ToSend | undefined> =>
      db.workspace(workspace, async (trx) => {
        const found = await trx
          .selectFrom('webhook_deliveries')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(delivery))
          .executeTakeFirst()
        const webhook = found && (await oneWebhook(trx, workspace, found.webhook_id))
        if (!found || !webhook) return undefined
        const event =
          found.event_id === null
            ? undefined
            : await trx
                .selectFrom('events')
                .select(['id', 'at', 'actor', 'message', 'connection_id', 'delivery_id'])
                .where('workspace_id', '=', workspace)
                .where('id', '=', found.event_id)
                .executeTakeFirst()
        const connection =
          event?.connection_id == null
            ? undefined
            : await trx
                .selectFrom('connections')
                .select(['id', 'provider', 'subject', 'label', 'handle'])
                .where('workspace_id', '=', workspace)
                .where('id', '=', event.connection_id)
                .executeTakeFirst()
        const posted =
          event?.delivery_id == null
            ? undefined
            : await trx
                .selectFrom('deliveries')
                .select([
                  ...(['id', 'post_id', 'account_id', 'provider', 'state', 'permalink'] as const),
                  ...(['external_id', 'fault_class', 'fault_message'] as const),
                ])
                .where('workspace_id', '=', workspace)
                .where('id', '=', event.delivery_id)
                .executeTakeFirst()
        return { delivery: found, webhook, event, connection, posted }
      }),

    /** Writes down one try. `pause`: nothing more goes there, and this is told of it. Answers with whether it was paused by it. */
    settle: (
      workspace: string,
      delivery: string,
      tried: Tried,
      pauses?: { why: Exclude<WebhookPause, 'person'>; unlessSince: Date | undefined; told: NewEvent },
    ): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const { at, tries, status, fault, again } = tried
        const arrived = again === undefined
        const row = await trx
          .selectFrom('webhook_deliveries')
          .select('webhook_id')
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(delivery))
          .executeTakeFirst()
        const before = row && (await holdWebhook(trx, workspace, row.webhook_id))
        if (!row || !before) return false
        await trx
          .updateTable('webhook_deliveries')
          .set({
            state: arrived ? 'delivered' : again === null ? 'failed' : 'waiting',
            tries,
            last_tried_at: at,
            last_status: status,
            last_fault: fault,
          })
          .where('workspace_id', '=', workspace)
          .where('id', '=', delivery)
          .execute()
        const due = { workspace, webhook: row.webhook_id }
        await (again ? putOff(trx, due, delivery, at, again) : drop(trx, workspace, delivery))
        const webhook = await trx
          .updateTable('webhooks')
          .set({ failing_since: arrived ? null : sql<Date>`coalesce(failing_since, ${at})` })
          .where('workspace_id', '=', workspace)
          .where('id', '=', row.webhook_id)
          .returningAll()
          .executeTakeFirst()
        if (!webhook || !pauses || webhook.paused_at !== null) return false
        const { why, unlessSince, told } = pauses
        // Something arrived there meanwhile.
        if (unlessSince && (webhook.failing_since ?? at) > unlessSince) return false
        await pause(trx, webhook, why, at)
        await addEvent(trx, workspace, null, told)
        return true
      }),

    /** Written for an endpoint that was paused in that moment: it waits for the end of the pause, too. */
    hold: (workspace: string, delivery: string): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('webhook_deliveries')
          .set({ state: 'held' })
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(delivery))
          .execute()
        await drop(trx, workspace, delivery)
      }),

    /** Drops what is settled and older. Returns how many. */
    expire: (workspace: string, before: Date): Promise<number> =>
      db.workspace(workspace, async (trx) => {
        const gone = await trx
          .deleteFrom('webhook_deliveries')
          .where('workspace_id', '=', workspace)
          .where('created_at', '<', before)
          .where('state', '<>', 'waiting')
          .executeTakeFirst()
        return Number(gone.numDeletedRows)
      }),
  }
}

const shown = (trx: Trx, workspace: string) =>
  trx
    .selectFrom('webhook_deliveries as d')
    .leftJoin('webhooks_due as w', (join) =>
      join.onRef('w.workspace_id', '=', 'd.workspace_id').onRef('w.delivery_id', '=', 'd.id'),
    )
    .selectAll('d')
    .select('w.due_at')
    .where('d.workspace_id', '=', workspace)

async function drop(trx: Trx, workspace: string, delivery: string): Promise<void> {
  await trx
    .deleteFrom('webhooks_due')
    .where('workspace_id', '=', workspace)
    .where('delivery_id', '=', delivery)
    .execute()
}

async function putOff(
  trx: Trx,
  { workspace, webhook }: { workspace: string; webhook: string },
  delivery: string,
  now: Date,
  again: Date,
): Promise<void> {
  const others = new Date(Math.min(again.getTime(), now.getTime() + OTHERS_WAIT_MS))
  await trx
    .updateTable('webhooks_due')
    .set({ due_at: sql<Date>`case when delivery_id = ${delivery} then ${again} else greatest(due_at, ${others}) end` })
    .where('workspace_id', '=', workspace)
    .where('webhook_id', '=', webhook)
    .execute()
}
