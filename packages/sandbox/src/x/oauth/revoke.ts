import { json } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { endGrants, liveGrant } from '../state.ts'
import type { World } from '../world.ts'
import { isAnswer, readClient } from './client.ts'
import { missing, tokenInvalid } from './errors.ts'

/** POST /2/oauth2/revoke. A refresh token ends its grant; an access token ends itself, as nobody wrote down more. */
export function revoke(world: World, ask: Ask): Answer {
  const { state, clock } = world
  const client = readClient(ask, state)
  if (isAnswer(client)) return client
  const value = field(client.fields, 'token')
  if (!value) return missing('token')
  const found = state.tokens.get(value)
  const grant = found && liveGrant(state, found, clock.now())
  if (!found || grant?.clientId !== client.app.clientId) return tokenInvalid()
  if (found.kind === 'refresh') endGrants(state, (one) => one.id === grant.id)
  found.revoked = true
  return json(200, { revoked: true })
}
