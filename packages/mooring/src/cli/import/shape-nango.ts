/** A connection of Nango, as `GET /connections/{id}` of its API gives it (nango.dev/docs, reference/backend/http-api/connection). */
import { platformOf } from './platforms.ts'
import { reading } from './reading.ts'
import type { Mapped, Open, Row } from './record.ts'
import { clean, recordOf, textOf, timeOf } from './values.ts'

export const isNango = (row: Row): boolean =>
  typeof row.credentials === 'object' || (row.connection_id !== undefined && row.provider_config_key !== undefined)

/**
 * By the tags that Nango's documentation names, else by the end users that came before them: the organization, else the
 * user; else by the connection's own id, which used to be the customer's.
 */
export function nangoOwner(row: Row): string | null {
  const user = recordOf(row.end_user)
  const tags = recordOf(row.tags)
  const named = (kind: string, value: unknown) => {
    const text = textOf(value)
    return typeof text === 'string' ? `${kind}:${clean(text, 150)}` : null
  }
  return (
    named('organization', tags.organization_id) ??
    named('organization', recordOf(user.organization).id) ??
    named('end_user', tags.end_user_id) ??
    named('end_user', user.id) ??
    named('connection', row.connection_id)
  )
}

export function mapNango(row: Row, open: Open): Mapped {
  const credentials = recordOf(row.credentials)
  if (textOf(credentials.type) !== 'OAUTH2')
    return { skipped: { code: 'not_oauth', message: 'Its credentials are not OAuth 2.0 tokens.' } }
  const read = reading(credentials, open)
  const ids = reading({ ...recordOf(row.connection_config), ...recordOf(row.metadata) }, open)
  const raw = recordOf(credentials.raw)
  const whole = reading(row, open)
  const names = reading({ ...recordOf(row.end_user), ...recordOf(row.tags) }, open)
  return read.done({
    provider: platformOf(whole.text('provider', 'provider_config_key') ?? ''),
    registration: null,
    subject: ids.text('subject', 'platform_user_id', 'linkedin_member_id', 'member_id', 'account_id'),
    label: names.text('end_user_display_name', 'display_name', 'end_user_email', 'email'),
    accessToken: read.token('access_token', 'clear'),
    refreshToken: read.token('refresh_token', 'clear'),
    accessTokenExpiresAt: read.time('expires_at'),
    refreshTokenExpiresAt: refreshEnd(credentials.expires_at, raw),
    scopes: reading(raw, open).scopes('scope'),
    // `updated_at` moves with metadata too, and says nothing of the tokens.
    updatedAt: null,
  })
}

/** Nango keeps no end of a refresh token, but the platform's answer beside the end that it computed from it: both count from one moment. */
function refreshEnd(accessEnd: unknown, raw: Row): string | null {
  const end = timeOf(accessEnd)
  const [access, refresh] = [Number(raw.expires_in), Number(raw.refresh_token_expires_in)]
  if (typeof end !== 'string' || !(access > 0) || !(refresh > 0)) return null
  return timeOf(Date.parse(end) + (refresh - access) * 1000) ?? null
}
