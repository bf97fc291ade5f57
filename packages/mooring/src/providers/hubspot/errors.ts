/** HubSpot's refusals, judged: three shapes at the OAuth endpoints, one of the data APIs. Sources: changelog on standardized errors, error-handling page, usage guidelines. */
import { list, type OAuthProvider, type Provider, text } from '../../provider.ts'

export const redirectErrors: OAuthProvider['redirectErrors'] = {
  access_denied: 'access_denied',
  invalid_scope: 'scope_not_granted',
  server_error: 'provider_unavailable',
  temporarily_unavailable: 'provider_unavailable',
}

/** RFC 6749's, and HubSpot's older ones. Of these BAD_REFRESH_TOKEN and BAD_AUTH_CODE were captured (airbytehq/airbyte 79592, HGData/mk-node-hubspot 87). */
const OVER = new Set([
  ...['invalid_grant', 'BAD_REFRESH_TOKEN', 'BAD_AUTH_CODE'],
  ...['EXPIRED_AUTH_CODE', 'MISMATCH_REDIRECT_URI_AUTH_CODE'],
])
const OPERATORS = new Set(['invalid_client', 'unauthorized_client', 'BAD_CLIENT_ID', 'BAD_CLIENT_SECRET'])

/** By the codes alone: `error`, and the older `status` that may stand beside it or by itself. */
export const judgeToken: OAuthProvider['judgeToken'] = ({ status, error, also = '' }) => {
  // First, as a wrong secret must send nobody to reconnect.
  if (OPERATORS.has(error) || OPERATORS.has(also)) return 'misconfigured'
  if (OVER.has(error) || OVER.has(also)) return 'reauthorize'
  // The account is being moved to another data centre, or is locked: it passes.
  if (status === 477 || status === 423) return 'rate_limited'
  return 'ours'
}

/** 521 to 526 are of the network in front of it. A missing scope is no dead connection (HubSpot/hubspot-api-nodejs 50). */
export const judgeApi: Provider['judgeApi'] = ({ status }) => {
  if (status === 429 || status === 477) return 'rate_limited'
  if (status >= 500 || status === 423) return 'retry'
  if (status === 401) return 'reauthorize'
  return status === 403 ? 'permission' : 'ours'
}

export const apiCode: Provider['apiCode'] = ({ body }) =>
  text(body, 'policyName') ?? text(body, 'category') ?? text(body, 'errorType')

export const apiSentence: NonNullable<Provider['apiSentence']> = (answer) => {
  if (answer.status === 477) return 'HubSpot is moving this account. It goes on by itself in a while.'
  if (apiCode(answer) !== 'MISSING_SCOPES') return undefined
  const scopes = missingScopes(answer.body)
  const which = scopes.length === 0 ? '' : ` (${scopes.join(', ')})`
  return `HubSpot says that a permission is missing${which}: the plan has it not, or it was not given. Reconnect to ask for it.`
}

/** Names alone, and no sentences of the platform. */
const missingScopes = (body: unknown): string[] =>
  list(body, 'errors')
    .flatMap((one) => list(one, 'context', 'requiredGranularScopes'))
    .filter((one): one is string => typeof one === 'string' && /^[a-z][\w.-]{1,60}$/.test(one))
    .slice(0, 3)

const WAITS: Readonly<Record<string, number>> = { TEN_SECONDLY_ROLLING: 10_000, SECONDLY: 1_000, DAILY: 3_600_000 }

/** No Retry-After for an ordinary 429; the policy's name says which window is full. */
export const limitedUntil: NonNullable<Provider['limitedUntil']> = ({ status, body }, now) =>
  status === 429 ? now + (WAITS[text(body, 'policyName') ?? ''] ?? 10_000) : undefined
