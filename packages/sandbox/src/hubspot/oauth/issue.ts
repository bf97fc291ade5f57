import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { portalOf, userOf } from '../people.ts'
import type { Grant, State, Token } from '../state.ts'

/** 30 minutes (OAuth quickstart). */
const ACCESS_SECONDS = 1800

export function write(state: State, grant: Grant, kind: Token['kind'], expiresAt: number | null): Token {
  const id = `${kind}-${++state.issued}`
  const hublet = portalOf(grant.portal)?.hublet ?? 'na1'
  // Access tokens vary in length; the older page advises room for 300 characters.
  const value = kind === 'access' ? opaque(180 + (state.issued % 7) * 25, 'CJ') : opaque(42, `${hublet}-`)
  const made: Token = { id, kind, token: value, grant: grant.id, expiresAt, revoked: false }
  state.tokens.set(value, made)
  return made
}

/** The answer to a code or a refresh token. v1's held the four fields alone. */
export function given(state: State, grant: Grant, renewal: Token, now: number, v1: boolean): Answer {
  const access = write(state, grant, 'access', now + ACCESS_SECONDS * 1000)
  return json(
    200,
    {
      token_type: 'bearer',
      access_token: access.token,
      refresh_token: renewal.token,
      expires_in: ACCESS_SECONDS,
      ...(!v1 && { token_use: 'access_token' }),
      ...(!v1 &&
        state.settings.tokenFacts === 'sent' && {
          hub_id: grant.portal,
          user_id: userOf(grant.member)?.id,
          scopes: grant.scopes,
          id_token: null,
        }),
    },
    { 'cache-control': 'no-store' },
  )
}
