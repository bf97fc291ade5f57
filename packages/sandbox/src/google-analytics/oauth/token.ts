import { createHash } from 'node:crypto'
import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field, form, repeated } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import type { App } from '../apps.ts'
import { userOf } from '../people.ts'
import { appOf, type Code, type Grant, liveGrant, type State, type Token } from '../state.ts'
import type { World } from '../world.ts'

const ACCESS_SECONDS = 3599
/** Seven days, as captured. */
const TESTING_SECONDS = 604_799
/** Ten minutes: no document says it. */
const CODE_MS = 10 * 60_000

const refused = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description }, { 'cache-control': 'no-store' })

const isAnswer = (value: object): value is Answer => 'status' in value && 'body' in value

/** By the body or by HTTP Basic (discovery: `token_endpoint_auth_methods_supported`). */
function client(ask: Ask, fields: URLSearchParams, state: State): App | Answer {
  const basic = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(ask.headers.get('authorization') ?? '')?.[1]
  const shown = Buffer.from(basic ?? '', 'base64').toString('utf8')
  const [id, secret] =
    basic === undefined ? [field(fields, 'client_id'), field(fields, 'client_secret')] : halves(shown)
  if (id === undefined) return refused(400, 'invalid_request', 'Could not determine client ID from request.')
  const app = appOf(state, id)
  if (!app) return refused(401, 'invalid_client', 'The OAuth client was not found.')
  if (secret === undefined) return refused(400, 'invalid_request', 'client_secret is missing.')
  if (secret !== app.clientSecret || app.secretRefused) return refused(401, 'invalid_client', 'Unauthorized')
  return app
}

const halves = (text: string): [string | undefined, string | undefined] => {
  const at = text.indexOf(':')
  return at < 0
    ? [undefined, undefined]
    : [decodeURIComponent(text.slice(0, at)), decodeURIComponent(text.slice(at + 1))]
}

/** POST https://oauth2.googleapis.com/token. */
export function token(world: World, ask: Ask): Answer {
  const fields = form(ask)
  if (!fields) return refused(400, 'invalid_request', 'The request must be form-encoded.')
  const twice = repeated(fields)
  if (twice) return refused(400, 'invalid_request', `Parameter not allowed more than once: ${twice}`)
  const app = client(ask, fields, world.state)
  if (isAnswer(app)) return app
  switch (field(fields, 'grant_type')) {
    case 'authorization_code':
      return redeem(world, app, fields)
    case 'refresh_token':
      return refresh(world, app, fields)
    default:
      return refused(400, 'unsupported_grant_type', 'Invalid grant_type')
  }
}

const answers = (code: Code, verifier: string | undefined): boolean =>
  code.challenge === undefined ||
  (verifier !== undefined &&
    code.challenge === (code.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url')))

function redeem({ state, clock }: World, app: App, fields: URLSearchParams): Answer {
  const now = clock.now()
  const code = state.codes.get(field(fields, 'code') ?? '')
  const grant = state.grants.get(code?.grant ?? '')
  if (
    !code ||
    !grant ||
    grant.revoked ||
    code.clientId !== app.clientId ||
    code.used ||
    now >= code.createdAt + CODE_MS
  )
    return refused(400, 'invalid_grant', 'Bad Request')
  if (code.redirectUri !== field(fields, 'redirect_uri')) return refused(400, 'redirect_uri_mismatch', 'Bad Request')
  if (!answers(code, field(fields, 'code_verifier'))) return refused(400, 'invalid_grant', 'Invalid code verifier.')
  code.used = true
  const testing = app.publishing === 'testing'
  const ends = testing ? now + TESTING_SECONDS * 1000 : null
  const renewal = code.offline ? write(state, grant, 'refresh', code.scopes, ends) : undefined
  if (renewal) forgetOldest(state, grant)
  const access = write(state, grant, 'access', code.scopes, now + ACCESS_SECONDS * 1000, renewal?.family)
  const told = testing && renewal && state.settings.testingEnd === 'told'
  return given(access, grant, {
    ...(renewal && { refresh_token: renewal.token }),
    ...(told && { refresh_token_expires_in: TESTING_SECONDS }),
  })
}

/** Normally without a refresh token: the old one goes on. */
function refresh({ state, clock }: World, app: App, fields: URLSearchParams): Answer {
  const now = clock.now()
  const value = field(fields, 'refresh_token')
  if (value === undefined) return refused(400, 'invalid_request', 'Missing required parameter: refresh_token')
  const found = state.tokens.get(value)
  const grant = found?.kind === 'refresh' ? liveGrant(state, found, now) : undefined
  if (!found || grant?.clientId !== app.clientId)
    return refused(400, 'invalid_grant', 'Token has been expired or revoked.')
  return given(write(state, grant, 'access', found.scopes, now + ACCESS_SECONDS * 1000, found.family), grant)
}

function write(
  state: State,
  grant: Grant,
  kind: Token['kind'],
  scopes: string[],
  expiresAt: number | null,
  family?: string,
): Token {
  const id = `${kind}-${++state.issued}`
  const value = kind === 'access' ? opaque(200, 'ya29.') : opaque(103, '1//0')
  const made: Token = {
    id,
    kind,
    token: value,
    grant: grant.id,
    scopes,
    expiresAt,
    family: family ?? id,
    revoked: false,
  }
  state.tokens.set(value, made)
  return made
}

/** Of an account and a client so many live: the oldest dies without a word. */
function forgetOldest(state: State, grant: Grant): void {
  const live = [...state.tokens.values()].filter(
    (one) => one.kind === 'refresh' && one.grant === grant.id && !one.revoked,
  )
  for (const one of live.slice(0, Math.max(0, live.length - state.settings.mostRefreshTokens))) one.revoked = true
}

function given(access: Token, grant: Grant, more: object = {}): Answer {
  const user = userOf(grant.member)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return json(
    200,
    {
      access_token: access.token,
      expires_in: ACCESS_SECONDS,
      ...more,
      scope: access.scopes.join(' '),
      token_type: 'Bearer',
      // Nobody here reads it: who it is, userinfo says.
      ...(access.scopes.includes('openid') && {
        id_token: `${part({ alg: 'RS256' })}.${part({ iss: 'https://accounts.google.com', sub: user?.sub })}.sandbox`,
      }),
    },
    { 'cache-control': 'no-store' },
  )
}

/** POST https://oauth2.googleapis.com/revoke: an access token ends its refresh token, too. */
export function revoke({ state, clock }: World, ask: Ask): Answer {
  const value = field(form(ask) ?? ask.query, 'token')
  const found = state.tokens.get(value ?? '')
  if (!found || !liveGrant(state, found, clock.now())) return refused(400, 'invalid_token', 'Token expired or revoked')
  for (const one of state.tokens.values()) if (one.family === found.family) one.revoked = true
  // Without a live refresh token nothing of the grant is left.
  const left = [...state.tokens.values()].some((one) => one.grant === found.grant && !one.revoked)
  const grant = state.grants.get(found.grant)
  if (!left && grant) grant.revoked = true
  return json(200, {})
}
