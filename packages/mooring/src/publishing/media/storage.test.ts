/** What holds for every place where files lie: a folder, and a bucket of a real S3-compatible server. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MooringError } from '../../error.ts'
import { diskStorage } from './disk.ts'
import { s3Storage } from './s3.ts'
import type { MediaStorage } from './storage.ts'
import { pieces } from './testing.ts'

const forms: [string, () => Promise<{ storage: MediaStorage; end: () => Promise<unknown> }>][] = [
  [
    'a folder',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'mooring-disk-'))
      return { storage: diskStorage(folder), end: () => rm(folder, { recursive: true }) }
    },
  ],
  [
    'a bucket',
    async () => {
      const directory = await mkdtemp(join(tmpdir(), 'mooring-s3-'))
      const server = new S3rver({
        port: 0,
        silent: true,
        directory,
        configureBuckets: [{ name: 'files', configs: [] }],
      })
      const { port } = await server.run()
      const storage = s3Storage({
        endpoint: `http://127.0.0.1:${port}`,
        bucket: 'files',
        region: 'us-east-1',
        keys: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
        forcePathStyle: true,
      })
      return { storage, end: () => server.close().then(() => rm(directory, { recursive: true })) }
    },
  ],
]

describe.each(forms)('%s', (_, opens) => {
  let storage: MediaStorage
  let end: () => Promise<unknown>
  beforeAll(async () => {
    ;({ storage, end } = await opens())
  })
  afterAll(() => end())

  const workspace = randomUUID()
  const read = async (id: string, range?: { from: number; to: number }, of = workspace) =>
    Buffer.concat(await (await storage.read(of, id, range)).toArray())
  const ids = async (of = workspace) => {
    const found: string[] = []
    for await (const { id } of storage.list(of)) found.push(id)
    return found.sort()
  }

  it('gives back what it was given, whole and in part', async () => {
    const id = randomUUID()
    const bytes = randomBytes(10_000)
    await storage.write(workspace, id, pieces(bytes), bytes.length)
    expect((await read(id)).equals(bytes)).toBe(true)
    for (const [from, to] of [
      // Not the first byte alone: s3rver takes the 0 of its end for none.
      [0, 2],
      [9999, 10_000],
      [1234, 5678],
      [0, 10_000],
    ] as const)
      expect((await read(id, { from, to })).equals(bytes.subarray(from, to)), `${from} to ${to}`).toBe(true)
  })

  it('takes a large file in many parts', async () => {
    const id = randomUUID()
    const piece = randomBytes(1024 ** 2)
    const hash = createHash('sha256')
    async function* many() {
      for (let count = 0; count < 40; count += 1) {
        piece.writeUInt32BE(count)
        const own = Buffer.from(piece)
        hash.update(own)
        yield own
      }
    }
    await storage.write(workspace, id, many())
    const back = createHash('sha256')
    let size = 0
    for await (const part of await storage.read(workspace, id)) {
      back.update(part)
      size += part.length
    }
    expect([size, back.digest('hex')]).toEqual([40 * 1024 ** 2, hash.digest('hex')])
    expect((await read(id, { from: 39 * 1024 ** 2, to: 39 * 1024 ** 2 + 4 })).readUInt32BE()).toBe(39)
  })

  it.each([10, 30 * 1024 ** 2])('keeps nothing of what broke off after %i bytes, and says why', async (before) => {
    const id = randomUUID()
    async function* broken() {
      for (let at = 0; at < before; at += 1024 ** 2) yield Buffer.alloc(Math.min(1024 ** 2, before - at), 1)
      throw new MooringError('media_refused', 'No.')
    }
    const known = await ids()
    await expect(storage.write(workspace, id, broken())).rejects.toMatchObject({ code: 'media_refused' })
    await expect(storage.read(workspace, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await ids()).toEqual(known)
  })

  it('forgets what is removed, and does not mind that it is gone', async () => {
    const id = randomUUID()
    await storage.write(workspace, id, pieces(Buffer.from('x')))
    await storage.remove(workspace, id)
    await storage.remove(workspace, id)
    await expect(storage.read(workspace, id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('knows what it has of each workspace, and since when', async () => {
    const other = randomUUID()
    const [a = '', b = ''] = [randomUUID(), randomUUID()].sort()
    const before = Date.now() - 60_000
    for (const id of [a, b]) await storage.write(other, id, pieces(Buffer.from('x')))
    expect(await ids(other)).toEqual([a, b])
    for await (const { at } of storage.list(other)) expect(at).toBeGreaterThan(before)
    expect(await ids(randomUUID())).toEqual([])
    await expect(read(a, undefined, workspace)).rejects.toMatchObject({ code: 'not_found' })
  })

  it.each(['../../etc/passwd', '..', '', 'x', `${randomUUID()}/../x`, `${randomUUID()}\0`])(
    'has no place called %j',
    async (odd) => {
      for (const [of, id] of [
        [workspace, odd],
        [odd, randomUUID()],
      ] as const) {
        await expect(storage.write(of, id, pieces(Buffer.from('x')))).rejects.toMatchObject({ code: 'not_found' })
        await expect(storage.read(of, id)).rejects.toMatchObject({ code: 'not_found' })
        await expect(storage.remove(of, id)).rejects.toMatchObject({ code: 'not_found' })
      }
    },
  )
})
