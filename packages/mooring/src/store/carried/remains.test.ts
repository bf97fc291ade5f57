/** What a crash can leave in a folder, put there by hand: each is cured, and nothing that lives is harmed. */
import { spawn } from 'node:child_process'
import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silent } from '../../runtime.ts'
import { startCarried } from './index.ts'
import { lives } from './process.ts'
import { cleanUp, startChild, temporaryFolder } from './testing.ts'
import { ownerOf } from './user.ts'

const dataDir = temporaryFolder('data')
const base = join(dataDir, 'postgres')
const note = join(base, 'cluster', 'postmaster.pid')
const start = () => startCarried({ dataDir, log: silent, fsync: false })
const DEAD_PID = 0x7fff_fff0

beforeAll(async () => (await start()).stop(), 60_000)
afterAll(cleanUp)

const notePid = (pid: number) => {
  writeFileSync(note, `${pid}\n${base}/cluster\n1700000000\n5432\n/tmp\n\n  1234567   1234567\nready   \n`, {
    mode: 0o600,
  })
  const owner = ownerOf(join(base, 'cluster'))
  if (owner) chownSync(note, owner.uid, owner.gid)
}

test('a postmaster.pid that names the dead', async () => {
  notePid(DEAD_PID)
  await (await start()).stop()
})

test('a postmaster.pid whose pid another program of the same user has by now', async () => {
  const owner = ownerOf(join(base, 'cluster'))
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    cwd: '/',
    stdio: 'ignore',
    ...owner,
  })
  try {
    notePid(stranger.pid ?? 0)
    const carried = await start()
    expect(carried.pid).not.toBe(stranger.pid)
    await carried.stop()
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  } finally {
    stranger.kill('SIGKILL')
  }
})

test('a postmaster.pid whose pid another PostgreSQL has by now: that one is left alone', async () => {
  const other = startChild({ dataDir: temporaryFolder('data') })
  const { pid } = await other.says('ready')
  notePid(pid)
  const carried = await start()
  expect(lives(pid)).toBe(true)
  await carried.stop()
  expect(other.lines.some((line) => line.event === 'exit')).toBe(false)
}, 60_000)

test('a lock whose holder is dead, whose pid is recycled, or that says nothing', async () => {
  const lock = join(base, 'mooring.lock')
  const holder = startChild({ dataDir })
  await holder.says('ready')
  const claim = JSON.parse(readFileSync(lock, 'utf8')) as Record<string, unknown>
  await holder.kill()
  for (const left of [
    JSON.stringify(claim),
    JSON.stringify({ ...claim, pid: process.pid }), // we live, and began later than the holder says
    JSON.stringify({ ...claim, pid: process.pid, boot: 'the-boot-before' }),
    '',
    '{"pid":',
  ]) {
    writeFileSync(lock, left)
    await (await start()).stop()
  }
  expect(readdirSync(base).filter((name) => name.startsWith('mooring.lock'))).toEqual([])
}, 60_000)

test('a copy of the binaries that was cut off, or lost its contents in a power cut', async () => {
  const [version] = readdirSync(base).filter((name) => /^\d/.test(name))
  const program = join(base, version ?? '', 'bin', 'postgres')
  const whole = statSync(program).size
  truncateSync(program, 0)
  mkdirSync(join(base, 'copy.4711'))
  mkdirSync(join(base, '17.2.0'))
  await (await start()).stop()
  expect(statSync(program).size).toBe(whole)
  expect(readdirSync(base).filter((name) => /^copy|^\d/.test(name))).toEqual([version])
}, 60_000)

test('a cluster that was half made', async () => {
  const fresh = temporaryFolder('data')
  const half = join(fresh, 'postgres', 'cluster.new-4711-0123abcd')
  mkdirSync(half, { recursive: true })
  copyFileSync(join(base, 'cluster', 'PG_VERSION'), join(half, 'PG_VERSION'))
  const carried = await startCarried({ dataDir: fresh, log: silent, fsync: false })
  expect(carried.created).toBe(true)
  await carried.stop()
  expect(existsSync(half)).toBe(false)
}, 60_000)

test.runIf(process.platform !== 'win32')(
  "a socket's folder that someone else put in place of ours is not used",
  async () => {
    const carried = await start()
    const { host } = carried.admin
    await carried.stop()
    mkdirSync(host, { mode: 0o777 })
    writeFileSync(join(base, 'running.json'), JSON.stringify({ nonce: 'of-another-run', admin: carried.admin }))
    const again = await start()
    expect(again.admin.host).not.toBe(host)
    await again.stop()
    rmdirSync(host)
  },
)
