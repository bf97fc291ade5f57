/** Everything that one delivery is done with, for many at once, by whoever holds their leases. */
import type { AccountRow } from './accounts.ts'
import type { ConnectionRow } from './connections.ts'
import { type Db, requireUuid } from './database.ts'
import type { AttemptRow, DeliveryRow } from './delivery-work.ts'
import { type MediaRow, mediaIn, mediaOf } from './media-read.ts'
import type { MissedPolicy } from './schema-posts.ts'
import { shared } from './shared.ts'

/** As whom it goes out. */
export type ActingAccount = Pick<
  AccountRow,
  'workspace_id' | 'id' | 'connection_id' | 'kind' | 'subject' | 'label' | 'handle' | 'traits'
>
export type ActingConnection = Pick<ConnectionRow, 'id' | 'registration' | 'granted_scopes'>

export interface LastAttempt extends Pick<AttemptRow, 'id' | 'part' | 'outcome'> {
  /** By the database's clock, whatever the clocks of those who made and loaded it say. */
  ageMs: number
  /** Of the oldest of this part of which nobody knows what became of it. */
  doubtMs: number | null
}

export interface Work {
  delivery: DeliveryRow
  /** Undefined: it was taken away, or its connection with it. */
  account: ActingAccount | undefined
  connection: ActingConnection | undefined
  media: MediaRow[]
  /** The newest. */
  attempt: LastAttempt | undefined
  missed: { policy: MissedPolicy; afterMinutes: number }
}

type Found = DeliveryRow & {
  account: ActingAccount | null
  connection: ActingConnection | null
  attempt_id: string | null
  attempt_part: string
  attempt_age_ms: number
  attempt_doubt_ms: number | null
  attempt_outcome: AttemptRow['outcome']
  missed_policy: MissedPolicy
  missed_after_minutes: number
}

/**
 * One round trip and no transaction of its own, as a token's read (token-read.ts). Each part is lateral to the one before it:
 * every table is reached by its key, whatever its size was when the plan was made.
 */
const SQL = (asked: string) => `with w as materialized (select set_config('mooring.workspace', $1, true) as v)
select f.* from w cross join lateral (
  select d.*, a.account, c.connection, t.*, s.missed_policy, s.missed_after_minutes
  from ${asked} as asked(asked, lease)
  cross join lateral (
    select 1 from mooring.deliveries_due
    where workspace_id = $1::uuid and delivery_id = asked and lease_id = lease offset 0
  ) q
  cross join lateral (select * from mooring.deliveries where workspace_id = $1::uuid and id = asked offset 0) d
  cross join lateral (
    select missed_policy, missed_after_minutes from mooring.workspaces where id = $1::uuid offset 0
  ) s
  left join lateral (
    select connection_id as of, json_build_object('workspace_id', workspace_id, 'id', id, 'connection_id', connection_id,
      'kind', kind, 'subject', subject, 'label', label, 'handle', handle, 'traits', traits) as account
    from mooring.accounts where workspace_id = $1::uuid and id = d.account_id offset 0
  ) a on true
  left join lateral (
    select json_build_object('id', id, 'registration', registration, 'granted_scopes', granted_scopes) as connection
    from mooring.connections where workspace_id = $1::uuid and id = a.of offset 0
  ) c on true
  left join lateral (
    select id as attempt_id, part as attempt_part, outcome as attempt_outcome,
           (extract(epoch from clock_timestamp() - began_at) * 1000)::float8 as attempt_age_ms,
           (select (extract(epoch from clock_timestamp() - min(o.began_at)) * 1000)::float8
            from mooring.delivery_attempts o
            where o.workspace_id = $1::uuid and o.delivery_id = d.id and o.part = n.part and o.outcome = 'unknown'
           ) as attempt_doubt_ms
    from mooring.delivery_attempts n where workspace_id = $1::uuid and delivery_id = d.id order by number desc limit 1
  ) t on true
  where w.v is not null offset 0
) f`
const ONE = SQL('(values ($2::uuid, $3::uuid))')
const MANY = SQL('unnest($2::uuid[], $3::uuid[])')

/** So many a statement. */
const MOST = 64

/** Undefined: somebody else has it, or it is gone. */
export function deliveryLoader(db: Db): (workspace: string, id: string, lease: string) => Promise<Work | undefined> {
  const load = shared(MOST, async (workspace, asked: readonly { id: string; lease: string }[]) => {
    const [first] = asked
    const statement =
      first && asked.length === 1
        ? { name: 'delivery-load', text: ONE, values: [workspace, first.id, first.lease] }
        : {
            name: 'deliveries-load',
            text: MANY,
            values: [workspace, asked.map((one) => one.id), asked.map((one) => one.lease)],
          }
    const { rows } = await db.pool.query<Found>(statement)
    const found = new Map(rows.map((row) => [row.id, row]))
    return asked.map((one) => found.get(one.id))
  })
  return async (workspace, id, lease) => {
    const row = await load(requireUuid(workspace), { id: requireUuid(id).toLowerCase(), lease: requireUuid(lease) })
    if (!row) return undefined
    const files = mediaIn(row.content)
    return workOf(row, files.length === 0 ? [] : await db.workspace(workspace, (trx) => mediaOf(trx, workspace, files)))
  }
}

function workOf(row: Found, media: MediaRow[]): Work {
  const { account, connection, attempt_id, attempt_part, attempt_age_ms, ...others } = row
  const { attempt_doubt_ms, attempt_outcome, ...rest } = others
  const { missed_policy, missed_after_minutes, ...delivery } = rest
  return {
    delivery,
    account: account ?? undefined,
    connection: connection ?? undefined,
    media,
    attempt:
      attempt_id === null
        ? undefined
        : {
            ...{ id: attempt_id, part: attempt_part, outcome: attempt_outcome },
            ...{ ageMs: attempt_age_ms, doubtMs: attempt_doubt_ms },
          },
    missed: { policy: missed_policy, afterMinutes: missed_after_minutes },
  }
}
