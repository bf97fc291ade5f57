import { opaque } from '../../core/ids.ts'
import type { Grant, State, Token } from '../state.ts'

/** Two hours, with `offline.access` and without. */
const ACCESS_SECONDS = 7200

function write(state: State, kind: Token['kind'], grant: Grant, expiresAt: number | null): Token {
  const token: Token = {
    id: `${kind}-${++state.issued}`,
    kind,
    token: opaque(91),
    grant: grant.id,
    expiresAt,
    revoked: false,
    spent: false,
  }
  state.tokens.set(token.token, token)
  return token
}

/** Writes the tokens of one answer. No refresh token without `offline.access`. */
export const issue = (
  state: State,
  grant: Grant,
  now: number,
): { access: Token; refresh: Token | undefined; seconds: number } => ({
  access: write(state, 'access', grant, now + ACCESS_SECONDS * 1000),
  refresh: grant.scopes.includes('offline.access') ? write(state, 'refresh', grant, null) : undefined,
  seconds: ACCESS_SECONDS,
})
