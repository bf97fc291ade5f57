/** Reads of live tokens: Mooring beside a hand-written route, the same database under both. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { createRuntime, silent } from '../packages/mooring/src/runtime.ts'
import { openDatabase } from '../packages/mooring/src/store/open.ts'
import { createStore } from '../packages/mooring/src/store/store.ts'
import { createKeyRing, generateKey } from '../packages/mooring/src/vault/keyring.ts'
import { createVault } from '../packages/mooring/src/vault/vault.ts'
import type { BareSettings } from './servers/bare.ts'
import type { MooringSettings } from './servers/mooring.ts'
import { type Child, startChild } from './support/child.ts'
import { type Cluster, startCluster } from './support/cluster.ts'
import { benchKey } from './support/key.ts'
import { finish, median, options, quantile, rounded, spread, table } from './support/report.ts'
import { tapWire } from './support/wire.ts'

const { rounds, seconds, connections, check, pool } = options({ rounds: 15, seconds: 1, connections: 1000, pool: 10 })
const LEVELS = [1, 16, 64]
const LEAST_RATIO = 0.6
const WARM_UP = 25_000
const DAY = 86_400_000

const program = (name: string) => join(import.meta.dirname, 'servers', name)
const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []

interface Round {
  clients: number
  perSecond: number
  p50: number
  p99: number
  /** Processor time of the server's process alone, in µs a request: what the load generator and PostgreSQL take is not in it. */
  cpu: number
}

const cluster = await startCluster()
const { ids, key, mooringSettings, bareSettings } = await seed(cluster)
const headers = { authorization: `Bearer ${key}` }

const servers = {
  mooring: await startChild(program('mooring.ts'), mooringSettings, profile),
  bare: await startChild(program('bare.ts'), bareSettings),
}
type Name = keyof typeof servers
const names: Name[] = ['mooring', 'bare']
await sameAnswers()

const results: Record<Name, Round[]> = { mooring: [], bare: [] }
for (const name of names) await warm(servers[name])
for (let round = 0; round < rounds; round += 1) {
  for (const clients of LEVELS) {
    // Whoever goes first in one round goes second in the next: what the machine does meanwhile falls on both.
    for (const name of round % 2 === 0 ? names : names.toReversed())
      results[name].push(await load(servers[name], clients, seconds))
  }
}
await servers.mooring.stop()
await servers.bare.stop()

const proof = await prove()
await cluster.stop()

const at = (name: Name, clients: number) => results[name].filter((one) => one.clients === clients)
const levels = LEVELS.map((clients) => {
  const mooring = at('mooring', clients)
  const bare = at('bare', clients)
  const ratios = mooring.map((one, round) => one.perSecond / (bare[round]?.perSecond ?? Number.NaN))
  const best = quarter(mooring) / quarter(bare)
  return { clients, mooring, bare, ratios, ratio: median(ratios), best }
})
table(
  [
    'clients',
    'Mooring /s',
    'by hand /s',
    'ratio',
    'undisturbed',
    'Mooring p50 / p99 ms',
    'by hand p50 / p99 ms',
    'CPU µs',
    'by hand',
  ],
  levels.map(({ clients, mooring, bare, ratios, best }) => [
    clients,
    spread(mooring.map((one) => one.perSecond)),
    spread(bare.map((one) => one.perSecond)),
    spread(ratios),
    rounded(best),
    `${median(mooring.map((one) => one.p50))} / ${median(mooring.map((one) => one.p99))}`,
    `${median(bare.map((one) => one.p50))} / ${median(bare.map((one) => one.p99))}`,
    rounded(median(mooring.map((one) => one.cpu))),
    rounded(median(bare.map((one) => one.cpu))),
  ]),
)
table(['what reads cost the database', ''], Object.entries(proof))
finish(
  'token',
  check,
  [
    ...levels.map(({ clients, ratio }) => ({
      what: `ratio to the hand-written route, ${clients} clients`,
      bound: { least: LEAST_RATIO },
      value: ratio,
    })),
    { what: 'round trips a read', bound: { most: 1 }, value: proof['round trips for the reads'] / proof.reads },
    { what: 'BEGIN and COMMIT for reads', bound: { most: 0 }, value: proof['begin or commit for the reads'] },
    { what: 'bytes of WAL', bound: { most: 0 }, value: proof['bytes of WAL'] },
  ],
  { seconds, connections, pool, postgres: cluster.version, levels, proof },
)

/** What the best quarter of the rounds reached: other programs can only slow a round down. */
function quarter(some: readonly Round[]): number {
  return quantile(
    some.map((one) => one.perSecond),
    0.75,
  )
}

/** So many reads, not so many seconds: a busy machine would leave one of them with code that is not compiled yet. */
async function warm({ url }: Child): Promise<void> {
  await autocannon({ url, connections: 16, amount: WARM_UP, setupClient: (client) => client.setRequests(walk(16)) })
}

/** Each client walks a random choice of its own; built before it is sent, so that building is not measured. */
function walk(clients: number) {
  return someOf(ids, Math.max(100, connections / clients)).map(request)
}

async function load({ url, ask }: Child, clients: number, duration: number): Promise<Round> {
  const before = await ask<NodeJS.CpuUsage>('cpu')
  const result = await autocannon({
    url,
    connections: clients,
    duration,
    setupClient: (client) => client.setRequests(walk(clients)),
  })
  const after = await ask<NodeJS.CpuUsage>('cpu')
  const good = result['2xx']
  if (result.non2xx > 0 || result.errors > 0 || good === 0)
    throw new Error(`${result.non2xx} answers were not 2xx, ${result.errors} requests failed`)
  const cpu = (after.user + after.system - before.user - before.system) / good
  return { clients, perSecond: good / result.duration, p50: result.latency.p50, p99: result.latency.p99, cpu }
}

