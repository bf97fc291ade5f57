/** Some bytes of a stored file at a time, for whoever looks into it. */
import { MooringError } from '../../error.ts'
import type { MediaStorage, Range } from './storage.ts'

export interface Source {
  size: number
  /** From `from` up to and without `to`, or to the end of the file. Throws as the storage's `read`, and `media_refused`. */
  read(from: number, to: number): Promise<Uint8Array>
  /** The whole. */
  stream(): ReturnType<MediaStorage['read']>
}

/**
 * So much is read of one file to learn what it is. A film of hours tells it in some megabytes; what wants more is broken, or
 * was made to keep a server busy.
 */
const MOST_READ = 64 * 1024 ** 2
/** Those who look read some bytes here and some there; each time may be a request to a bucket. */
const AT_ONCE = 64 * 1024

export function sourceOf(storage: Pick<MediaStorage, 'read'>, workspace: string, id: string, size: number): Source {
  let read = 0
  let held = { from: 0, bytes: new Uint8Array() }

  const fetched = async (range: Range) => {
    read += range.to - range.from
    if (read > MOST_READ) throw unreadable()
    const parts: Uint8Array[] = []
    for await (const part of await storage.read(workspace, id, range)) parts.push(part)
    return new Uint8Array(Buffer.concat(parts))
  }

  return {
    size,
    stream: () => storage.read(workspace, id),
    async read(from, end) {
      const to = Math.min(end, size)
      if (to <= from) return new Uint8Array()
      if (from < held.from || to > held.from + held.bytes.length)
        held = { from, bytes: await fetched({ from, to: Math.min(size, Math.max(to, from + AT_ONCE)) }) }
      return held.bytes.slice(from - held.from, to - held.from)
    },
  }
}

export const unreadable = () =>
  new MooringError('media_refused', 'This file cannot be read: it is broken, or built in an odd way. Export it anew.')
