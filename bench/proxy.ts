/** Requests through the proxy: Mooring beside a bare streaming reverse proxy in Node, the same platform behind both. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { createRuntime, silent } from '../packages/mooring/src/runtime.ts'
import { openDatabase } from '../packages/mooring/src/store/open.ts'
import { createStore } from '../packages/mooring/src/store/store.ts'
import { createKeyRing, generateKey } from '../packages/mooring/src/vault/keyring.ts'
import { createVault } from '../packages/mooring/src/vault/vault.ts'
import type { MooringSettings } from './servers/mooring.ts'
import type { BareProxySettings } from './servers/proxy-bare.ts'
import type { UpstreamSettings } from './servers/proxy-upstream.ts'
import { type Child, startChild } from './support/child.ts'
import { startCluster } from './support/cluster.ts'
import { benchKey } from './support/key.ts'
import { finish, median, options, rounded, spread, table } from './support/report.ts'

const { rounds, seconds, connections, check, pool } = options({ rounds: 9, seconds: 2, connections: 1000, pool: 10 })
const LEAST_RATIO = 0.7
const SMALL = 1024
const LARGE = 1024 * 1024
const DAY = 86_400_000
const ORIGIN = 'https://api.linkedin.com'

interface Load {
  name: string
  method: 'GET' | 'POST'
  path: string
  clients: number
  bytes: number
  warm: number
}
const LOADS: Load[] = [
  { name: '1 KB down', method: 'GET', path: '/v2/small', clients: 16, bytes: SMALL, warm: 25_000 },
  { name: '1 KB down', method: 'GET', path: '/v2/small', clients: 64, bytes: SMALL, warm: 0 },
  { name: '1 MB down', method: 'GET', path: '/v2/large', clients: 16, bytes: LARGE, warm: 1_000 },
  { name: '1 MB up', method: 'POST', path: '/v2/upload', clients: 16, bytes: LARGE, warm: 1_000 },
]
const upload = Buffer.alloc(LARGE, 'x')

interface Round {
  perSecond: number
  p50: number
  p99: number
  /** Processor time of the proxy's own process, in µs a request. */
  cpu: number
}

const program = (name: string) => join(import.meta.dirname, 'servers', name)
const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []

const cluster = await startCluster()
const upstream = await startChild(program('proxy-upstream.ts'), {
  smallBytes: SMALL,
  largeBytes: LARGE,
} satisfies UpstreamSettings)
const { ids, key, token, mooringSettings } = await seed()
const servers = {
  mooring: await startChild(program('mooring.ts'), mooringSettings, profile),
  bare: await startChild(program('proxy-bare.ts'), { upstream: upstream.url, token } satisfies BareProxySettings),
}
type Name = keyof typeof servers
const names: Name[] = ['mooring', 'bare']
await sameAnswers()

const results = LOADS.map(() => ({ mooring: [] as Round[], bare: [] as Round[] }))
for (const load of LOADS) for (const name of names) await warm(servers[name], load)
for (let round = 0; round < rounds; round += 1) {
  for (const [at, load] of LOADS.entries()) {
    // Whoever goes first in one round goes second in the next: what the machine does meanwhile falls on both.
    for (const name of round % 2 === 0 ? names : names.toReversed())
      results[at]?.[name].push(await run(servers[name], load))
  }
}
for (const child of [servers.mooring, servers.bare, upstream]) await child.stop()
await cluster.stop()

const levels = LOADS.map((load, at) => {
  const { mooring, bare } = results[at] ?? { mooring: [], bare: [] }
  const ratios = mooring.map((one, round) => one.perSecond / (bare[round]?.perSecond ?? Number.NaN))
  return { ...load, mooring, bare, ratios, ratio: median(ratios) }
})
table(
  ['load', 'clients', 'Mooring /s', 'bare /s', 'ratio', 'Mooring p50 / p99 ms', 'bare p50 / p99 ms', 'CPU µs', 'bare'],
  levels.map(({ name, clients, mooring, bare, ratios }) => [
    name,
    clients,
    spread(mooring.map((one) => one.perSecond)),
    spread(bare.map((one) => one.perSecond)),
    spread(ratios),
    `${median(mooring.map((one) => one.p50))} / ${median(mooring.map((one) => one.p99))}`,
    `${median(bare.map((one) => one.p50))} / ${median(bare.map((one) => one.p99))}`,
    rounded(median(mooring.map((one) => one.cpu))),
    rounded(median(bare.map((one) => one.cpu))),
  ]),
)
finish(
  'proxy',
  check,
  levels.map(({ name, clients, ratio }) => ({
    what: `ratio to the bare proxy, ${name}, ${clients} clients`,
    bound: { least: LEAST_RATIO },
    value: ratio,
  })),
  { seconds, connections, pool, postgres: cluster.version, levels },
)

