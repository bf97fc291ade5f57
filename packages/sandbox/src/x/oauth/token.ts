import { createHash } from 'node:crypto'
import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import type { App } from '../apps.ts'
import { type Code, endGrants, type Grant, liveGrant, type State, type Token } from '../state.ts'
import type { World } from '../world.ts'
import { isAnswer, readClient } from './client.ts'
import { codeInvalid, grantTypeInvalid, missing, tokenInvalid, wrong } from './errors.ts'
import { issue } from './issue.ts'

/** docs.x.com, "OAuth 2.0 Authorization Code Flow with PKCE". */
const CODE_MS = 30_000

/** POST /2/oauth2/token. */
export function token(world: World, ask: Ask): Answer {
  const client = readClient(ask, world.state)
  if (isAnswer(client)) return client
  const { fields, app } = client
  const now = world.clock.now()
  switch (field(fields, 'grant_type')) {
    case undefined:
      return missing('grant_type')
    case 'authorization_code': {
      const code = judgeCode(fields, app, world.state, now)
      return isAnswer(code) ? code : redeem(world, code, now)
    }
    case 'refresh_token':
      return refresh(world, fields, app, now)
    default:
      return grantTypeInvalid()
  }
}

const answered = (code: Code, verifier: string): boolean =>
  code.challenge === (code.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url'))

/** Whether this request may have tokens for its code. Takes nothing and writes nothing. */
function judgeCode(fields: URLSearchParams, app: App, state: State, now: number): Code | Answer {
  const absent = ['code', 'redirect_uri', 'code_verifier'].find((name) => !field(fields, name))
  if (absent) return missing(absent)
  const code = state.codes.get(field(fields, 'code') ?? '')
  const usable = code && code.clientId === app.clientId && !code.used && now < code.createdAt + CODE_MS
  if (!usable) return codeInvalid(state.settings.grantError)
  if (code.redirectUri !== field(fields, 'redirect_uri'))
    return wrong('redirect uri did not match the uri of the authorization code.')
  const verifier = field(fields, 'code_verifier') ?? ''
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier) || !answered(code, verifier))
    return wrong('code verifier did not match the code challenge')
  return code
}

/** One grant for each app and user: the new one ends the old (a comment in X's own xurl; oauth2-capture 6). */
function redeem(world: World, code: Code, now: number): Answer {
  const { state } = world
  const { clientId, member, scopes } = code
  code.used = true
  endGrants(state, (grant) => grant.clientId === clientId && grant.member === member)
  const grant: Grant = { id: `grant-${++state.issued}`, clientId, member, scopes, grantedAt: now, revoked: false }
  state.grants.set(grant.id, grant)
  return given(world, grant, now)
}

/** Good for one use: the answer holds the next one. */
function refresh(world: World, fields: URLSearchParams, app: App, now: number): Answer {
  const { state } = world
  const value = field(fields, 'refresh_token')
  if (!value) return missing('refresh_token')
  const found = state.tokens.get(value)
  const own = found?.kind === 'refresh' && state.grants.get(found.grant)?.clientId === app.clientId
  if (own && found.spent && state.settings.reuse === 'ends-grant') endGrants(state, (one) => one.id === found.grant)
  const grant = own ? liveGrant(state, found, now) : undefined
  if (!own || !grant) return tokenInvalid(state.settings.grantError)
  found.spent = true
  return given(world, grant, now)
}

function given({ state }: World, grant: Grant, now: number): Answer {
  const { access, refresh: next, seconds } = issue(state, grant, now)
  const told = (one: Token) => one.token
  return json(
    200,
    {
      token_type: 'bearer',
      expires_in: seconds,
      access_token: told(access),
      // Sorted: the order is not that of the request.
      scope: [...grant.scopes].sort().join(' '),
      ...(next && { refresh_token: told(next) }),
    },
    { 'cache-control': 'no-store' },
  )
}
