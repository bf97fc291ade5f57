import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field, form, repeated } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { tokenDead, unsupported, wrong } from '../api/errors.ts'
import { userOf } from '../people.ts'
import { BASIC } from '../scopes.ts'
import { appOf, type Grant, liveGrant, type State, type Token } from '../state.ts'
import type { World } from '../world.ts'

/** An hour, for a code (as Instagram's) and for a short token; 60 days for a long one (fbsamples/threads_api). */
const HOUR_MS = 3_600_000
const LONG_SECONDS = 5_183_944
/** A long token younger than this is not refreshed. */
const YOUNG_MS = 24 * HOUR_MS

function write(state: State, grant: Grant, kind: Token['kind'], expiresAt: number, now: number): Token {
  const id = `${kind}-${++state.issued}`
  const token: Token = {
    ...{ id, kind, grant: grant.id, issuedAt: now, expiresAt, revoked: false },
    token: opaque(170, 'THAA'),
  }
  state.tokens.set(token.token, token)
  return token
}

/** `POST https://graph.threads.net/oauth/access_token`; by GET too, for one client. */
export function exchange({ state, clock }: World, ask: Ask): Answer {
  const now = clock.now()
  if (ask.method === 'GET' && state.settings.tokenByGet === 'refused') return unsupported('get')
  const fields = ask.method === 'GET' ? ask.query : (form(ask) ?? new URLSearchParams())
  const twice = repeated(fields)
  if (twice) return wrong(`The parameter ${twice} was sent more than once`)
  const app = appOf(state, field(fields, 'client_id'))
  if (!app) return wrong('Error validating application. Cannot get application info due to a system error.', 101)
  if (field(fields, 'client_secret') !== app.clientSecret || app.secretRefused)
    return wrong('Error validating client secret.', 1)
  if (field(fields, 'grant_type') !== 'authorization_code') return wrong('Invalid grant_type')
  const code = state.codes.get(field(fields, 'code') ?? '')
  const grant = state.grants.get(code?.grant ?? '')
  if (!code || !grant || grant.ended || code.clientId !== app.clientId || now >= code.createdAt + HOUR_MS)
    return wrong('Invalid verification code format.', 100, 36007)
  if (code.used) return wrong('This authorization code has been used.', 100, 36009)
  if (code.redirectUri !== field(fields, 'redirect_uri'))
    return wrong('Error validating verification code. Please make sure your redirect_uri is identical', 100, 36008)
  code.used = true
  return json(200, {
    access_token: write(state, grant, 'short', now + HOUR_MS, now).token,
    user_id: userOf(grant.member)?.id,
  })
}

const long = (state: State, grant: Grant, now: number): Answer =>
  json(200, {
    access_token: write(state, grant, 'long', now + LONG_SECONDS * 1000, now).token,
    token_type: 'bearer',
    expires_in: LONG_SECONDS,
  })

/** `GET /access_token`: a short token for a long one. */
export function lengthen({ state, clock }: World, ask: Ask): Answer {
  const now = clock.now()
  if (field(ask.query, 'grant_type') !== 'th_exchange_token') return wrong('Invalid grant_type')
  const token = state.tokens.get(field(ask.query, 'access_token') ?? '')
  const grant = liveGrant(state, token, now)
  if (!token || !grant) return tokenDead(token !== undefined)
  const app = appOf(state, grant.clientId)
  if (field(ask.query, 'client_secret') !== app?.clientSecret || app?.secretRefused)
    return wrong('Error validating client secret.', 1)
  return token.kind === 'short' ? long(state, grant, now) : wrong('The access token is long-lived already')
}

/** `GET /refresh_access_token`: at least 24 hours old, not over, with the basic permission. */
export function refresh({ state, clock }: World, ask: Ask): Answer {
  const now = clock.now()
  if (field(ask.query, 'grant_type') !== 'th_refresh_token') return wrong('Invalid grant_type')
  const token = state.tokens.get(field(ask.query, 'access_token') ?? '')
  const grant = liveGrant(state, token, now)
  if (!token || !grant) return tokenDead(token !== undefined)
  if (token.kind !== 'long' || now < token.issuedAt + YOUNG_MS || !grant.granted.includes(BASIC))
    return wrong('The access token must be long-lived and at least 24 hours old to be refreshed')
  return long(state, grant, now)
}
