import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field, repeated } from '../../core/ask.ts'
import { graphError, tokenDead } from '../api/errors.ts'
import { paramsOf } from '../api/gate.ts'
import { judgeVersion } from '../api/versions.ts'
import type { App } from '../apps.ts'
import { appOf, deathOf, type Grant, type Token } from '../state.ts'
import type { World } from '../world.ts'
import { LONG_SECONDS, SHORT_SECONDS, write } from './issue.ts'

/** Ten minutes: no document says it. */
const CODE_MS = 10 * 60_000

const wrong = (message: string, code: number, subcode?: number): Answer =>
  graphError(400, { message, code, ...(subcode !== undefined && { subcode }) })

/** `GET` or `POST /{version}/oauth/access_token`. */
export function accessToken(world: World, ask: Ask): Answer {
  const { state, clock } = world
  const version = judgeVersion(ask.params.version, state, ask.path, clock.now())
  if (version) return version
  const params = paramsOf(ask)
  const twice = repeated(params)
  if (twice) return wrong(`(#100) The parameter ${twice} was repeated`, 100)
  const id = field(params, 'client_id')
  if (id === undefined) return wrong('Missing client_id parameter.', 101)
  const app = appOf(state, id)
  if (!app) return wrong('Error validating application. Cannot get application info due to a system error.', 101)
  const secret = field(params, 'client_secret')
  if (secret === undefined) return wrong('Missing client_secret parameter.', 1)
  if (secret !== app.clientSecret || app.secretRefused) return wrong('Error validating client secret.', 1)
  const grantType = field(params, 'grant_type')
  if (grantType === 'fb_exchange_token') return lengthen(world, app, params)
  // There is no refresh token here, and no grant type for one.
  if (grantType !== undefined && grantType !== 'authorization_code')
    return wrong(`(#100) Unsupported grant_type ${grantType}`, 100)
  return redeem(world, app, params)
}

function redeem({ state, clock }: World, app: App, params: URLSearchParams): Answer {
  const value = field(params, 'code')
  if (value === undefined) return wrong('Missing authorization code', 1)
  const code = state.codes.get(value)
  const grant = state.grants.get(code?.grant ?? '')
  if (!code || code.clientId !== app.clientId || !grant) return wrong('Invalid verification code format.', 100, 36007)
  if (code.used) return wrong('This authorization code has been used.', 100, 36009)
  if (code.redirectUri !== field(params, 'redirect_uri'))
    return wrong(
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
      100,
      36008,
    )
  if (clock.now() >= code.createdAt + CODE_MS || grant.ended !== null)
    return wrong('This authorization code has expired.', 100, 36007)
  code.used = true
  const expiresAt = clock.now() + SHORT_SECONDS * 1000
  return given(write(state, grant, { kind: 'user', page: null, expiresAt, long: false }, clock.now()), SHORT_SECONDS)
}

/** A token that lives for one of 60 days. One that is over cannot be exchanged. */
function lengthen({ state, clock }: World, app: App, params: URLSearchParams): Answer {
  const now = clock.now()
  const value = field(params, 'fb_exchange_token')
  if (value === undefined) return wrong('(#100) Missing fb_exchange_token parameter', 100)
  const token = state.tokens.get(value)
  const grant: Grant | undefined = state.grants.get(token?.grant ?? '')
  if (!token || !grant || token.kind !== 'user' || grant.clientId !== app.clientId) return tokenDead(state)
  const death = deathOf(state, token, now)
  if (death !== undefined) return tokenDead(state, death)
  const kept = token.long && state.settings.reexchange === 'same-end' ? token.expiresAt : null
  const expiresAt = kept ?? now + LONG_SECONDS * 1000
  const made = write(state, grant, { kind: 'user', page: null, expiresAt, long: true }, now)
  return given(made, state.settings.expiresIn === 'sent' ? Math.floor((expiresAt - now) / 1000) : undefined)
}

const given = (token: Token, seconds: number | undefined): Answer =>
  json(
    200,
    { access_token: token.token, token_type: 'bearer', ...(seconds !== undefined && { expires_in: seconds }) },
    // Meta's own type for what is JSON all the same.
    { 'content-type': 'text/javascript; charset=UTF-8', 'cache-control': 'no-store' },
  )
