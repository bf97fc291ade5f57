/** `mooring connections --watch`: looks again and again, and shows what changed, while servers come and go. */
import { setTimeout as sleep } from 'node:timers/promises'
import { isMooringError } from '../../error.ts'
import { type Client, openServed } from '../client.ts'
import { environment } from '../environment.ts'
import { ConnectionShape } from '../shapes.ts'
import { type Change, changeLine, changesOf, type Watched } from './watch-changes.ts'
import { ENTER, frame, LEAVE } from './watch-screen.ts'

const EVERY_MS = 2_000
/** A server that does not answer for so long is away. */
const ANSWER_MS = 15_000
const MARKED_MS = 6_000

export interface View {
  /** What a look found at a server. `rows` is everything, `changes` what is new since the last one. */
  show(rows: readonly Watched[], changes: readonly Change[], at: string): void
  /** A look that found no server; `first` since one was found. */
  away(why: string, first: boolean): void
  back(): void
  end(): void
}

/** What to look at, and what each look asks of a client. */
export type Look = (client: Client, signal: AbortSignal) => Promise<unknown[]>

/**
 * Runs until Ctrl+C, SIGTERM, SIGHUP or a reader that has gone, and returns then. Throws what waiting cannot mend:
 * settings that cannot be used, a key that is refused, a connection that is not there.
 */
export async function watch(look: Look, view: View): Promise<void> {
  const over = new AbortController()
  const stop = () => over.abort()
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.once(name, stop)
  process.stdout.once('error', stop)
  let client: Client | undefined
  try {
    for (let before: Watched[] | undefined, gone = false; !over.signal.aborted; await pause(over.signal)) {
      try {
        client ??= await openServed()
        if (client) {
          const signal = AbortSignal.any([over.signal, AbortSignal.timeout(ANSWER_MS)])
          const found = await look(client, signal)
          ConnectionShape.array().parse(found)
          // As it came: for JSON, what is not looked at here is there, too.
          const rows = found as Watched[]
          if (gone) view.back()
          gone = false
          view.show(rows, changesOf(before, rows), client.baseUrl)
          before = rows
          continue
        }
        view.away('No server runs on the data folder.', !gone)
        gone = true
      } catch (error) {
        if (over.signal.aborted) break
        if (!passes(error)) throw error
        view.away(isMooringError(error) ? error.message : '', !gone)
        gone = true
        // The server that comes back has another address or key, or none of them any more.
        await client?.close().catch(() => {})
        client = undefined
      }
    }
  } finally {
    view.end()
    for (const name of signals) process.removeListener(name, stop)
    process.stdout.removeListener('error', stop)
    await client?.close().catch(() => {})
  }
}

/** Whether it may pass by itself: a server between two starts, also one whose new key is not in the folder yet. */
function passes(error: unknown): boolean {
  if (!isMooringError(error)) return false
  if (['database_unavailable', 'database_locked', 'internal', 'storage_full'].includes(error.code)) return true
  return error.code === 'unauthorized' && !environment().MOORING_URL
}

const pause = (signal: AbortSignal) => sleep(EVERY_MS, undefined, { signal }).catch(() => {})

type Write = (text: string) => void

/** A line for each change; what is no change goes to `note`. */
export const linesView = (write: Write, note: Write): View => ({
  show: (_rows, changes) => {
    for (const change of changes) write(`${changeLine(change, Date.now())}\n`)
  },
  away(why, first) {
    if (first) note(`server away, waiting. ${why}\n`)
  },
  back: () => note('server back\n'),
  end: () => {},
})

/** One JSON object a line for each change (NDJSON). */
export const jsonView = (write: Write, note: Write): View => ({
  ...linesView(write, note),
  show: (_rows, changes) => {
    const at = new Date().toISOString()
    for (const { change, fields, connection } of changes)
      write(`${JSON.stringify({ at, change, fields, connection })}\n`)
  },
})

/** The table, drawn over itself. */
export function screenView(write: Write, size: () => { columns: number; rows: number }): View {
  const marks = new Map<string, number>()
  let rows: readonly Watched[] = []
  let where = ''
  let away: string | undefined
  const draw = () => {
    const now = Date.now()
    const marked = new Set([...marks].filter(([, until]) => until > now).map(([id]) => id))
    write(frame({ rows, marked, now, at: where, away, size: size() }))
  }
  write(ENTER)
  return {
    show(found, changes, at) {
      rows = found
      where = at
      for (const { change, connection } of changes)
        if (change !== 'found') marks.set(connection.id, Date.now() + MARKED_MS)
      draw()
    },
    away(why) {
      away = why
      draw()
    },
    back() {
      away = undefined
    },
    end: () => write(LEAVE),
  }
}
