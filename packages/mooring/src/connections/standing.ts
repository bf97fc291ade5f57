/** Judgements about a connection's token and standing. Pure. */
import type { ErrorCode, MooringError } from '../error.ts'
import type { Provider } from '../provider.ts'
import type { CredentialsPort } from '../provider-credentials.ts'
import type { Problem } from '../store/connections.ts'

const MINUTE = 60_000

/** Whether the token still works at `now`, as far as its end is known. */
export const alive = (expiresAt: Date | null, now: number): boolean => expiresAt === null || expiresAt.getTime() > now

export interface TokenLife {
  access_expires_at: Date | null
  refresh_expires_at: Date | null
  issued_at: Date | null
}

/**
 * From when on renewing is due: the provider's margin before the end, but never earlier than half of the token's life
 * (a token that was issued short must not be renewed on every read); at the end itself where renewing cannot make it
 * longer (some platforms cut an access token at the end of its refresh token). Null where the end is not known.
 */
export function renewAt(token: TokenLife, provider: Provider): number | null {
  if (token.access_expires_at === null) return null
  const end = token.access_expires_at.getTime()
  if (token.refresh_expires_at !== null && token.refresh_expires_at.getTime() - end < MINUTE) return end
  const life = token.issued_at === null ? Number.POSITIVE_INFINITY : end - token.issued_at.getTime()
  return end - Math.min(provider.lifetime.renewBeforeSeconds * 1000, life / 2)
}

export function due(token: TokenLife, now: number, provider: Provider): boolean {
  const at = renewAt(token, provider)
  return at !== null && at <= now
}

/** How long yet, in ms, until the platform renews this token at all. */
export function tooYoung(token: Pick<TokenLife, 'issued_at'>, { refresh }: Provider, now: number): number {
  if (token.issued_at === null || refresh.notBeforeSeconds === undefined) return 0
  return Math.max(0, token.issued_at.getTime() + refresh.notBeforeSeconds * 1000 - now)
}

/**
 * When the sweep looks at it: what can be renewed, within the first quarter of its margin, spread by `random` (0 to 1), so
 * that what was connected in one minute is not renewed in one; what cannot, at its end, when a person is needed.
 */
export function sweepAt(token: TokenLife, renewable: boolean, provider: Provider, random: number): Date | null {
  if (token.access_expires_at === null) return null
  const end = token.access_expires_at.getTime()
  const from = renewable ? (renewAt(token, provider) ?? end) : end
  return new Date(Math.round(from + ((end - from) / 4) * random))
}

/** When a seat's standing is asked for next, spread over a tenth so that many do not come at once. */
export const watchAt = ({ watchSeconds }: CredentialsPort, now: number, random: number): Date =>
  new Date(now + Math.round(watchSeconds * 1000 * (0.95 + random / 10)))

/** When to try again after `failures` failures in a row: 30 s doubling to 30 min, spread by a fifth so that many do not come at once. */
export function backOff(failures: number, random: number, retryAfterSeconds?: number): number {
  const base = Math.min(0.5 * MINUTE * 2 ** Math.min(failures, 12), 30 * MINUTE)
  const wait = base * (0.8 + 0.4 * random)
  return Math.max(wait, (retryAfterSeconds ?? 0) * 1000)
}

const TROUBLE: Partial<Record<ErrorCode, string>> = {
  provider_rate_limited: 'asked us to slow down',
  provider_answer_invalid: 'sent an answer that cannot be read',
}

/** What a failure of a refresh leaves in the row. What is the operator's (a wrong client secret) leaves nothing there: see alerts.ts. */
export function problemOf(
  error: MooringError,
  provider: Provider,
  now: number,
  failures: number,
  random: number,
): Problem {
  const parts = { detail: error.detail, providerCode: error.providerCode }
  const nextTryAt = new Date(now + backOff(failures, random, error.retryAfter))
  switch (error.code) {
    case 'reauthorize':
      return {
        ...parts,
        state: 'reauthorize',
        code: error.code,
        message: `${provider.name} ended our access. Reconnect to go on.`,
        nextTryAt: null,
        dueAt: null,
      }
    case 'vault_unknown_key':
    case 'vault_tampered':
      return {
        ...parts,
        state: 'misconfigured',
        code: error.code,
        message: 'We have to fix this, not you. Nothing is needed from your side.',
        nextTryAt,
        dueAt: nextTryAt,
      }
    default:
      return {
        ...parts,
        state: 'failing',
        code: error.code,
        message: `${provider.name} ${TROUBLE[error.code] ?? 'is not answering'}. Your connection is fine, we try again.`,
        nextTryAt,
        dueAt: nextTryAt,
      }
  }
}

/** The platform renews no more, but the access token works: used to its end, and tried once more then. */
export function refusedAlive(error: MooringError, provider: Provider, endsAt: Date | null): Problem {
  return {
    detail: error.detail,
    providerCode: error.providerCode,
    state: 'connected',
    code: 'refresh_refused',
    message: `${provider.name} does not renew this any more. It works ${endsAt ? `until ${longDate(endsAt)}` : 'for now'}. Reconnect before.`,
    nextTryAt: null,
    dueAt: endsAt,
    refused: true,
  }
}

/** "23 Oct 2026", in UTC. */
export const longDate = (date: Date): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(date)
