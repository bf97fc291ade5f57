/**
 * Unipile's refusals, judged: by `type`, and by status where there is none, as with 407, 409, 425 and 502. Sources:
 * developer.unipile.com, the answers listed with "connect an account" and "solve a checkpoint" (v1) and its error page (v2).
 */
import { type ApiAnswer, type Provider, retryAfterSeconds, text, type Verdict } from '../../provider.ts'
import type { Refusal, Refused } from '../../provider-credentials.ts'

interface Meaning {
  /** For a person who is signing in. */
  why: Refusal
  /** For a connection that is there. */
  verdict: Verdict
}

const meaning = (why: Refusal, verdict: Verdict): Meaning => ({ why, verdict })
const all = (prefix: string, types: readonly string[], why: Refusal, verdict: Verdict): [string, Meaning][] =>
  types.map((type) => [`${prefix}/${type}`, meaning(why, verdict)])

/** Where the type says more than the status. */
const BY_TYPE: ReadonlyMap<string, Meaning> = new Map([
  ...all('errors', ['invalid_credentials'], 'credentials', 'reauthorize'),
  ...all('errors', ['invalid_checkpoint_solution'], 'code', 'reauthorize'),
  ...all('errors', ['checkpoint_error', 'captcha_not_supported'], 'unsolvable', 'reauthorize'),
  ...all(
    'errors',
    ['expired_credentials', 'disconnected_account', 'disconnected_feature', 'expired_link'],
    'expired',
    'reauthorize',
  ),
  ...all('errors', ['wrong_account', 'session_mismatch', 'account_mismatch'], 'other_person', 'reauthorize'),
  ...all(
    'errors',
    ['account_restricted', 'unknown_authentication_context', 'action_required', 'multiple_sessions'],
    'locked',
    'reauthorize',
  ),
  ...all(
    'errors',
    [
      ...['insufficient_privileges', 'insufficient_permissions', 'feature_not_subscribed'],
      ...['subscription_required', 'resource_access_restricted'],
    ],
    'operator',
    'permission',
  ),
  ...all('errors', ['cannot_resend_yet'], 'too_soon', 'ours'),
  ...all('errors', ['limit_exceeded'], 'limited', 'rate_limited'),
  ...all('errors', ['authentication_intent_error'], 'expired', 'retry'),
  // Of v2: `api/` is Unipile's word, `provider/` LinkedIn's.
  ...all('provider', ['invalid_credentials'], 'credentials', 'reauthorize'),
  ...all('provider', ['invalid_checkpoint_code'], 'code', 'reauthorize'),
  ...all('provider', ['invalid_authorization'], 'expired', 'reauthorize'),
  ...all('provider', ['account_mismatch'], 'other_person', 'reauthorize'),
  ...all('provider', ['unknown_authentication_context'], 'locked', 'reauthorize'),
  ...all('provider', ['too_many_requests'], 'limited', 'rate_limited'),
  ...all('provider', ['server_error', 'timeout'], 'unavailable', 'retry'),
  ...all('api', ['account_restricted'], 'locked', 'reauthorize'),
  ...all(
    'api',
    ['missing_authorization', 'expired_authorization', 'inactive_subscription', 'proxy_auth_error'],
    'operator',
    'misconfigured',
  ),
  ...all('api', ['already_exists'], 'taken', 'ours'),
  ...all('api', ['too_many_requests'], 'limited', 'rate_limited'),
  ...all('api', ['invalid_parameters'], 'ours', 'ours'),
])

function byStatus({ status, body }: ApiAnswer): Meaning {
  // The key; what a person typed wrong has a type. A wrong key must send nobody to reconnect.
  if (status === 401) return meaning('operator', 'misconfigured')
  // "Account restricted", of solving a checkpoint.
  if (status === 403) return meaning('locked', 'permission')
  // Unipile answers in JSON: anything else stands at an address that is not its.
  if (status === 404) return body === undefined ? meaning('operator', 'misconfigured') : meaning('gone', 'reauthorize')
  // Another attempt is under way: 409 is "cancelled by a later one".
  if (status === 409 || status === 425) return meaning('busy', 'retry')
  if (status === 429) return meaning('limited', 'rate_limited')
  if (status === 501) return meaning('unsolvable', 'ours')
  return status === 407 || status === 408 || status >= 500 ? meaning('unavailable', 'retry') : meaning('ours', 'ours')
}

const meaningOf = (answer: ApiAnswer): Meaning => BY_TYPE.get(apiCode(answer) ?? '') ?? byStatus(answer)

export const apiCode = ({ body }: ApiAnswer): string | undefined => {
  const type = text(body, 'type')
  return type !== undefined && /^(errors|api|provider)\/[a-z_]{1,50}$/.test(type) ? type : undefined
}

export const judgeApi: Provider['judgeApi'] = (answer) => meaningOf(answer).verdict

const SENTENCES: Partial<Record<Refusal, string>> = {
  locked: 'LinkedIn wants you to sign in there in a browser first. Then reconnect.',
  gone: 'Unipile has this LinkedIn account no more. Reconnect to go on.',
}

export const apiSentence: NonNullable<Provider['apiSentence']> = (answer) => {
  const { why, verdict } = meaningOf(answer)
  if (verdict === 'misconfigured') return "We have to fix this, not you. Unipile refuses this server's API key."
  if (verdict !== 'reauthorize') return undefined
  return SENTENCES[why] ?? 'The LinkedIn session at Unipile ended. Reconnect to go on.'
}

export const refused = (answer: ApiAnswer): Refused => ({
  is: 'refused',
  why: meaningOf(answer).why,
  code: apiCode(answer),
  retryAfter: retryAfterSeconds(answer.headers.get('retry-after')),
})

/** What this generation of the API is not known to have. */
export const UNSUPPORTED: Refused = { is: 'refused', why: 'unsolvable' }