function request(id: string) {
  return { method: 'GET' as const, path: `/api/v1/connections/${id}/token`, headers }
}

function someOf<T>(all: readonly T[], count: number): T[] {
  const left = [...all]
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const [one] = left.splice(Math.floor(Math.random() * left.length), 1)
    return one as T
  })
}

/** Both must hand out the same tokens, or the race would be between two different things. */
async function sameAnswers(): Promise<void> {
  for (const id of someOf(ids, 20)) {
    const answers = await Promise.all(
      names.map((name) => fetch(`${servers[name].url}${request(id).path}`, { headers })),
    )
    const [one, other] = await Promise.all(answers.map((answer) => answer.json()))
    if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error('the two servers answer differently')
  }
}

/** What reads ask of the database, counted on the wire and by PostgreSQL itself, on a server of its own that is warm. */
async function prove() {
  const wire = await tapWire(cluster.admin)
  const server = await startChild(program('mooring.ts'), { ...mooringSettings, admin: wire.admin })
  const read = async (some: readonly string[]) => {
    for (const id of some) {
      const answer = await fetch(`${server.url}${request(id).path}`, { headers })
      if (!answer.ok) throw new Error(`a read answered ${answer.status}`)
      await answer.arrayBuffer()
    }
  }
  await read(ids)
  // What loading left behind (hint bits, pruning, statistics) is written now, not while it is counted.
  await cluster.query('vacuum analyze mooring.connections')
  await cluster.query('checkpoint')
  wire.statements()
  wire.roundTrips()
  wire.parses()
  const began = performance.now()
  const before = await position()
  await read(ids)
  const after = await position()
  const passed = (performance.now() - began) / 1000
  const [statements, trips, parses] = [wire.statements(), wire.roundTrips(), wire.parses()]
  await server.stop()
  await wire.stop()
  const reads = statements.filter((text) => text.includes('from mooring.connections')).length
  // The key is looked up anew every 5 seconds (BEGIN, set_config, select, COMMIT), whoever reads then.
  const lookups = statements.filter((text) => text.includes('"api_keys"')).length
  const commits = statements.filter((text) => /^(begin|commit|rollback)/i.test(text)).length
  return {
    reads: ids.length,
    'statements for the reads': reads,
    'round trips for the reads': trips - 4 * lookups,
    'begin or commit for the reads': commits - 2 * lookups,
    'statements parsed for the reads': parses - 2 * lookups,
    'look-ups of the key (4 round trips each, every 5 s)': lookups,
    'bytes of WAL': after - before,
    seconds: rounded(passed),
  }
}

async function position(): Promise<number> {
  const [row] = await cluster.query<{ at: string }>("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as at")
  return Number(row?.at)
}

/** A thousand connections and one API key, all by the code's own functions. */
async function seed({ admin, query }: Cluster) {
  const vaultKeys = generateKey()
  const ring = createKeyRing(vaultKeys)
  const vault = createVault(ring)
  const runtime = createRuntime()
  const db = await openDatabase({ admin }, silent)
  const store = createStore(db)
  const workspace = (await store.workspaces.ensureFirst(runtime.uuid(), 'Bench')).id
  const { key } = await benchKey(runtime, store, workspace, 'tokens:read')
  const now = runtime.now()
  const scopes = ['openid', 'profile', 'email', 'w_member_social', 'r_organization_social', 'w_organization_social']
  const ids: string[] = []
  for (let at = 0; at < connections; at += 1) {
    const found = { newId: runtime.uuid(), provider: 'linkedin', registration: 'linkedin', subject: `person-${at}` }
    const { id } = await store.connections.upsert(
      workspace,
      found,
      (record) => {
        const seal = (field: string) => vault.seal(randomBytes(300).toString('base64url'), { workspace, record, field })
        return {
          label: `Person ${at}`,
          handle: null,
          email: null,
          picture: null,
          requested_scopes: scopes,
          granted_scopes: scopes,
          access_token: seal('access_token'),
          refresh_token: seal('refresh_token'),
          access_expires_at: new Date(now + 60 * DAY),
          refresh_expires_at: new Date(now + 365 * DAY),
          connected_by: 'Bench',
          connected_at: new Date(now),
          dueAt: null,
          last_refreshed_at: null,
        }
      },
      () => ({
        id: runtime.uuid(),
        at: new Date(now),
        type: 'connection.connected',
        actor: 'Bench',
        message: 'Bench.',
      }),
    )
    ids.push(id)
  }
  await query('vacuum analyze')
  const { user, password, host, port, database } = db.pool.options
  await db.close()
  const env = {
    MOORING_BASE_URL: 'http://localhost:8003',
    PORT: '0',
    MOORING_DATABASE_POOL: String(pool),
    LINKEDIN_CLIENT_ID: 'bench',
    LINKEDIN_CLIENT_SECRET: 'bench',
  }
  const subkey = ring.subkey(ring.newest, workspace)?.export().toString('base64url') ?? ''
  const mooringSettings: MooringSettings = { admin, vaultKeys, env, measure: false }
  const bareSettings: BareSettings = {
    database: { user, password, host, port, database, max: pool } as BareSettings['database'],
    workspace,
    key: subkey,
  }
  return { ids, key, mooringSettings, bareSettings }
}
