/** X's refusals as captured and documented, and what each means for a post; its limits as its headers tell them. */
import { describe, expect, it } from 'vitest'
import { answer, expectSentences, NOW } from '../../publishing-testing.ts'
import { mara } from './as.fixture.ts'
import { judge } from './faults.ts'
import { publishing } from './index.ts'

const create = { endpoint: 'POST /2/tweets', create: true }
const judged = (status: number, body?: unknown, headers = {}) => judge(answer(status, body, headers), create, NOW)
const problem = (slug: string, rest = {}, host = 'api.x.com') => ({
  title: 'x',
  detail: 'y',
  type: `https://${host}/2/problems/${slug}`,
  ...rest,
})
const blank = (detail: string, status = 403) => ({ detail, type: 'about:blank', title: 'Forbidden', status })

describe('a refusal', () => {
  it.each([
    [401, { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' }, 'auth', undefined],
    [402, problem('credits-depleted'), 'policy', 'credits-depleted'],
    [402, problem('credits', { title: 'CreditsDepleted', account_id: 1 }, 'api.twitter.com'), 'policy', 'credits'],
    [403, blank('You are not allowed to create a Tweet with duplicate content.'), 'duplicate', undefined],
    [403, blank('You are not allowed to create a Post with duplicate content.'), 'duplicate', undefined],
    [403, { errors: [{ code: 187, message: 'Status is a duplicate.' }] }, 'duplicate', '187'],
    [
      403,
      blank(
        'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
      ),
      'policy',
      undefined,
    ],
    [403, blank('You are not permitted to perform this action.'), 'policy', undefined],
    [403, blank('This user is not allowed to post a video longer than 20 minutes.'), 'media', undefined],
    [
      403,
      { errors: [{ message: 'This user is not allowed to post a video longer than 2 minutes.' }] },
      'media',
      undefined,
    ],
    [400, blank('Posts may have a maximum of one cashtag', 400), 'content', undefined],
    [403, { errors: [{ detail: 'You may use a maximum of one cashtag.' }] }, 'content', undefined],
    [
      400,
      problem('invalid-request', {
        errors: [{ message: 'Your media IDs are invalid.', parameters: { 'media.media_ids': ['1'] } }],
      }),
      'media',
      'invalid-request',
    ],
    [
      400,
      problem('invalid-request', {
        errors: [
          {
            message:
              'You can only provide one of poll or quote_tweet_id or direct_message_deep_link or media or card_uri.',
          },
        ],
      }),
      'content',
      'invalid-request',
    ],
    [400, blank('The Tweet contains an invalid URL.', 400), 'content', undefined],
    [403, { errors: [{ code: 186, message: 'Tweet needs to be a bit shorter.' }] }, 'content', '186'],
    [403, blank('Your account is not permitted to access this feature'), 'policy', undefined],
    [403, problem('user-suspended'), 'policy', 'user-suspended'],
    [403, problem('client-forbidden', { reason: 'client-not-enrolled' }), 'permission', 'client-not-enrolled'],
    [403, problem('oauth1-permissions'), 'permission', 'oauth1-permissions'],
    [403, problem('unsupported-authentication'), 'permission', 'unsupported-authentication'],
    [403, problem('not-authorized-for-resource'), 'permission', 'not-authorized-for-resource'],
    [403, blank('Forbidden'), 'permission', undefined],
    [404, problem('resource-not-found'), 'content', 'resource-not-found'],
    [404, undefined, 'content', undefined],
    [413, undefined, 'media', undefined],
    [431, undefined, 'media', undefined],
    [400, { code: 'X', message: 'bare' }, 'content', undefined],
  ] as const)('%d %j is of class %s', (status, body, of, code) => {
    const fault = judged(status, body)
    expect(fault).toMatchObject({ class: of, code })
    expect(fault.againAfterMs).toBeUndefined()
    expect(fault.existing).toBeUndefined()
    expectSentences([fault])
  })

  it.each([500, 502, 503, 504])('%d passes', (status) => {
    expect(judged(status)).toMatchObject({ class: 'platform', againAfterMs: 30_000 })
  })

  it('does not read what people wrote', () => {
    const told = problem('invalid-request', {
      errors: [
        { message: 'x', parameters: { text: ['You are not allowed to create a Tweet with duplicate content.'] } },
      ],
    })
    expect(judged(400, told).class).toBe('content')
  })
})

describe('a limit', () => {
  const soon = NOW / 1000 + 300
  const late = NOW / 1000 + 40_000
  const window = (name: string, remaining: number, reset: number) => ({
    [`${name}-limit`]: '100',
    [`${name}-remaining`]: String(remaining),
    [`${name}-reset`]: String(reset),
  })

  it.each([
    [{}, 15 * 60_000],
    [window('x-rate-limit', 0, soon), 300_000],
    [{ ...window('x-rate-limit', 70, soon), ...window('x-user-limit-24hour', 0, late) }, 40_000_000],
    [{ ...window('x-rate-limit', 0, soon), ...window('x-app-limit-24hour', 0, late) }, 40_000_000],
    [window('x-rate-limit', 0, NOW / 1000 - 60), 60_000],
    // By X's own clock, whatever ours says.
    [{ ...window('x-rate-limit', 0, NOW / 1000 - 60), date: new Date(NOW - 200_000).toUTCString() }, 140_000],
    [{ ...window('x-rate-limit', 0, soon), date: new Date(NOW + 200_000).toUTCString() }, 100_000],
    [{ ...window('x-rate-limit', 0, soon), date: new Date(NOW + 300_000).toUTCString() }, 60_000],
    [{ ...window('x-rate-limit', 0, soon), date: 'today' }, 300_000],
  ])('%j opens after %d ms', (headers, againAfterMs) => {
    expect(judged(429, { title: 'Too Many Requests', type: 'about:blank' }, headers)).toMatchObject({
      class: 'rate',
      againAfterMs,
    })
    expect(judged(429, { errors: [{ code: 88, message: 'Rate limit exceeded' }] }, headers)).toMatchObject({
      code: '88',
      againAfterMs,
    })
  })

  it('of a month is not waited for, of a day until midnight UTC', () => {
    expect(judged(429, problem('usage-capped', { period: 'Monthly', scope: 'Product' }))).not.toHaveProperty(
      'againAfterMs',
    )
    expect(judged(429, problem('usage-capped', { period: 'Daily' })).againAfterMs).toBe(Date.UTC(2026, 10, 29) - NOW)
  })

  const usage = (headers: Record<string, string>) => publishing.usage?.(answer(200, {}, headers), 'POST /2/tweets', NOW)

  it('is learnt from every answer, one for each whose it is', () => {
    expect(usage({ ...window('x-rate-limit', 70, soon), ...window('x-app-limit-24hour', 900, late) })).toEqual([
      { of: 'connection', limit: 100, remaining: 70, resetsAt: soon * 1000 },
      { of: 'registration', limit: 100, remaining: 900, resetsAt: late * 1000 },
    ])
    expect(usage({})).toEqual([])
    expect(usage({ 'x-rate-limit-remaining': '3' })).toEqual([])
    expect(usage(window('x-rate-limit', Number.NaN, soon))).toEqual([])
  })

  it.each([
    [70, 20, late, 20],
    [10, 20, soon, 10],
    [0, 20, soon, 0],
    [70, 0, late, 0],
    [0, 0, late, 0],
  ])('a quarter with %d and a day with %d left: the one that holds back', (quarter, day, until, remaining) => {
    const told = usage({ ...window('x-rate-limit', quarter, soon), ...window('x-user-limit-24hour', day, late) })
    expect(told).toEqual([{ of: 'connection', limit: 100, remaining, resetsAt: until * 1000 }])
  })

  it('published ones are counted ahead', () => {
    const of = (endpoint: string) =>
      publishing
        .quotas?.(mara())
        .filter((one) => one.endpoint === endpoint)
        .map(({ of, limit, window }) => [of, limit, window])
    expect(of('POST /2/tweets')).toEqual([
      ['connection', 100, 900_000],
      ['registration', 10_000, 86_400_000],
    ])
    expect(of('POST /2/media/upload/append')).toEqual([
      ['connection', 1875, 900_000],
      ['registration', 180_000, 86_400_000],
    ])
    expect(of('GET /2/users/:id/tweets')).toEqual([['connection', 900, 900_000]])
  })
})
