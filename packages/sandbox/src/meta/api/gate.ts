import { createHmac } from 'node:crypto'
import { withHeaders } from '../../core/answer.ts'
import { type Answer, type Ask, field, form } from '../../core/ask.ts'
import type { App } from '../apps.ts'
import { type User, userOf } from '../people/users.ts'
import { appOf, deathOf, type Grant, type State, type Token } from '../state.ts'
import type { World } from '../world.ts'
import { limited, noToken, proofMissing, proofWrong, tokenDead } from './errors.ts'
import { judgeVersion } from './versions.ts'

export interface Caller {
  app: App
  grant: Grant
  user: User
  token: Token
  /** Query and form in one: Meta takes either. */
  params: URLSearchParams
}

export type Resource = (world: World, caller: Caller, ask: Ask) => Answer

export function paramsOf(ask: Ask): URLSearchParams {
  const params = new URLSearchParams(ask.query)
  for (const [name, value] of form(ask) ?? []) params.set(name, value)
  return params
}

/** The token of a parameter or of the header, which may say `Bearer` or `OAuth`. */
export const tokenOf = (ask: Ask, params: URLSearchParams): string | undefined =>
  field(params, 'access_token') ?? /^(?:Bearer|OAuth) +(\S+)$/i.exec(ask.headers.get('authorization') ?? '')?.[1]

/** Lower-case hex of HMAC-SHA256 with the app's secret over the token (developers.facebook.com, "Secure requests"). */
export const proofOf = (app: App, token: string): string =>
  createHmac('sha256', app.clientSecret).update(token).digest('hex')

/** Percent of the app's calls of this hour, as every answer tells it. */
function countCall(state: State, app: App, now: number): number {
  const hour = Math.floor(now / 3_600_000)
  const held = state.usage.get(app.clientId)
  const calls = held?.hour === hour ? held.calls + 1 : 1
  state.usage.set(app.clientId, { hour, calls })
  return Math.ceil((calls / state.settings.callsPerHour) * 100)
}

/** Passes a call through to its resource, or refuses it: version, token, proof, limits. */
export function passGate(world: World, ask: Ask, resource: Resource): Answer {
  const { state, clock } = world
  const now = clock.now()
  const version = judgeVersion(ask.params.version, state, ask.path, now)
  if (version) return version
  const params = paramsOf(ask)
  const value = tokenOf(ask, params)
  if (value === undefined) return noToken()
  const token = state.tokens.get(value)
  const grant = token && state.grants.get(token.grant)
  const app = appOf(state, grant?.clientId)
  const user = userOf(grant?.member ?? '')
  if (!token || !grant || !app || !user) return tokenDead(state)
  const death = deathOf(state, token, now)
  if (death !== undefined) return tokenDead(state, death)
  const proof = field(params, 'appsecret_proof')
  if (proof === undefined && app.requireProof) return proofMissing()
  if (proof !== undefined && proof !== proofOf(app, value)) return proofWrong()
  const percent = countCall(state, app, now)
  const kind = state.settings.limited
  const answer =
    kind !== 'off'
      ? limited(kind)
      : percent > 100
        ? limited('app')
        : resource(world, { app, grant, user, token, params }, ask)
  return withHeaders(answer, usageHeaders(kind === 'off' ? percent : 100, token, kind))
}

function usageHeaders(percent: number, token: Token, kind: State['settings']['limited']): Record<string, string> {
  const used = { call_count: Math.min(percent, 100), total_time: 0, total_cputime: 0 }
  const wait = kind === 'pages-use-case' ? 12 : 0
  const useCase = { [token.page ?? '0']: [{ type: 'pages', ...used, estimated_time_to_regain_access: wait }] }
  return {
    'x-app-usage': JSON.stringify(used),
    ...((token.page !== null || wait > 0) && { 'x-business-use-case-usage': JSON.stringify(useCase) }),
    'facebook-api-version': 'v26.0',
  }
}
