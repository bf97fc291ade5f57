import { opaque } from '../../core/ids.ts'
import type { Caller } from '../api/gate.ts'
import type { Grant, State, Token } from '../state.ts'
import type { World } from '../world.ts'

/** One to two hours; 60 days (developers.facebook.com, "Get long-lived access tokens"). */
export const SHORT_SECONDS = 5183
export const LONG_SECONDS = 5_183_944

type Parts = Pick<Token, 'kind' | 'page' | 'expiresAt' | 'long'> & Partial<Pick<Token, 'ofSystem'>>

export function write(state: State, grant: Grant, parts: Parts, now: number): Token {
  const token: Token = {
    ofSystem: false,
    ...parts,
    id: `${parts.kind}-${++state.issued}`,
    token: opaque(180, 'EAA'),
    grant: grant.id,
    issuedAt: now,
    revoked: false,
  }
  state.tokens.set(token.token, token)
  return token
}

/**
 * A Page's token for a person's: without an end where the person's is long-lived, else it dies with it. Asking again gives
 * the same one.
 */
export function pageToken({ state, clock }: World, { grant, token }: Caller, page: string): string {
  // A Page's token that asks for itself is answered with itself.
  if (token.page === page) return token.token
  const { ofSystem } = token
  const expiresAt = token.long ? null : token.expiresAt
  for (const one of state.tokens.values())
    if (
      one.grant === grant.id &&
      one.page === page &&
      one.expiresAt === expiresAt &&
      one.ofSystem === ofSystem &&
      !one.revoked
    )
      return one.token
  return write(state, grant, { kind: 'page', page, expiresAt, long: token.long, ofSystem }, clock.now()).token
}
