/** Databases with so many connections stored, written in SQL: everything that Mooring keeps for each, values as long as real ones. */
import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { prepareQueues, SCHEMA } from '../../packages/mooring/src/jobs/queue.ts'
import { silent } from '../../packages/mooring/src/runtime.ts'
import type { Admin } from '../../packages/mooring/src/store/carried/index.ts'
import type { Db } from '../../packages/mooring/src/store/database.ts'
import { openDatabase } from '../../packages/mooring/src/store/open.ts'
import { createStore, type Store } from '../../packages/mooring/src/store/store.ts'
import type { Cluster } from './cluster.ts'

export const PROVIDER = 'linkedin'
export const REGISTRATION = 'linkedin'
const BATCH = 50_000
/** Of what is due, so many hundredths belong to one workspace; the rest to 49 others. */
const BIG = 60
const SHARING = 49
/** Ranks from here on are never made due. */
export const MOST_DUE = 20_000
/** Has no common divisor with powers of ten: the order in which rows are written says nothing of their rank. */
const STRIDE = 7919

export interface Sized {
  rows: number
  admin: Admin
  /** As the server's role, under row-level security. */
  db: Db
  store: Store
  /** As the superuser. */
  query<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>
  /** Makes the first `count` ranks due, and nothing else; then vacuums and analyzes what that changed, unless told not to. */
  makeDue(count: number, tidy?: boolean): Promise<void>
  /** A reader with an open snapshot, as a long export has: nothing that dies meanwhile can be tidied. */
  holdSnapshot(): Promise<{ release(): Promise<void> }>
  close(): Promise<void>
}

/** `seal` gives a connection's two sealed values where they must open; else they are random text of the same length. */
export type Seal = (workspace: string, id: string) => readonly [access: string, refresh: string]

/** `many`: over many workspaces, as on an instance that serves a product; else all in the first. */
export async function createSized(cluster: Cluster, rows: number, seal?: Seal, many = true): Promise<Sized> {
  const database = `stored_${rows}_${randomBytes(3).toString('hex')}`
  await cluster.query(`create database ${database}`)
  const admin = { ...cluster.admin, database }
  const db = await openDatabase({ admin }, silent, { name: SCHEMA, prepare: prepareQueues })
  const client = new pg.Client(admin)
  client.on('error', () => {})
  await client.connect()
  const query = async <T extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
    (await client.query<T>(sql, values)).rows
  // What refers to a row is written beside it here: nothing is won by looking it up again for each.
  await query("set session_replication_role = 'replica'")
  await query('create schema bench')
  await query('create table bench.workspaces (at int primary key, id uuid not null)')
  await query(
    'create table bench.ranks (rank int primary key, workspace_id uuid not null, connection_id uuid not null)',
  )
  const first = (await createStore(db).workspaces.ensureFirst(randomUUID(), 'Bench')).id
  const workspaces = many ? Math.max(1 + SHARING, Math.round(rows / 100)) : 1
  await query('insert into bench.workspaces values (1, $1)', [first])
  await query('insert into bench.workspaces select n, gen_random_uuid() from generate_series(2, $1::int) n', [
    workspaces,
  ])
  await query(
    "insert into mooring.workspaces (id, name) select id, 'Workspace ' || at from bench.workspaces where at > 1",
  )
  for (let from = 0; from < rows; from += BATCH) {
    const to = Math.min(rows, from + BATCH) - 1
    await query(RANKS, [from, to, rows, workspaces])
    await writeConnections(query, [from, to, rows], seal)
    for (const sql of BESIDE) await query(sql, [from, to, rows])
  }
  await query("set session_replication_role = 'origin'")
  await query('vacuum analyze')
  return {
    rows,
    admin,
    db,
    store: createStore(db),
    query,
    async makeDue(count, tidy = true) {
      await query(DUE, [count])
      if (tidy) await query('vacuum analyze mooring.due_refreshes')
    },
    async holdSnapshot() {
      const reader = new pg.Client(admin)
      await reader.connect()
      await reader.query('begin isolation level repeatable read; select 1 from mooring.due_refreshes limit 1')
      return { release: () => reader.end() }
    },
    async close() {
      await client.end()
      await db.close()
    },
  }
}

