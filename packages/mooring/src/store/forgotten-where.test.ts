/** Row-level security stands behind every query: here the `where` is forgotten on purpose, in every table. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world.ts'
import type { Db } from './database.ts'
import type { Store } from './store.ts'
import {
  hasWorkspace,
  OPEN_TO_THE_INSTANCE,
  openStore,
  type Seeded,
  seedWorkspace,
  type Table,
  tablesOf,
} from './testing.ts'

type Row = Record<string, unknown>

/** What belongs to a workspace and is read in one. The rest is the instance's own. */
const OF_THE_INSTANCE = ['api_keys', 'grant_holders', 'past_holders']
const isOwned = (table: Table) => hasWorkspace(table) && !OF_THE_INSTANCE.includes(table.name)

describe('a forgotten where', () => {
  let database: TestDatabase
  let db: Db
  let store: Store
  let a: Seeded
  let b: Seeded
  let tables: Table[]
  beforeAll(async () => {
    database = await testDatabase()
    const opened = await openStore(database)
    db = opened.db
    store = opened.store
    a = await seedWorkspace(store, 'A')
    b = await seedWorkspace(store, 'B')
    await database.query('insert into mooring.past_holders select * from mooring.grant_holders')
    tables = await tablesOf(database)
  })
  afterAll(async () => {
    await db.close()
    await database.drop()
  })

  const everythingIn = (name: string) => sql<Row>`select * from mooring.${sql.table(name)}`

  it('has rows of both workspaces to find, in every table', async () => {
    for (const table of tables) {
      const rows = await database.query<Row>(`select * from mooring.${table.name}`)
      const found = new Set(
        rows.map((row) => row.workspace_id ?? (table.name === 'workspaces' ? row.id : 'the instance')),
      )
      if (isOwned(table) || table.name === 'workspaces')
        expect([...found].sort(), table.name).toEqual([a.workspace, b.workspace].sort())
      else expect(rows.length, `${table.name} has no row to test with: add one to seedWorkspace`).toBeGreaterThan(0)
    }
  })

  it('shows a workspace its own rows alone', async () => {
    for (const table of tables) {
      const { rows } = await db.workspace(a.workspace, (trx) => everythingIn(table.name).execute(trx))
      if (isOwned(table)) {
        expect(rows.length, table.name).toBeGreaterThan(0)
        expect(new Set(rows.map((row) => row.workspace_id)), table.name).toEqual(new Set([a.workspace]))
      } else if (table.name === 'workspaces') expect(rows.map((row) => row.id)).toEqual([a.workspace])
      else expect(rows, `${table.name} is the instance's`).toEqual([])
    }
  })

  it('shows nothing to a query that named no workspace', async () => {
    for (const table of tables) {
      const { rows } = await db.pool.query(`select * from mooring.${table.name}`)
      expect(rows, table.name).toEqual([])
    }
  })

  it('shows the instance no row of any workspace', async () => {
    for (const table of tables) {
      const { rows } = await db.instance((trx) => everythingIn(table.name).execute(trx))
      if (isOwned(table) && !OPEN_TO_THE_INSTANCE.includes(table.name)) expect(rows, table.name).toEqual([])
      else expect(rows.length, table.name).toBeGreaterThan(0)
    }
  })

  it('changes and deletes no row of another workspace', async () => {
    for (const table of tables.filter((one) => isOwned(one) && !['events', 'audit_entries'].includes(one.name))) {
      const before = await database.query(`select * from mooring.${table.name} where workspace_id = $1`, [b.workspace])
      const column =
        table.columns.find((one) => !one.generated && one.name !== 'workspace_id' && !table.key.includes(one.name))
          ?.name ??
        // All of it is key.
        table.key.at(-1) ??
        ''
      await db.workspace(a.workspace, (trx) =>
        sql`update mooring.${sql.table(table.name)} set ${sql.ref(column)} = ${sql.ref(column)}`.execute(trx),
      )
      const undo = new Error('undo')
      const deleting = db.workspace(a.workspace, async (trx) => {
        await sql`delete from mooring.${sql.table(table.name)}`.execute(trx)
        expect((await everythingIn(table.name).execute(trx)).rows).toEqual([])
        throw undo
      })
      await expect(deleting).rejects.toBe(undo)
      expect(
        await database.query(`select * from mooring.${table.name} where workspace_id = $1`, [b.workspace]),
      ).toEqual(before)
      const { numAffectedRows } = await db.workspace(a.workspace, (trx) =>
        sql`delete from mooring.${sql.table(table.name)} where workspace_id = ${b.workspace}`.execute(trx),
      )
      expect(numAffectedRows, table.name).toBe(0n)
    }
  })

  it('writes no row into another workspace, and moves none there', async () => {
    for (const table of tables.filter(isOwned)) {
      const columns = table.columns.filter((one) => !one.generated && one.name !== 'workspace_id')
      const rest = sql.join(columns.map((one) => sql.ref(one.name)))
      const moving = db.workspace(a.workspace, (trx) =>
        sql`insert into mooring.${sql.table(table.name)} (workspace_id, ${rest})
            select ${b.workspace}::uuid, ${rest} from mooring.${sql.table(table.name)}`.execute(trx),
      )
      await expect(moving, table.name).rejects.toMatchObject({ code: 'internal', detail: 'SQLSTATE 42501' })
    }
    const stolen = db.workspace(a.workspace, (trx) =>
      sql`update mooring.flow_states set workspace_id = ${b.workspace}`.execute(trx),
    )
    await expect(stolen).rejects.toMatchObject({ detail: 'SQLSTATE 42501' })
  })

  it('makes no workspace, person or key from inside a workspace', async () => {
    const insert = (statement: ReturnType<typeof sql>) => db.workspace(a.workspace, (trx) => statement.execute(trx))
    const id = randomUUID()
    await expect(insert(sql`insert into mooring.workspaces values (${id}, 'mine')`)).rejects.toMatchObject({
      detail: 'SQLSTATE 42501',
    })
    await expect(
      insert(sql`insert into mooring.people (id, name, operator) values (${id}, 'me', true)`),
    ).rejects.toMatchObject({
      detail: 'SQLSTATE 42501',
    })
    const key = sql`insert into mooring.api_keys values (${id}, null, '\\x00', 'mk', 'mine', '{}')`
    await expect(insert(key)).rejects.toMatchObject({ detail: 'SQLSTATE 42501' })
  })

  it('keeps the scope of the instance inside the statement that needed it, when a connection is made or ended', async () => {
    const other = await seedWorkspace(store, 'C', 'tomas')
    const seen: unknown[] = []
    await db.workspace(other.workspace, async (trx) => {
      seen.push((await sql`select * from mooring.people`.execute(trx)).rows)
      seen.push((await sql`select * from mooring.grant_holders`.execute(trx)).rows)
    })
    await store.connections.disconnect(other.workspace, other.connection, {
      ...{ id: randomUUID(), at: new Date(), type: 'connection.disconnected', actor: 'Owner', message: '' },
    })
    expect(seen).toEqual([[], []])
    await eachIdleClient(db.pool, async (client) => expect(await settingsOf(client)).toEqual(['', '']))
  })

  describe('the hot read of a token', () => {
    it('finds nothing under another workspace', async () => {
      expect(await store.connections.token(a.workspace, a.connection)).toMatchObject({
        access_token: 'sealed access token',
      })
      expect(await store.connections.token(b.workspace, a.connection)).toBeUndefined()
      expect(await store.connections.token(randomUUID(), a.connection)).toBeUndefined()
    })

    it('leaves no workspace behind in the client that ran it', async () => {
      const reads = Array.from({ length: 30 }, (_, at) =>
        at % 2 === 0
          ? store.connections.token(a.workspace, a.connection)
          : store.connections.token(b.workspace, b.connection),
      )
      expect((await Promise.all(reads)).every((row) => row?.access_token === 'sealed access token')).toBe(true)
      let clients = 0
      await eachIdleClient(db.pool, async (client) => {
        clients += 1
        expect(await settingsOf(client)).toEqual(['', ''])
        expect((await client.query('select * from mooring.connections')).rows).toEqual([])
      })
      expect(clients).toBeGreaterThan(1)
    })
  })
})

/** Every client that the pool holds, at once, so that none is missed. */
async function eachIdleClient(pool: pg.Pool, look: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const clients = await Promise.all(Array.from({ length: pool.options.max ?? 1 }, () => pool.connect()))
  try {
    for (const client of clients) await look(client)
  } finally {
    for (const client of clients) client.release()
  }
}

async function settingsOf(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query(
    "select coalesce(current_setting('mooring.workspace', true), '') as workspace, coalesce(current_setting('mooring.scope', true), '') as scope",
  )
  return [rows[0].workspace, rows[0].scope]
}
