import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field, form, repeated } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import type { App } from '../apps.ts'
import { userOf } from '../people.ts'
import { appOf, type Grant, liveGrant, type State, type Token } from '../state.ts'
import type { World } from '../world.ts'

/** 30 minutes (OAuth quickstart). */
const ACCESS_SECONDS = 1800
/** A code is "short-lived". */
const CODE_MS = 60_000

/** RFC 6749's fields beside the old ones (changelog, "New OAuth v3 API endpoints and standardized error responses"). */
export const refused = ({ settings }: State, error: string, status: string, message: string, http = 400): Answer =>
  json(
    http,
    { ...(settings.errorShape === 'both' && { error, error_description: message }), status, message },
    { 'cache-control': 'no-store' },
  )

const isAnswer = (value: object): value is Answer => 'body' in value && 'headers' in value

/** Everything is in the body; a query or another type holds nothing. */
function caller(state: State, ask: Ask): { app: App; fields: URLSearchParams } | Answer {
  const fields = form(ask)
  if (!fields)
    return refused(
      state,
      'invalid_request',
      'BAD_REQUEST',
      'Content-Type must be application/x-www-form-urlencoded',
      415,
    )
  const twice = repeated(fields)
  if (twice) return refused(state, 'invalid_request', 'BAD_REQUEST', `${twice} was sent more than once`)
  const app = appOf(state, field(fields, 'client_id'))
  if (!app) return refused(state, 'invalid_client', 'BAD_CLIENT_ID', 'missing or unknown client id')
  if (field(fields, 'client_secret') !== app.clientSecret || app.secretRefused)
    return refused(state, 'invalid_client', 'BAD_CLIENT_SECRET', 'client secret does not match')
  return { app, fields }
}

export function token(world: World, ask: Ask): Answer {
  const { state } = world
  const found = caller(state, ask)
  if (isAnswer(found)) return found
  switch (field(found.fields, 'grant_type')) {
    case 'authorization_code':
      return redeem(world, found.app, found.fields)
    case 'refresh_token':
      return refresh(world, found.app, found.fields)
    default:
      return refused(state, 'unsupported_grant_type', 'BAD_GRANT_TYPE', 'missing or unknown grant type')
  }
}

function redeem({ state, clock }: World, app: App, fields: URLSearchParams): Answer {
  const now = clock.now()
  const code = state.codes.get(field(fields, 'code') ?? '')
  const grant = state.grants.get(code?.grant ?? '')
  const usable = code && grant && !grant.uninstalled && code.clientId === app.clientId && !code.used
  if (!usable || now >= code.createdAt + CODE_MS)
    return refused(state, 'invalid_grant', 'BAD_AUTH_CODE', 'missing or unknown auth code')
  if (code.redirectUri !== field(fields, 'redirect_uri'))
    return refused(state, 'invalid_grant', 'MISMATCH_REDIRECT_URI_AUTH_CODE', 'redirect uri does not match')
  code.used = true
  return given(state, grant, write(state, grant, 'refresh', null), now)
}

function refresh({ state, clock }: World, app: App, fields: URLSearchParams): Answer {
  const now = clock.now()
  const found = state.tokens.get(field(fields, 'refresh_token') ?? '')
  const grant = found?.kind === 'refresh' ? liveGrant(state, found, now) : undefined
  if (!found || grant?.clientId !== app.clientId)
    return refused(state, 'invalid_grant', 'BAD_REFRESH_TOKEN', 'missing or unknown refresh token')
  if (state.settings.refreshToken === 'same') return given(state, grant, found, now)
  found.revoked = true
  return given(state, grant, write(state, grant, 'refresh', null), now)
}

function write(state: State, grant: Grant, kind: Token['kind'], expiresAt: number | null): Token {
  const id = `${kind}-${++state.issued}`
  // Access tokens vary in length, up to 300 characters and beyond.
  const value = kind === 'access' ? opaque(180 + (state.issued % 7) * 25, 'CJ') : opaque(42, 'na1-')
  const made: Token = { id, kind, token: value, grant: grant.id, expiresAt, revoked: false }
  state.tokens.set(value, made)
  return made
}

function given(state: State, grant: Grant, renewal: Token, now: number): Answer {
  const user = userOf(grant.member)
  const access = write(state, grant, 'access', now + ACCESS_SECONDS * 1000)
  return json(
    200,
    {
      token_type: 'bearer',
      access_token: access.token,
      refresh_token: renewal.token,
      expires_in: ACCESS_SECONDS,
      token_use: 'access_token',
      ...(state.settings.tokenFacts === 'sent' && {
        hub_id: user?.portal.id,
        user_id: user?.id,
        scopes: grant.scopes,
        id_token: null,
      }),
    },
    { 'cache-control': 'no-store' },
  )
}

/** POST …/token/introspect. */
export function introspect({ state, clock }: World, ask: Ask): Answer {
  const found = caller(state, ask)
  if (isAnswer(found)) return found
  const value = field(found.fields, 'token')
  if (value === undefined) return refused(state, 'invalid_request', 'BAD_REQUEST', 'missing token')
  const token = state.tokens.get(value)
  const grant = liveGrant(state, token, clock.now())
  const user = userOf(grant?.member ?? '')
  if (!token || !user || grant?.clientId !== found.app.clientId) {
    return state.settings.deadToken === 'inactive'
      ? json(200, { active: false })
      : refused(state, 'invalid_request', 'BAD_ACCESS_TOKEN', 'unknown or expired token')
  }
  return json(200, {
    active: true,
    token: value,
    token_type: 'bearer',
    token_use: `${token.kind}_token`,
    client_id: found.app.clientId,
    app_id: 111,
    hub_id: user.portal.id,
    hub_domain: user.portal.domain,
    user: user.email,
    user_id: user.id,
    scopes: grant.scopes,
    ...(token.kind === 'access' && {
      expires_in: Math.floor(((token.expiresAt ?? 0) - clock.now()) / 1000),
      is_private_distribution: false,
      signed_access_token: { hublet: 'na1', isUserLevel: false },
    }),
  })
}

/** POST …/token/revoke: the refresh token goes; access tokens that are out work to their end. The app stays installed. */
export function revoke({ state }: World, ask: Ask): Answer {
  const found = caller(state, ask)
  if (isAnswer(found)) return found
  const token = state.tokens.get(field(found.fields, 'token') ?? '')
  const own = token && state.grants.get(token.grant)?.clientId === found.app.clientId
  if (!token || !own) return refused(state, 'invalid_request', 'BAD_TOKEN', 'unknown token')
  if (token.kind === 'refresh') token.revoked = true
  return json(200, {})
}
