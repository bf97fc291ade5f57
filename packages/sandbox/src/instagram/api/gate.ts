import { withHeaders } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { graphError } from '../../graph/errors.ts'
import { paramsOf, proofOf, tokenOf } from '../../graph/params.ts'
import { appUsage, type Spent, spend, useCaseUsage } from '../../graph/usage.ts'
import { judgeVersion, servedBy } from '../../graph/versions.ts'
import type { App } from '../apps.ts'
import { type Account, accountOf } from '../people/accounts.ts'
import { appOf, deathOf, type Grant, isProfessional, type Token } from '../state.ts'
import type { World } from '../world.ts'
import { failure, limited, noToken, tokenDead } from './errors.ts'

export interface Caller {
  app: App
  grant: Grant
  account: Account
  token: Token
  params: URLSearchParams
}

export type Resource = (world: World, caller: Caller, ask: Ask) => Answer | Promise<Answer>

/** Passes a call through to its resource, or refuses it: version, token, proof, limits. */
export async function passGate(world: World, ask: Ask, resource: Resource): Promise<Answer> {
  const { state, clock } = world
  const { expiredVersion, failing } = state.settings
  const refused =
    judgeVersion(ask.params.version, expiredVersion, ask.path, clock.now()) ??
    (failing === 'off' ? undefined : failure(failing))
  const answer = refused ?? (await judged(world, ask, resource))
  return withHeaders(answer, { 'facebook-api-version': servedBy(ask.params.version, clock.now()) })
}

async function judged(world: World, ask: Ask, resource: Resource): Promise<Answer> {
  const { state } = world
  const params = paramsOf(ask)
  const value = tokenOf(ask, params)
  if (value === undefined) return noToken()
  const token = state.tokens.get(value)
  const grant = token && state.grants.get(token.grant)
  const app = appOf(state, grant?.clientId)
  const account = accountOf(grant?.member ?? '')
  if (!token || !grant || !app || !account) return tokenDead(state.settings, ask.method)
  const caller = { app, grant, account, token, params }
  const { limit, headers } = meter(world, caller)
  const answer =
    refusal(world, ask, caller) ?? (limit ? limited(limit, state.settings) : await resource(world, caller, ask))
  return withHeaders(answer, headers)
}

function refusal({ state, clock }: World, ask: Ask, { app, grant, token, params }: Caller): Answer | undefined {
  const subcode = deathOf(state, token, clock.now())
  if (subcode !== undefined) return tokenDead(state.settings, ask.method, subcode)
  const proof = field(params, 'appsecret_proof')
  const wrong = (message: string) => graphError(400, { message, type: 'GraphMethodException', code: 100 })
  if (proof === undefined && app.requireProof)
    return wrong('API calls from the server require an appsecret_proof argument')
  if (proof !== undefined && proof !== proofOf(app.clientSecret, token.token))
    return wrong('Invalid appsecret_proof provided in the API argument')
  // An account that was made a personal one again.
  if (!isProfessional(state, grant.member))
    return graphError(400, { message: '(#10) The user must be an Instagram Business or Creator', code: 10 })
  return undefined
}

const FULL: Spent = { percent: 100, minutes: 12 }

/** Counts a call against the budgets of the app and of the account, and says what the headers tell. */
function meter({ state, clock }: World, { app, account }: Caller) {
  const { settings, usage } = state
  const ofApp = spend(usage, `app ${app.clientId}`, settings.callsPerHour, clock.now())
  const ofAccount = spend(usage, `account ${account.id}`, settings.accountCallsPerHour, clock.now())
  const forced = settings.limited === true ? 'app' : settings.limited || undefined
  const limit: 'app' | 'use-case' | undefined =
    forced ?? (ofApp.minutes > 0 ? 'app' : ofAccount.minutes > 0 ? 'use-case' : undefined)
  return {
    limit,
    headers: {
      'x-app-usage': appUsage(forced === 'app' ? FULL : ofApp),
      'x-business-use-case-usage': useCaseUsage(account.id, 'instagram', forced === 'use-case' ? FULL : ofAccount),
    },
  }
}
