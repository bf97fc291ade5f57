/** The registry of sealed columns against the whole database, and the walk over them against what a superuser counts. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeSession, walk } from '../../test/sessions.ts'
import { createWorld, type TestDatabase, testDatabase } from '../../test/world.ts'
import { silent } from '../runtime.ts'
import { createKeyRing, generateKey } from '../vault/keyring.ts'
import { createVault } from '../vault/vault.ts'
import { createDb, type Db } from './database.ts'
import { NOT_SEALED, SEALED, type SealedChange, type SealedPlace, type SealedRow, sealedStore } from './sealed.ts'
import type { Store } from './store.ts'
import { newConnection, newEvent, newFlow, openStore, sha256 } from './testing.ts'

const SEAL = /v1\.[A-Za-z0-9_-]{8}\.[A-Za-z0-9_-]{38}/

describe('the registry of sealed columns', () => {
  it('knows every column of the database in which a sealed value lies, and names none in which none does', async () => {
    const world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    // An app that takes a verifier: what is sealed for a flow that waits.
    const native = await createWorld({
      database: world.database,
      vaultKeys: world.vaultKeys,
      env: { LINKEDIN_PKCE: 'native', MOORING_BASE_URL: 'http://127.0.0.1:8003' },
    })
    const connection = (await world.browser().connectAll()).connectionId
    // Pages have tokens of their own.
    await world.browser().connectAll({ provider: 'meta' })
    await world.browser().connect({ provider: 'linkedin' }, { press: 'cancel' })
    await world.api('POST', `/connections/${connection}/refresh`)
    await world.browser().signIn()
    expect(await native.browser().start({ provider: 'linkedin' })).toMatchObject({ status: 201 })
    await world.api('POST', '/registrations', { app: 'linkedin', clientId: 'x', clientSecret: 'y' })
    await world.api('POST', '/webhooks', { url: 'https://app.example.com/hooks' })
    // And what is held for a host.
    const at = { returnTo: '/settings', completeAt: '/complete' }
    await walk(world, world.browser(), await makeSession(world, at))
    const tables = await world.database.query<{ schema: string; name: string }>(
      `select schemaname as schema, tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const found = new Set<string>()
    for (const { schema, name } of tables) {
      for (const row of await world.database.query<Record<string, unknown>>(`select * from ${schema}.${name}`))
        for (const [column, value] of Object.entries(row)) {
          const text = Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value)
          if (SEAL.test(text ?? '')) found.add(`${schema}.${name}.${column}`)
        }
    }
    const known = SEALED.flatMap((one) => one.columns.map((column) => `mooring.${one.table}.${column}`))
    expect([...found].sort()).toEqual(known.sort())
    await native.close()
    await world.close()
  })
})

const older = generateKey()
const newer = generateKey()
const vaults = { old: createVault(createKeyRing(older)), new: createVault(createKeyRing(`${newer},${older}`)) }
const [NEW = '', OLD = ''] = vaults.new.kids

describe('the walk', () => {
  let database: TestDatabase
  let db: Db
  let store: Store
  const workspaces: string[] = []
  beforeAll(async () => {
    database = await testDatabase()
    const opened = await openStore(database)
    db = opened.db
    store = opened.store
    for (const count of [0, 1, 5, 0, 0, 12, 3, 1]) {
      const { id: workspace } = await store.workspaces.create(randomUUID(), `of ${count}`, null)
      workspaces.push(workspace)
      for (let at = 0; at < count; at += 1) await add(workspace, at % 3 === 0 ? vaults.new : vaults.old, at)
    }
  })
  afterAll(async () => {
    await db.close()
    await database.drop()
  })

  /** A connection, with a flow that waits for each third. */
  async function add(workspace: string, vault: typeof vaults.old, at: number): Promise<string> {
    const identity = { newId: randomUUID(), provider: 'linkedin', registration: 'linkedin', subject: randomUUID() }
    const { id } = await store.connections.upsert(
      workspace,
      identity,
      (record) =>
        newConnection({
          access_token: vault.seal('access', { workspace, record, field: 'access_token' }),
          refresh_token: at % 2 === 0 ? vault.seal('refresh', { workspace, record, field: 'refresh_token' }) : null,
        }),
      () => newEvent(),
    )
    if (at % 3 !== 1) return id
    const flow = newFlow()
    const secret = () => sha256(randomUUID())
    const verifier = vault.seal('verifier', { workspace, record: flow.id, field: 'verifier' })
    const secrets = { state_hash: secret(), binding_hash: secret(), ticket_hash: null, verifier }
    await store.flows.start(workspace, flow, secrets, { most: 1000, since: new Date(0) })
    return id
  }

  async function counted(limit: number): Promise<Record<string, number>> {
    const sums: Record<string, number> = {}
    let place: SealedPlace | undefined
    do {
      const { counts, next } = await store.sealed.count(place, limit)
      for (const one of counts) {
        const name = `${one.table}.${one.column} ${one.kid}`
        sums[name] = (sums[name] ?? 0) + one.values
      }
      place = next
    } while (place)
    return sums
  }

  async function staleRows(limit: number): Promise<string[]> {
    const found: string[] = []
    let place: SealedPlace | undefined
    do {
      const { table, rows, next } = await store.sealed.stale(place, NEW, limit)
      expect(rows.length).toBeLessThanOrEqual(limit)
      found.push(...rows.map((row) => `${table.table} ${row.workspace} ${row.record}`))
      place = next
    } while (place)
    return found
  }

  /** Past row-level security, and by other words. */
  async function truth(): Promise<Record<string, number>> {
    const sums: Record<string, number> = {}
    for (const { table, columns } of SEALED)
      for (const column of columns)
        for (const { kid, values } of await database.query<{ kid: string; values: number }>(
          `select split_part(${column}, '.', 2) as kid, count(*)::int as values from mooring.${table} where ${column} is not null group by 1`,
        ))
          sums[`${table}.${column} ${kid === '' ? NOT_SEALED : kid}`] = values
    return sums
  }

  const trueStale = async () =>
    (
      await database.query<{ name: string }>(
        `select 'connections ' || workspace_id || ' ' || id as name from mooring.connections
         where access_token not like 'v1.${NEW}.%' or refresh_token not like 'v1.${NEW}.%'
         union all select 'flow_states ' || workspace_id || ' ' || flow_id from mooring.flow_states where verifier not like 'v1.${NEW}.%'`,
      )
    ).map((row) => row.name)

  it('counts over all workspaces what is there, by key and column, whatever the size of a step', async () => {
    const expected = await truth()
    expect(Object.keys(expected).sort()).toEqual(
      [NEW, OLD]
        .flatMap((kid) => [`connections.access_token ${kid}`, `connections.refresh_token ${kid}`])
        .concat(`flow_states.verifier ${OLD}`)
        .sort(),
    )
    for (const limit of [1, 2, 3, 5, 12, 22, 1000]) expect(await counted(limit), `${limit}`).toEqual(expected)
  })

  it('finds every row that another key sealed, once, and none twice', async () => {
    const expected = await trueStale()
    expect(expected.length).toBeGreaterThan(15)
    for (const limit of [1, 2, 3, 5, 12, 22, 1000])
      expect((await staleRows(limit)).sort(), `${limit}`).toEqual(expected.sort())
  })

  it('reads as the server’s role, which sees no row without its workspace, and leaves no workspace behind', async () => {
    await counted(5)
    const clients = await Promise.all(Array.from({ length: db.pool.options.max ?? 1 }, () => db.pool.connect()))
    for (const client of clients as pg.PoolClient[]) {
      expect((await client.query('select * from mooring.connections')).rows).toEqual([])
      client.release()
    }
  })

  it('goes on where the workspace that it stood in, or the record, is gone', async () => {
    const { id: gone } = await store.workspaces.create('00000000-0000-4000-8000-000000000001', 'gone', null)
    const record = await add(gone, vaults.old, 0)
    await add(gone, vaults.old, 0)
    const first = await store.sealed.stale(undefined, NEW, 1)
    expect(first.next).toMatchObject({ table: 0, workspace: gone })
    await database.query('delete from mooring.connections where id = $1', [record])
    await database.query('delete from mooring.workspaces where id = $1', [gone])
    const found: string[] = []
    for (let place = first.next; place; ) {
      const { table, rows, next } = await store.sealed.stale(place, NEW, 3)
      found.push(...rows.map((row) => `${table.table} ${row.workspace} ${row.record}`))
      place = next
    }
    expect(found.sort()).toEqual((await trueStale()).sort())
  })

  it('tells what is no sealed value apart', async () => {
    const [{ id } = { id: '' }] = await database.query<{ id: string }>(
      'select id from mooring.connections where refresh_token is not null limit 1',
    )
    const keep = await database.query<{ r: string }>(
      'select refresh_token as r from mooring.connections where id = $1',
      [id],
    )
    for (const nonsense of ['nonsense', '', 'v1.short.x', 'v1.......................', 'gAAAAABk-of-fernet']) {
      await database.query('update mooring.connections set refresh_token = $2 where id = $1', [id, nonsense])
      expect((await counted(100))[`connections.refresh_token ${NOT_SEALED}`], nonsense).toBe(1)
      expect(
        (await staleRows(100)).some((name) => name.endsWith(id)),
        nonsense,
      ).toBe(true)
    }
    await database.query('update mooring.connections set refresh_token = $2 where id = $1', [id, keep[0]?.r])
  })

  describe('a swap', () => {
    const change = async (): Promise<{ row: SealedRow; changes: SealedChange[] }> => {
      const { rows } = await store.sealed.stale(undefined, NEW, 1000)
      const row = rows.find((one) => one.values.every((value) => value?.startsWith(`v1.${OLD}.`)))
      if (!row) throw new Error('no row with two old values')
      const values = row.values.map((from, at) => ({ from: from ?? '', to: `new ${at}` }))
      return { row, changes: [{ record: row.record, values }] }
    }
    const table = SEALED[0] as (typeof SEALED)[number]
    const stored = async (record: string) =>
      (
        await database.query<{ a: string; r: string }>(
          'select access_token as a, refresh_token as r from mooring.connections where id = $1',
          [record],
        )
      )[0]
    const put = (record: string, values: readonly (string | null)[]) =>
      database.query('update mooring.connections set access_token = $2, refresh_token = $3 where id = $1', [
        record,
        ...values,
      ])

    it('puts each value where the other still is, and leaves what somebody else wrote', async () => {
      const { row, changes } = await change()
      await put(row.record, ['written meanwhile', row.values[1] ?? null])
      expect(await store.sealed.swap(row.workspace, table, changes)).toBe(1)
      expect(await stored(row.record)).toEqual({ a: 'written meanwhile', r: 'new 1' })
      await put(row.record, [null, null])
      expect(await store.sealed.swap(row.workspace, table, changes)).toBe(0)
      expect(await stored(row.record)).toEqual({ a: null, r: null })
      await put(row.record, row.values)
      expect(
        await store.sealed.swap(row.workspace, table, [
          { record: row.record, values: [undefined, changes[0]?.values[1]] },
        ]),
      ).toBe(1)
      expect(await stored(row.record)).toEqual({ a: row.values[0], r: 'new 1' })
      await put(row.record, row.values)
      expect(await store.sealed.swap(row.workspace, table, changes)).toBe(2)
      await put(row.record, row.values)
    })

    it('waits for a refresh that is being stored, and leaves what it stored', async () => {
      const { row, changes } = await change()
      let swapping: Promise<number> | undefined
      await db.workspace(row.workspace, async (trx) => {
        await trx
          .updateTable('connections')
          .set({ access_token: 'refreshed' })
          .where('workspace_id', '=', row.workspace)
          .where('id', '=', row.record)
          .execute()
        swapping = store.sealed.swap(row.workspace, table, changes)
        for (;;) {
          const waiting = await database.query(
            "select 1 from pg_locks where not granted and locktype = 'transactionid'",
          )
          if (waiting.length > 0) break
        }
      })
      expect(await swapping).toBe(1)
      expect(await stored(row.record)).toEqual({ a: 'refreshed', r: 'new 1' })
      await put(row.record, row.values)
    })

    it.each([
      ['the server', undefined],
      ['a superuser, whom row-level security does not bind', 'root'],
    ])('changes nothing of another workspace, as %s', async (_, who) => {
      const { row, changes } = await change()
      const other = workspaces.find((one) => one !== row.workspace) ?? ''
      const root = createDb({ ...database.admin }, silent)
      const repository = who ? sealedStore(root) : store.sealed
      expect(await repository.swap(other, table, changes)).toBe(0)
      await expect((async () => repository.swap('*', table, changes))()).rejects.toMatchObject({ code: 'not_found' })
      expect(await stored(row.record)).toEqual({ a: row.values[0], r: row.values[1] })
      await root.close()
    })
  })

  it('crosses from one thousand workspaces to the next', async () => {
    await database.query(
      `insert into mooring.workspaces (id, name) select gen_random_uuid(), 'many' from generate_series(1, 2500)`,
    )
    await database.query(`insert into mooring.connections (workspace_id, id, provider, registration, subject, label, state, requested_scopes, granted_scopes, access_token)
      select id, gen_random_uuid(), 'p', 'r', 's', 'l', 'connected', '{}', '{}', 'v1.${OLD}.x' from mooring.workspaces where name = 'many'`)
    const expected = await truth()
    expect(await counted(20_000)).toEqual(expected)
    expect(await counted(300)).toEqual(expected)
    expect((await staleRows(700)).sort()).toEqual((await trueStale()).sort())
  })
})
