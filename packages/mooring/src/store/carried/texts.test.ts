/** The parts that only make or judge text. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { majorOf } from './binaries.ts'
import { initdbArguments } from './cluster.ts'
import { fileFault } from './fault.ts'
import { parsePostmaster } from './postmaster.ts'
import { isStillEnding, judgeLog, logTail, openLog } from './server-log.ts'
import { accessText, settingsText } from './settings.ts'
import { cleanUp, temporaryFolder } from './testing.ts'

afterAll(cleanUp)

describe('settings', () => {
  test('reach the platter on macOS too', () => {
    expect(settingsText({ major: 18, fsync: true, platform: 'darwin' })).toContain(
      `wal_sync_method = 'fsync_writethrough'`,
    )
    expect(settingsText({ major: 18, fsync: true, platform: 'linux' })).not.toContain('wal_sync_method')
  })
  test('turn off nothing but fsync for a test', () => {
    const lines = (fsync: boolean) => settingsText({ major: 18, fsync, platform: 'linux' }).split('\n')
    expect(lines(true).some((line) => /^fsync|full_page_writes|synchronous_commit/.test(line))).toBe(false)
    expect(lines(false).filter((line) => !lines(true).includes(line))).toEqual([`fsync = 'off'`])
  })
  test('name nothing that an older PostgreSQL does not know', () => {
    expect(settingsText({ major: 17, fsync: true, platform: 'linux' })).not.toContain('io_method')
  })
  test('trust the superuser on a socket alone, and never over TCP', () => {
    expect(accessText('linux', 'postgres')).toMatch(/^local all postgres trust\nlocal all all scram-sha-256\n$/m)
    expect(accessText('win32', 'postgres')).not.toContain('trust')
  })
})

describe('initdb', () => {
  const options = { fsync: true, passwordFile: undefined }
  test('uses the locale that PostgreSQL brings, where it brings one', () => {
    expect(initdbArguments('/d', 18, options)).toContain('--builtin-locale=C.UTF-8')
    expect(initdbArguments('/d', 16, options)).toContain('--locale=C.UTF-8')
  })
  test('syncs, except for a test', () => {
    expect(initdbArguments('/d', 18, options)).not.toContain('--no-sync')
    expect(initdbArguments('/d', 18, { ...options, fsync: false })).toContain('--no-sync')
  })
  test('gets the password in a file, never as an argument', () => {
    expect(initdbArguments('/d', 18, { ...options, passwordFile: '/d/password' })).toEqual(
      expect.arrayContaining(['--auth=scram-sha-256', '--pwfile=/d/password']),
    )
  })
})

test.each([
  ['18.4.0-beta.17', 18],
  ['15.18', 15],
])('the major version of %s is %i', (version, major) => expect(majorOf(version)).toBe(major))

test.each([
  ['4711\n/d\n1700000000\n5432\n/run/x\n\n  1 2\nready   \n', { pid: 4711, status: 'ready' }],
  ['4711\n/d\n1700000000\n5432\n/run/x\n\n  1 2\nstarting\n', { pid: 4711, status: 'starting' }],
  ['-42\n/d\n', { pid: 42, status: '' }],
  ['', undefined],
  ['nonsense\n', undefined],
])('postmaster.pid %j', (text, postmaster) => expect(parsePostmaster(text)).toEqual(postmaster))

describe('the log', () => {
  test.each([
    ['FATAL:  could not write to file "pg_wal/xlogtemp.1": No space left on device', 'storage_full'],
    ['could not extend file "base/5/1": Disk quota exceeded', 'storage_full'],
    ['FATAL:  could not create shared memory segment: No space left on device', 'database_unavailable'],
    ['FATAL:  could not load library', 'database_unavailable'],
  ])('%s is %s', (line, code) => {
    expect(judgeLog(['LOG:  starting', line], 'It did not start.')).toMatchObject({
      code,
      detail: `LOG:  starting\n${line}`,
    })
  })
  test('a server that said nothing still gives a detail', () =>
    expect(judgeLog([], 'x').detail).toBe('It said nothing.'))
  test('a predecessor that is still ending is known by its words', () => {
    expect(isStillEnding(['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use'])).toBe(true)
    expect(isStillEnding(['FATAL:  lock file "postmaster.pid" already exists'])).toBe(true)
    expect(isStillEnding(['LOG:  database system is shut down'])).toBe(false)
  })
  test('is put aside when it is large, once', () => {
    const path = temporaryFolder('server.log')
    writeFileSync(path, 'old\n'.repeat(1_100_000))
    openLog(path).close()
    expect(statSync(path).size).toBe(0)
    expect(readFileSync(`${path}.1`, 'utf8').slice(0, 4)).toBe('old\n')
    expect(existsSync(`${path}.2`)).toBe(false)
  })
  test('tells of this run alone, and only its end', () => {
    const path = temporaryFolder('server.log')
    writeFileSync(path, 'of the run before\n')
    const { from, close } = openLog(path)
    close()
    writeFileSync(path, Array.from({ length: 50 }, (_, at) => `line ${at}\n`).join(''), { flag: 'a' })
    expect(logTail(path, from)).toEqual(Array.from({ length: 12 }, (_, at) => `line ${38 + at}`))
    expect(logTail(`${path}-missing`, 0)).toEqual([])
  })
})

describe('faults of the file system', () => {
  const fault = (code: string) => Object.assign(new Error(code), { code, path: '/data/x', syscall: 'mkdir' })
  test.each([
    ['ENOSPC', 'storage_full'],
    ['EDQUOT', 'storage_full'],
    ['EACCES', 'database_unavailable'],
    ['EROFS', 'database_unavailable'],
  ])('%s is %s', (code, ours) =>
    expect(fileFault(fault(code), '/data')).toMatchObject({ code: ours, detail: expect.stringContaining('/data/x') }),
  )
  test('what is not of the file system stays what it is', () => {
    const bug = new TypeError('a bug')
    expect(fileFault(bug, '/data')).toBe(bug)
  })
})
