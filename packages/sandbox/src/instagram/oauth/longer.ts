import { json } from '../../core/answer.ts'
import { type Answer, field } from '../../core/ask.ts'
import { badParameter, graphError } from '../../graph/errors.ts'
import { noPermission, unsupported } from '../api/errors.ts'
import type { Resource } from '../api/gate.ts'
import { BASIC } from '../scopes.ts'
import type { Grant, State, Token } from '../state.ts'
import { write } from './exchange.ts'

/** 60 days (developers.facebook.com, "Access Token", "Refresh Access Token"). */
const LONG_SECONDS = 5_183_944
const YOUNGEST_MS = 24 * 3_600_000

/** `GET graph.instagram.com/access_token`: a short token for one of 60 days. */
export const lengthen: Resource = ({ state, clock }, { app, grant, token, params }) => {
  if (field(params, 'grant_type') !== 'ig_exchange_token') return badParameter('Invalid grant_type')
  const secret = field(params, 'client_secret')
  if (secret === undefined) return badParameter('Missing client_secret parameter')
  if (secret !== app.clientSecret || app.secretRefused)
    return graphError(400, { message: 'Error validating client secret.', code: 1 })
  // What is no short token is not of this call (the sentence: in2code-de/instagram 41).
  if (token.kind !== 'short') return unsupported('get')
  return given(state, grant, newLong(state, grant, clock.now()), clock.now())
}

/** `GET graph.instagram.com/refresh_access_token`: the token is its own refresh token. */
export const refresh: Resource = ({ state, clock }, { grant, token, params }) => {
  const now = clock.now()
  if (field(params, 'grant_type') !== 'ig_refresh_token') return badParameter('Invalid grant_type')
  if (token.kind !== 'long') return unsupported('get')
  if (!grant.permissions.includes(BASIC)) return noPermission(BASIC)
  if (now < token.issuedAt + YOUNGEST_MS)
    return badParameter('The access token must be at least 24 hours old to be refreshed')
  if (state.settings.refreshed === 'new') return given(state, grant, newLong(state, grant, now), now, true)
  Object.assign(token, { issuedAt: now, expiresAt: now + LONG_SECONDS * 1000 })
  return given(state, grant, token, now, true)
}

const newLong = (state: State, grant: Grant, now: number): Token =>
  write(state, grant, 'long', now, now + LONG_SECONDS * 1000)

const given = ({ settings }: State, grant: Grant, token: Token, now: number, refreshed = false): Answer =>
  json(
    200,
    {
      access_token: token.token,
      token_type: 'bearer',
      ...(settings.expiresIn === 'sent' && { expires_in: Math.floor((token.expiresAt - now) / 1000) }),
      // Seen in live answers of a refresh.
      ...(refreshed && { permissions: grant.permissions.join(',') }),
    },
    { 'cache-control': 'no-store' },
  )
