/** Files as the publisher needs them, and what keeps their place tidy; on a disk, and once in a bucket. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BASE, createWorld, KEY, PNG, type World } from '../../../test/world.ts'
import type { Fit } from '../../provider-publishing.ts'
import type { Runtime } from '../../runtime.ts'
import { asPostMedia } from '../content.ts'
import { diskStorage } from './disk.ts'
import { createMedia, type Media } from './media.ts'
import { probe } from './probe.ts'
import { away, type MediaStorage } from './storage.ts'
import { file, pieces, plain, sourceIn } from './testing.ts'

const DAY_MS = 86_400_000
const JPEG: Fit = { mime: 'image/jpeg', maxWidth: 100, why: 'JPEG alone is taken.' }

describe('a file as the publisher needs it', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
  })
  afterAll(() => world.close())
  const files = () => world.mooring.publishing.files
  const lying = async () => (await readdir(join(world.mediaDir, world.workspace))).sort()
  const all = async (id: string, range?: { from: number; to: number }) => {
    const parts: Uint8Array[] = []
    for await (const part of await files().read(world.workspace, { id }, range)) parts.push(part)
    return Buffer.concat(parts)
  }

  it('is read whole and in part, and has a size', async () => {
    const { id } = await world.upload(file('film.mp4'))
    expect((await all(id)).equals(file('film.mp4'))).toBe(true)
    expect((await all(id, { from: 5, to: 9 })).equals(file('film.mp4').subarray(5, 9))).toBe(true)
    expect(await files().size(world.workspace, { id })).toBe(file('film.mp4').length)
  })

  it.each(['film.mp4', 'phone.mov', 'hevc.mp4', 'film.webm', 'paper.pdf'])(
    'is shown to providers as it was probed: %s',
    async (name) => {
      const { id } = await world.upload(file(name), name)
      const row = await world.mooring.engine.store.media.get(world.workspace, id)
      if (!row) throw new Error('it was not kept')
      const facts = await probe(sourceIn(file(name)), name)
      expect(asPostMedia(row, { id })).toEqual({ id, fileName: name, bytes: file(name).length, ...facts })
    },
  )

  it('of nobody, or of another workspace, is not found', async () => {
    const { id } = await world.upload()
    for (const [workspace, one] of [
      [randomUUID(), id],
      [world.workspace, randomUUID()],
    ] as const) {
      await expect(files().read(workspace, { id: one })).rejects.toMatchObject({ code: 'not_found' })
      await expect(files().size(workspace, { id: one })).rejects.toMatchObject({ code: 'not_found' })
      await expect(files().variant(workspace, { id: one }, JPEG)).rejects.toMatchObject({ code: 'not_found' })
    }
  })

  it('is made in another form once, whoever asks how often, and is kept beside the first', async () => {
    const { id } = await world.upload(await plain(400, 200).png().toBuffer(), 'Bild.final.png')
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => files().variant(world.workspace, { id }, JPEG)))
    const [first] = made
    expect(new Set(made.map((one) => one.id)).size).toBe(1)
    expect(first).toMatchObject({
      kind: 'image',
      mime: 'image/jpeg',
      width: 100,
      height: 50,
      file_name: 'Bild.final.jpg',
      made_from: id,
    })
    const bytes = await all(first?.id ?? '')
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 100 })
    expect(bytes.length).toBe(await files().size(world.workspace, { id: first?.id ?? '' }))
    // For another reason it is the same; for another form it is another.
    expect((await files().variant(world.workspace, { id }, { ...JPEG, why: 'Other words.' })).id).toBe(first?.id)
    expect((await files().variant(world.workspace, { id }, { ...JPEG, maxWidth: 50 })).id).not.toBe(first?.id)
  })

  it('is made once by two processes at the same time, and no bytes are left over', async () => {
    const other = await createWorld({
      database: world.database,
      vaultKeys: world.vaultKeys,
      env: { MOORING_MEDIA_DIR: world.mediaDir },
    })
    const { id } = await world.upload(await plain(400, 200).png().toBuffer())
    const before = await lying()
    const made = await Promise.all(
      [world, other].map((one) => one.mooring.publishing.files.variant(world.workspace, { id }, JPEG)),
    )
    expect(made[0]?.id).toBe(made[1]?.id)
    expect(await lying()).toEqual([...before, made[0]?.id].sort())
    await other.mooring.close()
    await other.sandbox.stop()
  })

  it('that is no picture, or cannot be made small enough, is refused', async () => {
    const film = await world.upload(file('film.mp4'))
    await expect(files().variant(world.workspace, film, JPEG)).rejects.toMatchObject({ code: 'media_refused' })
    const { id } = await world.upload()
    const tiny = { ...JPEG, maxBytes: 10 }
    await expect(files().variant(world.workspace, { id }, tiny)).rejects.toMatchObject({ code: 'media_refused' })
    // What went wrong once is tried again.
    await expect(files().variant(world.workspace, { id }, tiny)).rejects.toMatchObject({ code: 'media_refused' })
  })
})

describe('the place for files', () => {
  let world: World
  let folder: string
  let now = Date.now()
  let media: Media
  let storage: MediaStorage
  beforeAll(async () => {
    world = await createWorld()
    folder = await mkdtemp(join(tmpdir(), 'mooring-tidy-'))
    storage = diskStorage(folder)
    media = mediaOn(storage)
  })
  afterAll(async () => {
    await world.close()
    await rm(folder, { recursive: true })
  })
  const mediaOn = (on: MediaStorage): Media => {
    const { store, runtime } = world.mooring.engine
    const moved: Runtime = { ...runtime, now: () => now }
    const sign = (text: string) => [text]
    return createMedia({ runtime: moved, store, storage: on, maxBytes: 1024 ** 2, previewOrigins: [], url: BASE, sign })
  }
  const receive = (on = media) => on.receive(world.workspace, 'Ada', { bytes: pieces(PNG), fileName: 'a.png' })
  const lying = async () => (await readdir(join(folder, world.workspace)).catch(() => [])).sort()
  const rows = async () =>
    (await world.mooring.engine.store.media.page(world.workspace, undefined, 100)).map((row) => row.id).sort()

  it('keeps nothing of a file whose row could not be written', async () => {
    const before = await lying()
    const gone = randomUUID()
    await expect(media.receive(gone, 'Ada', { bytes: pieces(PNG), fileName: 'a' })).rejects.toMatchObject({
      detail: 'SQLSTATE 23503',
    })
    expect(await readdir(join(folder, gone))).toEqual([])
    expect(await lying()).toEqual(before)
  })

  it('loses, after a month, what no post uses: row and bytes, and what was made of it', async () => {
    const { id } = await receive()
    await media.preview(world.workspace, id)
    expect((await lying()).length).toBe(2)
    expect(await media.tidy(world.workspace)).toBe(0)
    now += 31 * DAY_MS
    const young = await receive()
    expect(await media.tidy(world.workspace)).toBe(2)
    expect(await rows()).toEqual([young.id])
    expect(await lying()).toEqual([young.id])
  })

  it('loses bytes that no file stands for, a day after they came', async () => {
    const [fresh, stale, half] = [randomUUID(), randomUUID(), randomUUID()]
    await storage.write(world.workspace, fresh, pieces(PNG))
    await storage.write(world.workspace, stale, pieces(PNG))
    await writeFile(join(folder, world.workspace, `${half}.part`), 'x')
    await writeFile(join(folder, world.workspace, 'notes.txt'), 'not ours')
    const dayAgo = new Date(now - 25 * 3_600_000)
    for (const name of [stale, `${half}.part`, 'notes.txt'])
      await utimes(join(folder, world.workspace, name), dayAgo, dayAgo)
    await utimes(join(folder, world.workspace, fresh), new Date(now), new Date(now))
    // What has a row stays, however old its bytes are.
    const known = await receive()
    await utimes(join(folder, world.workspace, known.id), dayAgo, dayAgo)
    await mediaOn(storage).tidy(world.workspace)
    expect(await lying()).toEqual([...(await rows()), fresh, 'notes.txt'].sort())
    await storage.remove(world.workspace, fresh)
  })

  it('is looked through once in 20 hours and process, however often it is ticked', async () => {
    let looks = 0
    const counted: MediaStorage = {
      ...storage,
      list(workspace) {
        looks += 1
        return storage.list(workspace)
      },
    }
    const ticked = mediaOn(counted)
    for (const hours of [0, 1, 18]) {
      now += hours * 3_600_000
      await ticked.tidy(world.workspace)
    }
    expect(looks).toBe(1)
    now += 2 * 3_600_000
    await ticked.tidy(world.workspace)
    expect(looks).toBe(2)
  })

  it('that is away keeps its files: nothing is forgotten, and a removed one is found again as stray', async () => {
    const { id } = await receive()
    const broken = mediaOn({ ...storage, remove: () => Promise.reject(away('It is away.')) })
    await expect(broken.remove(world.workspace, id)).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect(await lying()).toContain(id)
    const old = new Date(now - 2 * DAY_MS)
    await utimes(join(folder, world.workspace, id), old, old)
    await mediaOn(storage).tidy(world.workspace)
    expect(await lying()).not.toContain(id)
  })

  it('is emptied of a workspace as a whole', async () => {
    await receive()
    const half = randomUUID()
    await writeFile(join(folder, world.workspace, `${half}.part`), 'x')
    await media.removeAll(world.workspace)
    expect(await lying()).toEqual(['notes.txt'])
    await media.removeAll(randomUUID())
  })
})

describe('a server whose files lie in a bucket', () => {
  let world: World
  let server: S3rver
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mooring-s3-'))
    server = new S3rver({ port: 0, silent: true, directory, configureBuckets: [{ name: 'files', configs: [] }] })
    const { port } = await server.run()
    world = await createWorld({
      env: {
        MOORING_MEDIA_DIR: '',
        MOORING_S3_ENDPOINT: `http://127.0.0.1:${port}`,
        MOORING_S3_BUCKET: 'files',
        MOORING_S3_ACCESS_KEY_ID: 'S3RVER',
        MOORING_S3_SECRET_ACCESS_KEY: 'S3RVER',
      },
    })
  })
  afterAll(async () => {
    await world.close()
    await server.close()
    await rm(directory, { recursive: true })
  })
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await world.mooring.fetch(new Request(BASE + path, { headers }))
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
  }
  const key = { authorization: `Bearer ${KEY}` }
  const objects = () => readdir(join(directory, 'files', world.workspace)).catch(() => [])

  it('takes, shows, previews, signs and removes as any other', async () => {
    const picture = await plain(900, 300).jpeg().toBuffer()
    const [film, image, paper] = [
      await world.upload(file('film.mp4')),
      await world.upload(picture),
      await world.upload(file('paper.pdf')),
    ]
    expect([film, image, paper]).toMatchObject([
      { kind: 'video', durationMs: 1000 },
      { kind: 'image', width: 900 },
      { kind: 'document', pages: 7 },
    ])
    expect((await get(film.url, key)).bytes.equals(file('film.mp4'))).toBe(true)
    const part = await get(film.url, { ...key, range: 'bytes=10-19' })
    expect([part.status, part.bytes.equals(file('film.mp4').subarray(10, 20))]).toEqual([206, true])
    expect(await sharp((await get(image.preview, key)).bytes).metadata()).toMatchObject({ format: 'webp', width: 640 })
    const signed = new URL(world.mooring.publishing.files.url(world.workspace, { id: film.id }))
    // Through us: the bucket may be closed to everybody else.
    expect(signed.origin).toBe(BASE)
    expect((await get(signed.pathname)).bytes.equals(file('film.mp4'))).toBe(true)
    expect((await objects()).length).toBeGreaterThan(0)
    for (const { id } of [film, image, paper]) expect((await world.api('DELETE', `/media/${id}`)).status).toBe(204)
    expect((await get(signed.pathname)).status).toBe(404)
    expect(await objects()).toEqual([])
  })

  it('keeps nothing there of what it refuses', async () => {
    await expect(world.upload(file('old.avi'))).rejects.toThrow('media_refused')
    expect(await objects()).toEqual([])
  })
})
