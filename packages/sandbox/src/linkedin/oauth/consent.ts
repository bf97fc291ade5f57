import { opaque } from '../../core/ids.ts'
import { sameScopes } from '../scopes.ts'
import { type Code, type Grant, grantOf, type State } from '../state.ts'
import type { AuthorizationRequest } from './authorization-request.ts'

/** Microsoft Learn: programmatic-refresh-tokens. */
export const YEAR_MS = 365 * 24 * 3600 * 1000

/** Writes a code for a member who agreed. */
export function issueCode(
  state: State,
  request: AuthorizationRequest,
  scopes: readonly string[],
  member: string,
  now: number,
): string {
  const code = opaque(140, 'AQ')
  state.codes.set(code, {
    code,
    clientId: request.app.clientId,
    member,
    scopes: [...scopes],
    redirectUri: request.redirectUri,
    createdAt: now,
    used: false,
    ...(request.challenge !== undefined && { challenge: request.challenge }),
  })
  return code
}

/** Ends codes that nobody redeemed yet: their consent was replaced or taken back. */
export function dropCodes(state: State, isMeant: (code: Code) => boolean): void {
  for (const code of state.codes.values()) if (isMeant(code)) code.used = true
}

/**
 * The member pressed Allow. A scope set other than the one granted before ends every access token this member has with the
 * app (Microsoft Learn: authorization-code-flow). Refresh tokens are not named there and live on.
 */
export function recordConsent(state: State, request: AuthorizationRequest, member: string, now: number): void {
  const { clientId } = request.app
  const before = grantOf(state, clientId, member)
  if (before && !sameScopes(before.scopes, request.scopes)) {
    dropCodes(state, (code) => code.clientId === clientId && code.member === member)
    for (const token of state.access.values()) {
      if (token.clientId === clientId && token.member === member) token.revoked = true
    }
  }
  const grant: Grant = { clientId, member, scopes: request.scopes, consentedAt: now, revoked: false }
  state.grants = [...state.grants.filter((other) => other.clientId !== clientId || other.member !== member), grant]
}

/** Which scopes may be given without asking again, or undefined where the page must be shown. */
export function skippable(
  state: State,
  request: AuthorizationRequest,
  member: string,
  now: number,
): string[] | undefined {
  const grant = grantOf(state, request.app.clientId, member)
  if (!state.settings.skipConsent || !grant || !sameScopes(grant.scopes, request.scopes)) return undefined
  // After the year of the refresh token the member is asked in full.
  if (request.app.refreshTokens && now >= grant.consentedAt + YEAR_MS) return undefined
  const live = [...state.access.values()].some(
    (t) => t.clientId === grant.clientId && t.member === member && !t.revoked && t.expiresAt > now,
  )
  return live ? grant.scopes : undefined
}
