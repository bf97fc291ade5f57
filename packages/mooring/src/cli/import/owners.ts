/** Whose a row is, by the column that says so. Pure. */
import type { Row } from './record.ts'
import { clean, textOf } from './values.ts'

/** The first of these columns that holds something: `business_id` 7 is `business:7`. */
export function ownerBy(row: Row, columns: readonly string[]): string | null {
  for (const column of columns) {
    const value = textOf(row[column])
    if (typeof value === 'string' && clean(value) !== '') return `${column.replace(/_id$/, '')}:${clean(value, 150)}`
  }
  return null
}
