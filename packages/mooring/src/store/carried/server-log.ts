/** The server's log: kept small, read when something went wrong. */
import { closeSync, copyFileSync, fstatSync, openSync, readSync, renameSync, statSync, truncateSync } from 'node:fs'
import { MooringError } from '../../error.ts'

const LARGEST_LOG = 4 * 1024 * 1024
const TAIL_BYTES = 8 * 1024
const TAIL_LINES = 12
const CHECK_EVERY_MS = 10 * 60_000

export interface ServerLog {
  /** For the output of a child. */
  handle: number
  /** Where it ended when we began: what was written before tells of another run. */
  from: number
  close(): void
}

/** At most one older log is kept, so both together hold no more than twice the bound (and what ten minutes can add). */
export function openLog(path: string): ServerLog {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG) renameSync(path, `${path}.1`)
  const handle = openSync(path, 'a', 0o600)
  const timer = setInterval(() => shorten(path), CHECK_EVERY_MS)
  timer.unref()
  return {
    handle,
    from: fstatSync(handle).size,
    close() {
      clearInterval(timer)
      closeSync(handle)
    },
  }
}

/** While the server runs the file cannot be renamed away from it; it appends, so cutting the file to nothing is safe. */
function shorten(path: string): void {
  try {
    if (statSync(path).size <= LARGEST_LOG) return
    copyFileSync(path, `${path}.1`)
    truncateSync(path, 0)
  } catch {
    // the disk is full or the folder gone: a log is not worth a fault
  }
}

export function logTail(path: string, from: number): string[] {
  let handle: number
  try {
    handle = openSync(path, 'r')
  } catch {
    return []
  }
  try {
    const size = fstatSync(handle).size
    const start = Math.max(Math.min(from, size), size - TAIL_BYTES)
    const buffer = Buffer.alloc(size - start)
    readSync(handle, buffer, 0, buffer.length, start)
    return buffer.toString('utf8').split('\n').filter(Boolean).slice(-TAIL_LINES)
  } finally {
    closeSync(handle)
  }
}

/** The server's last words as our error. */
export function judgeLog(lines: string[], message: string): MooringError {
  const full = lines.find(
    (line) => /No space left on device|Disk quota exceeded/.test(line) && !/shared memory|semaphore/.test(line),
  )
  const detail = lines.length > 0 ? lines.join('\n') : 'It said nothing.'
  if (full !== undefined)
    return new MooringError('storage_full', 'The disk that holds the database is full.', { detail })
  return new MooringError('database_unavailable', message, { detail })
}

/** Processes of a server that was killed outright still hold its memory: they notice within moments, then it can start. */
export const isStillEnding = (lines: string[]): boolean =>
  lines.some((line) => /pre-existing shared memory block|lock file ".*" already exists/.test(line))
