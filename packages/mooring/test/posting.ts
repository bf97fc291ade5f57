/** Publishing at the sandbox, end to end: posts over HTTP, carried out step by step, with files that a test holds. */
import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { MooringError } from '../src/error.ts'
import { carryOutDue } from '../src/publishing/worker.ts'
import type { Json, World } from './world.ts'

export interface Held {
  kind: 'image' | 'gif' | 'video' | 'document'
  mime: string
  bytes: Uint8Array
  [column: string]: unknown
}

/** Holds files as the store of media would; answers with a function that puts one there and says its id. */
export function holdFiles(world: World): (file: Held) => Promise<string> {
  const held = new Map<string, Uint8Array>()
  const bytesOf = (id: string): Uint8Array => {
    const bytes = held.get(id)
    if (bytes) return bytes
    throw new MooringError('not_found', 'There is no such file.')
  }
  world.mooring.publishing.files = {
    ...world.mooring.publishing.files,
    async read(_, { id }, range) {
      const bytes = bytesOf(id).subarray(range?.from, range?.to)
      return (async function* () {
        yield bytes
      })()
    },
    size: async (_, { id }) => bytesOf(id).length,
  }
  return async ({ kind, mime, bytes, ...more }) => {
    const id = world.mooring.engine.runtime.uuid()
    held.set(id, bytes)
    const row = {
      ...{ workspace_id: world.workspace, id, kind, mime, file_name: `a ${kind}`, bytes: bytes.length },
      ...{
        sha256: createHash('sha256').update(bytes).digest('hex'),
        created_at: new Date(world.now()),
        created_by: 'test',
      },
      ...more,
    }
    const names = Object.keys(row)
    await world.database.query(
      `insert into mooring.media (${names.join(', ')}) values (${names.map((_, place) => `$${place + 1}`).join(', ')})`,
      Object.values(row),
    )
    return id
  }
}

function box(name: string, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8, 0)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, body])
}

/** The boxes of an MP4 with one H.264 track of ten seconds, 1280 by 720, filled up to a size (ISO/IEC 14496-12). */
export function film(bytes: number): Uint8Array {
  const numbers = (size: number, ...at: [number, number][]) => {
    const buffer = Buffer.alloc(size)
    for (const [place, value] of at) buffer.writeUInt32BE(value, place)
    return buffer
  }
  const [milliseconds, wide, high] = [10_000, 1280, 720]
  const entry = numbers(78)
  entry.writeUInt16BE(wide, 24)
  entry.writeUInt16BE(high, 26)
  const avcC = box('avcC', Buffer.from('014d4028ffe1000067010000', 'hex'))
  const table = box(
    'stbl',
    box('stsd', numbers(8, [4, 1]), box('avc1', entry, avcC)),
    box('stts', numbers(16, [4, 1], [8, 250], [12, 40])),
  )
  const handler = numbers(25)
  handler.write('vide', 8, 'latin1')
  const media = box(
    'mdia',
    box('mdhd', numbers(24, [12, 1000], [16, milliseconds])),
    box('hdlr', handler),
    box('minf', box('vmhd', numbers(12)), table),
  )
  const track = box(
    'trak',
    box('tkhd', numbers(84, [12, 1], [20, milliseconds], [76, wide * 65536], [80, high * 65536])),
    media,
  )
  const head = [
    box('ftyp', Buffer.from('isom\0\0\0\0')),
    box('moov', box('mvhd', numbers(100, [12, 1000], [16, milliseconds])), track),
  ]
  const used = head.reduce((sum, one) => sum + one.length, 8)
  return Buffer.concat([...head, box('mdat', Buffer.alloc(bytes - used, 7))])
}

/** A post that is due now; answers with its delivery's id. */
export async function post(world: World, accountId: string, content: Json): Promise<string> {
  const { status, body } = await world.api('POST', '/posts', {
    content,
    targets: [{ accountId }],
    when: { how: 'now' },
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.deliveries[0].id
}

export const delivery = async (world: World, id: string): Promise<Json> =>
  (await world.api('GET', `/deliveries/${id}`)).body

/** Carries out what is due, and moves the clock to what falls due later, until this delivery waits for nothing more. */
export async function settled(world: World, id: string): Promise<Json> {
  for (let times = 0; times < 60; times += 1) {
    await carryOutDue(world.mooring.publishing, 50)
    const one = await delivery(world, id)
    if (one.nextTryAt === null) return one
    await world.pass(Math.max(0, (Date.parse(one.nextTryAt) - world.now()) / 1000) + 1)
  }
  throw new Error('never settled')
}

/** Posts, and waits for the end of it. */
export const posted = async (world: World, accountId: string, content: Json): Promise<Json> =>
  settled(world, await post(world, accountId, content))
