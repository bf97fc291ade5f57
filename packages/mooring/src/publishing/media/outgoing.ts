/** Which bytes of a file a request asks for (RFC 9110 §13, §14). Pure. */
import { MooringError } from '../../error.ts'
import type { Range } from './storage.ts'

export interface Asked {
  range: string | undefined
  ifRange: string | undefined
  ifNoneMatch: string | undefined
}

export interface Outgoing {
  /** 304: the asker has it. */
  status: 200 | 206 | 304
  /** Undefined: the whole. */
  range: Range | undefined
}

/** Throws `range_refused`: nothing of what is asked for is in the file. */
export function outgoing({ range, ifRange, ifNoneMatch }: Asked, size: number, etag: string): Outgoing {
  if (matches(ifNoneMatch, etag)) return { status: 304, range: undefined }
  // Whoever has a part of another file gets the whole of this one.
  const wanted = ifRange === undefined || ifRange === etag ? rangeOf(range, size) : undefined
  return wanted ? { status: 206, range: wanted } : { status: 200, range: undefined }
}

const matches = (shown: string | undefined, etag: string): boolean =>
  shown !== undefined &&
  (shown.trim() === '*' || shown.split(/\s*,\s*/).some((one) => one.replace(/^W\//, '') === etag))

/** One range alone: several, and what is no range of bytes, count as none was asked for, as the RFC lets us. */
function rangeOf(header: string | undefined, size: number): Range | undefined {
  const [, first = '', last = ''] = /^bytes=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/i.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first === '') {
    if (Number(last) === 0) throw refused()
    return { from: Math.max(0, size - Number(last)), to: size }
  }
  const from = Number(first)
  const to = last === '' ? size : Math.min(Number(last) + 1, size)
  if (last !== '' && Number(last) < from) return undefined
  if (from >= size) throw refused()
  return { from, to }
}

const refused = () => new MooringError('range_refused', 'This file has no such part.')
