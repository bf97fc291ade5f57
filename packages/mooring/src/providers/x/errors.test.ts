/** X's refusals as it words them: docs.x.com, its OpenAPI, and captures in public issue threads. */
import { describe, expect, it } from 'vitest'
import type { ApiAnswer } from '../../provider.ts'
import { apiCode, apiSentence, judgeApi, judgeToken, limitedUntil, redirectErrors } from './errors.ts'

const value = (of: string) => `Value passed for the ${of}`
const TOKEN = value('token was invalid.')
const HEADER = 'Missing valid authorization header'

describe('a refused token request', () => {
  it.each([
    ['refresh', 400, 'invalid_request', TOKEN, 'reauthorize'],
    ['refresh', 400, 'invalid_grant', '', 'reauthorize'],
    // What nobody has worded yet: on a refresh, X says `invalid_request` for a grant that is over.
    ['refresh', 400, 'invalid_request', '', 'reauthorize'],
    ['code', 400, 'invalid_request', value('authorization code was invalid.'), 'reauthorize'],
    ['code', 400, 'invalid_grant', '', 'reauthorize'],
    [
      'code',
      400,
      'invalid_request',
      value('redirect uri did not match the uri of the authorization code.'),
      'reauthorize',
    ],
    ['code', 400, 'invalid_request', value('code verifier did not match the code challenge'), 'reauthorize'],
    // No header, a wrong secret, a secret in the body: one text (node-twitter-api-v2 319, better-auth 2095).
    ['code', 401, 'unauthorized_client', HEADER, 'misconfigured'],
    ['refresh', 401, 'unauthorized_client', HEADER, 'misconfigured'],
    ['refresh', 401, 'invalid_client', '', 'misconfigured'],
    ['code', 400, 'invalid_client', '', 'misconfigured'],
    ['refresh', 402, 'whatever', '', 'misconfigured'],
    ['refresh', 401, 'unknown', '', 'misconfigured'],
    // Our own bugs, and no reason to ask anybody to reconnect.
    ['refresh', 400, 'invalid_request', 'Missing required parameter [client_id].', 'ours'],
    ['refresh', 400, 'invalid_request', 'Missing required parameter [refresh_token].', 'ours'],
    [
      'refresh',
      400,
      'invalid_request',
      value('grant type was invalid. Grant type should be one of [authorization_code, refresh_token].'),
      'ours',
    ],
    ['refresh', 400, 'something_new', '', 'ours'],
    ['refresh', 429, 'invalid_request', TOKEN, 'rate_limited'],
    ['refresh', 503, 'unauthorized_client', HEADER, 'retry'],
    ['code', 500, '', '', 'retry'],
  ] as const)('%s %d %s "%s" is %s', (grant, status, error, description, verdict) => {
    expect(judgeToken({ grant, status, error, description })).toBe(verdict)
  })
})

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): ApiAnswer => ({
  status,
  headers: new Headers(headers),
  body,
})
const problem = (slug: string, rest = {}) => ({
  title: 'x',
  detail: 'y',
  type: `https://api.x.com/2/problems/${slug}`,
  ...rest,
})
const blank = { title: 'Forbidden', detail: 'Forbidden', type: 'about:blank' }

describe('a refused API call', () => {
  it.each([
    [401, { title: 'Unauthorized', type: 'about:blank', detail: 'Unauthorized' }, 'reauthorize', undefined],
    [402, problem('credits-depleted'), 'misconfigured', 'credits-depleted'],
    // The older host, and the older body.
    [402, { type: 'https://api.twitter.com/2/problems/credits' }, 'misconfigured', 'credits'],
    [403, blank, 'permission', undefined],
    [403, problem('client-forbidden', { reason: 'client-not-enrolled' }), 'misconfigured', 'client-not-enrolled'],
    [403, problem('client-forbidden'), 'misconfigured', 'client-forbidden'],
    [403, problem('oauth1-permissions'), 'misconfigured', 'oauth1-permissions'],
    [403, problem('user-suspended'), 'permission', 'user-suspended'],
    [403, problem('unsupported-authentication'), 'ours', 'unsupported-authentication'],
    [400, problem('invalid-request'), 'ours', 'invalid-request'],
    [404, undefined, 'ours', undefined],
    [429, { title: 'Too Many Requests', type: 'about:blank' }, 'rate_limited', undefined],
    [429, { errors: [{ code: 88, message: 'Rate limit exceeded' }] }, 'rate_limited', '88'],
    [429, problem('usage-capped'), 'rate_limited', 'usage-capped'],
    [503, undefined, 'retry', undefined],
    [302, undefined, 'ours', undefined],
  ] as const)('%d %j is %s', (status, body, verdict, code) => {
    expect(judgeApi(answer(status, body))).toBe(verdict)
    expect(apiCode(answer(status, body))).toBe(code)
  })
})

