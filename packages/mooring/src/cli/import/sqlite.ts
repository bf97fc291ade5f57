/** Tables of a SQLite file, opened for reading alone. */
import { basename } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Row } from './record.ts'
import { type ShapedTable, shapedTables } from './shapes.ts'
import { type Part, refusedSource, type Source } from './source.ts'
import { tableNotes } from './tables.ts'

export function sqliteSource(path: string, table: string | undefined): Source {
  const name = basename(path)
  const database = opened(path, name)
  try {
    const { found, odd } = shapedTables(tablesOf(database, name), table)
    return {
      kind: 'a SQLite file',
      parts: found.map((one) => partOf(database, one)),
      notes: tableNotes(found, odd, table),
      close: async () => database.close(),
    }
  } catch (error) {
    database.close()
    throw error
  }
}

function opened(path: string, name: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { readOnly: true })
  } catch (error) {
    throw notReadable(name, error)
  }
}

function tablesOf(database: DatabaseSync, name: string) {
  try {
    const tables = database.prepare("select name from sqlite_schema where type in ('table', 'view')").all()
    return tables.map((one) => ({
      name: String(one.name),
      columns: database
        .prepare('select name from pragma_table_info(?)')
        .all(String(one.name))
        .map((c) => String(c.name)),
    }))
  } catch (error) {
    throw notReadable(name, error)
  }
}

/** SQLite's own number (https://www.sqlite.org/rescode.html), and not its text, which may hold a part of the file. */
const notReadable = (name: string, error: unknown) =>
  refusedSource(
    'That SQLite file cannot be read.',
    `${name}: SQLite code ${(error as { errcode?: number }).errcode ?? 'unknown'}. Copy it with its -wal file, or make a copy with .backup.`,
  )

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

function partOf(database: DatabaseSync, { table, shape, columns }: ShapedTable): Part {
  const order = columns.includes('id') ? ` order by ${quoted('id')}` : ''
  return {
    name: table,
    owner: shape.owner,
    map: shape.map,
    note: shape.note,
    async *rows() {
      const statement = database.prepare(`select ${columns.map(quoted).join(', ')} from ${quoted(table)}${order}`)
      // Ids of some platforms are larger than what a number holds exactly.
      statement.setReadBigInts(true)
      try {
        for (const row of statement.iterate()) yield row as Row
      } catch (error) {
        throw notReadable(table, error)
      }
    },
  }
}
