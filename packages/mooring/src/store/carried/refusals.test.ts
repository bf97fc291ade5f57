import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { silent } from '../../runtime.ts'
import { allSources } from './binaries.ts'
import { startCarried } from './index.ts'
import { cleanUp, nativeWithoutLinks, startChild, temporaryFolder } from './testing.ts'

afterAll(cleanUp)

const snapshot = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => `${name} ${statSync(join(folder, name)).mtimeMs}`)

test('a second Mooring on the folder is told whose it is', async () => {
  const dataDir = temporaryFolder('data')
  const first = startChild({ dataDir })
  await first.says('ready')
  await expect(startCarried({ dataDir, log: silent })).rejects.toMatchObject({
    code: 'database_locked',
    message: expect.stringContaining(`process ${first.process.pid}`),
    detail: expect.stringContaining('Stop it first'),
  })
  const second = startChild({ dataDir })
  expect(await second.says('refused')).toMatchObject({ code: 'database_locked' })
  await first.kill()
  const third = await startCarried({ dataDir, log: silent, fsync: false })
  await third.stop()
}, 60_000)

test('of many that start at once on a new folder one wins and the others are told', async () => {
  const dataDir = temporaryFolder('data')
  const children = Array.from({ length: 5 }, () => startChild({ dataDir }))
  const ends = await Promise.all(
    children.map((child) => Promise.any([child.says('ready'), child.says('refused')]).then((line) => line.event)),
  )
  expect(ends.sort()).toEqual(['ready', 'refused', 'refused', 'refused', 'refused'])
  expect(children.flatMap((child) => child.lines).flatMap((line) => line.code ?? [])).toEqual(
    Array(4).fill('database_locked'),
  )
}, 60_000)

test('a cluster of another major version stops the start, says what to do, and is not touched', async () => {
  const dataDir = temporaryFolder('data')
  const made = await startCarried({ dataDir, log: silent, fsync: false })
  await made.stop()
  writeFileSync(join(dataDir, 'postgres', 'cluster', 'PG_VERSION'), '17\n')
  const before = snapshot(dataDir)
  await expect(startCarried({ dataDir, log: silent })).rejects.toMatchObject({
    code: 'database_version',
    message: expect.stringMatching(/PostgreSQL 17.*PostgreSQL 18/),
    detail: expect.stringMatching(/mooring backup.*mooring restore/),
  })
  expect(snapshot(dataDir)).toEqual(before)
}, 60_000)

test('without binaries and without PostgreSQL on the machine it says to set DATABASE_URL', async () => {
  const dataDir = temporaryFolder('data')
  const sources = { native: undefined, machine: [] }
  await expect(startCarried({ dataDir, log: silent, sources })).rejects.toMatchObject({
    code: 'database_missing',
    detail: expect.stringContaining('DATABASE_URL'),
  })
})

test('binaries that do not run here (another C library) are as good as none', async () => {
  const native = await nativeWithoutLinks()
  for (const name of ['postgres', 'initdb'])
    writeFileSync(join(native.dir, 'bin', name), '#!/lib/ld-of-another-system\n')
  const dataDir = temporaryFolder('data')
  await expect(startCarried({ dataDir, log: silent, sources: { native, machine: [] } })).rejects.toMatchObject({
    code: 'database_missing',
    detail: expect.stringContaining('does not run here'),
  })
  expect(existsSync(join(dataDir, 'postgres', native.version))).toBe(false)
}, 60_000)

test('a failing initdb: its last words are in the detail, and the next start is not hindered by what it left', async () => {
  const native = await nativeWithoutLinks('18.4.0-damaged')
  rmSync(join(native.dir, 'share', 'postgres.bki'), { force: true })
  rmSync(join(native.dir, 'share', 'postgresql', 'postgres.bki'), { force: true })
  const dataDir = temporaryFolder('data')
  await expect(startCarried({ dataDir, log: silent, sources: { native, machine: [] } })).rejects.toMatchObject({
    code: 'database_unavailable',
    detail: expect.stringContaining('postgres.bki'),
  })
  expect(readdirSync(join(dataDir, 'postgres')).filter((name) => /cluster|lock/.test(name))).toEqual([])
  const mended = await startCarried({ dataDir, log: silent, fsync: false })
  expect(mended.created).toBe(true)
  await mended.stop()
  expect(existsSync(join(dataDir, 'postgres', '18.4.0-damaged'))).toBe(false)
}, 60_000)

test('a cluster without its version file is damaged, not absent: nothing new is made in its place', async () => {
  const dataDir = temporaryFolder('data')
  mkdirSync(join(dataDir, 'postgres', 'cluster', 'base'), { recursive: true })
  await expect(startCarried({ dataDir, log: silent })).rejects.toMatchObject({ code: 'database_unavailable' })
  expect(readdirSync(join(dataDir, 'postgres', 'cluster'))).toEqual(['base'])
})

test('a data folder that cannot be a folder is named', async () => {
  const file = temporaryFolder('file')
  writeFileSync(file, '')
  await expect(startCarried({ dataDir: join(file, 'data'), log: silent })).rejects.toMatchObject({
    code: 'database_unavailable',
    detail: expect.stringContaining(file),
  })
})

test.runIf(process.platform !== 'win32')('a path that initdb would give to a shell unquoted is refused', async () => {
  const dataDir = temporaryFolder('$(touch x)')
  await expect(startCarried({ dataDir, log: silent })).rejects.toMatchObject({
    code: 'database_unavailable',
    detail: expect.stringContaining('another data folder'),
  })
})

test('PostgreSQL of the machine serves where npm brings none, and keeps the folder that it made', async (context) => {
  const { native, machine } = await allSources()
  if (machine.length === 0) return context.skip('This machine has no PostgreSQL of its own.')
  const dataDir = temporaryFolder('data')
  const first = await startCarried({ dataDir, log: silent, fsync: false, sources: { native: undefined, machine } })
  expect(first.created).toBe(true)
  await first.stop()
  const second = await startCarried({ dataDir, log: silent, fsync: false, sources: { native, machine } })
  expect([second.created, second.version]).toEqual([false, first.version])
  await second.stop()
  await expect(startCarried({ dataDir, log: silent, sources: { native, machine: [] } })).rejects.toMatchObject({
    code: 'database_missing',
  })
}, 60_000)

/** A small file system of its own needs root and a kernel that lets it. */
function smallDisk(): string | undefined {
  const folder = temporaryFolder('disk')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=72m,mode=755', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    return undefined
  }
}

test('a full disk is called that', async (context) => {
  const disk = smallDisk()
  if (!disk) return context.skip('A small disk cannot be mounted here.')
  try {
    await expect(startCarried({ dataDir: join(disk, 'data'), log: silent })).rejects.toMatchObject({
      code: 'storage_full',
    })
  } finally {
    execFileSync('umount', ['-l', disk])
  }
}, 60_000)
