/** What happened, kept for ever: the server's role may add and read, and nothing else. */
import { type Selectable, sql } from 'kysely'
import { type Db, requireUuid, type Trx } from './database.ts'
import type { EventTable } from './schema.ts'
import { toWebhooks } from './webhook-outbox.ts'

export type EventRow = Selectable<EventTable>

/** What a letter may tell of; who wants which is asked when it is written. */
export const NOTIFIED = [
  'connection.reauthorize',
  'connection.expiring',
  'delivery.failed',
  'delivery.unknown',
  'delivery.missed',
  'connection.disconnected',
  'connection.connected',
  'webhook.paused',
] as const
/** What happens within a minute comes in one letter. */
const GATHERED_MS = 60_000

export type NewEvent = Omit<EventRow, 'workspace_id' | 'connection_id' | 'delivery_id'> & { delivery_id?: string }

/** Written in the transaction of what it tells, so that neither is there without the other. */
export async function addEvent(trx: Trx, workspace: string, connection: string | null, event: NewEvent): Promise<void> {
  await trx
    .insertInto('events')
    .values({ workspace_id: workspace, connection_id: connection, ...event })
    .execute()
  await toWebhooks(trx, workspace, event)
  if (!NOTIFIED.some((kind) => kind === event.type)) return
  await trx
    .insertInto('letters_due')
    .values({ workspace_id: workspace, event_id: event.id, due_at: new Date(event.at.getTime() + GATHERED_MS) })
    .execute()
}

export function eventStore(db: Db) {
  return {
    /** All of a workspace, the oldest first. */
    all: (workspace: string, after: { at: Date; id: string } | undefined, limit: number): Promise<EventRow[]> =>
      db.workspace(workspace, (trx) => {
        let query = trx.selectFrom('events').selectAll().where('workspace_id', '=', workspace)
        if (after) query = query.where(sql<boolean>`(at, id) > (${after.at}, ${after.id})`)
        return query.orderBy('at').orderBy('id').limit(limit).execute()
      }),

    /** Newest first. */
    page: (
      workspace: string,
      connection: string,
      after: { at: Date; id: string } | undefined,
      limit: number,
    ): Promise<EventRow[]> =>
      db.workspace(workspace, (trx) => {
        let query = trx
          .selectFrom('events')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('connection_id', '=', requireUuid(connection))
        if (after) query = query.where(sql<boolean>`(at, id) < (${after.at}, ${after.id})`)
        return query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
      }),
  }
}
