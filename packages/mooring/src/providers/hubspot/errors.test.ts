/** HubSpot's refusals as it words them: its changelog, its specification, and captures in public issue threads. */
import { describe, expect, it } from 'vitest'
import type { ApiAnswer } from '../../provider.ts'
import { apiCode, apiSentence, judgeApi, judgeToken, limitedUntil, redirectErrors } from './errors.ts'

describe('a refused token request', () => {
  it.each([
    ['refresh', 400, 'invalid_grant', 'BAD_REFRESH_TOKEN', 'reauthorize'],
    ['refresh', 400, 'invalid_grant', undefined, 'reauthorize'],
    // The older shape alone, and a code of the standard that says less than the older one beside it.
    ['refresh', 400, 'BAD_REFRESH_TOKEN', undefined, 'reauthorize'],
    ['refresh', 400, 'invalid_request', 'BAD_REFRESH_TOKEN', 'reauthorize'],
    ['code', 400, 'invalid_grant', 'BAD_AUTH_CODE', 'reauthorize'],
    ['code', 400, 'BAD_AUTH_CODE', undefined, 'reauthorize'],
    ['code', 400, 'invalid_client', 'BAD_CLIENT_SECRET', 'misconfigured'],
    ['refresh', 400, 'BAD_CLIENT_ID', undefined, 'misconfigured'],
    ['refresh', 401, 'unauthorized_client', undefined, 'misconfigured'],
    // A wrong secret asks nobody to reconnect, whatever stands beside it.
    ['refresh', 400, 'invalid_client', 'BAD_REFRESH_TOKEN', 'misconfigured'],
    ['refresh', 477, 'MIGRATION_IN_PROGRESS', undefined, 'rate_limited'],
    ['refresh', 423, 'LOCKED', undefined, 'rate_limited'],
    // An endpoint that is over, and what nobody has worded yet: no reason to ask anybody to reconnect.
    ['refresh', 404, 'OBJECT_NOT_FOUND', undefined, 'ours'],
    ['refresh', 400, 'VALIDATION_ERROR', undefined, 'ours'],
    ['refresh', 400, 'unsupported_grant_type', 'BAD_GRANT_TYPE', 'ours'],
    ['refresh', 401, '', undefined, 'ours'],
  ] as const)('%s %d %s beside %s is %s', (grant, status, error, also, verdict) => {
    expect(judgeToken({ grant, status, error, description: '', ...(also && { also }) })).toBe(verdict)
  })

  it('is judged by its codes, and never by a sentence that holds one', () => {
    const description = 'invalid_grant: BAD_REFRESH_TOKEN, invalid_client'
    expect(judgeToken({ grant: 'refresh', status: 400, error: 'invalid_request', description })).toBe('ours')
  })
})

const answer = (status: number, body: unknown): ApiAnswer => ({ status, headers: new Headers(), body })
const general = (category: string, more = {}) => ({
  status: 'error',
  message: 'No.',
  correlationId: 'a',
  category,
  ...more,
})
const lacking = (...requiredGranularScopes: unknown[]) =>
  general('MISSING_SCOPES', { errors: [{ message: 'No.', context: { requiredGranularScopes } }] })

describe('a refused API call', () => {
  it.each([
    [401, general('EXPIRED_AUTHENTICATION'), 'reauthorize', 'EXPIRED_AUTHENTICATION'],
    [403, general('MISSING_SCOPES'), 'permission', 'MISSING_SCOPES'],
    [403, {}, 'permission', undefined],
    [404, general('OBJECT_NOT_FOUND'), 'ours', 'OBJECT_NOT_FOUND'],
    [400, general('VALIDATION_ERROR'), 'ours', 'VALIDATION_ERROR'],
    [423, general('LOCKED'), 'retry', 'LOCKED'],
    [429, { errorType: 'RATE_LIMIT', policyName: 'DAILY' }, 'rate_limited', 'DAILY'],
    [429, { errorType: 'RATE_LIMIT' }, 'rate_limited', 'RATE_LIMIT'],
    [429, general('RATE_LIMITS'), 'rate_limited', 'RATE_LIMITS'],
    [477, undefined, 'rate_limited', undefined],
    ...[500, 502, 503, 504, 521, 522, 523, 524, 525, 526].map(
      (status) => [status, undefined, 'retry', undefined] as const,
    ),
  ] as const)('%d %j is %s', (status, body, verdict, code) => {
    expect(judgeApi(answer(status, body))).toBe(verdict)
    expect(apiCode(answer(status, body))).toBe(code)
  })

  it('names the permission that is missing, and nothing else of the platform’s', () => {
    expect(apiSentence(answer(403, lacking('marketing.email.read', 'content')))).toBe(
      'HubSpot says that a permission is missing (marketing.email.read, content): the plan has it not, or it was not given. Reconnect to ask for it.',
    )
    for (const body of [general('MISSING_SCOPES'), lacking(7, 'Call +1 234', '<b>', 'x'.repeat(80)), lacking()])
      expect(apiSentence(answer(403, body))).toMatch(/^HubSpot says that a permission is missing: the plan/)
  })

  it('says what passes by itself, and leaves the rest to the general words', () => {
    expect(apiSentence(answer(477, undefined))).toContain('moving this account')
    for (const [status, body] of [
      [401, general('EXPIRED_AUTHENTICATION')],
      [429, {}],
      [403, general('OTHER')],
    ] as const)
      expect(apiSentence(answer(status, body))).toBeUndefined()
  })
})

it.each([
  ['TEN_SECONDLY_ROLLING', 10_000],
  ['SECONDLY', 1000],
  ['DAILY', 3_600_000],
  ['another', 10_000],
  [undefined, 10_000],
])('a full limit of %s opens after %d ms', (policyName, ms) => {
  expect(limitedUntil(answer(429, { policyName }), 5000)).toBe(5000 + ms)
  // Says so by Retry-After.
  expect(limitedUntil(answer(477, {}), 5000)).toBeUndefined()
})

it('no is no, and what nobody has seen is no code of ours', () => {
  expect(redirectErrors).toMatchObject({ access_denied: 'access_denied', invalid_scope: 'scope_not_granted' })
  expect(redirectErrors.new_error).toBeUndefined()
})
