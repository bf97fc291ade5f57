/** JSON Lines, read line by line whatever the size; and JSON in one piece, up to a bound. */
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { type Row, Unreadable } from './record.ts'
import { jsonShape } from './shape-json.ts'
import { type Part, refusedSource, type Source } from './source.ts'

/** The whole of it is in memory at once, several times over. */
export const MOST_JSON = 64 * 1024 * 1024
/** A record with the longest tokens has some 40 KB; Nango's hold the raw answer and people's own metadata. */
export const MOST_LINE = 1024 * 1024

type Read = Row | Unreadable

export function jsonSource(path: string, head: Buffer): Source {
  const name = basename(path)
  const lines = isLines(path, head)
  const list = lines === false ? whole(path, name) : undefined
  if (lines === undefined)
    throw refusedSource(
      `${name} is nothing that can be imported.`,
      'Known are a SQLite database, JSON Lines, a JSON list, and an object with a list "connections".',
    )
  const part: Part = {
    name,
    ...jsonShape,
    async *rows() {
      if (list) for (const one of list) yield asRow(one)
      else for await (const one of linesOf(path)) yield* members(one)
    },
  }
  return { kind: list ? 'a JSON file' : 'a JSON Lines file', parts: [part], notes: [], close: async () => {} }
}

/** True: a record a line. False: one piece. Undefined: neither. By the first lines. */
function isLines(path: string, head: Buffer): boolean | undefined {
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  if (text.startsWith('[')) return false
  if (!text.startsWith('{')) return undefined
  const [first = '', ...rest] = text.split('\n')
  if (/^\{\s*"connections"\s*:/.test(text)) return false
  // An object alone in a line, further down, where the first line is none: that one is spoilt, unless the whole is JSON.
  const further = rest.slice(0, 50).some((line) => line.startsWith('{') && isJson(line))
  // A line that ends nowhere in all that was read is no line; a short file without a line feed may be either, and reads alike.
  if (rest.length === 0) return head.length < MOST_LINE
  return isJson(first) || (further && !inOnePiece(path))
}

const isJson = (text: string): boolean => parsed(Buffer.from(text)) !== undefined

const inOnePiece = (path: string): boolean =>
  statSync(path).size <= MOST_JSON && parsed(readFileSync(path)) !== undefined

function whole(path: string, name: string): unknown[] {
  if (statSync(path).size > MOST_JSON) {
    throw refusedSource(
      `${name} is larger than ${MOST_JSON / 1024 / 1024} MB in one piece.`,
      "Make it JSON Lines, which may have any size: jq -c '(.connections? // .)[]' in.json > out.jsonl",
    )
  }
  const value = parsed(readFileSync(path))
  const list = Array.isArray(value) ? value : (value as { connections?: unknown } | undefined)?.connections
  if (Array.isArray(list)) return list
  if (typeof value === 'object' && value !== null) return [value]
  throw refusedSource(`${name} is no JSON that can be read.`, 'It must be UTF-8, a list or an object, and whole.')
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** A whole export in one line is its connections. */
const members = (one: Read): Read[] =>
  'connections' in one && Array.isArray(one.connections) ? one.connections.map(asRow) : [one]

const asRow = (value: unknown): Read =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Row)
    : new Unreadable('It is no JSON object.')

/** Cut at the line feeds by bytes, so that a line that is no UTF-8 spoils itself alone. */
async function* linesOf(path: string): AsyncIterable<Read> {
  let parts: Buffer[] = []
  let size = 0
  const line = (): Read | undefined => {
    const bytes = Buffer.concat(parts)
    const long = size > MOST_LINE
    parts = []
    size = 0
    if (long) return new Unreadable(`It is longer than ${MOST_LINE / 1024} KB.`)
    return bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09) ? undefined : asRow(parsed(bytes))
  }
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      keep(chunk.subarray(from, end))
      from = end + 1
      const read = line()
      if (read) yield read
    }
    keep(chunk.subarray(from))
  }
  const last = line()
  if (last) yield last

  function keep(bytes: Buffer): void {
    size += bytes.length
    // What is too long is counted and not kept.
    if (size <= MOST_LINE && bytes.length > 0) parts.push(Buffer.from(bytes))
  }
}
