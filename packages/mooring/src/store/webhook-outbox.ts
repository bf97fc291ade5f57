/** From an event to the endpoints that are told of it: written with the event, taken over all workspaces. */
import { sql } from 'kysely'
import type { Db, Trx } from './database.ts'

/** What is told outside, by the names of the outside. What is not here (a host's business it is not) is told to nobody. */
export const TOLD = {
  'connection.connected': 'connection.connected',
  'connection.updated': 'connection.updated',
  'connection.imported': 'connection.imported',
  'connection.expiring': 'connection.expiring',
  'connection.failing': 'connection.failing',
  'connection.misconfigured': 'connection.misconfigured',
  'connection.reauthorize': 'connection.needs_reauthorization',
  'connection.disconnected': 'connection.disconnected',
  'connection.erased': 'connection.erased',
  'connection.refreshed': 'connection.refreshed',
  'delivery.published': 'delivery.published',
  'delivery.failed': 'delivery.failed',
  'delivery.unknown': 'delivery.unknown',
  'delivery.missed': 'delivery.missed',
  'delivery.waiting': 'delivery.waiting',
  'delivery.removed': 'delivery.removed',
} as const
export type WebhookType = (typeof TOLD)[keyof typeof TOLD]
export const WEBHOOK_TYPES = Object.values(TOLD)

/** It happens all the time: told only to who asks for it by name. */
const ROUTINE: WebhookType = 'connection.refreshed'

/** In the transaction of the event. For an endpoint that is paused it is held. */
export async function toWebhooks(
  trx: Trx,
  workspace: string,
  event: { id: string; at: Date; type: string },
): Promise<void> {
  const type = (TOLD as Record<string, WebhookType | undefined>)[event.type]
  if (type === undefined) return
  await sql`
    with made as (
      insert into mooring.webhook_deliveries (workspace_id, id, webhook_id, event_id, type, state, created_at)
      select workspace_id, gen_random_uuid(), id, ${event.id}, ${type},
             case when paused_at is null then 'waiting' else 'held' end, ${event.at}
      from mooring.webhooks
      where workspace_id = ${workspace}
        and case when events is null then ${type !== ROUTINE} else ${type} = any(events) end
      returning workspace_id, id, webhook_id, state
    )
    insert into mooring.webhooks_due (workspace_id, delivery_id, webhook_id, due_at)
    select workspace_id, id, webhook_id, ${event.at} from made where state = 'waiting'`.execute(trx)
}

export interface WebhookDue {
  workspace_id: string
  delivery_id: string
  /** How often it was tried, with this time. */
  tries: number
}

/** Among so many due ones the endpoints take turns. */
const WINDOW = 5000

export function webhookOutbox(db: Db) {
  return {
    /** What is due, the oldest of each endpoint and of at most `most` endpoints. It comes again at `again` unless it is settled until then. */
    take: (now: Date, again: Date, most: number): Promise<WebhookDue[]> =>
      db.instance(async (trx) => {
        const { rows } = await sql<WebhookDue>`
          with due as (
            select workspace_id, delivery_id, webhook_id, due_at from mooring.webhooks_due
            where due_at <= ${now} order by due_at limit ${WINDOW}
          ), firsts as (
            select distinct on (workspace_id, webhook_id) workspace_id, delivery_id, due_at from due
            order by workspace_id, webhook_id, due_at, delivery_id
          ), mine as (
            select d.workspace_id, d.delivery_id from mooring.webhooks_due d
            join firsts f on f.workspace_id = d.workspace_id and f.delivery_id = d.delivery_id
            where d.due_at <= ${now} order by d.due_at limit ${most} for update of d skip locked
          )
          update mooring.webhooks_due d set due_at = ${again}, tries = d.tries + 1 from mine m
          where d.workspace_id = m.workspace_id and d.delivery_id = m.delivery_id
          returning d.workspace_id, d.delivery_id, d.tries`.execute(trx)
        return rows
      }),
  }
}
