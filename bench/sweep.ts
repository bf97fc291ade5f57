/** The sweep and the looks that follow it: at how much is stored, at how much is due, by how many processes. */
import { BY_INDEX, TAKE } from '../packages/mooring/src/store/due.ts'
import { createKeyRing, generateKey } from '../packages/mooring/src/vault/keyring.ts'
import { createVault } from '../packages/mooring/src/vault/vault.ts'
import { finish, median, options, rounded, spread, table } from './support/report.ts'
import { createSized, REGISTRATION, type Sized } from './support/size.ts'
import { startSizedCluster } from './support/size-cluster.ts'
import { type IndexCost, indexCost } from './support/size-index-cost.ts'
import { idle, type Looks, look } from './support/size-looks.ts'
import { explain, type Plan } from './support/size-plan.ts'

const defaults = { rounds: 9, most: 1_000_000, looks: 2000, idle: 30, memory: 32 }
const { rounds, most, looks, idle: idleSeconds, memory, check } = options(defaults)
const SIZES = [1000, most / 10, most]
const DUE = 500
const DUES = [500, 5000, 20_000].filter((due) => due <= most)
/** As the sweep has it: so many are looked at to be fair, so many handed over. */
const WINDOW = 20_000
const MOST = 1000
const MARGIN = "interval '7 days'"
/** What asks for a person's row is bounded as the sweep is. */
const PEERS = `select workspace_id, id from mooring.connections
  where access_expires_at <= now() + ${MARGIN} and state in ('connected', 'failing') order by access_expires_at limit ${MOST}`

const cluster = await startSizedCluster(memory)
const sizes: Sized[] = []
for (const rows of SIZES) sizes.push(await step(`${rows} connections are written`, () => createSized(cluster, rows)))
const largest = sizes.at(-1) as Sized
await cluster.ready()

const taken = sizes.map(() => [] as number[])
const peersBare = sizes.map(() => [] as number[])
const peersIndexed = sizes.map(() => [] as number[])
for (let round = 0; round < rounds; round += 1)
  for (const [at, one] of inTurn(sizes, round)) {
    await one.makeDue(DUE)
    peersBare[at]?.push(await timed(() => one.query(PEERS)))
    taken[at]?.push(await timed(() => take(one)))
  }
const plans: Plan[] = []
for (const one of sizes) {
  await one.makeDue(DUE)
  plans.push(await planOfTake(one))
}
const storage = await largest.query(STORAGE())
const peersPlans: Plan[] = []
for (const [at, one] of sizes.entries()) {
  await one.makeDue(DUE)
  peersPlans.push(await explain(async (sql) => ({ rows: await one.query(sql) }), PEERS, []))
  await one.query('create index peers on mooring.connections (access_expires_at)')
  await one.query('vacuum analyze mooring.connections')
  for (let round = 0; round < rounds; round += 1) peersIndexed[at]?.push(await timed(() => one.query(PEERS)))
  await one.query('drop index mooring.peers')
}

const byDue: { due: number; one: number[]; all: number[]; sweeps: number }[] = []
for (const due of DUES) {
  const row = { due, one: [] as number[], all: [] as number[], sweeps: 0 }
  for (let round = 0; round < Math.min(rounds, 5); round += 1) {
    await largest.makeDue(due)
    const times: number[] = []
    let rows = MOST
    while (rows === MOST) times.push(await timed(async () => (rows = await take(largest))))
    row.one.push(times[0] ?? Number.NaN)
    row.all.push(times.reduce((sum, one) => sum + one, 0))
    row.sweeps = times.length
  }
  byDue.push(row)
}
const untidy = await step('20 sweeps without a vacuum', () => withoutVacuum(largest))
const cost: IndexCost = await step('what a renewal writes', () => indexCost(largest))

const vaultKeys = generateKey()
const vault = createVault(createKeyRing(vaultKeys))
const queued = await createSized(cluster, looks, (workspace, record) => [
  vault.seal('a'.repeat(400), { workspace, record, field: 'access_token' }),
  vault.seal('r'.repeat(400), { workspace, record, field: 'refresh_token' }),
])
const looked: Looks[] = []
for (const delayMs of [0, 100])
  for (const atOnce of [16, 64])
    for (const processes of [1, 2])
      looked.push(await step('looks', () => look(queued, vaultKeys, looks, { processes, delayMs, atOnce })))
const idles: number[] = []
for (const processes of [1, 2]) idles.push(await idle(queued, vaultKeys, processes, idleSeconds))
for (const one of [...sizes, queued]) await one.close()
await cluster.stop()

