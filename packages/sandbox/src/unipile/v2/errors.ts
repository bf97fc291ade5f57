import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import type { Wrong } from '../body.ts'
import type { Refusal } from '../intents.ts'
import type { Settings } from '../settings.ts'

/** `api/` is Unipile, `provider/` is LinkedIn (error-responses page; what is not in its first rows, by clients' lists). */
const KNOWN: Record<string, [status: number, title: string]> = {
  'api/invalid_parameters': [400, 'Invalid parameters'],
  'api/missing_authorization': [401, 'Missing authorization'],
  'api/invalid_credentials': [401, 'Invalid credentials'],
  'api/expired_authorization': [401, 'Expired authorization'],
  'provider/invalid_credentials': [401, 'Invalid credentials'],
  'provider/invalid_authorization': [401, 'Invalid authorization'],
  'provider/invalid_checkpoint_code': [401, 'Invalid checkpoint code'],
  'provider/account_mismatch': [401, 'Account mismatch'],
  'api/proxy_auth_error': [407, 'Proxy authentication failed'],
  'api/inactive_subscription': [402, 'Inactive subscription'],
  'api/account_restricted': [403, 'Account restricted'],
  'api/already_exists': [403, 'Already exists'],
  'provider/unknown_authentication_context': [403, 'Unknown authentication context'],
  'api/resource_not_found': [404, 'Resource not found'],
  'api/conflict': [409, 'Conflict'],
  'api/too_many_requests': [429, 'Too many requests'],
  'provider/too_many_requests': [429, 'Too many requests'],
  'provider/server_error': [500, 'Provider error'],
  'provider/timeout': [504, 'Provider timeout'],
}

export const V2_TYPES: readonly string[] = Object.keys(KNOWN)

export function failed(type: string, detail: string, more: Partial<Pick<Answer, 'status' | 'headers'>> = {}): Answer {
  const [usual, title] = KNOWN[type] ?? [500, 'Error']
  const status = more.status ?? usual
  return json(status, { object: 'Error', type, status, title, detail, req_id: opaque(20, 'req_') }, more.headers)
}

export const wrongBody = ({ detail }: Wrong): Answer => failed('api/invalid_parameters', detail)

const OF: Record<Exclude<Refusal, 'expired' | 'limited' | 'down'>, [type: string, detail: string]> = {
  'wrong-credentials': ['provider/invalid_credentials', 'The provided credentials are invalid.'],
  'another-person': ['provider/account_mismatch', 'The credentials are those of another account.'],
  'already-linked': ['api/already_exists', 'The account is linked already.'],
  restricted: ['api/account_restricted', 'The provider has restricted this account.'],
  running: ['api/conflict', 'An authentication of this account is in progress.'],
  captcha: ['provider/invalid_checkpoint_code', 'The captcha is not solved.'],
  'wrong-code': ['provider/invalid_checkpoint_code', 'The code is not right.'],
  killed: ['provider/server_error', 'The authentication intent was killed. Start again.'],
  cancelled: ['api/conflict', 'A later authentication took the place of this one.'],
  unknown: ['api/resource_not_found', 'There is no such intent.'],
  'too-soon': ['api/too_many_requests', 'The code was sent a moment ago.'],
  'nothing-to-send': ['api/invalid_parameters', 'Nothing can be sent again.'],
}

const EXPIRED: Record<Settings['expired'], string> = {
  authentication_intent_error: 'provider/server_error',
  invalid_checkpoint_solution: 'provider/invalid_checkpoint_code',
  request_timeout: 'provider/timeout',
}

export function refusal(why: Refusal, settings: Settings): Answer {
  if (why === 'limited') return tooMany('provider/too_many_requests', settings)
  if (why === 'down') return failed('provider/server_error', 'LinkedIn is not available.', { status: 503 })
  if (why === 'expired') return failed(EXPIRED[settings.expired], 'The authentication intent is over. Start again.')
  return failed(...OF[why])
}

export const tooMany = (type: string, { retryAfter }: Settings): Answer =>
  failed(type, 'Slow down.', retryAfter === null ? {} : { headers: { 'retry-after': String(retryAfter) } })

export const notFound = (what: string): Answer => failed('api/resource_not_found', `${what} not found`)
