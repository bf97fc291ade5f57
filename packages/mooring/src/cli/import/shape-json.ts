/** Rows of a JSON file: our own documented record, or a connection of Nango. See docs/guides/import.md. */
import { platformOf } from './platforms.ts'
import { reading } from './reading.ts'
import type { Mapped, Open, Row } from './record.ts'
import { isNango, mapNango, nangoOwner } from './shape-nango.ts'
import { clean, flagOf, textOf } from './values.ts'

export const jsonShape = {
  owner(row: Row): string | null {
    if (isNango(row)) return nangoOwner(row)
    const owner = textOf(row.owner)
    return typeof owner === 'string' ? clean(owner) : null
  },
  map(row: Row, open: Open): Mapped {
    if (isNango(row)) return mapNango(row, open)
    if (flagOf(row.active) === false) return { skipped: { code: 'inactive', message: 'The source calls it inactive.' } }
    const read = reading(row, open)
    return read.done({
      provider: platformOf(read.text('provider') ?? ''),
      registration: read.text('registration')?.slice(0, 100) ?? null,
      subject: read.text('subject'),
      label: read.text('label'),
      accessToken: read.token('accessToken', 'either'),
      refreshToken: read.token('refreshToken', 'either'),
      accessTokenExpiresAt: read.time('accessTokenExpiresAt'),
      refreshTokenExpiresAt: read.time('refreshTokenExpiresAt'),
      scopes: read.scopes('scopes'),
      updatedAt: read.time('updatedAt'),
    })
  },
}
