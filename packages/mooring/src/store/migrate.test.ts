/** Bringing a database up to date: once, whole, and never over what a newer Mooring wrote. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { silent } from '../runtime.ts'
import { until } from './carried/testing.ts'
import { migrate, readMigrations, underLock } from './migrate.ts'
import { openDatabase } from './open.ts'
import { asRoot } from './testing.ts'

const LOCK = 772_900_114

describe('migrations', () => {
  const root = inject('postgres')
  const name = `m_${randomBytes(6).toString('hex')}`
  const admin = { ...root, database: name }
  const client = new pg.Client(admin)
  const all = readMigrations()
  beforeAll(async () => {
    await asRoot(root, `create database ${name}`)
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await asRoot(root, `drop database if exists ${name} with (force)`)
  })
  const opened = async () => (await openDatabase({ admin }, silent)).close()
  const done = async () => (await client.query('select name, checksum from mooring.migrations order by name')).rows

  it('are numbered, in order, and known by their checksum', () => {
    expect(all.length).toBeGreaterThan(0)
    all.forEach((one, at) => {
      expect(one.name).toMatch(new RegExp(`^${String(at + 1).padStart(4, '0')}_[a-z_]+\\.sql$`))
      expect(one.checksum).toMatch(/^[0-9a-f]{64}$/)
    })
  })

  it('run once when two processes start together on an empty database', async () => {
    // Both are let go at once: they wait for the lock that is held here until both stand before it.
    await client.query('select pg_advisory_lock($1)', [LOCK])
    const fixture = join(import.meta.dirname, 'open.fixture.ts')
    const start = () => promisify(execFile)(process.execPath, [fixture, JSON.stringify(admin)])
    const both = Promise.all([start(), start()])
    await until('both processes wait for the lock', async () => {
      const { rows } = await client.query(
        "select count(*)::int as waiting from pg_locks where locktype = 'advisory' and not granted",
      )
      return rows[0].waiting === 2
    })
    expect((await client.query("select to_regclass('mooring.migrations') as there")).rows).toEqual([{ there: null }])
    await client.query('select pg_advisory_unlock($1)', [LOCK])
    const answers = (await both).map(({ stdout }) => JSON.parse(stdout))
    const ran = answers.flatMap(({ said }) =>
      said.filter((line: { message: string }) => line.message === 'the database was brought up to date'),
    )
    expect(ran.map((line) => line.fields.migrations)).toEqual([all.map((one) => one.name)])
    expect(new Set(answers.map((answer) => answer.role)).size).toBe(1)
    expect(answers[0].role).toMatch(/^mooring_app_/)
    expect(await done()).toEqual(all.map((one) => ({ name: one.name, checksum: one.checksum })))
    const { rows } = await client.query("select locktype from pg_locks where locktype = 'advisory'")
    expect(rows).toEqual([])
  })

  it('do not run again', async () => {
    expect(await underLock(client, () => migrate(client))).toEqual([])
    await opened()
    expect(await done()).toHaveLength(all.length)
  })

  it('refuse a database where one that ran was changed since', async () => {
    const [first] = all
    await client.query('update mooring.migrations set checksum = $1 where name = $2', ['0'.repeat(64), first?.name])
    await expect(opened()).rejects.toMatchObject({ code: 'database_version', detail: first?.name })
    await client.query('update mooring.migrations set checksum = $1 where name = $2', [first?.checksum, first?.name])
    await opened()
  })

  it('refuse a database that a newer Mooring wrote, and change nothing there', async () => {
    await client.query("insert into mooring.migrations (name, checksum) values ('9999_newer.sql', 'x')")
    await expect(opened()).rejects.toMatchObject({
      code: 'database_version',
      message: 'This database was written by a newer Mooring.',
      detail: expect.stringContaining('9999_newer.sql'),
    })
    expect(await done()).toHaveLength(all.length + 1)
    await client.query("delete from mooring.migrations where name = '9999_newer.sql'")
    await opened()
  })

  it('leave nothing of one that fails half-way, keep those before it, and go on from there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'migrations-'))
    const write = (file: string, sql: string) => writeFileSync(join(folder, file), sql)
    const read = () => [...all, ...readMigrations(pathToFileURL(`${folder}/`))]
    try {
      write('9001_good.sql', 'create table mooring.one (id int)')
      write('9002_bad.sql', 'create table mooring.two (id int); create table mooring.one (id int)')
      write('readme.txt', 'this is no migration')
      await expect(underLock(client, () => migrate(client, read()))).rejects.toMatchObject({ code: '42P07' })
      const there = async () =>
        (await client.query("select to_regclass('mooring.one')::text as one, to_regclass('mooring.two')::text as two"))
          .rows[0]
      expect(await there()).toEqual({ one: 'mooring.one', two: null })
      expect((await done()).map((row) => row.name)).toEqual([...all.map((one) => one.name), '9001_good.sql'])
      write('9002_bad.sql', 'create table mooring.two (id int)')
      expect(await underLock(client, () => migrate(client, read()))).toEqual(['9002_bad.sql'])
      expect(await there()).toEqual({ one: 'mooring.one', two: 'mooring.two' })
      const { rows } = await client.query(
        "select 1 from pg_locks l join pg_database d on d.oid = l.database where locktype = 'advisory' and d.datname = current_database()",
      )
      expect(rows).toEqual([])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('from a database of the single owner to people who sign in', () => {
  it('whoever ran the server still does, and owns its workspace, as a role that row-level security binds', async () => {
    const root = inject('postgres')
    const name = `m_${randomBytes(6).toString('hex')}`
    await asRoot(root, `create role ${name} login password 'x'`)
    await asRoot(root, `create database ${name} owner ${name}`)
    const client = new pg.Client({ ...root, database: name, user: name, password: 'x' })
    await client.connect()
    const all = readMigrations()
    const before = all.filter((one) => one.name < '0007')
    expect(before).toHaveLength(6)
    await migrate(client, before)
    await client.query("select set_config('mooring.scope', 'instance', false)")
    await client.query(`insert into mooring.workspaces (id, name) values (gen_random_uuid(), 'My workspace')`)
    await client.query(`insert into mooring.people (id, name, role) values (gen_random_uuid(), 'Ada', 'owner')`)
    await client.query("select set_config('mooring.scope', '', false)")
    expect(await migrate(client, all)).toEqual(all.slice(6).map((one) => one.name))
    await client.query("select set_config('mooring.scope', 'instance', false)")
    const { rows } = await client.query(
      `select p.name, p.operator, p.email, m.role, w.name as workspace from mooring.people p
       join mooring.members m on m.person_id = p.id join mooring.workspaces w on w.id = m.workspace_id`,
    )
    expect(rows).toEqual([{ name: 'Ada', operator: true, email: null, role: 'owner', workspace: 'My workspace' }])
    await client.end()
    await asRoot(root, `drop database ${name} with (force)`)
    await asRoot(root, `drop role ${name}`)
  })
})
