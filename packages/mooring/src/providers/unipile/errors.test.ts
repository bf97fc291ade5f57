/** Every row of what Unipile lists: v1's answers of connecting and of checkpoints, v2's page of errors. */
import { describe, expect, it } from 'vitest'
import type { ApiAnswer } from '../../provider.ts'
import { apiCode, apiSentence, judgeApi, refused } from './errors.ts'

const answer = (status: number, body: unknown, headers = {}): ApiAnswer => ({
  status,
  headers: new Headers(headers),
  body,
})
const v1 = (status: number, type: string) => answer(status, { status, type: `errors/${type}`, title: 'No.' })
const v2 = (status: number, type: string) => answer(status, { object: 'Error', type, status, req_id: 'r' })

describe('v1', () => {
  it.each([
    [400, 'invalid_parameters', 'ours', 'ours'],
    [400, 'missing_parameters', 'ours', 'ours'],
    [400, 'invalid_request', 'ours', 'ours'],
    [400, 'malformed_request', 'ours', 'ours'],
    [401, 'invalid_credentials', 'credentials', 'reauthorize'],
    [401, 'invalid_checkpoint_solution', 'code', 'reauthorize'],
    [401, 'checkpoint_error', 'unsolvable', 'reauthorize'],
    [401, 'captcha_not_supported', 'unsolvable', 'reauthorize'],
    [401, 'expired_credentials', 'expired', 'reauthorize'],
    [401, 'disconnected_account', 'expired', 'reauthorize'],
    [401, 'disconnected_feature', 'expired', 'reauthorize'],
    [401, 'wrong_account', 'other_person', 'reauthorize'],
    [401, 'multiple_sessions', 'locked', 'reauthorize'],
    [401, 'expired_link', 'expired', 'reauthorize'],
    [401, 'insufficient_privileges', 'operator', 'permission'],
    [401, 'invalid_proxy_credentials', 'operator', 'misconfigured'],
    [401, 'missing_credentials', 'operator', 'misconfigured'],
    [403, 'account_restricted', 'locked', 'reauthorize'],
    [403, 'unknown_authentication_context', 'locked', 'reauthorize'],
    [403, 'action_required', 'locked', 'reauthorize'],
    [403, 'insufficient_permissions', 'operator', 'permission'],
    [403, 'feature_not_subscribed', 'operator', 'permission'],
    [403, 'subscription_required', 'operator', 'permission'],
    [403, 'resource_access_restricted', 'operator', 'permission'],
    [403, 'session_mismatch', 'other_person', 'reauthorize'],
    [403, 'account_mismatch', 'other_person', 'reauthorize'],
    [404, 'resource_not_found', 'gone', 'reauthorize'],
    [404, 'invalid_resource_identifier', 'gone', 'reauthorize'],
    [407, 'proxy_error', 'unavailable', 'retry'],
    [408, 'request_timeout', 'unavailable', 'retry'],
    [409, 'conflict', 'busy', 'retry'],
    [422, 'cannot_resend_yet', 'too_soon', 'ours'],
    [422, 'limit_exceeded', 'limited', 'rate_limited'],
    [422, 'invalid_account', 'ours', 'ours'],
    [425, 'authentication_in_progress', 'busy', 'retry'],
    [429, 'too_many_requests', 'limited', 'rate_limited'],
    [500, 'authentication_intent_error', 'expired', 'retry'],
    [500, 'provider_error', 'unavailable', 'retry'],
    [500, 'unexpected_error', 'unavailable', 'retry'],
    [501, 'feature_not_implemented', 'unsolvable', 'ours'],
    [502, 'proxy_error', 'unavailable', 'retry'],
    [503, 'no_client_session', 'unavailable', 'retry'],
    [503, 'no_channel', 'unavailable', 'retry'],
    [503, 'no_handler', 'unavailable', 'retry'],
    [503, 'network_down', 'unavailable', 'retry'],
    [503, 'service_unavailable', 'unavailable', 'retry'],
    [504, 'request_timeout', 'unavailable', 'retry'],
  ] as const)('%d errors/%s is %s for who signs in, %s for a connection', (status, type, why, verdict) => {
    expect(refused(v1(status, type))).toEqual({ is: 'refused', why, code: `errors/${type}`, retryAfter: undefined })
    expect(judgeApi(v1(status, type))).toBe(verdict)
  })
})

