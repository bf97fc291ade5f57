/** What is said of the tables of a database. Pure. */
import { SHAPES, type ShapedTable } from './shapes.ts'
import { refusedSource } from './source.ts'

/** Throws `invalid_request` where no table can be read. */
export function tableNotes(found: readonly ShapedTable[], odd: readonly string[], named: string | undefined): string[] {
  const known = SHAPES.map((one) => one.table).join(', ')
  if (found.length === 0) {
    throw named === undefined
      ? refusedSource(
          'No table in there can be imported.',
          `Known are ${known}. A table of another name and one of their shapes: --table <name>.${odd.length > 0 ? ` Not of its shape: ${odd.join(', ')}.` : ''}`,
        )
      : refusedSource(
          `The table ${named} cannot be imported.`,
          `It is not there, or has none of the shapes of ${known}.`,
        )
  }
  return odd.map((one) => `${one} has not the columns that its name promises, and was not read.`)
}
