/** The oldest PostgreSQL that is promised carries a whole connection: tried on the machine's own, where it has one. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type TestDatabase, type World } from '../../test/world.ts'
import { silent } from '../runtime.ts'
import { allSources, type Binaries, choose } from './carried/binaries.ts'
import { type CarriedPostgres, startCarried } from './carried/index.ts'
import { unprivilegedUser } from './carried/user.ts'
import { asRoot, seedWorkspace } from './testing.ts'

/** The oldest that the machine has, among those that are supported. */
async function oldestOfMachine(): Promise<Binaries | undefined> {
  const { machine } = await allSources()
  const runAs = process.getuid?.() === 0 ? unprivilegedUser() : undefined
  const found = machine.flatMap((folder) => {
    try {
      return [choose({ native: undefined, machine: [folder] }, undefined, runAs) as Binaries]
    } catch {
      return []
    }
  })
  return found.sort((a, b) => a.major - b.major)[0]
}

const oldest = await oldestOfMachine()
const title = oldest
  ? `PostgreSQL ${oldest.major}, the machine's own`
  : 'the oldest PostgreSQL (this machine has none of its own)'

describe.skipIf(oldest === undefined)(title, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mooring-oldest-'))
  let carried: CarriedPostgres
  let database: TestDatabase
  let world: World
  beforeAll(async () => {
    const sources = { native: undefined, machine: [oldest?.binDir ?? ''] }
    carried = await startCarried({ dataDir, log: silent, fsync: false, sources })
    const name = `t_${randomBytes(6).toString('hex')}`
    await asRoot(carried.admin, `create database ${name}`)
    const admin = { ...carried.admin, database: name }
    const pool = new pg.Pool({ ...admin, max: 1 })
    // The pool says that it ended before its sockets did: PostgreSQL, stopped in between, has a last word on them.
    pool.on('error', () => {})
    pool.on('connect', (client) => client.on('error', () => {}))
    database = {
      admin,
      query: async <T extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
        (await pool.query<T>(text, values)).rows,
      drop: () => pool.end(),
    }
    world = await createWorld({ database })
  })
  afterAll(async () => {
    await world?.close()
    await database?.drop()
    await carried?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('is what the world runs on', async () => {
    const [row] = await database.query<{ version: string }>("select current_setting('server_version_num') as version")
    expect(Math.floor(Number(row?.version) / 10_000)).toBe(oldest?.major)
  })

  it('connects, hands out a token, renews it, tests it and lets go of it', async () => {
    const browser = world.browser()
    await browser.signIn()
    const flow = await browser.connectAll()
    expect(flow).toMatchObject({ state: 'connected' })
    const at = `/connections/${flow.connectionId}`
    const token = await world.api('GET', `${at}/token`)
    expect(token.status).toBe(200)
    const renewed = await world.api('POST', `${at}/refresh`)
    expect([renewed.status, renewed.body.state]).toEqual([200, 'connected'])
    expect((await world.api('GET', `${at}/token`)).body.accessToken).not.toBe(token.body.accessToken)
    expect((await world.api('POST', `${at}/test`)).body).toMatchObject({ ok: true })
    expect((await world.api('GET', '/accounts')).body.data.length).toBeGreaterThan(0)
    expect((await world.api('GET', `${at}/events`)).body.data.length).toBeGreaterThan(1)
    expect((await world.api('DELETE', at)).body.connection).toMatchObject({ state: 'disconnected' })
  })

  it('keeps workspaces apart there too', async () => {
    const { store } = world.mooring.engine
    const [a, b] = [await seedWorkspace(store, 'A', 'a'), await seedWorkspace(store, 'B', 'b')]
    expect(await store.connections.token(a.workspace, b.connection)).toBeUndefined()
    expect(await store.connections.token(b.workspace, b.connection)).toBeDefined()
    expect((await store.connections.page(a.workspace, undefined, 10)).map((row) => row.id)).toEqual([a.connection])
  })
})
