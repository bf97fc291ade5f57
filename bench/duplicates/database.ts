/** The one database of the campaign: a carried PostgreSQL that can be stopped and started, or the operator's. */
import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { silent } from '../../packages/mooring/src/runtime.ts'
import { startCarried } from '../../packages/mooring/src/store/carried/index.ts'
import { temporaryFolder } from '../support/cluster.ts'
import type { DatabaseTroubles } from './chaos.ts'

export interface CampaignDatabase extends DatabaseTroubles {
  /** For the servers. */
  env: Record<string, string>
  /** As the superuser; waits while the database is away. */
  query<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>
  stop(): Promise<void>
}

const LIMIT_MS = 60_000

export async function openCampaignDatabase(url: string | undefined): Promise<CampaignDatabase> {
  if (url !== undefined) {
    const pool = poolOf({ connectionString: url })
    return { ...asked(pool), env: { DATABASE_URL: url }, restart: undefined, stop: () => pool.end() }
  }
  const dataDir = temporaryFolder()
  // Its socket has another folder at each start; an operator's has one.
  const host = join(dataDir, 's')
  const start = async () => {
    const started = await startCarried({ dataDir, log: silent })
    rmSync(host, { force: true })
    symlinkSync(started.admin.host, host)
    return started
  }
  let carried = await start()
  const { port, user, database } = carried.admin
  const pool = poolOf({ host, port, user, database })
  return {
    ...asked(pool),
    env: {
      DATABASE_URL: `postgres:///${database}?host=${host}&port=${port}`,
      PGUSER: String(user),
    },
    async restart(how) {
      // Immediate: nothing is written down in order, and the next start goes by the log, as after a crash.
      if (how === 'immediate') process.kill(carried.pid, 'SIGQUIT')
      await carried.stop()
      carried = await start()
    },
    async stop() {
      await pool.end()
      await carried.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function poolOf(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...config, max: 2, application_name: 'campaign' })
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  return pool
}

function asked(pool: pg.Pool): Pick<CampaignDatabase, 'query' | 'cut'> {
  const query: CampaignDatabase['query'] = async (sql, values) => {
    for (const end = performance.now() + LIMIT_MS; ; await delay(200)) {
      try {
        return (await pool.query(sql, values)).rows
      } catch (error) {
        if ((error as { code?: string }).code?.match(/^[2-4]/) || performance.now() > end) throw error
      }
    }
  }
  return {
    query,
    async cut() {
      await query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mooring'")
    },
  }
}
