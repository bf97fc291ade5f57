import { existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { silent } from '../../runtime.ts'
import { type CarriedPostgres, findRunning, startCarried } from './index.ts'
import { cleanUp, processesIn, temporaryFolder } from './testing.ts'

afterAll(cleanUp)

async function ask<T extends object>(config: object, sql: string): Promise<T[]> {
  const client = new pg.Client({ ...config, ssl: false })
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

describe('a running server', () => {
  const dataDir = temporaryFolder('data')
  let carried: CarriedPostgres
  beforeAll(async () => {
    process.env.MOORING_SECRET_OF_A_TEST = 'not-for-postgres'
    carried = await startCarried({ dataDir, log: silent })
  }, 60_000)
  afterAll(async () => {
    delete process.env.MOORING_SECRET_OF_A_TEST
    await carried.stop()
  })
  const show = async (name: string) => Object.values((await ask(carried.admin, `show ${name}`))[0] ?? {})[0]

  test('is PostgreSQL 18, made now', () => {
    expect(carried).toMatchObject({ created: true, dataDir, version: expect.stringMatching(/^18\./) })
    expect(carried.pid).toBeGreaterThan(1)
  })

  test('writes to the disk, in UTC, and keeps itself tidy', async () => {
    expect(await show('fsync')).toBe('on')
    expect(await show('synchronous_commit')).toBe('on')
    expect(await show('full_page_writes')).toBe('on')
    expect(await show('data_checksums')).toBe('on')
    expect(await show('autovacuum')).toBe('on')
    expect(await show('shared_buffers')).toBe('32MB')
    expect(await show('max_connections')).toBe('100')
    expect(await show('timezone')).toBe('UTC')
    expect(await show('statement_timeout')).toBe('0')
    expect(await show('listen_addresses')).toBe(process.platform === 'win32' ? '127.0.0.1' : '')
  })

  test('orders text by code points in UTF-8, whatever the locale of the host', async () => {
    const rows = await ask<{ locale: string; encoding: string }>(
      carried.admin,
      `select datlocale as locale, pg_encoding_to_char(encoding) as encoding from pg_database where datname = 'postgres'`,
    )
    expect(rows).toEqual([{ locale: 'C.UTF-8', encoding: 'UTF8' }])
    const sorted = await ask<{ v: string }>(
      carried.admin,
      `select v from (values ('b'), ('ä'), ('B'), ('a')) t (v) order by v`,
    )
    expect(sorted.map((row) => row.v)).toEqual(['B', 'a', 'b', 'ä'])
    expect(await ask(carried.admin, `select upper('é') as v`)).toEqual([{ v: 'É' }])
  })

  test('takes another role by its password alone', async () => {
    await ask(carried.admin, `create role visitor login password 'right'`)
    const { host, port, database } = carried.admin
    const as = (password: string) =>
      ask<{ me: string }>({ host, port, database, user: 'visitor', password }, 'select current_user as me')
    expect(await as('right')).toEqual([{ me: 'visitor' }])
    await expect(as('wrong')).rejects.toMatchObject({ code: '28P01' })
    const kept = await ask<{ kind: string }>(
      carried.admin,
      `select left(rolpassword, 13) as kind from pg_authid where rolname = 'visitor'`,
    )
    expect(kept).toEqual([{ kind: 'SCRAM-SHA-256' }])
  })

  test.runIf(process.platform !== 'win32')('has its socket where nobody else can go, and runs as its owner', () => {
    const socket = statSync(carried.admin.host)
    expect(socket.mode & 0o777).toBe(0o700)
    expect(socket.uid).toBe(statSync(join(dataDir, 'postgres', 'cluster')).uid)
    expect(socket.uid).not.toBe(0)
    expect(Buffer.byteLength(carried.admin.host)).toBeLessThan(90)
  })

  test.runIf(process.platform === 'linux')('does not get our environment, which holds secrets', () => {
    const environment = readFileSync(`/proc/${carried.pid}/environ`, 'utf8')
    expect(environment).toContain('LC_ALL=C')
    expect(environment).not.toContain('not-for-postgres')
  })

  test('writes nothing of what people stored into its log', async () => {
    await ask(carried.admin, `create table private (value text primary key)`)
    await ask(carried.admin, `insert into private values ('a-private-value')`)
    await expect(ask(carried.admin, `insert into private values ('a-private-value')`)).rejects.toMatchObject({
      code: '23505',
    })
    await expect(ask(carried.admin, `select 'a-private-value' from nowhere`)).rejects.toMatchObject({ code: '42P01' })
    const log = readFileSync(join(dataDir, 'postgres', 'server.log'), 'utf8')
    expect(log).toContain('duplicate key')
    expect(log).not.toContain('a-private-value')
  })

  test('is found by a command line on the same folder', async () => {
    expect(await findRunning(dataDir)).toEqual({ holderPid: process.pid, admin: carried.admin })
  })

  test('is refused to a second start, even of the same process', async () => {
    await expect(startCarried({ dataDir, log: silent })).rejects.toMatchObject({
      code: 'database_locked',
      message: expect.stringContaining(`process ${process.pid}`),
      detail: expect.stringContaining('this very process'),
    })
    expect(await ask(carried.admin, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

test('stopped and started again it has everything, fast, and leaves nothing behind', async () => {
  const dataDir = temporaryFolder('data')
  const first = await startCarried({ dataDir, log: silent })
  await ask(first.admin, 'create table kept as select 7 as value')
  await first.stop()
  await first.stop()
  expect(await findRunning(dataDir)).toBeUndefined()
  expect(processesIn(realpathSync(dataDir))).toEqual([])
  expect(existsSync(first.admin.host)).toBe(process.platform === 'win32')
  expect(existsSync(join(dataDir, 'postgres', 'mooring.lock'))).toBe(false)

  const second = await startCarried({ dataDir, log: silent })
  expect(second.created).toBe(false)
  expect(await ask(second.admin, 'select value from kept')).toEqual([{ value: 7 }])
  await second.stop()
  // a few times what they take on a small machine: a start that became slow shows, a busy machine does not
  expect(first.startedInMs).toBeLessThan(8_000)
  expect(second.startedInMs).toBeLessThan(2_000)
}, 60_000)

test('the path of the data folder may be long, and hold blanks, an apostrophe and letters of any kind', async () => {
  const dataDir = temporaryFolder(join(`Anna's Daten ü 漢字 (1) & ;*?`, 'x'.repeat(120), 'data'))
  mkdirSync(join(dataDir, '..'), { recursive: true })
  const carried = await startCarried({ dataDir, log: silent, fsync: false })
  expect(await ask(carried.admin, 'select 1 as one')).toEqual([{ one: 1 }])
  expect((await findRunning(dataDir))?.admin).toEqual(carried.admin)
  await carried.stop()
}, 60_000)

test('a folder that is no data folder has nothing running, and stays as it is', async () => {
  const folder = temporaryFolder()
  expect(await findRunning(folder)).toBeUndefined()
  expect(await findRunning(join(folder, 'missing'))).toBeUndefined()
  expect(existsSync(join(folder, 'postgres'))).toBe(false)
})
