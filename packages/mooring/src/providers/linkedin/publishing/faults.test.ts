/** LinkedIn's refusals as captured and documented, and what each means for a post. */
import { describe, expect, it } from 'vitest'
import { answer, expectSentences, NOW, say } from '../../publishing-testing.ts'
import { organization, person } from './as.fixture.ts'
import { judge } from './faults.ts'
import { publishing } from './index.ts'

const create = { endpoint: 'POST /rest/posts', create: true }
const judged = (status: number, body: unknown, headers = {}) => judge(answer(status, body, headers), create, NOW)
const input = (code: string, message = '') => ({
  errorDetailType: 'com.linkedin.common.error.BadRequest',
  message,
  errorDetails: { inputErrors: [{ description: 'x', input: {}, code }] },
  status: 422,
})
const DUPLICATE = 'a.BadRequestResponseException: Content is a duplicate of urn:li:share:7141138937766391808'

describe('a refusal', () => {
  it.each([
    [400, { code: 'VERSION_MISSING' }, 'platform', 'VERSION_MISSING'],
    [
      426,
      { code: 'NONEXISTENT_VERSION', message: 'Requested version 20250401 is not active' },
      'platform',
      'NONEXISTENT_VERSION',
    ],
    [426, undefined, 'platform', undefined],
    [401, { code: 'EMPTY_ACCESS_TOKEN' }, 'auth', 'EMPTY_ACCESS_TOKEN'],
    [401, { serviceErrorCode: 65_600, message: 'Invalid access token' }, 'auth', '65600'],
    [401, { serviceErrorCode: 65_601, code: 'REVOKED_ACCESS_TOKEN' }, 'auth', 'REVOKED_ACCESS_TOKEN'],
    [401, { serviceErrorCode: 65_602 }, 'auth', '65602'],
    [
      403,
      {
        code: 'ACCESS_DENIED',
        serviceErrorCode: 100,
        message: 'Not enough permissions to access: partnerApiSocialActions.CREATE.20260701',
      },
      'permission',
      'ACCESS_DENIED',
    ],
    [
      403,
      {
        serviceErrorCode: 100,
        message:
          'Field Value validation failed in REQUEST_BODY: Data Processing Exception while processing fields [/author]',
      },
      'permission',
      '100',
    ],
    [
      400,
      { message: 'Organization permissions must be used when using organization as author' },
      'permission',
      undefined,
    ],
    ...[
      'MISSING_FIELD',
      'INVALID_VALUE_FOR_FIELD',
      'INVALID_VALUE_BLANK_FIELD',
      'FIELD_LENGTH_TOO_LONG',
      'INVALID_URN_TYPE',
      'INVALID_URN_ID',
    ].map((code) => [400, { code }, 'content', code] as const),
    ...['INVALID_IMAGE_ID', 'INVALID_VIDEO_ID', 'MEDIA_ASSET_PROCESSING_FAILED', 'EXPIRED_UPLOAD_URL'].map(
      (code) => [400, input(code), 'media', code] as const,
    ),
    [404, { code: 'NOT_FOUND', message: 'Could not find entity' }, 'permission', 'NOT_FOUND'],
    [411, undefined, 'platform', undefined],
    [413, undefined, 'media', undefined],
    [
      422,
      { message: 'ERROR :: /distribution/targetEnties :: unrecognized field found but not allowed' },
      'content',
      undefined,
    ],
    [418, undefined, 'content', undefined],
  ] as const)('%d %j is of class %s', (status, body, of, code) => {
    const fault = judged(status, body)
    expect(fault).toMatchObject({ class: of, code })
    expect(fault.againAfterMs).toBeUndefined()
    expectSentences([fault])
  })

  it('that passes is tried again by itself', () => {
    expect(judged(400, input('MEDIA_ASSET_WAITING_UPLOAD'))).toMatchObject({ class: 'media', againAfterMs: 10_000 })
    expect(judged(409, { code: 'CONFLICT' })).toMatchObject({ class: 'platform', againAfterMs: 2000 })
    expect(judged(409, undefined)).toMatchObject({ class: 'platform', againAfterMs: 2000 })
    for (const status of [500, 502, 503, 504])
      expect(judged(status, undefined)).toMatchObject({ class: 'platform', againAfterMs: 30_000 })
  })

  it('takes no word of people for its own', () => {
    expect(
      judged(400, { message: `Organization permissions must be used when using organization as author!` }).class,
    ).toBe('content')
    expect(judged(400, { message: 'DUPLICATE_POST MEDIA_ASSET_WAITING_UPLOAD' }).class).toBe('content')
  })
})

