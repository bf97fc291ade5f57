import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import type { Wrong } from '../body.ts'
import type { Refusal } from '../intents.ts'
import type { Settings } from '../settings.ts'

/** The types of v1 by status (developer.unipile.com, the answers listed with each endpoint), without `errors/`. */
const BY_STATUS: Record<number, Record<string, string>> = {
  400: {
    invalid_parameters: 'Invalid parameters',
    missing_parameters: 'Missing parameters',
    invalid_request: 'Invalid request',
    malformed_request: 'Malformed request',
  },
  401: {
    missing_credentials: 'Missing credentials',
    invalid_credentials: 'Invalid credentials',
    invalid_checkpoint_solution: 'Invalid checkpoint solution',
    checkpoint_error: 'Checkpoint error',
    captcha_not_supported: 'Captcha not supported',
    expired_credentials: 'Expired credentials',
    disconnected_account: 'Disconnected account',
    disconnected_feature: 'Disconnected feature',
    wrong_account: 'Wrong account',
    multiple_sessions: 'Multiple sessions',
    expired_link: 'Expired link',
    insufficient_privileges: 'Insufficient privileges',
    invalid_proxy_credentials: 'Invalid proxy credentials',
  },
  403: {
    account_restricted: 'Account restricted',
    unknown_authentication_context: 'Unknown authentication context',
    action_required: 'Action required',
    insufficient_permissions: 'Insufficient permissions',
    feature_not_subscribed: 'Feature not subscribed',
    subscription_required: 'Subscription required',
    session_mismatch: 'Session mismatch',
    account_mismatch: 'Account mismatch',
    resource_access_restricted: 'Resource access restricted',
  },
  404: { resource_not_found: 'Resource not found', invalid_resource_identifier: 'Invalid resource identifier' },
  // No type is published for 407, 409, 425 and 502: a client must go by the status.
  407: { proxy_authentication_required: 'Proxy authentication required' },
  408: { request_timeout: 'Request timeout' },
  409: { conflict: 'Operation cancelled by a later one' },
  422: { cannot_resend_yet: 'Cannot resend yet', limit_exceeded: 'Limit exceeded', invalid_account: 'Invalid account' },
  425: { authentication_in_progress: 'Authentication in progress' },
  429: { too_many_requests: 'Too many requests' },
  500: {
    authentication_intent_error: 'Authentication intent error',
    provider_error: 'Provider error',
    unexpected_error: 'Unexpected error',
  },
  501: { feature_not_implemented: 'Feature not implemented' },
  502: { proxy_error: 'Proxy error' },
  503: {
    no_client_session: 'No client session',
    no_channel: 'No channel',
    no_handler: 'No handler',
    network_down: 'Network down',
    service_unavailable: 'Service unavailable',
  },
}

const KNOWN = new Map(
  Object.entries(BY_STATUS).flatMap(([status, types]) =>
    Object.entries(types).map(([type, title]) => [`errors/${type}`, { status: Number(status), title }] as const),
  ),
)

export const V1_TYPES: readonly string[] = [...KNOWN.keys()]

/** `status`: where a type has another one, as a timeout at the gateway has (504). */
export function failed(
  type: string,
  detail?: string,
  {
    status = KNOWN.get(`errors/${type}`)?.status ?? 500,
    headers = {},
  }: Partial<Pick<Answer, 'status' | 'headers'>> = {},
): Answer {
  const title = KNOWN.get(`errors/${type}`)?.title ?? 'Unexpected error'
  const more = detail === undefined ? {} : { detail, instance: '' }
  return json(status, { status, type: `errors/${type}`, title, ...more }, headers)
}

export const wrongBody = ({ wrong, detail }: Wrong): Answer =>
  failed(
    { malformed: 'malformed_request', missing: 'missing_parameters', invalid: 'invalid_parameters' }[wrong],
    detail,
  )

const OF: Record<Exclude<Refusal, 'expired' | 'unknown' | 'limited'>, [type: string, detail: string]> = {
  'wrong-credentials': ['invalid_credentials', 'The provided credentials are invalid.'],
  'another-person': ['wrong_account', 'The credentials are those of another account.'],
  'already-linked': ['invalid_account', 'The account is linked already.'],
  restricted: ['account_restricted', 'Access to this account has been restricted by the provider.'],
  down: ['service_unavailable', 'Please try again later.'],
  running: ['authentication_in_progress', 'An authentication of this account is in progress.'],
  captcha: ['captcha_not_supported', 'The captcha cannot be solved here.'],
  'wrong-code': ['invalid_checkpoint_solution', 'The solution is not right. Please try again.'],
  killed: [
    'authentication_intent_error',
    'The current authentication intent was killed after failure. Please start the process again from the beginning.',
  ],
  cancelled: ['conflict', 'The operation was cancelled by a later one.'],
  'too-soon': ['cannot_resend_yet', 'The code was sent a moment ago.'],
  'nothing-to-send': ['feature_not_implemented', 'Nothing can be sent again for this checkpoint.'],
}

export function refusal(why: Refusal, settings: Settings): Answer {
  if (why === 'limited') return tooMany(settings)
  if (why === 'expired') return failed(settings.expired, 'The authentication intent is over. Please start again.')
  if (why === 'unknown') return failed(settings.unknownIntent, 'No checkpoint waits for this account.')
  return failed(...OF[why])
}

export const tooMany = ({ retryAfter }: Settings): Answer =>
  failed(
    'too_many_requests',
    'The provider cannot accept any more requests at the moment. Please try again later.',
    retryAfter === null ? {} : { headers: { 'retry-after': String(retryAfter) } },
  )

export const notFound = (what: string): Answer => failed('resource_not_found', `${what} not found`)
