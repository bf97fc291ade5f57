import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field, form, repeated } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { missing, oauthError, tokenDead } from '../api/errors.ts'
import { userOf } from '../people.ts'
import { BASIC } from '../scopes.ts'
import { appOf, type Grant, liveGrant, type State, type Token } from '../state.ts'
import type { World } from '../world.ts'

/** "Business Login for Instagram": a code is valid for an hour, and once; a short token for an hour; a long one for 60 days. */
const CODE_MS = 3_600_000
const SHORT_MS = 3_600_000
const LONG_SECONDS = 5_183_944
/** A long token younger than this is not refreshed. */
const YOUNG_MS = 24 * 3_600_000

function write(state: State, grant: Grant, kind: Token['kind'], expiresAt: number, now: number): Token {
  const id = `${kind}-${++state.issued}`
  const token: Token = {
    ...{ id, kind, grant: grant.id, issuedAt: now, expiresAt, revoked: false },
    token: opaque(170, 'IGAA'),
  }
  state.tokens.set(token.token, token)
  return token
}

/** `POST https://api.instagram.com/oauth/access_token`. */
export function exchange({ state, clock }: World, ask: Ask): Answer {
  const now = clock.now()
  const fields = form(ask) ?? new URLSearchParams()
  if (repeated(fields)) return oauthError('Invalid parameters')
  const app = appOf(state, field(fields, 'client_id'))
  if (!app) return oauthError('Invalid platform app')
  if (field(fields, 'client_secret') !== app.clientSecret || app.secretRefused)
    return oauthError('Error validating client secret.')
  if (field(fields, 'grant_type') !== 'authorization_code') return oauthError('Invalid grant_type')
  const code = state.codes.get(field(fields, 'code') ?? '')
  const grant = state.grants.get(code?.grant ?? '')
  const usable = code && grant && code.clientId === app.clientId && !code.used && now < code.createdAt + CODE_MS
  if (!usable) return oauthError('Matching code was not found or was already used')
  if (code.redirectUri !== field(fields, 'redirect_uri'))
    return oauthError(
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
    )
  code.used = true
  const permissions = state.settings.permissions === 'text' ? grant.granted.join(',') : grant.granted
  const answer = {
    access_token: write(state, grant, 'short', now + SHORT_MS, now).token,
    // A number beyond what a JSON number holds for certain, as the real one is.
    user_id: Number(userOf(grant.member)?.scoped),
    permissions,
  }
  return json(200, state.settings.tokenAnswer === 'wrapped' ? { data: [answer] } : answer)
}

const long = (state: State, grant: Grant, now: number, more: object = {}): Answer => {
  const token = write(state, grant, 'long', now + LONG_SECONDS * 1000, now)
  return json(200, { access_token: token.token, token_type: 'bearer', expires_in: LONG_SECONDS, ...more })
}

/** `GET https://graph.instagram.com/access_token`: a short token for a long one. */
export function lengthen({ state, clock }: World, ask: Ask): Answer {
  const now = clock.now()
  if (field(ask.query, 'grant_type') !== 'ig_exchange_token') return missing('grant_type')
  const secret = field(ask.query, 'client_secret')
  if (secret === undefined) return missing('client_secret')
  const token = state.tokens.get(field(ask.query, 'access_token') ?? '')
  const grant = liveGrant(state, token, now)
  if (!token || !grant) return tokenDead(state, token !== undefined)
  const app = appOf(state, grant.clientId)
  if (secret !== app?.clientSecret || app.secretRefused) return oauthError('Error validating client secret.')
  if (token.kind !== 'short') return oauthError('Session key invalid. This could be because the session is long-lived.')
  return long(state, grant, now)
}

/** `GET https://graph.instagram.com/refresh_access_token`: at least 24 hours old, not over, with the basic permission. */
export function refresh({ state, clock }: World, ask: Ask): Answer {
  const now = clock.now()
  if (field(ask.query, 'grant_type') !== 'ig_refresh_token') return missing('grant_type')
  const token = state.tokens.get(field(ask.query, 'access_token') ?? '')
  const grant = liveGrant(state, token, now)
  if (!token || !grant) return tokenDead(state, token !== undefined)
  if (token.kind !== 'long' || now < token.issuedAt + YOUNG_MS || !grant.granted.includes(BASIC))
    return oauthError('This token cannot be refreshed yet')
  return long(state, grant, now, { permissions: grant.granted.join(',') })
}