const times = (some: readonly number[] | undefined) => spread(some ?? [])
table(
  [`ms, ${DUE} due, ${rounds} rounds`, ...SIZES.map((rows) => `${rows.toLocaleString('en')} stored`)],
  [
    ['the sweep: found, marked, committed', ...taken.map(times)],
    ['pages it touched', ...plans.map((one) => one.buffers)],
    ['peers: connections by their end, no index', ...peersBare.map(times)],
    ['pages', ...peersPlans.map((one) => one.buffers)],
    ['peers: the same with an index over all', ...peersIndexed.map(times)],
  ],
)
table(
  [`ms, ${most.toLocaleString('en')} stored`, 'one sweep', 'until none is due', 'sweeps'],
  byDue.map(({ due, one, all, sweeps }) => [`${due.toLocaleString('en')} due`, spread(one), spread(all), sweeps]),
)
table(
  ['20 sweeps of 500 with no vacuum between', 'ms, first five', 'last five', 'pages, first', 'last'],
  untidy.map(({ name, ms, pages }) => [
    name,
    spread(ms.slice(0, 5)),
    spread(ms.slice(-5)),
    pages[0] ?? '',
    pages.at(-1) ?? '',
  ]),
)
table(
  ['what a renewal writes', 'WAL, bytes', 'of these after a checkpoint', 'in place (HOT), %'],
  [cost.without, cost.with].map((one) => [one.name, rounded(one.wal), rounded(one.walCold), rounded(one.hotPercent)]),
)
table(
  [`${looks} looks`, 'at once', 'processes', 'a second', 'most open', 'transactions', 'WAL, bytes', 'CPU µs'],
  looked.map((one) => [
    `platform answers in ${one.delayMs} ms`,
    one.atOnce,
    one.processes,
    rounded(one.perSecond),
    one.mostOpen,
    rounded(one.transactionsEach),
    rounded(one.walBytesEach),
    rounded(one.cpuEach),
  ]),
)
table(
  ['idle, transactions a second', ''],
  [
    ['one process', rounded(idles[0] ?? Number.NaN)],
    ['two processes', rounded(idles[1] ?? Number.NaN)],
  ],
)
table(
  [`${most.toLocaleString('en')} stored`, 'MB', 'bytes a row'],
  storage.map((one) => [one.name, rounded(Number(one.bytes) / 1e6), rounded(Number(one.bytes) / most)]),
)
console.log(`\nThe sweep's plan at ${most.toLocaleString('en')} stored:\n\n${plans.at(-1)?.text}`)
const [first, last] = [0, SIZES.length - 1]
finish(
  'sweep',
  check,
  [
    {
      what: `time at ${most} stored, as a multiple of that at 1000`,
      bound: { most: 2 },
      value: median(taken[last] ?? []) / median(taken[first] ?? []),
    },
    {
      what: 'pages touched, likewise',
      bound: { most: 2 },
      value: (plans[last]?.buffers ?? Number.NaN) / (plans[first]?.buffers ?? Number.NaN),
    },
    { what: 'tables read to their end', bound: { most: 0 }, value: plans[last]?.scanned.length ?? Number.NaN },
    { what: 'transactions a second when idle, one process', bound: { most: 3 }, value: idles[0] ?? Number.NaN },
  ],
  {
    memory,
    postgres: cluster.version,
    SIZES,
    taken,
    peersBare,
    peersIndexed,
    plans,
    peersPlans,
    byDue,
    untidy,
    cost,
    looked,
    idles,
    storage,
  },
)

function take({ store }: Sized): Promise<number> {
  const now = new Date()
  return store.due.take(parts(now), async () => {})
}

function parts(now: Date) {
  return { registration: REGISTRATION, now, window: WINDOW, most: MOST, again: new Date(now.getTime() + 600_000) }
}

/** One sweep that is carried out and explained. */
function planOfTake(one: Sized): Promise<Plan> {
  const { registration, now, window, most, again } = parts(new Date())
  return one.db.instanceRaw(async (run) => {
    await run(BY_INDEX)
    return explain(run, TAKE, [registration, now, window, most, again])
  })
}

/** What was taken leaves dead entries at the index's beginning. A reader that is open all the while forbids to tidy them. */
async function withoutVacuum(one: Sized) {
  const results: { name: string; ms: number[]; pages: number[] }[] = []
  await one.query('alter table mooring.due_refreshes set (autovacuum_enabled = off)')
  for (const name of ['as it is', 'while a reader holds an old snapshot']) {
    await one.makeDue(0)
    const reader = name === 'as it is' ? undefined : await one.holdSnapshot()
    const result = { name, ms: [] as number[], pages: [] as number[] }
    for (let round = 0; round < 20; round += 1) {
      await one.makeDue(DUE, false)
      const plan = await planOfTake(one)
      result.ms.push(plan.ms)
      result.pages.push(plan.buffers)
    }
    await reader?.release()
    results.push(result)
  }
  await one.query('alter table mooring.due_refreshes reset (autovacuum_enabled)')
  await one.makeDue(0)
  return results
}

/** It takes a quarter of an hour: says how far it is. */
async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const result = await work()
  console.error(`${what}: ${rounded((performance.now() - began) / 1000)} s`)
  return result
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Whoever goes first in one round goes last in the next: what the machine does meanwhile falls on all. */
function inTurn<T>(some: readonly T[], round: number): [number, T][] {
  const all = [...some.entries()]
  return round % 2 === 0 ? all : all.toReversed()
}

/** Every table and index of ours, with what is kept out of line counted to the table. */
function STORAGE(): string {
  return `select c.relname as name, (pg_relation_size(c.oid) + coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0)) as bytes
    from pg_class c where c.relnamespace = 'mooring'::regnamespace and c.relkind in ('r', 'i')
      and pg_relation_size(c.oid) > 1000000 order by coalesce((select i.indrelid from pg_index i where i.indexrelid = c.oid), c.oid), c.relkind desc, c.relname`
}