function cannon({ url }: Child, load: Load, until: { duration: number } | { amount: number }) {
  return autocannon({
    url,
    connections: load.clients,
    ...until,
    // Each client walks a random choice of connections of its own, built before it is sent.
    setupClient: (client) =>
      client.setRequests(
        Array.from({ length: Math.max(20, Math.ceil(connections / load.clients)) }, () => ({
          method: load.method,
          path: pathOf(ids[Math.floor(Math.random() * ids.length)] ?? '', load),
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' },
          ...(load.method === 'POST' ? { body: upload } : {}),
        })),
      ),
  })
}

function pathOf(id: string, load: Load): string {
  return `/api/v1/proxy/${id}${load.path}`
}

async function warm(child: Child, load: Load): Promise<void> {
  if (load.warm > 0) await cannon(child, load, { amount: load.warm })
}

async function run(child: Child, load: Load): Promise<Round> {
  const before = await child.ask<NodeJS.CpuUsage>('cpu')
  const result = await cannon(child, load, { duration: seconds })
  const after = await child.ask<NodeJS.CpuUsage>('cpu')
  const good = result['2xx']
  if (result.non2xx > 0 || result.errors > 0 || good === 0)
    throw new Error(`${result.non2xx} answers were not 2xx, ${result.errors} requests failed`)
  const cpu = (after.user + after.system - before.user - before.system) / good
  return { perSecond: good / result.duration, p50: result.latency.p50, p99: result.latency.p99, cpu }
}

/** Both must bring the same bytes, or the race would be between two different things. */
async function sameAnswers(): Promise<void> {
  for (const load of LOADS) {
    const bodies = await Promise.all(
      names.map(async (name) => {
        const answer = await fetch(servers[name].url + pathOf(ids[0] ?? '', load), {
          method: load.method,
          headers: { authorization: `Bearer ${key}` },
          ...(load.method === 'POST' ? { body: upload } : {}),
        })
        if (!answer.ok) throw new Error(`${name} answered ${answer.status} for ${load.name}`)
        return answer.text()
      }),
    )
    if (bodies[0] !== bodies[1]) throw new Error(`the two answer differently for ${load.name}`)
    if (load.method === 'GET' && bodies[0]?.length !== load.bytes) throw new Error(`not ${load.name}`)
  }
}

/** Connections and an API key, all by the code's own functions. */
async function seed() {
  const vaultKeys = generateKey()
  const vault = createVault(createKeyRing(vaultKeys))
  const runtime = createRuntime()
  const db = await openDatabase({ admin: cluster.admin }, silent)
  const store = createStore(db)
  const workspace = (await store.workspaces.ensureFirst(runtime.uuid(), 'Bench')).id
  const { key } = await benchKey(runtime, store, workspace, 'proxy')
  const now = runtime.now()
  const token = () => randomBytes(300).toString('base64url')
  const ids: string[] = []
  for (let at = 0; at < connections; at += 1) {
    const { id } = await store.connections.upsert(
      workspace,
      { newId: runtime.uuid(), provider: 'linkedin', registration: 'linkedin', subject: `person-${at}` },
      (record) => ({
        label: `Person ${at}`,
        handle: null,
        email: null,
        picture: null,
        requested_scopes: ['openid', 'profile'],
        granted_scopes: ['openid', 'profile'],
        access_token: vault.seal(token(), { workspace, record, field: 'access_token' }),
        refresh_token: vault.seal(token(), { workspace, record, field: 'refresh_token' }),
        access_expires_at: new Date(now + 60 * DAY),
        refresh_expires_at: new Date(now + 365 * DAY),
        connected_by: 'Bench',
        connected_at: new Date(now),
        last_refreshed_at: null,
        dueAt: null,
      }),
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
  await cluster.query('vacuum analyze')
  await db.close()
  const env = {
    MOORING_BASE_URL: 'http://localhost:8003',
    PORT: '0',
    MOORING_DATABASE_POOL: String(pool),
    LINKEDIN_CLIENT_ID: 'bench',
    LINKEDIN_CLIENT_SECRET: 'bench',
  }
  const mooringSettings: MooringSettings = {
    admin: cluster.admin,
    vaultKeys,
    env,
    platformOrigins: { [ORIGIN]: upstream.url },
    measure: false,
  }
  return { ids, key, token: token(), mooringSettings }
}
