import { json, withHeaders } from '../../core/answer.ts'
import { type Answer, type Ask, field, repeated } from '../../core/ask.ts'
import { badParameter, challenged, graphError } from '../../graph/errors.ts'
import { paramsOf } from '../../graph/params.ts'
import { appUsage, spend } from '../../graph/usage.ts'
import { tokenDead } from '../api/errors.ts'
import { enter, localeOf, versioned } from '../api/gate.ts'
import type { App } from '../apps.ts'
import { appOf, type Code, deathOf, type Grant, type Token } from '../state.ts'
import type { World } from '../world.ts'
import { LONG_SECONDS, SHORT_SECONDS, write } from './issue.ts'

/** Ten minutes: no document says it. */
const CODE_MS = 10 * 60_000

const wrong = (message: string, code: number): Answer => graphError(400, { message, code })

/** What is wrong with a code, with the header that goes with it. */
const wrongCode = (message: string, subcode: 36007 | 36008 | 36009): Answer =>
  challenged(graphError(400, { message, code: 100, subcode }), 'invalid_code', message)

/** `GET` or `POST /{version}/oauth/access_token`. */
export const accessToken = (world: World, ask: Ask): Answer =>
  versioned(world, ask, enter(world, ask) ?? judged(world, ask))

function judged(world: World, ask: Ask): Answer {
  const { state, clock } = world
  const params = paramsOf(ask)
  const twice = repeated(params)
  if (twice) return badParameter(`The parameter ${twice} was repeated`)
  const id = field(params, 'client_id')
  if (id === undefined) return wrong('Missing client_id parameter.', 101)
  const app = appOf(state, id)
  if (!app) return wrong('Error validating application. Cannot get application info due to a system error.', 101)
  const secret = field(params, 'client_secret')
  if (secret === undefined) return wrong('Missing client_secret parameter.', 1)
  if (secret !== app.clientSecret || app.secretRefused) return wrong('Error validating client secret.', 1)
  const used = spend(state.usage, `app ${app.clientId}`, state.settings.callsPerHour, clock.now())
  return withHeaders(granted(world, ask, app, params), { 'x-app-usage': appUsage(used) })
}

function granted(world: World, ask: Ask, app: App, params: URLSearchParams): Answer {
  const grantType = field(params, 'grant_type')
  if (grantType === 'fb_exchange_token') return lengthen(world, ask, app, params)
  // There is no refresh token here, and no grant type for one.
  if (grantType !== undefined && grantType !== 'authorization_code')
    return badParameter(`Unsupported grant_type ${grantType}`)
  return redeem(world, app, params)
}

function redeem({ state, clock }: World, app: App, params: URLSearchParams): Answer {
  const value = field(params, 'code')
  if (value === undefined) return wrong('Missing authorization code', 1)
  const code = state.codes.get(value)
  const grant = state.grants.get(code?.grant ?? '')
  if (!code || code.clientId !== app.clientId || !grant) return wrongCode('Invalid verification code format.', 36007)
  if (code.used) return wrongCode('This authorization code has been used.', 36009)
  if (code.redirectUri !== field(params, 'redirect_uri'))
    return wrongCode(
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
      36008,
    )
  if (clock.now() >= code.createdAt + CODE_MS || grant.ended !== null)
    return wrongCode('This authorization code has expired.', 36007)
  code.used = true
  return first(state, app, code, grant, clock.now())
}

function first(state: World['state'], app: App, code: Code, grant: Grant, now: number): Answer {
  const configured = app.configurations.find((one) => one.id === code.configuration)
  if (configured?.token !== 'system-user') {
    const expiresAt = now + SHORT_SECONDS * 1000
    return given(write(state, grant, { kind: 'user', page: null, expiresAt, long: false }, now), SHORT_SECONDS)
  }
  const life = configured.expiresInSeconds
  const expiresAt = life === null ? null : now + life * 1000
  return given(
    write(state, grant, { kind: 'system', page: null, expiresAt, long: true, ofSystem: true }, now),
    life ?? undefined,
  )
}

/** A token that lives for one of 60 days. One that is over cannot be exchanged. */
function lengthen({ state, clock }: World, ask: Ask, app: App, params: URLSearchParams): Answer {
  const now = clock.now()
  const value = field(params, 'fb_exchange_token')
  if (value === undefined) return badParameter('Missing fb_exchange_token parameter')
  const token = state.tokens.get(value)
  const grant: Grant | undefined = state.grants.get(token?.grant ?? '')
  if (!token || !grant || token.kind !== 'user' || grant.clientId !== app.clientId) return tokenDead(state)
  const subcode = deathOf(state, token, now)
  if (subcode !== undefined)
    return tokenDead(state, { subcode, expiresAt: token.expiresAt, now, locale: localeOf(ask) })
  const kept = token.long && state.settings.reexchange === 'same-end' ? token.expiresAt : null
  const expiresAt = kept ?? now + LONG_SECONDS * 1000
  const made = write(state, grant, { kind: 'user', page: null, expiresAt, long: true }, now)
  return given(made, state.settings.expiresIn === 'sent' ? Math.floor((expiresAt - now) / 1000) : undefined)
}

const given = (token: Token, seconds: number | undefined): Answer =>
  json(
    200,
    { access_token: token.token, token_type: 'bearer', ...(seconds !== undefined && { expires_in: seconds }) },
    { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'no-store' },
  )
