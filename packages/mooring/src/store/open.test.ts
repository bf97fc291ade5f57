/** Every kind of database login that an operator may give: which role serves, and that row-level security binds it. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { createWorld, type TestDatabase } from '../../test/world.ts'
import type { Log } from '../runtime.ts'
import type { Db } from './database.ts'
import { type DatabaseTarget, openDatabase } from './open.ts'
import { createStore } from './store.ts'
import { asRoot, seedWorkspace, urlOf } from './testing.ts'

const root = inject('postgres')
const PASSWORD = 'pw-CANARY-5e1f'

describe('a database by its login', () => {
  let admin: typeof root
  let asSuperuser: pg.Client
  let roles: string[]
  let warnings: string[]
  const open: Db[] = []
  const log: Log = { debug() {}, info() {}, error() {}, warn: (_, message) => void warnings.push(message) }

  beforeEach(async () => {
    admin = { ...root, database: `o_${randomBytes(6).toString('hex')}` }
    roles = []
    warnings = []
    await asRoot(root, `create database ${admin.database}`)
    asSuperuser = new pg.Client(admin)
    await asSuperuser.connect()
  })
  afterEach(async () => {
    for (const db of open.splice(0)) await db.close()
    const made = await asSuperuser.query("select to_regclass('mooring.app_login') is not null as there")
    if (made.rows[0].there)
      roles.push(...(await asSuperuser.query('select role from mooring.app_login')).rows.map((row) => row.role))
    await asSuperuser.end()
    await asRoot(root, `drop database ${admin.database} with (force)`)
    for (const role of roles.reverse()) await asRoot(root, `drop role if exists ${role}`)
  })

  const role = async (attributes: string, owner: boolean): Promise<string> => {
    const name = `r_${randomBytes(4).toString('hex')}`
    await asSuperuser.query(`create role ${name} login ${attributes} password '${PASSWORD}'`)
    roles.push(name)
    if (owner) await asSuperuser.query(`alter database ${admin.database} owner to ${name}`)
    return name
  }
  const by = (name: string) => ({ connectionString: urlOf(admin, name, PASSWORD) })
  const opened = async (target: DatabaseTarget): Promise<Db> => {
    const db = await openDatabase(target, log)
    open.push(db)
    return db
  }
  const who = async (db: Db) => {
    const { rows } = await db.pool.query(
      `select current_user as now, session_user as login, (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as free`,
    )
    return rows[0]
  }
  /** Everything works through it, and a forgotten `where` shows nothing of others. */
  const binds = async (db: Db) => {
    const store = createStore(db)
    const [a, b] = [await seedWorkspace(store, 'A'), await seedWorkspace(store, 'B')]
    expect((await db.pool.query('select * from mooring.connections')).rows).toEqual([])
    const { rows } = await db.workspace(a.workspace, async (trx) => ({
      rows: await trx.selectFrom('connections').select('id').execute(),
    }))
    expect(rows).toEqual([{ id: a.connection }])
    expect(await store.connections.token(b.workspace, b.connection)).toMatchObject({ state: 'connected' })
  }

  it('superuser by URL: a role of its own is made once, kept, and serves', async () => {
    const url = by(await role('superuser', false))
    const first = await who(await opened({ admin: url }))
    expect(first).toEqual({ now: expect.stringMatching(/^mooring_app_/), login: first.now, free: false })
    const second = await opened({ admin: url })
    expect(await who(second)).toEqual(first)
    await binds(second)
    expect(warnings).toEqual([])
  })

  it('superuser by URL whose login stands in its query', async () => {
    const name = await role('superuser', false)
    const url = urlOf(admin, 'somebody', 'wrong', `?user=${name}&password=${PASSWORD}`)
    expect((await who(await opened({ admin: { connectionString: url } }))).now).toMatch(/^mooring_app_/)
  })

  it('superuser by a URL without a host, whose socket stands in its query', async () => {
    const name = await role('superuser', false)
    const query = new URLSearchParams({
      host: String(admin.host),
      port: String(admin.port),
      user: name,
      password: PASSWORD,
    })
    const db = await opened({ admin: { connectionString: `postgres:///${admin.database}?${query}` } })
    expect((await who(db)).login).toMatch(/^mooring_app_/)
  })

  it('no superuser, but may create roles: a role is made all the same', async () => {
    const db = await opened({ admin: by(await role('createrole', true)) })
    expect((await who(db)).now).toMatch(/^mooring_app_/)
    await binds(db)
  })

  it('a role that was lost with its cluster, while the database was brought over, is made again', async () => {
    const url = by(await role('superuser', false))
    const before = await opened({ admin: url })
    const { now } = await who(before)
    await before.close()
    open.pop()
    await asSuperuser.query(`drop owned by ${now}; drop role ${now}`)
    const after = await opened({ admin: url })
    expect((await who(after)).now).toBe(now)
    await binds(after)
  })

  it('the plain owner of a database: it serves itself, and forced row-level security binds it', async () => {
    const name = await role('', true)
    const db = await opened({ admin: by(name) })
    expect(await who(db)).toEqual({ now: name, login: name, free: false })
    await binds(db)
    expect((await asSuperuser.query("select to_regclass('mooring.app_login') as made")).rows).toEqual([{ made: null }])
  })

  it('the plain owner of a database carries a whole connection', async () => {
    const database: TestDatabase = {
      admin: { ...admin, user: await role('', true), password: PASSWORD },
      query: async <T extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
        (await asSuperuser.query<T>(sql, values)).rows,
      drop: async () => {},
    }
    const world = await createWorld({ database })
    try {
      expect(await world.browser().connectAll()).toMatchObject({ state: 'connected' })
      expect((await world.api('GET', '/connections')).body.data).toHaveLength(1)
    } finally {
      await world.close()
    }
  })

  it('may read past row-level security and may not create roles: refused, with how to mend it', async () => {
    const fault = await openDatabase({ admin: by(await role('bypassrls', true)) }, log).catch((error) => error)
    expect(fault).toMatchObject({ code: 'config_invalid', detail: expect.stringContaining('BYPASSRLS') })
    expect(JSON.stringify(fault)).not.toContain('CANARY')
  })

  it('a login for the schema and one for the server: each does its own', async () => {
    const server = await role('', false)
    const db = await opened({ admin: by(await role('', true)), app: by(server) })
    expect(await who(db)).toEqual({ now: server, login: server, free: false })
    await binds(db)
    await expect(db.pool.query('select * from mooring.migrations')).rejects.toMatchObject({ code: '42501' })
    await expect(db.pool.query("update mooring.events set message = ''")).rejects.toMatchObject({ code: '42501' })
    await asSuperuser.query(`drop owned by ${server}`)
  })

  it.each(['superuser', 'bypassrls'])(
    'a login for the server that is %s is refused before anything is written',
    async (attribute) => {
      const target = { admin: by(await role('', true)), app: by(await role(attribute, false)) }
      await expect(openDatabase(target, log)).rejects.toMatchObject({ code: 'config_invalid' })
      expect((await asSuperuser.query("select to_regclass('mooring.migrations') as made")).rows).toEqual([
        { made: null },
      ])
    },
  )

  it.each([
    ['superuser', 'superuser', false],
    ['creator of roles', 'createrole', true],
  ])(
    'where the made role is not let in, the %s takes on its rights, and no way leads back to its own',
    async (_, attributes, owner) => {
      const name = await role(attributes, owner)
      const before = await opened({ admin: by(name) })
      const made = (await who(before)).now
      await before.close()
      open.pop()
      await asSuperuser.query(`alter role ${made} nologin`)
      const db = await opened({ admin: by(name) })
      expect(await who(db)).toEqual({ now: made, login: name, free: false })
      expect(warnings).toEqual([expect.stringContaining('refuses a login by the restricted role')])
      await binds(db)
      const client = await db.pool.connect()
      await client.query('reset role')
      expect((await client.query('select current_user as now')).rows).toEqual([{ now: made }])
      await client.query('reset all; discard all').catch(() => {})
      expect((await client.query('select current_user as now')).rows).toEqual([{ now: made }])
      client.release(true)
    },
  )

  it.each([
    ['a wrong password', () => urlOf(admin, 'postgres_nobody', `${PASSWORD}-wrong`)],
    ['a database that is not there', () => urlOf({ ...admin, database: 'not_there' }, 'postgres', '')],
    ['a server that is not there', () => `postgres://postgres:${PASSWORD}@127.0.0.1:1/postgres`],
    ['a host that is not there', () => `postgres://postgres:${PASSWORD}@mooring.invalid:5432/postgres`],
  ])('%s is told as such, without the login', async (_, url) => {
    const fault = await openDatabase({ admin: { connectionString: url() } }, log).catch((error) => error)
    expect(fault).toMatchObject({
      code: 'database_unavailable',
      retryAfter: 5,
      detail: expect.stringContaining('Check DATABASE_URL'),
    })
    expect(`${JSON.stringify(fault)}${fault.stack}`).not.toContain('CANARY')
  })
})
