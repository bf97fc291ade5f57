import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { portalOf, userOf } from '../people.ts'
import { type Grant, liveGrant, type State, type Token } from '../state.ts'
import type { World } from '../world.ts'
import { caller } from './client.ts'
import { isAnswer, refuseAs } from './errors.ts'

/** What HubSpot knows of a token that lives: whose it is, in which account. */
export const factsOf = (token: Token, grant: Grant) => ({
  token: token.token,
  user: userOf(grant.member)?.email,
  user_id: userOf(grant.member)?.id,
  hub_id: grant.portal,
  hub_domain: portalOf(grant.portal)?.domain,
  scopes: grant.scopes,
})

/** Of access tokens alone. */
export const lifeOf = ({ expiresAt }: Token, grant: Grant, now: number) => ({
  expires_in: Math.floor(((expiresAt ?? now) - now) / 1000),
  is_private_distribution: false,
  signed_access_token: { hublet: portalOf(grant.portal)?.hublet, isUserLevel: false },
})

/** POST …/token/introspect. */
export function introspect({ state, clock }: World, ask: Ask): Answer {
  const refuse = refuseAs(state.settings.errorShape)
  const found = caller(state, ask, refuse)
  if (isAnswer(found)) return found
  const value = field(found.fields, 'token')
  if (value === undefined) return refuse({ error: 'invalid_request', status: 'BAD_REQUEST', message: 'missing token' })
  const token = state.tokens.get(value)
  const grant = liveGrant(state, token, clock.now())
  if (!token || grant?.clientId !== found.app.clientId) {
    return state.settings.deadToken === 'inactive'
      ? json(200, { active: false })
      : refuse({ error: 'invalid_request', status: 'BAD_ACCESS_TOKEN', message: 'unknown or expired token' })
  }
  return json(200, {
    ...{ active: true, token_type: 'bearer', token_use: `${token.kind}_token` },
    ...{ client_id: found.app.clientId, app_id: 111 },
    ...factsOf(token, grant),
    ...(token.kind === 'access' && lifeOf(token, grant, clock.now())),
  })
}

/** Of a refresh token alone, or with every token of its install. The app stays installed. */
export function revokeToken(state: State, token: Token): void {
  const all = state.settings.revocation === 'all'
  if (token.kind === 'refresh' || all) token.revoked = true
  if (token.kind === 'refresh' && all)
    for (const one of state.tokens.values()) if (one.grant === token.grant) one.revoked = true
}

/** POST …/token/revoke. No document names the status of success. */
export function revoke({ state }: World, ask: Ask): Answer {
  const refuse = refuseAs(state.settings.errorShape)
  const found = caller(state, ask, refuse)
  if (isAnswer(found)) return found
  const token = state.tokens.get(field(found.fields, 'token') ?? '')
  const own = token && state.grants.get(token.grant)?.clientId === found.app.clientId
  if (!token || !own) return refuse({ error: 'invalid_request', status: 'BAD_TOKEN', message: 'unknown token' })
  revokeToken(state, token)
  return json(200, {})
}
