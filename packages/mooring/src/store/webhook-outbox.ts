/** From an event to the endpoints that are told of it: written with the event, taken over all workspaces. */
import { sql } from 'kysely'
import type { Db } from './database.ts'

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

export const toldAs = (type: string): WebhookType | null =>
  (TOLD as Record<string, WebhookType | undefined>)[type] ?? null
export const isRoutine = (type: string): boolean => toldAs(type) === ROUTINE

/** Parts of the statement that writes the events of `given` (see events.ts). For an endpoint that is paused it is held. */
export const HOOK_PARTS = `hooked as (
    insert into mooring.webhook_deliveries (workspace_id, id, webhook_id, event_id, type, state, created_at)
    select h.workspace_id, gen_random_uuid(), h.id, e.id, e.told,
           case when h.paused_at is null then 'waiting' else 'held' end, e.at
    from given e join mooring.webhooks h on h.workspace_id = e.workspace_id
      and case when h.events is null then not e.routine else e.told = any(h.events) end
    where e.told is not null
    returning workspace_id, id, webhook_id, state, created_at
  ), hooks_due as (
    insert into mooring.webhooks_due (workspace_id, delivery_id, webhook_id, due_at)
    select workspace_id, id, webhook_id, created_at from hooked where state = 'waiting'
  )`

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