describe('v2', () => {
  it.each([
    [400, 'api/invalid_parameters', 'ours', 'ours'],
    [401, 'provider/invalid_credentials', 'credentials', 'reauthorize'],
    [401, 'provider/invalid_authorization', 'expired', 'reauthorize'],
    [401, 'provider/invalid_checkpoint_code', 'code', 'reauthorize'],
    [403, 'provider/account_mismatch', 'other_person', 'reauthorize'],
    [403, 'provider/unknown_authentication_context', 'locked', 'reauthorize'],
    [403, 'api/account_restricted', 'locked', 'reauthorize'],
    [409, 'api/already_exists', 'taken', 'ours'],
    [409, 'api/conflict', 'busy', 'retry'],
    [404, 'api/resource_not_found', 'gone', 'reauthorize'],
    [401, 'api/invalid_credentials', 'operator', 'misconfigured'],
    [401, 'api/missing_authorization', 'operator', 'misconfigured'],
    [401, 'api/expired_authorization', 'operator', 'misconfigured'],
    [407, 'api/proxy_auth_error', 'operator', 'misconfigured'],
    [402, 'api/inactive_subscription', 'operator', 'misconfigured'],
    [429, 'api/too_many_requests', 'limited', 'rate_limited'],
    [429, 'provider/too_many_requests', 'limited', 'rate_limited'],
    [500, 'provider/server_error', 'unavailable', 'retry'],
    [504, 'provider/timeout', 'unavailable', 'retry'],
  ] as const)('%d %s is %s for who signs in, %s for a connection', (status, code, why, verdict) => {
    expect(refused(v2(status, code))).toMatchObject({ why, code })
    expect(judgeApi(v2(status, code))).toBe(verdict)
  })
})

describe('without a type', () => {
  it.each([
    [400, 'ours', 'ours'],
    // A wrong key sends nobody to reconnect.
    [401, 'operator', 'misconfigured'],
    [403, 'locked', 'permission'],
    [407, 'unavailable', 'retry'],
    [408, 'unavailable', 'retry'],
    [409, 'busy', 'retry'],
    [418, 'ours', 'ours'],
    [425, 'busy', 'retry'],
    [429, 'limited', 'rate_limited'],
    [500, 'unavailable', 'retry'],
    [501, 'unsolvable', 'ours'],
    [502, 'unavailable', 'retry'],
    [503, 'unavailable', 'retry'],
    [504, 'unavailable', 'retry'],
  ] as const)('%d is %s for who signs in, %s for a connection', (status, why, verdict) => {
    for (const body of [undefined, null, '', 7, [], {}, { type: 7 }, { title: 'invalid_credentials' }]) {
      expect(refused(answer(status, body))).toMatchObject({ why, code: undefined })
      expect(judgeApi(answer(status, body))).toBe(verdict)
    }
  })

  it('tells an account that is gone from an address that is not Unipile’s', () => {
    expect(refused(answer(404, {})).why).toBe('gone')
    expect(refused(answer(404, undefined)).why).toBe('operator')
    expect(judgeApi(answer(404, undefined))).toBe('misconfigured')
  })
})

it('has a code that is one, and nothing else of the answer', () => {
  for (const type of [
    'errors/<b>',
    'ada@example.com',
    'errors/a b',
    'https://example.com/errors/x',
    'x'.repeat(80),
    '',
  ])
    expect(apiCode(answer(400, { type, title: 'ada@example.com' }))).toBeUndefined()
  const said = { type: 'errors/invalid_credentials', title: 'ada@example.com', detail: 'hunter2' }
  expect(JSON.stringify(refused(answer(401, said)))).not.toMatch(/ada@|hunter2/)
})

it('passes on how long to wait', () => {
  expect(refused(answer(429, {}, { 'retry-after': '120' })).retryAfter).toBe(120)
  expect(refused(answer(429, {}, { 'retry-after': 'soon' })).retryAfter).toBeUndefined()
})

it.each([
  [v1(401, 'missing_credentials'), /^We have to fix this, not you\. Unipile refuses this server's API key\.$/],
  [v1(401, 'expired_credentials'), /^The LinkedIn session at Unipile ended\. Reconnect/],
  [v1(403, 'account_restricted'), /^LinkedIn wants you to sign in there in a browser first/],
  [v1(404, 'resource_not_found'), /^Unipile has this LinkedIn account no more\. Reconnect/],
])('says to the person what helps', (one, sentence) => expect(apiSentence(one)).toMatch(sentence))

it.each([v1(429, 'too_many_requests'), v1(503, 'network_down'), v1(403, 'subscription_required'), v1(400, 'x')])(
  'leaves the rest to the general words',
  (one) => expect(apiSentence(one)).toBeUndefined(),
)
