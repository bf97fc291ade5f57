/** The carried PostgreSQL for much data: as much memory as a bench asks for, and written to in haste until it is ready. */
import { rmSync } from 'node:fs'
import pg from 'pg'
import { silent } from '../../packages/mooring/src/runtime.ts'
import { startCarried } from '../../packages/mooring/src/store/carried/index.ts'
import { type Cluster, temporaryFolder } from './cluster.ts'

export interface SizedCluster extends Cluster {
  /** What fits into PostgreSQL's own memory, in MB. */
  memory: number
  /** All is written: from here on every write is as safe as in service, and autovacuum runs. */
  ready(): Promise<void>
}

/** Kept for both: at the carried server's 256 MB of WAL a machine that writes much does nothing but checkpoints. */
const SETTINGS = { max_wal_size: '4GB', maintenance_work_mem: '256MB' }
const HASTE = { full_page_writes: 'off', autovacuum: 'off' }

export async function startSizedCluster(memory: number): Promise<SizedCluster> {
  const dataDir = temporaryFolder()
  const first = await startCarried({ dataDir, log: silent })
  const client = new pg.Client(first.admin)
  await client.connect()
  for (const [name, value] of Object.entries({ shared_buffers: `${memory}MB`, ...SETTINGS, ...HASTE }))
    await client.query(`alter system set ${name} = '${value}'`)
  await client.end()
  await first.stop()
  const carried = await startCarried({ dataDir, log: silent })
  const served = new pg.Client(carried.admin)
  served.on('error', () => {})
  await served.connect()
  return {
    memory,
    admin: carried.admin,
    version: carried.version,
    pid: carried.pid,
    query: async (sql, values) => (await served.query(sql, values)).rows,
    async ready() {
      for (const name of Object.keys(HASTE)) await served.query(`alter system reset ${name}`)
      await served.query('select pg_reload_conf()')
      await served.query('checkpoint')
    },
    async stop() {
      await served.end()
      await carried.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
