import { json, withHeaders } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { badParameter, challenged, graphError } from '../../graph/errors.ts'
import { paramsOf, proofOf, tokenOf } from '../../graph/params.ts'
import type { App } from '../apps.ts'
import { scopedId, systemId, userOf } from '../people/users.ts'
import { appOf, deathOf, type Grant, type Token } from '../state.ts'
import type { World } from '../world.ts'
import { deathWords, limited, noToken, proofWrong } from './errors.ts'
import { enter, versioned } from './gate.ts'
import { meter } from './usage.ts'

const TYPES = { user: 'USER', page: 'PAGE', system: 'SYSTEM_USER' } as const

/** `GET /debug_token`: asked with the app's own token, `{app id}|{app secret}`. */
export const debugToken = (world: World, ask: Ask): Answer =>
  versioned(world, ask, enter(world, ask) ?? asked(world, ask))

function asked(world: World, ask: Ask): Answer {
  const { state, clock } = world
  const params = paramsOf(ask)
  const shown = tokenOf(ask, params)
  if (shown === undefined) return noToken()
  const [id, secret] = shown.split('|')
  const app = appOf(state, id)
  if (!app || secret !== app.clientSecret || app.secretRefused) {
    const message = 'Invalid OAuth access token signature.'
    return challenged(graphError(400, { message, code: 190 }), 'invalid_token', message)
  }
  const { limit, headers } = meter(state, app, clock.now())
  return withHeaders(limit ? limited(limit, state.settings.limitStatus) : inspected(world, app, params, shown), headers)
}

function inspected({ state, clock }: World, app: App, params: URLSearchParams, shown: string): Answer {
  const now = clock.now()
  const proof = field(params, 'appsecret_proof')
  if (proof !== undefined && proof !== proofOf(app.clientSecret, shown)) return proofWrong()
  const input = field(params, 'input_token')
  if (input === undefined) return badParameter('The parameter input_token is required')
  const token = state.tokens.get(input)
  const grant = token && state.grants.get(token.grant)
  if (!token || !grant)
    return json(200, {
      data: { error: { code: 190, message: 'Invalid OAuth access token.' }, is_valid: false, scopes: [] },
    })
  if (grant.clientId !== app.clientId)
    return badParameter('The App_id in the input_token did not match the Viewing App')
  const subcode = deathOf(state, token, now)
  return json(200, { data: { ...told(app, grant, token), ...condition(token, subcode, now) } })
}

const seconds = (at: number): number => Math.floor(at / 1000)

function condition(token: Token, subcode: number | undefined, now: number) {
  if (subcode === undefined) return { is_valid: true }
  return { is_valid: false, error: { code: 190, message: deathWords(subcode, token.expiresAt, now), subcode } }
}

function told(app: App, grant: Grant, token: Token) {
  const user = userOf(grant.member)
  const idFor = token.kind === 'system' ? systemId : scopedId
  return {
    app_id: app.clientId,
    type: TYPES[token.kind],
    application: app.name,
    // A system user has no such end: it is the business's.
    data_access_expires_at: token.ofSystem ? 0 : seconds(grant.dataAccessEndsAt),
    expires_at: token.expiresAt === null ? 0 : seconds(token.expiresAt),
    issued_at: seconds(token.issuedAt),
    ...(token.page !== null && { profile_id: token.page }),
    scopes: grant.granted,
    granular_scopes: granular(grant),
    user_id: user && idFor(app.clientId, user),
  }
}

/** Which assets a permission was given for. */
function granular(grant: Grant) {
  const targets = (scope: string): string[] | undefined => {
    if (scope.startsWith('pages_') || scope === 'read_insights') return grant.pages
    if (scope.startsWith('instagram_')) return grant.instagrams
    return scope === 'business_management' ? grant.businesses : undefined
  }
  return grant.granted.flatMap((scope) => {
    const target_ids = targets(scope)
    return target_ids ? [{ scope, target_ids }] : []
  })
}
