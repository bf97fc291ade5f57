/** Judgements about a connection from an older system: what it needs to be one, how it stands, whether it may be written. Pure. */
import type { Provider } from '../provider.ts'
import type { ImportedRow } from '../store/connection-import.ts'

export interface ImportRecord {
  /** How the sender calls it; given back, and told in the history. */
  ref: string
  provider: string
  registration: string | null
  /** External id of the workspace that it goes to; the caller's own without it. */
  workspace: string | null
  /** The id that the source has for whoever authorized. May be that of an account instead. */
  subject: string | null
  label: string | null
  accessToken: string | null
  refreshToken: string | null
  accessTokenExpiresAt: Date | null
  refreshTokenExpiresAt: Date | null
  /** Null: the source does not say; then what the registration asks for is taken for granted. */
  scopes: readonly string[] | null
  /** When the source wrote the tokens. */
  updatedAt: Date | null
}

/** What the platform said of the access token: it works, it is refused, or nothing. */
export type Alive = 'yes' | 'no' | 'unknown'

export interface ImportedLife {
  /** Null is never written: what has no end would never be renewed. */
  accessExpiresAt: Date
  refreshToken: string | null
  refreshExpiresAt: Date | null
  /** When the tokens were issued, as far as the source says. */
  issuedAt: Date
  renewable: boolean
  /** Over already, without a way to renew. */
  ended: boolean
}

/**
 * How long it lives. An end that the source does not know, or that the platform just disproved, is now where there is a
 * way to renew (the first use or the sweep finds the true one), else the platform's usual life from now.
 */
export function importedLife(record: ImportRecord, provider: Provider, now: number, alive: Alive): ImportedLife {
  const refreshEnded = record.refreshTokenExpiresAt !== null && record.refreshTokenExpiresAt.getTime() <= now
  // Where an access token renews itself, it is its own refresh token, whatever the source calls it.
  const refreshToken = provider.refresh.how === 'self' ? record.accessToken : record.refreshToken
  const renewable = refreshToken !== null && provider.refresh.how !== 'none' && !refreshEnded
  const said = record.accessTokenExpiresAt?.getTime()
  const disproved = alive === 'yes' && said !== undefined && said <= now
  const known =
    record.accessToken === null || alive === 'no' ? Math.min(said ?? now, now) : disproved ? undefined : said
  const end = known ?? (renewable ? now : now + provider.lifetime.accessSeconds * 1000)
  return {
    accessExpiresAt: new Date(end),
    refreshToken: renewable ? refreshToken : null,
    refreshExpiresAt: renewable ? record.refreshTokenExpiresAt : null,
    issuedAt: new Date(Math.min(record.updatedAt?.getTime() ?? now, now)),
    renewable,
    ended: !renewable && end <= now,
  }
}

/** What no platform gave and no header takes. A lone surrogate or a NUL would not even be stored as it is. */
export function unusableToken(record: Pick<ImportRecord, 'accessToken' | 'refreshToken'>): boolean {
  return [record.accessToken, record.refreshToken].some((token) => token !== null && !/^[\x21-\x7e]+$/.test(token))
}

export type Standing = 'new' | 'newer' | 'same' | 'older' | 'renewed_here' | 'disconnected_here'

/**
 * Whether the source may write over what is there. `stored` are the tokens that the row holds, in the clear; undefined
 * where they do not open here.
 */
export function standingOf(
  record: ImportRecord,
  existing: ImportedRow | undefined,
  stored: { access: string | null; refresh: string | null } | undefined,
): Standing {
  if (!existing) return 'new'
  if (existing.state === 'disconnected') return 'disconnected_here'
  // Tokens were written by something else than an import: a refresh, or a person who connected.
  if (existing.token_version !== String(existing.imports)) return 'renewed_here'
  if (stored && stored.access === record.accessToken && sameRefresh(record, stored.refresh)) return 'same'
  // An earlier import that went without the refresh token is mended by one that brings it.
  const better = existing.refresh_token === null && record.refreshToken !== null
  const later = after(record.updatedAt, existing.connected_at)
  const longer = after(record.accessTokenExpiresAt, existing.access_expires_at)
  return better || later || longer ? 'newer' : 'older'
}

/** A refresh token that had ended was not kept; a token that renews itself is its own. */
const sameRefresh = (record: ImportRecord, stored: string | null): boolean =>
  stored === record.refreshToken ||
  (stored !== null && stored === record.accessToken) ||
  (stored === null && record.refreshTokenExpiresAt !== null)

const after = (one: Date | null, other: Date | null): boolean =>
  one !== null && other !== null && one.getTime() > other.getTime()
