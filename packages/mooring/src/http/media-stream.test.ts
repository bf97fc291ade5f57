/** A large file through a real server: in and out without ever being in memory, and what happens where it is not wanted. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, KEY, type World } from '../../test/world.ts'
import { type Listening, listen } from '../hosts/node.ts'
import { file } from '../publishing/media/testing.ts'

const MB = 1024 ** 2
const GB = 1024 * MB

describe('a large file', () => {
  let world: World
  let server: Listening
  beforeAll(async () => {
    world = await createWorld()
    server = await listen(world.mooring, '127.0.0.1', 0)
  })
  afterAll(async () => {
    await server.stop()
    await world.close()
  })

  /** A film, and behind it a box of nothing, up to so many bytes in all. */
  function* filmOf(size: number, piece = MB) {
    const film = file('film.mp4')
    const box = Buffer.alloc(16)
    box.writeUInt32BE(1)
    box.write('free', 4)
    box.writeBigUInt64BE(BigInt(size - film.length), 8)
    yield Buffer.concat([film, box])
    const nothing = Buffer.alloc(piece)
    for (let left = size - film.length - 16; left > 0; left -= piece) yield nothing.subarray(0, Math.min(piece, left))
  }

  function sent(headers: Record<string, string | number>, body: Iterable<Buffer>, path = '/api/v1/media') {
    const out = request({
      ...{ host: '127.0.0.1', port: server.port, path, method: 'POST' },
      // Whose body is not wanted keeps no connection for the next.
      agent: false,
      headers: { authorization: `Bearer ${KEY}`, ...headers },
    })
    const answer = new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
      out.on('error', reject)
      out.on('response', (incoming) => {
        const parts: Buffer[] = []
        incoming.on('data', (part: Buffer) => parts.push(part))
        incoming.on('error', reject)
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(parts).toString(),
          }),
        )
      })
    })
    const gone = new AbortController()
    out.once('close', () => gone.abort())
    const writing = (async () => {
      for (const piece of body) {
        if (out.destroyed) return
        // Whoever is refused has nobody who reads on.
        if (!out.write(piece)) await once(out, 'drain', { signal: gone.signal }).catch(() => {})
      }
      out.end()
    })()
    return { out, answer, writing }
  }

  const LONG = { timeout: 600_000 }
  it('of a gigabyte goes in and out, and memory stays where it was', LONG, async () => {
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    let most = 0
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - before)
    }, 20)
    const hash = createHash('sha256')
    function* hashed() {
      for (const piece of filmOf(GB)) {
        hash.update(piece)
        yield piece
      }
    }
    const { answer } = sent({ 'content-length': GB, 'x-file-name': 'film.mp4' }, hashed())
    const { status, body } = await answer
    expect(status, body).toBe(201)
    const row = JSON.parse(body)
    expect(row).toMatchObject({ kind: 'video', bytes: GB, durationMs: 1000, width: 64 })
    const [kept] = await world.database.query<{ sha256: string }>('select sha256 from mooring.media where id = $1', [
      row.id,
    ])
    expect(kept?.sha256).toBe(hash.digest('hex'))

    let size = 0
    const response = await fetch(`http://127.0.0.1:${server.port}${row.url}`, {
      headers: { authorization: `Bearer ${KEY}` },
    })
    expect(response.headers.get('content-length')).toBe(String(GB))
    for await (const part of response.body ?? []) size += part.length
    clearInterval(watch)
    expect(size).toBe(GB)
    // Both ends and a thread that looks into it are in this process. A file that was held would be four times that.
    expect(most).toBeLessThan(256 * MB)
    expect((await world.api('DELETE', `/media/${row.id}`)).status).toBe(204)
  })

  /** What lies on the disk, whole or not. */
  const lying = async () => (await readdir(join(world.mediaDir, world.workspace)).catch(() => [])).sort()

  it('that is too large is refused by its length, before any of it is kept', async () => {
    const { answer, out } = sent({ 'content-length': 3 * GB }, [file('film.mp4')])
    const { status, body } = await answer
    expect([status, JSON.parse(body).code]).toEqual([413, 'body_too_large'])
    out.destroy()
  })

  it.each([
    ['the body', []],
    ['a form', [Buffer.from('--x\r\ncontent-disposition: form-data; name="f"; filename="a.avi"\r\n\r\n')]],
  ])('of a kind that nobody takes, as %s, is refused by its first bytes, while it still comes', async (_, head) => {
    const type = head.length > 0 ? 'multipart/form-data; boundary=x' : 'video/mp4'
    const before = await lying()
    const body = [...head, file('old.avi')]
    const { answer, out } = sent({ 'content-type': type, 'content-length': GB }, body)
    const { status, body: told } = await answer
    expect([status, JSON.parse(told).code]).toEqual([422, 'media_refused'])
    out.destroy()
    expect(await lying()).toEqual(before)
  })

  it('in a form is taken as it comes, too', async () => {
    const head = '--x\r\ncontent-disposition: form-data; name="f"; filename="film.mp4"\r\n\r\n'
    function* form() {
      yield Buffer.from(head)
      yield* filmOf(64 * MB)
      yield Buffer.from('\r\n--x--\r\n')
    }
    const { answer } = sent({ 'content-type': 'multipart/form-data; boundary=x' }, form())
    const { status, body } = await answer
    expect([status, JSON.parse(body).bytes]).toEqual([201, 64 * MB])
  })

  it('whose sender goes away in the middle leaves nothing behind', async () => {
    const before = await lying()
    for (const type of ['application/octet-stream', 'multipart/form-data; boundary=x']) {
      const head = type.startsWith('multipart')
        ? [Buffer.from('--x\r\ncontent-disposition: form-data; name="f"; filename="a.mp4"\r\n\r\n')]
        : []
      const { answer, out, writing } = sent({ 'content-type': type, 'content-length': GB }, [
        ...head,
        file('film.mp4'),
        Buffer.alloc(8 * MB),
      ])
      answer.catch(() => {})
      await writing.catch(() => {})
      await expect.poll(async () => (await lying()).length, { timeout: 20_000 }).toBe(before.length + 1)
      out.destroy()
    }
    await expect.poll(lying, { timeout: 20_000 }).toEqual(before)
  })

  it('whose reader goes away is let go of', async () => {
    const { answer } = sent({ 'content-length': 64 * MB }, filmOf(64 * MB))
    const row = JSON.parse((await answer).body)
    const abort = new AbortController()
    const response = await fetch(`http://127.0.0.1:${server.port}${row.url}`, {
      headers: { authorization: `Bearer ${KEY}` },
      signal: abort.signal,
    })
    await response.body?.getReader().read()
    abort.abort()
    const open = () =>
      process.getActiveResourcesInfo().filter((one) => one === 'FSReqPromise' || one === 'FileHandle').length
    await expect.poll(open, { timeout: 20_000 }).toBe(0)
  })
})
