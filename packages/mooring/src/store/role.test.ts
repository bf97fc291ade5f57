/** The role that the server logs in as may do what the server does, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world.ts'
import type { Db } from './database.ts'
import { openStore, type Seeded, seedWorkspace, tablesOf } from './testing.ts'

describe("the server's role", () => {
  let database: TestDatabase
  let db: Db
  let seeded: Seeded
  beforeAll(async () => {
    database = await testDatabase()
    const opened = await openStore(database)
    db = opened.db
    seeded = await seedWorkspace(opened.store, 'A')
  })
  afterAll(async () => {
    await db.close()
    await database.drop()
  })

  const refused = (sql: string) =>
    db.pool.query(sql).then(
      () => 'was let through',
      (error: { code?: string }) => error.code,
    )

  it('is no superuser, passes no row-level security, makes no roles or databases, and belongs to nobody', async () => {
    const { rows } = await db.pool.query(
      `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, session_user = current_user as itself
       from pg_roles where rolname = current_user`,
    )
    expect(rows).toEqual([
      {
        rolname: expect.stringMatching(/^mooring_app_[0-9a-f]{8}$/),
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
        itself: true,
      },
    ])
    const memberships = await db.pool.query(
      'select 1 from pg_auth_members where member = (select oid from pg_roles where rolname = current_user)',
    )
    expect(memberships.rowCount).toBe(0)
  })

  it('owns nothing', async () => {
    const { rows } = await db.pool.query(`with me as (select oid from pg_roles where rolname = current_user)
      select relname from pg_class where relowner = (select oid from me)
      union all select nspname from pg_namespace where nspowner = (select oid from me) and nspname not like 'pg_temp%'
      union all select proname from pg_proc where proowner = (select oid from me)
      union all select datname from pg_database where datdba = (select oid from me)`)
    expect(rows).toEqual([])
  })

  it.each([
    ['make a table in its schema', 'create table mooring.mine (id int)'],
    ['make a table elsewhere', 'create table public.mine (id int)'],
    ['make a schema', 'create schema mine'],
    ['change a table', 'alter table mooring.connections add column mine text'],
    ['switch row-level security off', 'alter table mooring.connections disable row level security'],
    ['add a policy', 'create policy mine on mooring.connections using (true)'],
    ['drop a table', 'drop table mooring.connections'],
    ['empty a table at once', 'truncate mooring.connections'],
    ['change what happened', "update mooring.events set message = 'nothing happened'"],
    ['delete what happened', 'delete from mooring.events'],
    ['read the migrations', 'select * from mooring.migrations'],
    ['change the migrations', 'delete from mooring.migrations'],
    ['read its own login', 'select * from mooring.app_login'],
    ['become the owner', 'set role postgres'],
    ['make a role', 'create role another superuser'],
    ['read the hashes of passwords', 'select * from pg_authid'],
    ['run a program', "copy (select 1) to program 'true'"],
  ])('cannot %s', async (_, sql) => {
    expect(await refused(sql)).toBe('42501')
  })

  it('cannot read past row-level security by switching it off for itself: the query fails instead', async () => {
    const client = await db.pool.connect()
    try {
      await client.query('set row_security = off')
      await expect(client.query('select * from mooring.connections')).rejects.toMatchObject({ code: '42501' })
    } finally {
      client.release(true)
    }
  })

  it('reads and writes the rows of every table, and only adds to what happened', async () => {
    const rights = await db.pool.query<{ name: string; rights: string }>(`
      select table_name as name, string_agg(privilege_type, ' ' order by privilege_type) as rights
      from information_schema.role_table_grants where table_schema = 'mooring' and grantee = current_user group by 1 order by 1`)
    expect(rights.rows).toEqual(
      (await tablesOf(database)).map(({ name }) => ({
        name,
        rights: ['events', 'audit_entries'].includes(name) ? 'INSERT SELECT' : 'DELETE INSERT SELECT UPDATE',
      })),
    )
    const [event] = await database.query('select message from mooring.events where workspace_id = $1', [
      seeded.workspace,
    ])
    expect(event).toEqual({ message: 'It happened.' })
  })
})
