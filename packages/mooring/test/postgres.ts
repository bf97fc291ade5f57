/** Vitest's global set-up: one carried PostgreSQL for the whole run, with a migrated template to copy databases from. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { prepareQueues, SCHEMA } from '../src/jobs/queue.ts'
import { silent } from '../src/runtime.ts'
import { type Admin, startCarried } from '../src/store/carried/index.ts'
import { openDatabase } from '../src/store/open.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: Admin
  }
}

export const TEMPLATE = 'mooring_template'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mooring-test-'))
  const carried = await startCarried({ dataDir, log: silent, fsync: false })
  const client = new pg.Client(carried.admin)
  await client.connect()
  await client.query(`create database ${TEMPLATE}`)
  await client.end()
  const queues = { name: SCHEMA, prepare: prepareQueues }
  await (await openDatabase({ admin: { ...carried.admin, database: TEMPLATE } }, silent, queues)).close()
  project.provide('postgres', carried.admin)
  return async () => {
    await carried.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
