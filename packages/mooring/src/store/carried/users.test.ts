import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { type LogFields, silent } from '../../runtime.ts'
import { findRunning, startCarried } from './index.ts'
import {
  alsoRemove,
  cleanUp,
  nativeWithoutLinks,
  nobody,
  processesIn,
  startChild,
  temporaryFolder,
  until,
} from './testing.ts'
import { canEnter, findUser, isRoot, unprivilegedUser } from './user.ts'

afterAll(cleanUp)

describe('choosing the user', () => {
  const passwd =
    'root:x:0:0::/root:/bin/sh\nnobody:*:-2:-2::/:/bin/false\npostgres:x:101:104::/var/lib/postgresql:/bin/sh\n'

  test('postgres where there is one, else nobody, never root', () => {
    expect(unprivilegedUser(passwd)).toEqual({ uid: 101, gid: 104 })
    expect(unprivilegedUser('nobody:x:65534:65534::/:/bin/false')).toEqual({ uid: 65534, gid: 65534 })
    expect(unprivilegedUser('postgres:x:0:0::/:/bin/sh')).toBeUndefined()
    expect(unprivilegedUser('# nothing\n\n')).toBeUndefined()
  })

  test('macOS writes nobody as a negative number', () => {
    expect(findUser(passwd, 'nobody')).toEqual({ uid: 4294967294, gid: 4294967294 })
  })

  test.each([
    // owner, group, mode, enters
    [101, 104, 0o700, true],
    [101, 104, 0o077, false], // the owner's own bits decide, and they forbid
    [0, 104, 0o710, true],
    [0, 104, 0o701, false],
    [0, 0, 0o711, true],
    [0, 0, 0o700, false],
    [0, 0, 0o744, false], // may be listed, not entered
  ])('folder of %i:%i with mode %o: entered = %s', (uid, gid, mode, entered) => {
    expect(canEnter({ uid, gid, mode }, { uid: 101, gid: 104 })).toBe(entered)
  })
})

async function answers(admin: object): Promise<boolean> {
  const client = new pg.Client({ ...admin, ssl: false })
  await client.connect()
  const { rowCount } = await client.query('select 1')
  await client.end()
  return rowCount === 1
}

describe.runIf(isRoot())('as root', () => {
  test('a folder of mode 0700, as mkdtemp makes it, is opened for the unprivileged user to pass through', async () => {
    const dataDir = temporaryFolder('data')
    mkdirSync(dataDir, { mode: 0o700 })
    const carried = await startCarried({ dataDir, log: silent, fsync: false })
    expect(statSync(dataDir).mode & 0o777).toBe(0o701)
    expect(statSync(join(dataDir, 'postgres', 'cluster')).uid).toBe(unprivilegedUser()?.uid)
    expect(await answers(carried.admin)).toBe(true)
    await carried.stop()
  }, 60_000)

  test('under a parent that is closed the cluster goes to /var/lib/mooring, and is found there again', async () => {
    const parent = temporaryFolder()
    chmodSync(parent, 0o700)
    const dataDir = join(parent, 'data')
    const told: string[] = []
    const log = { ...silent, info: (_: LogFields, message: string) => void told.push(message) }
    const first = await startCarried({ dataDir, log, fsync: false })
    const base = readFileSync(join(dataDir, 'postgres', 'elsewhere'), 'utf8').trim()
    alsoRemove(base)
    expect(base).toMatch(/^\/var\/lib\/mooring\/[0-9a-f]{12}$/)
    expect(told.join('\n')).toContain(base)
    expect(await answers(first.admin)).toBe(true)
    expect((await findRunning(dataDir))?.admin).toEqual(first.admin)
    expect(statSync(parent).mode & 0o777).toBe(0o700)
    await first.stop()

    // even when the way is open by now: what is there counts
    chmodSync(parent, 0o711)
    const second = await startCarried({ dataDir, log: silent, fsync: false })
    expect(second.created).toBe(false)
    await second.stop()
  }, 60_000)

  test('a cluster that is gone from /var/lib/mooring is missed, not replaced by an empty one', async () => {
    const dataDir = temporaryFolder('data')
    mkdirSync(join(dataDir, 'postgres'), { recursive: true })
    writeFileSync(join(dataDir, 'postgres', 'elsewhere'), '/var/lib/mooring/0123456789ab\n')
    await expect(startCarried({ dataDir, log: silent })).rejects.toMatchObject({
      code: 'database_unavailable',
      detail: expect.stringContaining('/var/lib/mooring/0123456789ab'),
    })
  })

  test('a cluster whose way was closed afterwards is not abandoned for a new one', async () => {
    const parent = temporaryFolder()
    const dataDir = join(parent, 'data')
    const made = await startCarried({ dataDir, log: silent, fsync: false })
    await made.stop()
    chmodSync(parent, 0o700)
    await expect(startCarried({ dataDir, log: silent })).rejects.toMatchObject({
      code: 'database_unavailable',
      detail: expect.stringContaining(`chmod o+x ${parent}`),
    })
    expect(existsSync(join(dataDir, 'postgres', 'elsewhere'))).toBe(false)
  }, 60_000)

  test('an ordinary user: all of it, from binaries without links; then root on the same folder, as that user', async () => {
    const user = nobody()
    if (!user) throw new Error('This machine has no user nobody.')
    const parent = temporaryFolder()
    chownSync(parent, user.uid, user.gid)
    const dataDir = join(parent, 'data')
    const sources = { native: await nativeWithoutLinks(), machine: [] }
    const child = startChild({ dataDir, user, sources, write: true })
    const { admin, pid } = await child.says('ready')
    await until('rows are written', () => child.lines.length > 20)
    expect(statSync(dataDir)).toMatchObject({ uid: user.uid })
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    expect(statSync(admin.host).uid).toBe(user.uid)
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(new RegExp(`^Uid:\\s+${user.uid}`, 'm'))
    const acknowledged = (await child.kill()).filter((line) => line.event === 'ack').map((line) => line.id)

    const again = startChild({ dataDir, user, sources })
    const kept = new Set<number | undefined>((await again.says('ready')).kept)
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    await again.kill()

    const root = await startCarried({ dataDir, log: silent, fsync: false })
    expect([root.created, await answers(root.admin)]).toEqual([false, true])
    await root.stop()
    expect(statSync(join(dataDir, 'postgres', 'cluster')).uid).toBe(user.uid)
    expect(processesIn(realpathSync(dataDir))).toEqual([])
  }, 60_000)

  test("an ordinary user on root's folder is told whose it is", async () => {
    const user = nobody()
    if (!user) throw new Error('This machine has no user nobody.')
    const dataDir = temporaryFolder('data')
    const made = await startCarried({ dataDir, log: silent, fsync: false })
    await made.stop()
    const child = startChild({ dataDir, user })
    expect(await child.says('refused')).toMatchObject({
      code: 'database_unavailable',
      detail: expect.stringMatching(/user \d+/),
    })
  }, 60_000)
})