describe('a duplicate', () => {
  it('names the post that is there', () => {
    const urn = 'urn:li:share:7141138937766391808'
    expect(judged(422, input('DUPLICATE_POST', DUPLICATE))).toMatchObject({
      class: 'duplicate',
      code: 'DUPLICATE_POST',
      existing: { post: urn },
    })
  })

  it.each([
    ['Content is a duplicate of urn:li:ugcPost:12', 'urn:li:ugcPost:12'],
    ['Content is a duplicate of urn:li:activity:12', 'urn:li:activity:12'],
  ])('%s', (message, id) => expect(judged(422, input('DUPLICATE_POST', message)).existing?.post).toBe(id))

  it('without a name is one all the same', () => {
    expect(judged(422, input('DUPLICATE_POST', 'Content is a duplicate'))).not.toHaveProperty('existing')
  })
})

describe('a limit', () => {
  const midnight = Date.UTC(2026, 10, 29) - NOW
  const body = {
    serviceErrorCode: 101,
    message: 'Resource level throttle limit for calls to this resource is reached.',
    status: 429,
  }
  const at = (now: number, limited: boolean, headers = {}) =>
    judge(answer(429, body, headers), { ...create, limited }, now)

  it('is tried once early, and then at midnight UTC', () => {
    expect(at(NOW, false)).toMatchObject({ class: 'rate', code: '101', againAfterMs: 15 * 60_000 })
    expect(at(NOW, true).againAfterMs).toBe(midnight)
    expect(judge(answer(429, body), create, NOW).againAfterMs).toBe(15 * 60_000)
  })

  it('never waits beyond midnight, and never no time', () => {
    expect(at(NOW + midnight - 5000, false).againAfterMs).toBe(5000)
    expect(at(NOW + midnight - 5, true).againAfterMs).toBe(1000)
    expect(at(NOW + midnight, true).againAfterMs).toBe(86_400_000)
  })

  it('goes by Retry-After, if LinkedIn ever sends one', () => {
    expect(at(NOW, true, { 'retry-after': '90' }).againAfterMs).toBe(90_000)
    expect(at(NOW, true, { 'retry-after': 'soon' }).againAfterMs).toBe(midnight)
  })

  it('by its code, too', () => {
    expect(judged(400, { code: 'TOO_MANY_REQUESTS' }).class).toBe('rate')
  })
})

describe('known quotas', () => {
  const limits = (as: Parameters<NonNullable<typeof publishing.quotas>>[0], of?: string) =>
    publishing
      .quotas?.(as)
      .filter(({ endpoint }) => endpoint === of)
      .map(({ of: whose, limit, window }) => [whose, limit, window])
  const SHARE = [
    ['connection', 150, 'utc-day'],
    ['registration', 100_000, 'utc-day'],
  ]
  const DEVELOPMENT = [
    ['connection', 100, 'utc-day'],
    ['registration', 500, 'utc-day'],
  ]
  it.each([
    ['a self-serve app', person(), SHARE, []],
    ['an approved app', organization(), [], []],
    ['one in development', organization(undefined, { QUOTA: 'development' }), [], DEVELOPMENT],
    ['a self-serve app without', person(undefined, { QUOTA: 'none' }), [], []],
    ['an approved app with', organization(undefined, { QUOTA: 'share' }), SHARE, []],
  ])('%s', (_, as, ofPosts, ofAll) => {
    for (const endpoint of ['POST /rest/posts', 'POST /v2/ugcPosts', 'POST /rest/images', 'GET /rest/videos'])
      expect(limits(as, endpoint)).toEqual(ofPosts)
    expect(limits(as)).toEqual(ofAll)
  })
})

describe('sending again to settle', () => {
  const on = person(undefined, { SETTLE_BY_RESEND: 'on' })
  it.each([
    ['off', person(), 'x', 0, false],
    ['on', on, 'x', 0, true],
    ['on, when LinkedIn may have forgotten', on, 'x', 9 * 60_000, false],
    ['on, without words to compare', on, ' ', 0, false],
  ] as const)('%s', (_, as, text, age, settles) => {
    expect(publishing.resendSettles?.(as, say(text), age)).toBe(settles)
  })
})
