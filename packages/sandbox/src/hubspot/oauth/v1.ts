/** What ends on 2027-02-16 (changelog, "v1 OAuth API Deprecation"): secrets and tokens in addresses. Shapes: specification. */
import { empty, json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { notFound } from '../api/errors.ts'
import { type Grant, liveGrant, type State, type Token } from '../state.ts'
import type { World } from '../world.ts'
import { factsOf, lifeOf } from './inspect.ts'
import { token } from './token.ts'

export const V1_ENDS = Date.UTC(2027, 1, 16)

function isGone({ state, clock }: World): boolean {
  const { v1 } = state.settings
  return v1 === 'gone' || (v1 === 'by-date' && clock.now() >= V1_ENDS)
}

export const tokenV1 = (world: World, ask: Ask): Answer => (isGone(world) ? notFound() : token(world, ask, true))

/** The token of the path, with what is behind it. */
function named(state: State, ask: Ask, kind: Token['kind'], now: number): { token: Token; grant: Grant } | undefined {
  const token = state.tokens.get(ask.params.token ?? '')
  const grant = liveGrant(state, token, now)
  return token?.kind === kind && grant ? { token, grant } : undefined
}

const told = (world: World, ask: Ask, kind: Token['kind'], answer: (token: Token, grant: Grant) => Answer): Answer => {
  const found = isGone(world) ? undefined : named(world.state, ask, kind, world.clock.now())
  return found ? answer(found.token, found.grant) : notFound()
}

export const accessTokenV1 = (world: World, ask: Ask): Answer =>
  told(world, ask, 'access', (token, grant) =>
    json(200, {
      ...{ token_type: 'access', app_id: 111, ...factsOf(token, grant) },
      ...lifeOf(token, grant, world.clock.now()),
    }),
  )

export const refreshTokenV1 = (world: World, ask: Ask): Answer =>
  told(world, ask, 'refresh', (token, grant) =>
    json(200, { token_type: 'refresh', client_id: grant.clientId, ...factsOf(token, grant) }),
  )

/** Access tokens that are out were expressly left alone. */
export const deleteV1 = (world: World, ask: Ask): Answer =>
  told(world, ask, 'refresh', (token) => {
    token.revoked = true
    return empty(204)
  })
