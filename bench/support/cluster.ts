/** The PostgreSQL that Mooring carries, in a folder that is gone afterwards, with real fsync. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { silent } from '../../packages/mooring/src/runtime.ts'
import { type Admin, startCarried } from '../../packages/mooring/src/store/carried/index.ts'

export interface Cluster {
  /** The superuser, in the database that Mooring uses. */
  admin: Admin
  version: string
  /** PostgreSQL's main process. */
  pid: number
  query<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>
  stop(): Promise<void>
}

export async function startCluster(): Promise<Cluster> {
  const dataDir = temporaryFolder()
  const carried = await startCarried({ dataDir, log: silent })
  const client = new pg.Client(carried.admin)
  client.on('error', () => {})
  await client.connect()
  return {
    admin: carried.admin,
    version: carried.version,
    pid: carried.pid,
    query: async (sql, values) => (await client.query(sql, values)).rows,
    async stop() {
      await client.end()
      await carried.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'mooring-bench-'))
