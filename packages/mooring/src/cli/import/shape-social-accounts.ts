/** `social_accounts`: one row an account of a business, tokens sealed with Fernet or clear, also mixed in one table. */
import { ownerBy } from './owners.ts'
import { platformOf } from './platforms.ts'
import { reading } from './reading.ts'
import type { Shape } from './record.ts'
import { flagOf } from './values.ts'

export const socialAccounts: Shape = {
  name: 'social_accounts',
  table: 'social_accounts',
  needed: ['business_id', 'platform', 'access_token'],
  optional: ['account_id', 'account_name', 'refresh_token', 'token_expires_at', 'is_active', 'scopes', 'updated_at'],
  owner: (row) => ownerBy(row, ['business_id']),
  map: (row, open) => {
    if (flagOf(row.is_active) === false)
      return { skipped: { code: 'inactive', message: 'It was switched off in the old system.' } }
    const read = reading(row, open)
    return read.done({
      provider: platformOf(read.text('platform') ?? ''),
      registration: null,
      subject: read.text('account_id'),
      label: read.text('account_name'),
      accessToken: read.token('access_token', 'either'),
      refreshToken: read.token('refresh_token', 'either'),
      accessTokenExpiresAt: read.time('token_expires_at'),
      refreshTokenExpiresAt: null,
      scopes: read.scopes('scopes'),
      updatedAt: read.time('updated_at'),
    })
  },
}