describe('a person is told', () => {
  const told = (status: number, body: unknown) => apiSentence(answer(status, body))

  it('each of the refusals that the general words would blur, and each differently', () => {
    const sentences = [
      told(402, problem('credits-depleted')),
      ...['client-not-enrolled', 'official-client-forbidden', 'user-not-enrolled'].map((reason) =>
        told(403, problem('client-forbidden', { reason })),
      ),
      told(403, problem('oauth1-permissions')),
      told(403, problem('unsupported-authentication')),
      told(403, problem('user-suspended')),
      told(403, problem('not-authorized-for-resource')),
      told(429, problem('usage-capped')),
    ]
    expect(sentences.every((one) => one !== undefined)).toBe(true)
    const official = told(403, problem('client-forbidden', { reason: 'official-client-forbidden' }))
    expect(new Set(sentences).size).toBe(sentences.length)
    // A reason that is new falls back to the slug it stands beside.
    expect(told(403, problem('client-forbidden', { reason: 'new-reason' }))).toBe(official)
  })

  it('whose turn it is: ours, where reconnecting would change nothing', () => {
    for (const body of [problem('client-forbidden'), problem('oauth1-permissions')])
      expect(told(403, body)).toMatch(/^We have to fix this, not you\./)
    expect(told(402, {})).toBe("We have to fix this, not you. This server's app has no credits left at X.")
  })

  it('in the general words where X says no more', () => {
    for (const [status, body] of [
      [401, {}],
      [403, blank],
      [429, {}],
      [503, undefined],
    ] as const)
      expect(told(status, body)).toBeUndefined()
  })
})

describe('a full limit', () => {
  const window = (name: string, remaining: string, reset: string) => ({
    [`${name}-remaining`]: remaining,
    [`${name}-reset`]: reset,
  })
  const until = (headers: Record<string, string>, status = 429) => limitedUntil(answer(status, {}, headers), 0)

  it('opens when its window ends', () => {
    expect(until(window('x-rate-limit', '0', '1795780000'))).toBe(1_795_780_000_000)
  })

  it('may be that of the day while the quarter of an hour has room', () => {
    const headers = {
      ...window('x-rate-limit', '70', '1795780000'),
      ...window('x-user-limit-24hour', '0', '1795860000'),
    }
    expect(until(headers)).toBe(1_795_860_000_000)
    expect(until({ ...headers, 'x-rate-limit-remaining': '0' })).toBe(1_795_860_000_000)
  })

  it('says nothing where X says nothing that can be used', () => {
    expect(until({})).toBeUndefined()
    expect(until(window('x-rate-limit', '12', '1795780000'))).toBeUndefined()
    expect(until(window('x-rate-limit', '0', 'soon'))).toBeUndefined()
    expect(until(window('x-rate-limit', '0', '1795780000'), 200)).toBeUndefined()
  })
})

it.each([
  ['access_denied', 'access_denied'],
  ['invalid_scope', 'scope_not_granted'],
  ['unauthorized_client', 'misconfigured'],
  ['server_error', 'provider_unavailable'],
  ['temporarily_unavailable', 'provider_unavailable'],
  ['invalid_request', undefined],
])('on the redirect, %s is %s', (error, code) => {
  expect(redirectErrors[error]).toBe(code)
})
