/** Google's refusals, judged. Sources: RFC 6749 as Google answers it; google.rpc.Status with google/api/error_reason.proto; the older `errors` list. */
import { type ApiAnswer, list, type OAuthProvider, type Provider, text } from '../../provider.ts'

export const redirectErrors: OAuthProvider['redirectErrors'] = {
  access_denied: 'access_denied',
  admin_policy_enforced: 'access_denied',
  invalid_scope: 'scope_not_granted',
  unauthorized_client: 'misconfigured',
  org_internal: 'misconfigured',
  server_error: 'provider_unavailable',
  temporarily_unavailable: 'provider_unavailable',
}

/** `invalid_grant` has eight causes, and for all of them a person must come back. */
export const judgeToken: OAuthProvider['judgeToken'] = ({ error }) => {
  if (error === 'invalid_grant') return 'reauthorize'
  if (['invalid_client', 'unauthorized_client', 'redirect_uri_mismatch', 'deleted_client'].includes(error))
    return 'misconfigured'
  return 'ours'
}

/** From `details`, or from the older list: both are seen. */
function reasonOf({ body }: ApiAnswer): string | undefined {
  for (const detail of list(body, 'error', 'details')) {
    const reason = text(detail, 'reason')
    if (reason !== undefined) return reason
  }
  return text(list(body, 'error', 'errors')[0], 'reason')
}

const QUOTA = [
  'RATE_LIMIT_EXCEEDED',
  'RESOURCE_EXHAUSTED',
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
]
/** The project's: an API that is not enabled, a key or consumer that is refused. */
const PROJECT = ['SERVICE_DISABLED', 'CONSUMER_INVALID', 'BILLING_DISABLED', 'accessNotConfigured']

export const judgeApi: Provider['judgeApi'] = (answer) => {
  const { status } = answer
  const reason = reasonOf(answer) ?? ''
  if (status === 429 || QUOTA.includes(reason)) return 'rate_limited'
  if (status >= 500) return 'retry'
  if (status === 401) return 'reauthorize'
  if (status !== 403) return 'ours'
  return PROJECT.includes(reason) ? 'misconfigured' : 'permission'
}

export const apiCode: Provider['apiCode'] = (answer) => reasonOf(answer) ?? text(answer.body, 'error', 'status')

const SENTENCES: Readonly<Record<string, string>> = {
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'The box for Google Analytics was not ticked. Reconnect and tick it.',
  insufficientPermissions: 'The box for Google Analytics was not ticked. Reconnect and tick it.',
  SERVICE_DISABLED:
    'We have to fix this, not you. The Google Analytics Admin API is not enabled in this server’s project.',
  accessNotConfigured:
    'We have to fix this, not you. The Google Analytics Admin API is not enabled in this server’s project.',
}

/** 403 without a reason is a role that is missing, and no matter of the token (googleapis/google-cloud-node 4780). */
export const apiSentence: NonNullable<Provider['apiSentence']> = (answer) => {
  const reason = reasonOf(answer)
  if (reason !== undefined) return SENTENCES[reason]
  return answer.status === 403 ? 'This Google account has no role there. Ask for the role Viewer.' : undefined
}
