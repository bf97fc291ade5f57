/** `platform_connections`: one row a user and platform, tokens in the clear, in columns of their own or in one of JSON. */
import { ownerBy } from './owners.ts'
import { platformOf } from './platforms.ts'
import { reading } from './reading.ts'
import type { Row, Shape } from './record.ts'
import { recordOf, textOf } from './values.ts'

/** What a row is called when there is nothing to take, in the words of several apps. */
const OVER = new Set(['disconnected', 'revoked', 'inactive', 'pending', 'deleted', 'removed', 'not_connected'])

export const platformConnections: Shape = {
  name: 'platform_connections',
  table: 'platform_connections',
  needed: ['platform'],
  oneOf: ['access_token', 'credentials'],
  optional: [
    'user_id',
    'platform_user_id',
    'platform_username',
    'refresh_token',
    'token_expires_at',
    'scopes',
    'connection_status',
    'profile_data',
    'updated_at',
  ],
  owner: (row) => ownerBy(row, ['user_id']),
  map: (row, open) => {
    const status = textOf(row.connection_status)?.toLowerCase()
    if (status !== undefined && OVER.has(status))
      return { skipped: { code: 'inactive', message: `The old system calls it ${status}.` } }
    const read = reading({ ...flat(recordOf(row.credentials)), ...present(row) }, open)
    const profile = reading(recordOf(row.profile_data), open)
    return read.done({
      provider: platformOf(read.text('platform') ?? ''),
      registration: null,
      subject: read.text('platform_user_id') ?? profile.text('sub', 'id') ?? read.text('organization_id'),
      label: profile.text('name', 'displayName', 'username') ?? read.text('platform_username', 'organization_name'),
      accessToken: read.token('access_token', 'clear'),
      refreshToken: read.token('refresh_token', 'clear'),
      accessTokenExpiresAt: read.time('token_expires_at'),
      refreshTokenExpiresAt: null,
      scopes: read.scopes('scopes'),
      updatedAt: read.time('updated_at'),
    })
  },
}

/** The JSON's own words for the same things. */
const flat = ({ expires_at, ...credentials }: Row): Row => ({ ...credentials, token_expires_at: expires_at })

const present = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined && value !== ''))