const RANKS = `insert into bench.ranks
  select r, w.id, gen_random_uuid()
  from (select n, (n::bigint * ${STRIDE} % $3::int)::int as r from generate_series($1::int, $2::int) n) one
  join bench.workspaces w on w.at = case
    when $4::int = 1 then 1
    when r % 100 < ${BIG} and r < ${MOST_DUE} then 1
    when r < ${MOST_DUE} then 2 + r % ${SHARING}
    else 2 + r % ($4::int - 1) end
  order by n`

/** The ranks of one batch, in the order in which they are written. */
const ONE = `(select k.* from generate_series($1::int, $2::int) n
  join bench.ranks k on k.rank = n::bigint * ${STRIDE} % $3::int order by n) one`

const connections = (access: string, refresh: string, values: string) => `
  insert into mooring.connections (workspace_id, id, provider, registration, subject, label, handle, email, state,
    requested_scopes, granted_scopes, access_token, refresh_token, access_expires_at, refresh_expires_at,
    connected_by, connected_at)
  select workspace_id, connection_id, '${PROVIDER}', '${REGISTRATION}', 'person-' || rank, 'Person ' || rank,
    'person.' || rank, 'person.' || rank || '@example.com', 'connected', s, s, ${access}, ${refresh},
    now() + interval '8 days' + random() * interval '52 days', now() + interval '70 days' + random() * interval '290 days', 'Bench', now()
  from ${ONE} ${values} cross join (select array['openid', 'profile', 'email', 'w_member_social'] as s) scopes`

/** As long as a sealed token: version, key id, and 300 to 650 random bytes in base64url, which are 400 to 867 characters. */
const noise = `'v1.RPx6aC2g.' || translate(encode(substring(noise.b
  from (1 + floor(random() * 64000))::int for (300 + floor(random() * 350))::int), 'base64'), E'+/=\\n', '-_')`

const RANDOM = `with noise as materialized (select $4::bytea as b) ${connections(noise, noise, 'cross join noise')}`

const SEALED = connections(
  's.access',
  's.refresh',
  'join unnest($4::uuid[], $5::text[], $6::text[]) as s(id, access, refresh) on s.id = connection_id',
)

/** What stands beside each: when it is due, on which grant it rests, one account, and what happened. */
const BESIDE = [
  `insert into mooring.due_refreshes
    select workspace_id, connection_id, '${REGISTRATION}', now() + interval '2 days' + random() * interval '51 days' from ${ONE}`,
  `insert into mooring.grant_holders
    select sha256(convert_to('person-' || rank, 'utf8')), workspace_id, connection_id from ${ONE}`,
  `insert into mooring.accounts (workspace_id, id, connection_id, provider, kind, subject, label, note, added_at)
    select workspace_id, gen_random_uuid(), connection_id, '${PROVIDER}', 'person', 'urn:li:person:' || rank,
      'Person ' || rank, 'Your own profile', now() from ${ONE}`,
  `insert into mooring.events (workspace_id, id, at, type, actor, message, connection_id)
    select workspace_id, gen_random_uuid(), now(), 'connection.connected', 'Bench',
      'Connected with LinkedIn as Person ' || rank || '.', connection_id from ${ONE}`,
]

/** Connections and their times agree: what is due ends within its margin of 7 days. */
const DUE = `with late as (
    update mooring.due_refreshes d
    set due_at = case when k.rank < $1::int then now() - (1 + k.rank % 300) * interval '1 second' else now() + interval '3 days' end
    from bench.ranks k
    where k.rank < ${MOST_DUE} and d.workspace_id = k.workspace_id and d.connection_id = k.connection_id
      and (k.rank < $1::int or d.due_at < now() + interval '1 day')
    returning d.workspace_id, d.connection_id, d.due_at
  )
  update mooring.connections c
  set access_expires_at = late.due_at + interval '6 days', last_refreshed_at = now() - interval '54 days' from late
  where c.workspace_id = late.workspace_id and c.id = late.connection_id
    and (c.access_expires_at < now() + interval '7 days') <> (late.due_at < now())`

async function writeConnections(query: Sized['query'], span: readonly number[], seal: Seal | undefined) {
  if (!seal) return query(RANDOM, [...span, randomBytes(65_536)])
  const found = await query<{ workspace_id: string; connection_id: string }>(`select * from ${ONE}`, [...span])
  const values = found.map((one) => seal(one.workspace_id, one.connection_id))
  const ids = found.map((one) => one.connection_id)
  return query(SEALED, [...span, ids, values.map(([one]) => one), values.map(([, two]) => two)])
}
