import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import type { App } from '../apps.ts'
import type { Settings } from '../settings.ts'

/** X's refusals of API calls. Shapes: docs.x.com "Response codes and errors" and OpenAPI 2.166/2.167; bodies as public issues quote them. */
export const problem = (status: number, fields: Record<string, unknown>): Answer =>
  json(status, { ...fields, status }, { 'content-type': 'application/problem+json' })

export const typeOf = (settings: Settings, slug: string): string => `${settings.problemHost}/2/problems/${slug}`

export const unauthorized = (): Answer =>
  problem(401, { title: 'Unauthorized', type: 'about:blank', detail: 'Unauthorized' })

/** A scope is missing. The exact body was never captured. */
export const forbidden = (): Answer => problem(403, { title: 'Forbidden', type: 'about:blank', detail: 'Forbidden' })

export const appOnly = (settings: Settings): Answer =>
  problem(403, {
    title: 'Unsupported Authentication',
    type: typeOf(settings, 'unsupported-authentication'),
    detail:
      'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].',
  })

export const notEnrolled = (settings: Settings, reason: App['enrolled']): Answer =>
  problem(403, {
    title: 'Client Forbidden',
    type: typeOf(settings, 'client-forbidden'),
    detail:
      'When authenticating requests to the Twitter API v2 endpoints, you must use keys and tokens from a Twitter developer App that is attached to a Project. You can create a project via the developer portal.',
    reason,
    client_id: '29000001',
    required_enrollment: 'Appropriate Level of API Access',
    registration_url: 'https://developer.twitter.com/en/docs/projects/overview',
  })

export const suspended = (settings: Settings): Answer =>
  problem(403, {
    title: 'Forbidden',
    type: typeOf(settings, 'user-suspended'),
    detail: 'Your account is not permitted to access this feature',
  })

export const noCredits = (settings: Settings): Answer =>
  settings.creditsBody === 'depleted'
    ? problem(402, {
        title: 'Payment Required',
        type: 'https://api.x.com/2/problems/credits-depleted',
        detail: 'credits depleted',
      })
    : json(402, {
        account_id: 1790000000000000,
        title: 'CreditsDepleted',
        detail: 'Your enrolled account [1790000000000000] does not have any credits to fulfill this request.',
        type: 'https://api.twitter.com/2/problems/credits',
      })

export const capped = (settings: Settings): Answer =>
  problem(429, {
    title: 'UsageCapExceeded',
    type: typeOf(settings, 'usage-capped'),
    detail: 'Usage cap exceeded: Monthly product cap',
    period: 'Monthly',
    scope: 'Product',
  })

export const tooMany = (settings: Settings): Answer =>
  settings.rateBody === 'problem'
    ? problem(429, { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank' })
    : json(429, { errors: [{ code: 88, message: 'Rate limit exceeded' }] })

/** Paths that do not exist answer with nothing at all (xdevplatform/docs 395). */
export const nothingThere = (): Answer => ({ status: 404, headers: {}, body: '' })

export const methodNotAllowed = (allowed: string[]): Answer => ({
  status: 405,
  headers: { allow: allowed.join(', ') },
  body: '',
})
