/** The shapes of tables that are known, and which of them a table has. Pure. */
import type { Shape } from './record.ts'
import { clientCredentials } from './shape-client-credentials.ts'
import { oauthTokens } from './shape-oauth-tokens.ts'
import { platformConnections } from './shape-platform-connections.ts'
import { socialAccounts } from './shape-social-accounts.ts'

export const SHAPES: readonly Shape[] = [oauthTokens, socialAccounts, clientCredentials, platformConnections]

export interface Table {
  name: string
  columns: readonly string[]
}

export interface ShapedTable {
  table: string
  shape: Shape
  /** What is read of it, and nothing else. */
  columns: string[]
}

const fits = (shape: Shape, columns: readonly string[]): boolean =>
  shape.needed.every((one) => columns.includes(one)) &&
  (shape.oneOf === undefined || shape.oneOf.some((one) => columns.includes(one)))

/**
 * The tables that can be read: those of a known name, or the one that is named, whatever its name, by its columns. `odd`
 * are of a known name and lack columns that its shape is known by.
 */
export function shapedTables(tables: readonly Table[], named?: string): { found: ShapedTable[]; odd: string[] } {
  const found: ShapedTable[] = []
  const odd: string[] = []
  for (const { name, columns } of tables) {
    const shapes = SHAPES.filter((one) => (named === undefined ? one.table === name : name === named))
    if (shapes.length === 0) continue
    const shape = shapes.find((one) => fits(one, columns))
    if (!shape) odd.push(name)
    else {
      const wanted = ['id', ...shape.needed, ...(shape.oneOf ?? []), ...shape.optional]
      found.push({ table: name, shape, columns: [...new Set(wanted)].filter((one) => columns.includes(one)) })
    }
  }
  return { found, odd }
}
