/** Where records come from: told apart by what a file holds, not by its name. */
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { MooringError } from '../../error.ts'
import type { Mapped, Open, Row, Unreadable } from './record.ts'

/** One table, or the whole of a file. */
export interface Part {
  name: string
  /** In order, and from the start at each call. A row that cannot be read comes as the reason. */
  rows(): AsyncIterable<Row | Unreadable>
  owner(row: Row): string | null
  map(row: Row, open: Open): Mapped
  note?: string | undefined
}

export interface Source {
  /** What the history says: "a SQLite file". */
  kind: string
  parts: Part[]
  /** What was seen and is not read, for the report. */
  notes: string[]
  close(): Promise<void>
}

export interface SourceOptions {
  /** The one table to read, whatever its name. */
  table: string | undefined
  /** `MOORING_IMPORT_DATABASE_URL`. */
  databaseUrl: string | undefined
}

export const refusedSource = (message: string, mend: string): MooringError =>
  new MooringError('invalid_request', message, { detail: `  ${mend}` })

/** Throws `invalid_request` for what is no source, `database_unavailable` for a database that does not answer. */
export async function openSource(named: string | undefined, options: SourceOptions): Promise<Source> {
  const { postgresSource, isDatabaseAddress, withoutPassword } = await import('./postgres.ts')
  if (named === undefined) {
    if (options.databaseUrl !== undefined) return postgresSource(options.databaseUrl, options.table)
    throw refusedSource('There is nothing to import from.', 'Name a file, or set MOORING_IMPORT_DATABASE_URL.')
  }
  if (isDatabaseAddress(named)) return postgresSource(withoutPassword(named), options.table)
  // Perhaps with a password in it: not repeated.
  if (/:\/\/|password\s*=/i.test(named))
    throw refusedSource('That is no source that is known.', 'Name a file, or an address that begins with postgres://.')
  const head = headOf(named)
  if (head.toString('latin1').startsWith('SQLite format 3\0')) {
    const { sqliteSource } = await import('./sqlite.ts')
    return sqliteSource(named, options.table)
  }
  const { jsonSource } = await import('./json-file.ts')
  return jsonSource(named, head)
}

/** As much as the longest line of JSON Lines, to see whether a line ends. */
const HEAD = 1024 * 1024

/** A file's first bytes. */
function headOf(path: string): Buffer {
  try {
    if (statSync(path).isDirectory())
      throw refusedSource(`${basename(path)} is a folder.`, 'Name the file: a SQLite database, JSON or JSON Lines.')
    const file = openSync(path, 'r')
    try {
      const head = Buffer.alloc(HEAD)
      return head.subarray(0, readSync(file, head))
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (error instanceof MooringError) throw error
    const code = (error as { code?: string }).code ?? 'unknown'
    throw refusedSource('That file cannot be read.', `${basename(path)}: ${code}`)
  }
}
