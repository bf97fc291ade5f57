import { empty, json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import type { AccessToken } from '../state.ts'
import type { World } from '../world.ts'
import { isAnswer, judgeClient, readForm } from './client.ts'
import { oauthError } from './errors.ts'

const seconds = (ms: number): number => Math.floor(ms / 1000)

function describe(token: AccessToken, now: number): Record<string, unknown> {
  const status = token.revoked ? 'revoked' : token.expiresAt <= now ? 'expired' : 'active'
  return {
    active: status === 'active',
    status,
    client_id: token.clientId,
    authorized_at: seconds(token.authorizedAt),
    created_at: seconds(token.createdAt),
    expires_at: seconds(token.expiresAt),
    scope: [...token.scopes].sort().join(','),
    auth_type: '3L',
  }
}

/** Microsoft Learn: token-introspection. The page names access tokens only, so a refresh token is as unknown as any text. */
export function introspect(world: World, ask: Ask): Answer {
  const fields = readForm(ask, ['token'])
  if (isAnswer(fields)) return fields
  const app = judgeClient(fields, world.state.apps)
  if (isAnswer(app)) return app
  const token = world.state.access.get(field(fields, 'token') ?? '')
  if (!token) return oauthError(400, 'invalid_request', 'The token is invalid')
  return json(200, token.clientId === app.clientId ? describe(token, world.clock.now()) : { active: false })
}

/**
 * Not on Microsoft Learn; used by many clients, 200 means done. What it does beyond the named token was never published,
 * so here it does nothing beyond it, and an unknown token is answered as RFC 7009 says.
 */
export function revoke(world: World, ask: Ask): Answer {
  const fields = readForm(ask, ['token'])
  if (isAnswer(fields)) return fields
  const app = judgeClient(fields, world.state.apps)
  if (isAnswer(app)) return app
  const value = field(fields, 'token') ?? ''
  const token = world.state.access.get(value) ?? world.state.refresh.get(value)
  if (token && token.clientId === app.clientId) token.revoked = true
  return empty(200)
}
