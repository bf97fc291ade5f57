/** Posts to a platform that answers at once: what a post now costs beside the platform's time, and how many a second two processes send. */
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { generateKey } from '../packages/mooring/src/vault/keyring.ts'
import { measureVideo, type Peaks } from './publish/video.ts'
import type { Handled } from './servers/press.ts'
import type { BareSettings } from './servers/publish-bare.ts'
import type { PublishingSettings } from './servers/publishing.ts'
import { makeHomes, release, writeBacklog } from './support/backlog.ts'
import { type Child, startChild } from './support/child.ts'
import { startCluster } from './support/cluster.ts'
import { watchPosts } from './support/post-events.ts'
import { treeCpuMs } from './support/process.ts'
import { finish, median, options, quantile, rounded, spread, table } from './support/report.ts'

const { posts, warm, deliveries, processes, workspaces, accounts, rounds, video, check } = options({
  posts: 200,
  warm: 40,
  deliveries: 5000,
  processes: 2,
  workspaces: 20,
  accounts: 5,
  rounds: 3,
  video: 1024,
})
const API_KEY = 'mk_bench_0123456789abcdef'
const AT_ONCE = 64
const LIMIT_MS = 300_000

const program = (name: string) => join(import.meta.dirname, 'servers', name)
const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []
const cluster = await startCluster()
const platform = await startChild(program('press.ts'), {})
const vaultKeys = generateKey()
const settings: PublishingSettings = { admin: cluster.admin, vaultKeys, apiKey: API_KEY, platform: platform.url }
const load = loadavg()[0] ?? 0

const first = await startChild(program('publishing.ts'), settings, profile)
const [home] = await makeHomes(cluster, vaultKeys, workspaces, accounts)
await cluster.query('create schema bench')
await cluster.query(
  'create table bench.sent (text text primary key, external_id text not null, at timestamptz not null)',
)

const now = await measureNow()
const servers = [first]
while (servers.length < processes) servers.push(await startChild(program('publishing.ts'), settings, profile))
const ours: Rate[] = []
const bare: Rate[] = []
for (let round = 0; round <= rounds; round += 1) {
  const one = await measureRate(`Round ${round}`)
  const other = await measureBare()
  // The first finds code that is not compiled and connections that are not open.
  if (round > 0) {
    ours.push(one)
    bare.push(other)
  }
}
for (const one of servers) await one.stop()
await platform.stop()
await cluster.stop()
const films = await measureVideo([64, video])

const row = (name: string, ms: readonly number[]) => [name, ...[0.5, 0.95, 1].map((at) => rounded(quantile(ms, at)))]
table(
  [`post now, ms beyond the platform's own time, ${posts} of them`, 'median', 'p95', 'most'],
  [
    row('until `published_at`', now.published),
    row('until told on the stream', now.told),
    row('the same call made directly', now.direct),
    row('(the platform itself)', now.platform),
  ],
)
const ratesOf = (some: readonly Rate[]) => some.map((one) => one.perSecond)
const cpuOf = (some: readonly Rate[], what: keyof Rate['cpu']) => rounded(median(some.map((one) => one.cpu[what])))
const percent = (some: readonly Rate[], what: keyof Rate['machine']) =>
  `${rounded(100 * median(some.map((one) => one.machine[what])), 0)} %`
const rateRow = (name: string, some: readonly Rate[]) => [
  name,
  spread(ratesOf(some)),
  ...[cpuOf(some, 'servers'), cpuOf(some, 'postgres'), cpuOf(some, 'platform')],
  ...[percent(some, 'others'), percent(some, 'idle')],
]
table(
  [
    `${deliveries} deliveries, ${processes} processes, load ${rounded(load)}`,
    ...['a second', 'CPU ms each: servers', 'PostgreSQL', 'platform', 'cores to others', 'idle'],
  ],
  [rateRow('Mooring', ours), rateRow('by hand: call and INSERT', bare)],
)
const cost = (some: readonly Rate[]) => median(some.map(({ cpu }) => cpu.servers + cpu.postgres + cpu.platform))
console.log(
  `\nshare of the baseline: ${rounded(median(ratesOf(ours)) / median(ratesOf(bare)))}; by its own processor time: ${rounded(cost(bare) / cost(ours))}`,
)
table(
  ['a video through one server, highest memory in MiB', 'before', 'upload', 'to a platform in parts', 'in one request'],
  films.map((one) => [
    `${one.megabytes} MB`,
    ...[one.before, one.upload, one.parts, one.whole].map((mib) => rounded(mib, 0)),
  ]),
)
const peakOf = (one: Peaks | undefined) => Math.max(one?.upload ?? Number.NaN, one?.parts ?? 0, one?.whole ?? 0)
finish(
  'publish',
  check,
  [
    { what: 'post now, median ms beyond the platform', bound: { most: 50 }, value: median(now.told) },
    {
      what: `${video} MB of video: MiB of memory beyond what 64 MB took`,
      bound: { most: 64 },
      value: Math.max(0, peakOf(films[1]) - peakOf(films[0])),
    },
    { what: 'deliveries a second', bound: { least: 500 }, value: median(ratesOf(ours)) },
  ],
  { posts, deliveries, processes, workspaces, accounts, load, postgres: cluster.version, now, ours, bare, films },
)

