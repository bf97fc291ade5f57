/** Reads of live tokens with a thousand connections stored and with a million: the same number of them asked for, then any of all. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { createRuntime } from '../packages/mooring/src/runtime.ts'
import { createKeyRing, generateKey } from '../packages/mooring/src/vault/keyring.ts'
import { createVault } from '../packages/mooring/src/vault/vault.ts'
import type { MooringSettings } from './servers/mooring.ts'
import { type Child, startChild } from './support/child.ts'
import { benchKey } from './support/key.ts'
import { finish, median, options, rounded, spread, table } from './support/report.ts'
import { createSized, type Sized } from './support/size.ts'
import { startSizedCluster } from './support/size-cluster.ts'

const defaults = { rounds: 15, seconds: 2, few: 1000, most: 1_000_000, clients: 16, memory: 1024, pool: 10 }
const { rounds, seconds, few, most, clients, memory, pool, check } = options(defaults)
const WARM_UP = 25_000
const LIST = 10
const MOST_TIMES = 1.3

interface Side {
  name: string
  child: Child
  key: string
  /** What is asked for; made anew for each round where it is any of all. */
  ids(): Promise<string[]>
}

interface Round {
  perSecond: number
  p50: number
  p99: number
}

const vaultKeys = generateKey()
const vault = createVault(createKeyRing(vaultKeys))
const cluster = await startSizedCluster(memory)
const stored = { few: await create(few), most: await create(most) }
await cluster.ready()

const servers = { few: await serve(stored.few), most: await serve(stored.most) }
const same = await pick(stored.most, few)
const sides: Side[] = [
  { name: `${said(few)} stored, all of them`, ...servers.few, ids: async () => repeated(await pick(stored.few, few)) },
  { name: `${said(most)} stored, ${said(few)} of them`, ...servers.most, ids: async () => repeated(same) },
  { name: `${said(most)} stored, any of them`, ...servers.most, ids: () => pick(stored.most, LIST * few) },
]
for (const side of sides) await load(side, { amount: WARM_UP })

const results = sides.map(() => [] as Round[])
const missed: number[][] = sides.map(() => [])
for (let round = 0; round < rounds; round += 1) {
  // Whoever goes first in one round goes last in the next: what the machine does meanwhile falls on all.
  const turn = [...sides.entries()]
  for (const [at, side] of round % 2 === 0 ? turn : turn.toReversed()) {
    const sized = at === 0 ? stored.few : stored.most
    const before = await blocks(sized)
    results[at]?.push(await load(side, { duration: seconds }))
    const after = await blocks(sized)
    missed[at]?.push((100 * (after.read - before.read)) / (after.read - before.read + after.hit - before.hit))
  }
}
const bytes = await Promise.all(Object.values(stored).map(bytesOf))
for (const { child } of Object.values(servers)) await child.stop()
for (const one of Object.values(stored)) await one.close()
await cluster.stop()

const times = sides.map((_, at) =>
  median((results[0] ?? []).map((one, round) => one.perSecond / (results[at]?.[round]?.perSecond ?? Number.NaN))),
)
table(
  [`reads, ${clients} clients, ${rounds} rounds`, 'a second', 'p50 / p99 ms', 'times slower', 'pages not in memory, %'],
  sides.map(({ name }, at) => {
    const some = results[at] ?? []
    return [
      name,
      spread(some.map((one) => one.perSecond)),
      `${median(some.map((one) => one.p50))} / ${median(some.map((one) => one.p99))}`,
      rounded(times[at] ?? Number.NaN),
      rounded(median(missed[at] ?? [])),
    ]
  }),
)
table(
  [`PostgreSQL's own memory: ${memory} MB`, 'connections, MB', 'key index, MB'],
  bytes.map(({ rows, table: heap, index }) => [`${said(rows)} stored`, rounded(heap / 1e6), rounded(index / 1e6)]),
)
finish(
  'token-size',
  check,
  [
    {
      what: `times slower with ${most} stored than with ${few}`,
      bound: { most: MOST_TIMES },
      value: times[1] ?? Number.NaN,
    },
  ],
  {
    seconds,
    clients,
    pool,
    memory,
    postgres: cluster.version,
    sides: sides.map((one) => one.name),
    results,
    times,
    missed,
    bytes,
  },
)

