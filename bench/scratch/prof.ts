import { join } from 'node:path'
import pg from 'pg'
import { setTimeout as delay } from 'node:timers/promises'
import { generateKey } from '../../packages/mooring/src/vault/keyring.ts'
import { makeHomes, release, writeBacklog } from '../support/backlog.ts'
import { startChild } from '../support/child.ts'
import { temporaryFolder } from '../support/cluster.ts'
import { startCarried } from '../../packages/mooring/src/store/carried/index.ts'
import { silent } from '../../packages/mooring/src/runtime.ts'
import { treeCpuMs } from '../support/process.ts'
const N = Number(process.argv[2] ?? 1500), P = Number(process.argv[3] ?? 2)
const program = (name: string) => join(import.meta.dirname, '../servers', name)
const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []
const dataDir = temporaryFolder()
let carried = await startCarried({ dataDir, log: silent })
let client = new pg.Client(carried.admin); await client.connect()
await client.query("alter system set shared_preload_libraries = 'pg_stat_statements'")
await client.end(); await carried.stop()
carried = await startCarried({ dataDir, log: silent })
client = new pg.Client(carried.admin); await client.connect()
await client.query('create extension pg_stat_statements')
const cluster = { admin: carried.admin, pid: carried.pid, version: '', query: async (s: string, v?: unknown[]) => (await client.query(s, v)).rows, stop: async () => {} } as never as import('../support/cluster.ts').Cluster
const platform = await startChild(program('press.ts'), {})
const vaultKeys = generateKey()
const settings = { admin: carried.admin, vaultKeys, apiKey: 'mk_bench_0123456789abcdef', platform: platform.url }
const servers = []
for (let i = 0; i < P; i++) servers.push(await startChild(program('publishing.ts'), settings, profile))
await makeHomes(cluster, vaultKeys, 20, 5)
const own = async (one: any) => { const { user, system } = await one.ask('cpu'); return (user + system) / 1000 }
for (let round = 0; round < 3; round++) {
  await writeBacklog(cluster, `R${round}`, N)
  await client.query('select pg_stat_statements_reset()')
  const cpu = async () => [ (await Promise.all(servers.map(own))).reduce((a: number, b: number) => a + b, 0), treeCpuMs(carried.pid), await own(platform)] as number[]
  const before = await cpu(); const t = performance.now()
  await release(cluster)
  while ((await client.query('select 1 from mooring.deliveries_due limit 1')).rows.length) await delay(50)
  const s = (performance.now() - t) / 1000
  const after = await cpu()
  console.log(round, 'per s', (N / s).toFixed(0), 'cpu ms each', after.map((a, i) => ((a - before[i]!) / N).toFixed(2)).join(' '), 'sum', (after.reduce((a,x,i)=>a+x-before[i]!,0)/N).toFixed(2))
}
const { rows } = await client.query(`select calls, (total_exec_time/${N})::numeric(10,3) as ms_each, (calls::float/${N})::numeric(10,2) as n_each, left(regexp_replace(query, '\\s+', ' ', 'g'), 110) as q from pg_stat_statements order by total_exec_time desc limit 25`)
console.table(rows)
for (const one of servers) await one.stop()
await platform.stop(); await client.end(); await carried.stop()
