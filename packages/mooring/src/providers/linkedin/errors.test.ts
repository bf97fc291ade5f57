/** LinkedIn's refusals as it words them: Microsoft Learn, and captures in public issue threads. */
import { describe, expect, it } from 'vitest'
import type { ApiAnswer } from '../../provider.ts'
import { apiCode, judgeApi, judgeToken, notYetLive, redirectErrors } from './errors.ts'

const MISMATCH =
  'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists'
const REFRESH_OVER = 'The provided authorization grant or refresh token is invalid, expired or revoked'
const missing = (name: string) => `A required parameter "${name}" is missing`

describe('a refused token request', () => {
  it.each([
    // The same text comes with two values of `error` (d3xt3r2909/linkedin_login 75 and 77).
    ['code', 400, 'invalid_redirect_uri', MISMATCH, 'reauthorize'],
    ['code', 400, 'invalid_request', MISMATCH, 'reauthorize'],
    ['code', 401, 'invalid_request', 'Unable to retrieve access token: authorization code not found', 'reauthorize'],
    ['code', 400, 'invalid_grant', '', 'reauthorize'],
    // A wrong secret, and a stray code_verifier that looks like one (executor 2087).
    ['code', 401, 'invalid_client', 'Client authentication failed', 'misconfigured'],
    ['code', 400, 'invalid_client_id', 'The passed in client_id is invalid "abc"', 'misconfigured'],
    ['code', 400, 'invalid_request', missing('client_id'), 'misconfigured'],
    // What HTTP Basic is answered with (next-auth 5220).
    ['code', 400, 'invalid_request', missing('client_secret'), 'misconfigured'],
    ['code', 400, 'invalid_request', missing('code'), 'ours'],
    ['code', 400, 'invalid_request', missing('redirect_uri'), 'ours'],
    ['code', 400, 'invalid_request', missing('grant_type'), 'ours'],
    ['refresh', 400, 'invalid_request', REFRESH_OVER, 'reauthorize'],
    ['refresh', 400, 'invalid_grant', '', 'reauthorize'],
    ['refresh', 401, 'invalid_client', 'Client authentication failed', 'misconfigured'],
    ['refresh', 400, 'invalid_request', missing('client_secret'), 'misconfigured'],
    // Our own bug, and no reason to ask anybody to reconnect.
    ['refresh', 400, 'invalid_request', missing('refresh_token'), 'ours'],
    ['refresh', 400, 'invalid_request', 'something that nobody has seen yet', 'ours'],
    ['refresh', 401, 'unknown', '', 'misconfigured'],
    ['refresh', 429, 'invalid_request', REFRESH_OVER, 'rate_limited'],
    ['refresh', 500, 'invalid_client', 'Client authentication failed', 'retry'],
    ['code', 503, '', '', 'retry'],
  ] as const)('%s %d %s "%s" is %s', (grant, status, error, description, verdict) => {
    expect(judgeToken({ grant, status, error, description })).toBe(verdict)
  })
})

const answer = (status: number, body: unknown): ApiAnswer => ({ status, headers: new Headers(), body })

describe('a refused API call', () => {
  it.each([
    [401, { serviceErrorCode: 401, message: 'Empty oauth2_access_token', status: 401 }, 'reauthorize', '401'],
    [401, { code: 'EMPTY_ACCESS_TOKEN', status: 401 }, 'reauthorize', 'EMPTY_ACCESS_TOKEN'],
    [401, { serviceErrorCode: 65600, message: 'Invalid access token', status: 401 }, 'reauthorize', '65600'],
    [
      401,
      {
        serviceErrorCode: 65601,
        code: 'REVOKED_ACCESS_TOKEN',
        message: 'The token used in the request has been revoked by the user',
        status: 401,
      },
      'reauthorize',
      'REVOKED_ACCESS_TOKEN',
    ],
    [401, { serviceErrorCode: 65602, message: 'The token used in the request has expired' }, 'reauthorize', '65602'],
    [
      403,
      {
        status: 403,
        serviceErrorCode: 100,
        code: 'ACCESS_DENIED',
        message: 'Not enough permissions to access: me.GET.NO_VERSION',
      },
      'permission',
      'ACCESS_DENIED',
    ],
    [
      426,
      { status: 426, code: 'NONEXISTENT_VERSION', message: 'Requested version 20250401 is not active' },
      'misconfigured',
      'NONEXISTENT_VERSION',
    ],
    [
      400,
      {
        status: 400,
        code: 'VERSION_MISSING',
        message: 'A version must be present. Please specify a version by adding the Linkedin-Version header.',
      },
      'misconfigured',
      'VERSION_MISSING',
    ],
    [
      400,
      { status: 400, message: 'Organization permissions must be used when using organization as author' },
      'ours',
      undefined,
    ],
    [404, { status: 404, code: 'NOT_FOUND', message: 'Could not find entity' }, 'ours', 'NOT_FOUND'],
    [
      429,
      {
        serviceErrorCode: 101,
        message: 'Resource level throttle limit for calls to this resource is reached.',
        status: 429,
      },
      'rate_limited',
      '101',
    ],
    [429, { code: 'TOO_MANY_REQUESTS', status: 429 }, 'rate_limited', 'TOO_MANY_REQUESTS'],
    [500, {}, 'retry', undefined],
    [502, undefined, 'retry', undefined],
    [302, undefined, 'ours', undefined],
  ] as const)('%d %j is %s', (status, body, verdict, code) => {
    expect(judgeApi(answer(status, body))).toBe(verdict)
    expect(apiCode(answer(status, body))).toBe(code)
  })
})

describe('a fresh token', () => {
  it('is not live yet where LinkedIn says "revoked", by number or by name', () => {
    expect(notYetLive(answer(401, { serviceErrorCode: 65601 }))).toBe(true)
    expect(notYetLive(answer(401, { code: 'REVOKED_ACCESS_TOKEN' }))).toBe(true)
  })

  it('is dead where it says anything else', () => {
    expect(notYetLive(answer(401, { serviceErrorCode: 65600 }))).toBe(false)
    expect(notYetLive(answer(403, { serviceErrorCode: 65601 }))).toBe(false)
    expect(notYetLive(answer(401, undefined))).toBe(false)
  })
})

describe('an error on the redirect', () => {
  it.each([
    ['user_cancelled_login', 'access_denied'],
    ['user_cancelled_authorize', 'access_denied'],
    ['access_denied', 'access_denied'],
    ['unauthorized_scope_error', 'scope_not_granted'],
    ['invalid_scope_error', 'scope_not_granted'],
    ['invalid_scope', 'scope_not_granted'],
    ['server_error', 'provider_unavailable'],
    ['temporarily_unavailable', 'provider_unavailable'],
    ['invalid_request', undefined],
  ])('%s is %s', (error, code) => {
    expect(redirectErrors[error]).toBe(code)
  })
})