/** The load generator has lists of one length: a longer one would cost it more. */
function repeated(ids: readonly string[]): string[] {
  return Array.from({ length: LIST }, () => ids).flat()
}

function said(rows: number): string {
  return rows.toLocaleString('en')
}

function create(rows: number): Promise<Sized> {
  const seal = (workspace: string, record: string, field: string) =>
    vault.seal(randomBytes(300).toString('base64url'), { workspace, record, field })
  const values = (workspace: string, id: string) =>
    [seal(workspace, id, 'access_token'), seal(workspace, id, 'refresh_token')] as const
  return createSized(cluster, rows, values, false)
}

/** The key is one of the database's: hashed and looked up, as in real use. */
async function serve({ admin, store }: Sized): Promise<{ child: Child; key: string }> {
  const { id } = await store.workspaces.ensureFirst('', 'Bench')
  const { key } = await benchKey(createRuntime(), store, id, 'tokens:read')
  const env = {
    MOORING_BASE_URL: 'http://localhost:8003',
    PORT: '0',
    MOORING_DATABASE_POOL: String(pool),
    LINKEDIN_CLIENT_ID: 'bench',
    LINKEDIN_CLIENT_SECRET: 'bench',
  }
  const settings: MooringSettings = { admin, vaultKeys, env, measure: false }
  return { child: await startChild(join(import.meta.dirname, 'servers/mooring.ts'), settings), key }
}

async function load(side: Side, until: { duration: number } | { amount: number }): Promise<Round> {
  const ids = await side.ids()
  const headers = { authorization: `Bearer ${side.key}` }
  let next = 0
  const result = await autocannon({
    url: side.child.url,
    connections: clients,
    ...until,
    // Each client walks its own part, built before it is sent.
    setupClient: (client) => {
      const from = Math.floor((next++ * ids.length) / clients)
      const mine = ids.slice(from, from + Math.floor(ids.length / clients))
      client.setRequests(mine.map((id) => ({ method: 'GET', path: `/api/v1/connections/${id}/token`, headers })))
    },
  })
  const good = result['2xx']
  if (result.non2xx > 0 || result.errors > 0 || good === 0)
    throw new Error(`${result.non2xx} answers were not 2xx, ${result.errors} requests failed`)
  return { perSecond: good / result.duration, p50: result.latency.p50, p99: result.latency.p99 }
}

async function pick({ query, rows }: Sized, count: number): Promise<string[]> {
  const found = await query<{ id: string }>(
    `select connection_id as id from bench.ranks where rank = any(
       array(select distinct (random() * $2::int)::int from generate_series(1, $1::int * 5 / 4))) order by random() limit $1`,
    [count, rows - 1],
  )
  if (found.length === count) return found.map((one) => one.id)
  const all = await query<{ id: string }>('select connection_id as id from bench.ranks order by random() limit $1', [
    count,
  ])
  return all.map((one) => one.id)
}

/** Pages that a read found in PostgreSQL's memory, and those that it had to ask the system for. */
async function blocks({ query }: Sized): Promise<{ hit: number; read: number }> {
  const [row] = await query<{ hit: string; read: string }>(
    `select heap_blks_hit + idx_blks_hit + coalesce(toast_blks_hit, 0) as hit,
            heap_blks_read + idx_blks_read + coalesce(toast_blks_read, 0) as read
     from pg_statio_user_tables where schemaname = 'mooring' and relname = 'connections'`,
  )
  return { hit: Number(row?.hit), read: Number(row?.read) }
}

async function bytesOf({ query, rows }: Sized) {
  const [row] = await query<{ heap: string; index: string }>(
    `select pg_table_size('mooring.connections') as heap, pg_relation_size('mooring.connections_pkey') as index`,
  )
  return { rows, table: Number(row?.heap), index: Number(row?.index) }
}
