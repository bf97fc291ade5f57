/** What happened, kept for ever: the server's role may add and read, and nothing else. */
import { CompiledQuery, type Selectable, sql } from 'kysely'
import { type Db, jsonText, requireUuid, type Trx } from './database.ts'
import type { EventTable } from './schema.ts'
import { HOOK_PARTS, isRoutine, toldAs } from './webhook-outbox.ts'

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

/** An event as it goes into a statement that has `EVENT_PARTS`. */
export const eventJson = (event: NewEvent) => ({
  ...event,
  told: toldAs(event.type),
  routine: isRoutine(event.type),
  notified: NOTIFIED.some((kind) => kind === event.type),
})

/** How a statement takes an event out of the JSON that `eventJson` made: the columns that `given` has beside the first two. */
export const EVENT_COLUMNS = `x(id uuid, delivery_id uuid, at timestamptz, type text, actor text, message text,
  told text, routine boolean, notified boolean)`

/**
 * The parts of a statement that write events and who is told of them, from its part `given` (workspace_id, connection_id and
 * `EVENT_COLUMNS`): in the statement of what they tell, so that neither is there without the other.
 */
export const EVENT_PARTS = `
  happened as (
    insert into mooring.events (workspace_id, connection_id, id, delivery_id, at, type, actor, message)
    select workspace_id, connection_id, id, delivery_id, at, type, actor, message from given
  ), ${HOOK_PARTS}, lettered as (
    insert into mooring.letters_due (workspace_id, event_id, due_at)
    select workspace_id, id, at + interval '${GATHERED_MS} ms' from given where notified
  )`

const ADD = `with given as materialized (
  select $1::uuid as workspace_id, $2::uuid as connection_id, x.* from jsonb_to_record($3::jsonb) as ${EVENT_COLUMNS}
), ${EVENT_PARTS} select`

/** In the transaction of what it tells. */
export async function addEvent(trx: Trx, workspace: string, connection: string | null, event: NewEvent): Promise<void> {
  await trx.executeQuery(CompiledQuery.raw(ADD, [workspace, connection, jsonText(eventJson(event))]))
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
