import { withHeaders } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import type { App } from '../apps.ts'
import { type User, userOf } from '../people/users.ts'
import { appOf, type Grant, liveGrant } from '../state.ts'
import type { World } from '../world.ts'
import { countCall, type Limits } from './limits.ts'
import * as problems from './problems.ts'

export interface Gate extends Limits {
  endpoint: string
  scopes: readonly string[]
  /** US dollars a call (docs.x.com, "Pricing"). */
  price: number
}

export interface Caller {
  user: User
  grant: Grant
  app: App
}

/** An answer, and what it costs where that is not what the gate says. */
export type Priced = Answer & { price?: number }

export type Resource = (world: World, caller: Caller, ask: Ask) => Priced

/** Passes a call through to its resource, or refuses it: token, kind of token, app, user, scopes, credits, limits. */
export function passGate(world: World, ask: Ask, gate: Gate, resource: Resource): Answer {
  const { state, clock } = world
  const { settings } = state
  const now = clock.now()
  const value = /^Bearer +(\S+)$/i.exec(ask.headers.get('authorization') ?? '')?.[1]
  if (value !== undefined && state.apps.some((app) => app.bearer === value)) return problems.appOnly(settings)
  const token = state.tokens.get(value ?? '')
  const grant = token?.kind === 'access' ? liveGrant(state, token, now) : undefined
  const app = appOf(state, grant?.clientId)
  const user = userOf(grant?.member ?? '')
  if (!grant || !app || !user) return problems.unauthorized()
  const counted = countCall(state, gate.endpoint, { app: app.clientId, user: user.key }, gate, now)
  const refused = () => {
    if (app.enrolled !== 'yes') return problems.notEnrolled(settings, app.enrolled)
    if (state.suspended.has(user.key)) return problems.suspended(settings)
    if (!gate.scopes.every((scope) => grant.scopes.includes(scope))) return problems.forbidden()
    if (app.credits !== null && app.credits <= 0) return problems.noCredits(settings)
    if (app.capped) return problems.capped(settings)
    return counted.over ? problems.tooMany(settings) : undefined
  }
  const served: Priced = refused() ?? resource(world, { user, grant, app }, ask)
  const { price = gate.price, ...answer } = served
  // A call that fails costs nothing; the balance may end a little below zero (docs.x.com, "Pricing").
  if (answer.status < 400 && app.credits !== null) app.credits -= price
  return withHeaders(answer, counted.headers)
}
