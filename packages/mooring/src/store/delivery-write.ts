/** What becomes of deliveries, written: one statement for each, or for many of one workspace, under the lease of whoever writes. */
import { CompiledQuery } from 'kysely'
import { jsonText, type Statement, type Trx } from './database.ts'
import type { AttemptRow, DeliveryRow } from './delivery-work.ts'
import { EVENT_COLUMNS, EVENT_PARTS, eventJson, type NewEvent } from './events.ts'

const CHANGED = [
  ...([
    'state',
    'progress',
    'tries',
    'looks',
    'released',
    'due_at',
    'published_at',
    'external_id',
    'permalink',
  ] as const),
  ...(['warning', 'fault_class', 'fault_code', 'fault_message'] as const),
] as const
const ENDED = ['status', 'provider_code', 'message', 'excerpt'] as const

/** What is written of a delivery; `dueAt` null: it is not looked at again by itself. */
export interface Change {
  /** What is not named stays as it is. */
  set: Partial<Pick<DeliveryRow, (typeof CHANGED)[number]>>
  dueAt?: Date | null | undefined
  attempt?: Pick<AttemptRow, 'id' | 'outcome'> & Partial<Pick<AttemptRow, (typeof ENDED)[number]>>
  /** A new attempt, before its request leaves. */
  begin?: { id: string; part: string }
  step?: { id: string; name: string; status: number | null; message: string | null }
  event?: NewEvent
}

export interface Asked {
  workspace: string
  delivery: string
  /** Undefined: who asks holds the row otherwise. */
  lease: string | undefined
  now: Date
  change: Change
}

const named = (columns: readonly string[]) => columns.join(', ')
const patched = (columns: readonly string[], row: string, patch: string) =>
  `(${named(columns)}) = (select ${named(columns)} from jsonb_populate_record(${row}, ${patch}))`

/** Parts that only some changes need: what is not needed is not in the statement, since even an empty part costs. */
const PARTS = {
  attempt: `ended as (
    update mooring.delivery_attempts t
    set ended_at = m.now, outcome = m.change->'attempt'->>'outcome', ${patched(ENDED, 't', "m.change->'attempt'")}
    from mine m where t.workspace_id = $1::uuid and t.id = m.attempt_id
  )`,
  begin: `begun as (
    insert into mooring.delivery_attempts (workspace_id, id, delivery_id, number, part, started_at, outcome)
    select $1::uuid, (m.change->'begin'->>'id')::uuid, m.delivery_id,
           coalesce((select max(number) from mooring.delivery_attempts o
                     where o.workspace_id = $1::uuid and o.delivery_id = m.delivery_id), 0) + 1,
           m.change->'begin'->>'part', m.now, 'sending'
    from mine m where m.change ? 'begin'
  )`,
  step: `stepped as (
    insert into mooring.delivery_steps (workspace_id, id, delivery_id, at, name, status, message)
    select $1::uuid, x.id, m.delivery_id, m.now, x.name, x.status, x.message
    from mine m, jsonb_to_record(m.change->'step') as x(id uuid, name text, status integer, message text)
    where m.change ? 'step'
  )`,
  dueAt: `settled as (
    delete from mooring.deliveries_due w using mine m
    where w.workspace_id = $1::uuid and w.delivery_id = m.delivery_id and m.change->'dueAt' = 'null'::jsonb
  ), again as (
    insert into mooring.deliveries_due (workspace_id, delivery_id, due_at, lane)
    select $1::uuid, id, (change->>'dueAt')::timestamptz, provider from changed where change->>'dueAt' is not null
    on conflict (workspace_id, delivery_id)
    do update set due_at = excluded.due_at, lease_id = null, lease_until = null
  )`,
  event: `given as materialized (
    select $1::uuid as workspace_id, c.connection_id, x.*
    from changed c, jsonb_to_record(c.change->'event') as ${EVENT_COLUMNS} where c.change ? 'event'
  ), ${EVENT_PARTS}`,
} as const
const NAMES = Object.keys(PARTS) as (keyof typeof PARTS)[]

/**
 * The row of what is due is held first, in the order of ids: whoever holds more than one does so, and nobody waits for each
 * other. Where the lease is another's nothing else is touched. Posts are held in their order, too. Ids are taken out of the
 * JSON in a part of their own: under row-level security an index is not asked for what a cast makes.
 */
const textOf = (parts: readonly (keyof typeof PARTS)[]): string => `with asked as materialized (
    select * from unnest($2::uuid[], $3::uuid[], $4::jsonb[]) as x(delivery_id, lease, change)
  ), held as materialized (
    select w.delivery_id, w.lease_id from mooring.deliveries_due w join asked x on x.delivery_id = w.delivery_id
    where w.workspace_id = $1::uuid and w.lease_id = x.lease
    order by w.delivery_id for update of w
  ), mine as materialized (
    select x.delivery_id, x.lease, x.change, (x.change->>'now')::timestamptz as now,
           (x.change->'attempt'->>'id')::uuid as attempt_id from asked x
    where x.lease is null or (x.delivery_id, x.lease) in (select delivery_id, lease_id from held)
  ), changed as (
    update mooring.deliveries d set updated_at = m.now, ${patched(CHANGED, 'd', "m.change->'set'")}
    from mine m where d.workspace_id = $1::uuid and d.id = m.delivery_id
    returning d.id, m.lease, d.post_id, d.connection_id, d.provider, m.now, m.change
  ), posts as materialized (
    select p.id from mooring.posts p where p.workspace_id = $1::uuid and p.id in (select post_id from changed)
    order by p.id for no key update
  ), touched as (
    update mooring.posts p set updated_at = clock_timestamp() from changed c, posts h
    where p.workspace_id = $1::uuid and p.id = h.id and c.post_id = h.id
  )${parts.map((part) => `, ${PARTS[part]}`).join('')}
  select id, lease from changed`

/** Answers with the ids of what was written, each with the lease under which it was: one process may have held two, one after the other. A plan for each choice of parts is kept by every connection: there are few. */
export function writing(workspace: string, asked: readonly Omit<Asked, 'workspace'>[]): Statement {
  const parts = NAMES.filter((part) => asked.some(({ change }) => change[part] !== undefined))
  const changes = asked.map(({ delivery, now, change: { event, ...change } }) =>
    jsonText({ ...change, now, ...(event ? { event: eventJson({ ...event, delivery_id: delivery }) } : {}) }),
  )
  return {
    workspace,
    name: ['delivery-write', ...parts].join(' '),
    text: textOf(parts),
    values: [workspace, asked.map((one) => one.delivery), asked.map((one) => one.lease ?? null), changes],
  }
}

/** For what is written without a lease, within the transaction that holds the row. */
export async function apply(trx: Trx, workspace: string, delivery: string, now: Date, change: Change): Promise<void> {
  const { text, values } = writing(workspace, [{ delivery, lease: undefined, now, change }])
  await trx.executeQuery(CompiledQuery.raw(text, values))
}
