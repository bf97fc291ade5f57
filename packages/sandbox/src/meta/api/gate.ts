import { withHeaders } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { paramsOf, proofOf, tokenOf } from '../../graph/params.ts'
import { judgeVersion, servedBy } from '../../graph/versions.ts'
import type { App } from '../apps.ts'
import { accountIn } from '../instagram/accounts.ts'
import { type User, userOf } from '../people/users.ts'
import { appOf, deathOf, type Grant, type Token } from '../state.ts'
import type { World } from '../world.ts'
import { dataAccessOver, failure, limited, noToken, proofMissing, proofWrong, tokenDead } from './errors.ts'
import { meter } from './usage.ts'

export interface Caller {
  app: App
  grant: Grant
  user: User
  token: Token
  params: URLSearchParams
}

export type Resource = (world: World, caller: Caller, ask: Ask) => Answer | Promise<Answer>

export const localeOf = (ask: Ask): string =>
  ask.query.get('locale') ?? ask.headers.get('accept-language')?.slice(0, 5) ?? 'en_US'

/** What stands before every call of the Graph API, also such as need no person's token. */
export function enter({ state, clock }: World, ask: Ask): Answer | undefined {
  const version = judgeVersion(ask.params.version, state.settings.expiredVersion, ask.path, clock.now())
  if (version) return version
  return state.settings.failing === 'off' ? undefined : failure(state.settings.failing, localeOf(ask))
}

/** Every answer says which version served it. */
export const versioned = ({ clock }: World, ask: Ask, answer: Answer): Answer =>
  withHeaders(answer, { 'facebook-api-version': servedBy(ask.params.version, clock.now()) })

/** Passes a call through to its resource, or refuses it: version, token, proof, limits, data access. `data`: reads a person's data. */
export async function passGate(world: World, ask: Ask, resource: Resource, data: boolean): Promise<Answer> {
  return versioned(world, ask, enter(world, ask) ?? (await judged(world, ask, resource, data)))
}

async function judged(world: World, ask: Ask, resource: Resource, data: boolean): Promise<Answer> {
  const { state, clock } = world
  const now = clock.now()
  const params = paramsOf(ask)
  const value = tokenOf(ask, params)
  if (value === undefined) return noToken()
  const token = state.tokens.get(value)
  const grant = token && state.grants.get(token.grant)
  const app = appOf(state, grant?.clientId)
  const user = userOf(grant?.member ?? '')
  if (!token || !grant || !app || !user) return tokenDead(state)
  const { limit, headers } = meter(state, app, now, { token, member: user.key, instagram: accountIn(state, ask) })
  const refused = refusal(world, ask, { app, grant, user, token, params }, data)
  const answer =
    refused ??
    (limit
      ? limited(limit, state.settings.limitStatus)
      : await resource(world, { app, grant, user, token, params }, ask))
  return withHeaders(answer, headers)
}

function refusal({ state, clock }: World, ask: Ask, caller: Caller, data: boolean): Answer | undefined {
  const { app, token, grant, params } = caller
  const now = clock.now()
  const subcode = deathOf(state, token, now)
  if (subcode !== undefined)
    return tokenDead(state, { subcode, expiresAt: token.expiresAt, now, locale: localeOf(ask) })
  const proof = field(params, 'appsecret_proof')
  if (proof === undefined && app.requireProof) return proofMissing()
  if (proof !== undefined && proof !== proofOf(app.clientSecret, token.token)) return proofWrong()
  const { dataAccess } = state.settings
  const over = !token.ofSystem && grant.dataAccessEndsAt <= now
  // All that a Page's token reads is data, also its `me`.
  return (data || token.kind === 'page') && over && dataAccess !== 'served' ? dataAccessOver(dataAccess) : undefined
}