async function measureNow() {
  const stream = await watchPosts(first.url, API_KEY, publishedAt)
  const figures = { published: [] as number[], told: [] as number[], direct: [] as number[], platform: [] as number[] }
  for (let n = 0; n < warm + posts; n += 1) {
    const text = `Now ${n}`
    const began = Date.now()
    const clock = performance.now()
    const response = await fetch(`${first.url}/api/v1/posts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${API_KEY}` },
      body: JSON.stringify({ content: { text }, targets: [{ accountId: home?.account }], when: { how: 'now' } }),
    })
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
    const { id } = (await response.json()) as { id: string }
    const { at, toldAt } = await stream.published(id)
    const bareText = `Direct ${n}`
    const bareBegan = performance.now()
    await (
      await fetch(`${platform.url}/posts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer press-token' },
        body: JSON.stringify({ author: 'bench', text: bareText, after: null, refuseTwins: false }),
      })
    ).text()
    const direct = performance.now() - bareBegan
    const handled = await platform.ask<Handled>('handled')
    const own = handled[text] ?? Number.NaN
    if (n < warm) continue
    figures.published.push(at - began - own)
    figures.told.push(toldAt - clock - own)
    figures.direct.push(direct - (handled[bareText] ?? Number.NaN))
    figures.platform.push(own)
  }
  stream.close()
  return figures
}

/** By a way that costs the server nothing. */
async function publishedAt(post: string): Promise<number | undefined> {
  const [row] = await cluster.query<{ published_at: Date | null }>(
    'select published_at from mooring.deliveries where post_id = $1',
    [post],
  )
  return row?.published_at?.getTime()
}

interface Rate {
  perSecond: number
  /** In ms a delivery. */
  cpu: { servers: number; postgres: number; platform: number }
  /** Shares of the machine's cores meanwhile. */
  machine: { idle: number; others: number }
}

async function measureRate(name: string): Promise<Rate> {
  await writeBacklog(cluster, name, deliveries)
  return timed(servers, async () => {
    await release(cluster)
    for (const end = performance.now() + LIMIT_MS; ; await delay(50)) {
      const [left] = await cluster.query('select 1 from mooring.deliveries_due limit 1')
      if (!left) break
      if (performance.now() > end) throw new Error('not all went out')
    }
    const [wrong] = await cluster.query<{ n: string }>(
      "select count(*) as n from mooring.deliveries where state <> 'published'",
    )
    if (wrong?.n !== '0') throw new Error(`${wrong?.n} are not published`)
  })
}

async function measureBare(): Promise<Rate> {
  const given: BareSettings = {
    admin: cluster.admin,
    platform: platform.url,
    posts: Math.ceil(deliveries / processes),
    atOnce: AT_ONCE,
  }
  const children = await Promise.all(
    Array.from({ length: processes }, () => startChild(program('publish-bare.ts'), given)),
  )
  const rate = await timed(children, async () => {
    await Promise.all(children.map((one) => one.ask('run')))
  })
  for (const one of children) await one.stop()
  return rate
}

async function timed(children: readonly Child[], work: () => Promise<void>): Promise<Rate> {
  const used = async (one: Child) => {
    const { user, system } = await one.ask<NodeJS.CpuUsage>('cpu')
    return (user + system) / 1000
  }
  const cpu = async () => ({
    servers: (await Promise.all(children.map(used))).reduce((sum, one) => sum + one, 0),
    postgres: treeCpuMs(cluster.pid),
    platform: await used(platform),
  })
  const before = await cpu()
  const machineBefore = machineMs()
  const began = performance.now()
  await work()
  const seconds = (performance.now() - began) / 1000
  const after = await cpu()
  const machine = machineMs()
  const all = machine.all - machineBefore.all
  const idle = (machine.idle - machineBefore.idle) / all
  const own = (Object.keys(after) as (keyof typeof after)[]).reduce((sum, one) => sum + after[one] - before[one], 0)
  const each = (what: keyof typeof before) => (after[what] - before[what]) / deliveries
  return {
    perSecond: deliveries / seconds,
    cpu: { servers: each('servers'), postgres: each('postgres'), platform: each('platform') },
    machine: { idle, others: Math.max(0, 1 - idle - own / all) },
  }
}

/** What all cores did since the start of the machine, in ms. */
function machineMs(): { all: number; idle: number } {
  const times = cpus().map((one) => one.times)
  const idle = times.reduce((sum, one) => sum + one.idle, 0)
  return { idle, all: times.reduce((sum, one) => sum + one.user + one.nice + one.sys + one.irq, idle) }
}
