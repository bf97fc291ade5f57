/** Brings a database to the newest schema, as the role that owns it. Safe when two processes start together: one lock, one transaction a file. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'
import { MooringError } from '../error.ts'

const folder = new URL('./migrations/', import.meta.url)

/** Any number will do as long as every Mooring uses the same. */
const LOCK = 772_900_114

export interface Migration {
  name: string
  sql: string
  checksum: string
}

export function readMigrations(from: URL = folder): Migration[] {
  return readdirSync(from)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, from), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/** Holds the lock while `work` runs. Session-level, so that each migration may have its own transaction. */
export async function underLock<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('select pg_advisory_lock($1)', [LOCK])
  try {
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => {})
  }
}

/** Returns the names of the migrations that ran. Call under the lock. */
export async function migrate(client: pg.Client, migrations: Migration[] = readMigrations()): Promise<string[]> {
  await client.query(`create schema if not exists mooring;
    create table if not exists mooring.migrations (name text primary key, checksum text not null, at timestamptz not null default now());
    alter table mooring.migrations enable row level security;`)
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from mooring.migrations',
  )
  const done = new Map(rows.map((row) => [row.name, row.checksum]))
  const unknown = [...done.keys()].filter((name) => !migrations.some((one) => one.name === name))
  if (unknown.length > 0) {
    throw new MooringError('database_version', 'This database was written by a newer Mooring.', {
      detail: `It holds migrations that this version does not know: ${unknown.join(', ')}. Start the newer version.`,
    })
  }
  const ran: string[] = []
  for (const migration of migrations) {
    const before = done.get(migration.name)
    if (before === migration.checksum) continue
    if (before !== undefined) {
      throw new MooringError('database_version', 'A migration that already ran was changed since.', {
        detail: migration.name,
      })
    }
    await client.query('begin')
    try {
      await client.query(migration.sql)
      await client.query('insert into mooring.migrations (name, checksum) values ($1, $2)', [
        migration.name,
        migration.checksum,
      ])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback').catch(() => {})
      throw error
    }
    ran.push(migration.name)
  }
  return ran
}
