/** `oauth_tokens` of Python apps: one row a platform, both tokens sealed with Fernet. */
import { ownerBy } from './owners.ts'
import { platformOf } from './platforms.ts'
import { reading } from './reading.ts'
import type { Shape } from './record.ts'

const OWNERS = ['business_id', 'organization_id', 'tenant_id', 'client_id', 'user_id'] as const

export const oauthTokens: Shape = {
  name: 'oauth_tokens',
  table: 'oauth_tokens',
  needed: ['provider', 'access_token_encrypted'],
  optional: [
    ...OWNERS,
    'refresh_token_encrypted',
    'access_token_expires_at',
    'refresh_token_expires_at',
    'scopes',
    'linkedin_member_id',
    'platform_user_id',
    'updated_at',
  ],
  owner: (row) => ownerBy(row, OWNERS),
  map: (row, open) => {
    const read = reading(row, open)
    const provider = platformOf(read.text('provider') ?? '')
    return read.done({
      provider,
      registration: null,
      subject:
        provider === 'linkedin' ? read.text('linkedin_member_id', 'platform_user_id') : read.text('platform_user_id'),
      label: null,
      accessToken: read.token('access_token_encrypted', 'sealed'),
      refreshToken: read.token('refresh_token_encrypted', 'sealed'),
      accessTokenExpiresAt: read.time('access_token_expires_at'),
      refreshTokenExpiresAt: read.time('refresh_token_expires_at'),
      scopes: read.scopes('scopes'),
      updatedAt: read.time('updated_at'),
    })
  },
}
