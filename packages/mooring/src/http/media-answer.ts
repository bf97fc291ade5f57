/** A file in an answer: whole, in part, or not again. It is a file and nothing else, whatever a browser makes of its bytes. */
import { Readable } from 'node:stream'
import type { Context } from 'hono'
import type { Media } from '../publishing/media/media.ts'
import { type Outgoing, outgoing } from '../publishing/media/outgoing.ts'
import type { MediaRow } from '../store/media-read.ts'
import type { Vars } from './context.ts'

/** What a browser shows by itself, and in what no script runs. */
const SHOWN = /^(image\/(jpeg|png|gif|webp|avif)|video\/(mp4|webm|quicktime))$/

/** `keepSeconds`: for so long whoever has it needs not ask again. Throws `range_refused`, and as `Media.open`. */
export async function fileAnswer(
  c: Context<Vars>,
  media: Media,
  row: MediaRow,
  keepSeconds: number,
): Promise<Response> {
  const etag = `"${row.sha256}"`
  const size = Number(row.bytes)
  const { status, range } = asked(c, size, etag)
  const headers = {
    ETag: etag,
    'Accept-Ranges': 'bytes',
    'Cache-Control': `private, max-age=${keepSeconds}`,
    'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'Content-Disposition': dispositionOf(row),
  }
  if (status === 304) return c.body(null, 304, headers)
  const { from, to } = range ?? { from: 0, to: size }
  const told = {
    ...headers,
    'Content-Type': row.mime,
    'Content-Length': String(to - from),
    ...(range ? { 'Content-Range': `bytes ${from}-${to - 1}/${size}` } : {}),
  }
  // Nobody would read it, and it would stay open.
  if (c.req.method === 'HEAD') return c.body(null, status, told)
  const bytes = await media.open(row, range)
  return c.body(Readable.toWeb(bytes) as ReadableStream, status, told)
}

function asked(c: Context<Vars>, size: number, etag: string): Outgoing {
  const [range, ifRange, ifNoneMatch] = ['range', 'if-range', 'if-none-match'].map((name) => c.req.header(name))
  try {
    return outgoing({ range, ifRange, ifNoneMatch }, size, etag)
  } catch (error) {
    c.header('Content-Range', `bytes */${size}`)
    throw error
  }
}

/** RFC 6266: the name in ASCII for old readers, and as it is. */
function dispositionOf({ mime, file_name: name }: MediaRow): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const exact = encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${SHOWN.test(mime) ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${exact}`
}
