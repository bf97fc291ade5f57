/** Meta's refusals as documented and seen, and what each means for a post. */
import { describe, expect, it } from 'vitest'
import type { FaultClass } from '../../../provider-publishing.ts'
import { publishing as instagram } from '../../instagram/publishing.ts'
import { answer, expectSentences, NOW } from '../../publishing-testing.ts'
import { KNOWN } from './fault-table.ts'
import { publishing } from './index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const error = (code: number, error_subcode?: number, rest = {}) => ({
  error: { message: 'Lokalisierter Text', type: 'OAuthException', code, error_subcode, fbtrace_id: 'A', ...rest },
})
const judged = (body: unknown, { create = false, status = 400, headers = {}, of = publishing } = {}) =>
  of.judge(answer(status, body, headers), { endpoint: 'POST /x', create }, NOW)

describe('what was seen of Pages', () => {
  it.each([
    [100, 1366046, 'media', undefined],
    [100, 1366051, 'duplicate', undefined],
    [368, 1390008, 'rate', HOUR],
    [368, 1346003, 'policy', undefined],
    [368, 1404006, 'policy', undefined],
    [368, 1404112, 'policy', undefined],
    [368, 1404102, 'policy', undefined],
    [200, 1404078, 'policy', undefined],
    [100, 1609008, 'content', undefined],
    [100, 2061006, 'content', undefined],
    [100, 1349125, 'content', undefined],
    [1, 1363047, 'platform', MINUTE],
    [100, 1609010, 'platform', MINUTE],
    [368, 4854002, 'policy', undefined],
    [100, 2069019, 'media', undefined],
    [1609005, undefined, 'content', undefined],
    [506, undefined, 'duplicate', undefined],
    [506, 1455006, 'duplicate', undefined],
    [352, 1363128, 'media', undefined],
  ] as [number, number | undefined, FaultClass, number | undefined][])('%d/%s is %s', (code, subcode, of, again) => {
    const fault = judged(error(code, subcode))
    expect(fault).toMatchObject({ class: of, code: subcode === undefined ? String(code) : `${code}/${subcode}` })
    expect(fault.againAfterMs).toBe(again)
    expectSentences([fault])
  })
})

describe('the table of Instagram', () => {
  it.each([
    [-2, 2207003, 'media', MINUTE],
    [-2, 2207020, 'media', 1000],
    [-1, 2207001, 'platform', MINUTE],
    [-1, 2207032, 'platform', MINUTE],
    [-1, 2207053, 'platform', MINUTE],
    [1, 2207057, 'media', undefined],
    [4, 2207051, 'policy', undefined],
    [9, 2207042, 'rate', HOUR],
    [24, 2207006, 'media', 30_000],
    [24, 2207008, 'media', 30_000],
    [25, 2207050, 'policy', undefined],
    [100, 2207023, 'media', undefined],
    [100, 2207028, 'media', undefined],
    [100, 2207035, 'content', undefined],
    [100, 2207036, 'content', undefined],
    [100, 2207037, 'content', undefined],
    [100, 2207040, 'content', undefined],
    [100, 33, 'permission', undefined],
    [352, 2207026, 'media', undefined],
    [9004, 2207052, 'media', MINUTE],
    [9007, 2207027, 'media', 5000],
    [36000, 2207004, 'media', undefined],
    [36001, 2207005, 'media', undefined],
    [36003, 2207009, 'media', undefined],
    [36004, 2207010, 'content', undefined],
    [-1, 2207081, 'content', undefined],
    [-1, 2207082, 'media', MINUTE],
    [-1, 2207077, 'media', MINUTE],
    [200, undefined, 'permission', undefined],
  ] as [number, number | undefined, FaultClass, number | undefined][])('%d/%s is %s', (code, subcode, of, again) => {
    for (const one of [publishing, instagram]) {
      const fault = judged(error(code, subcode), { of: one, status: code === 200 ? 403 : 400 })
      expect(fault.class).toBe(of)
      expect(fault.againAfterMs).toBe(again)
      expectSentences([fault])
    }
  })

  it.each([
    [-2, 'platform'],
    [-1, 'platform'],
    [9, 'rate'],
    [24, 'media'],
    [25, 'policy'],
    [9004, 'media'],
    [9007, 'media'],
    [36000, 'media'],
    [36001, 'media'],
    [36003, 'media'],
    [36004, 'content'],
  ] as const)('%d alone, or with a subcode that nobody knows, is %s', (code, of) => {
    expect(judged(error(code)).class).toBe(of)
    expect(judged(error(code, 2207999)).class).toBe(of)
  })
})

describe('the common codes', () => {
  it.each([
    [1, 'platform'],
    [2, 'platform'],
    [3, 'permission'],
    [4, 'rate'],
    [17, 'rate'],
    [32, 'rate'],
    [613, 'rate'],
    [341, 'rate'],
    [80001, 'rate'],
    [80002, 'rate'],
    [80014, 'rate'],
    [10, 'permission'],
    [200, 'permission'],
    [299, 'permission'],
    [100, 'content'],
    [101, 'permission'],
    [102, 'auth'],
    [190, 'auth'],
    [490, 'auth'],
    [368, 'policy'],
    [424242, 'content'],
  ] as const)('%d is %s, whatever the status', (code, of) => {
    for (const status of [400, 401, 403, 500]) {
      const fault = judged(error(code), { status })
      expect(fault).toMatchObject({ class: of, code: String(code) })
      expectSentences([fault])
    }
  })

  it.each([458, 459, 460, 463, 464, 467, 492])('190/%d ends with what to do', (subcode) => {
    const fault = judged(error(190, subcode))
    expect(fault).toMatchObject({ class: 'auth', code: `190/${subcode}` })
    expect(fault.message).toMatch(/[Rr]econnect|Ask|Log in|facebook\.com/)
  })

  it('a text is never matched', () => {
    for (const message of ['Duplicate status message', 'rate limit', 'Only photo or video can be accepted'])
      expect(judged(error(100, undefined, { message }))).toMatchObject({ class: 'content' })
  })

  it('but for one that no code tells from another', () => {
    const body = error(100, undefined, { message: '(#100) No permission to publish the video' })
    for (const create of [true, false]) expect(judged(body, { create })).toMatchObject({ class: 'permission' })
  })

  it('one that passes, as Meta says, passes', () => {
    expect(judged(error(100, undefined, { is_transient: true }))).toMatchObject({ class: 'platform' })
  })
})

describe('a create', () => {
  it.each([
    ['1', error(1)],
    ['2', error(2)],
    ['a passing one', error(100, undefined, { is_transient: true })],
    ['-1/2207001', error(-1, 2207001)],
    ['1363047', error(1, 1363047)],
  ])('refused by %s: nobody knows whether it was made', (_, body) => {
    expect(judged(body, { create: true })).toMatchObject({ class: 'platform', unknown: true })
    expect(judged(body)).not.toHaveProperty('unknown')
  })

  it.each([
    ['506', error(506)],
    ['190', error(190)],
    ['4', error(4)],
    ['100', error(100)],
    ['9007', error(9007, 2207027)],
    ['36003', error(36003, 2207009)],
  ])('refused by %s was not made, whatever the status', (_, body) => {
    for (const status of [400, 500]) expect(judged(body, { create: true, status })).toMatchObject({ unknown: false })
    expect(judged(body)).not.toHaveProperty('unknown')
  })

  it.each([
    ['nothing that can be read', undefined],
    ['a code that nobody knows', error(424242)],
  ])('refused by %s goes by the status', (_, body) => {
    for (const status of [400, 500]) expect(judged(body, { create: true, status })).not.toHaveProperty('unknown')
  })
})

describe('the uploads', () => {
  it.each(['OffsetInvalidError', 'PartialRequestError', 'ProcessingFailedError', undefined])('%s passes', (type) => {
    const fault = judged({ debug_info: { retriable: false, type, message: 'Lokalisierter Text' } })
    expect(fault).toMatchObject({ class: 'platform', code: type, againAfterMs: MINUTE })
    expectSentences([fault])
  })

  it('NotAuthorizedError is the token', () => {
    const fault = judged({ debug_info: { retriable: false, type: 'NotAuthorizedError', message: 'x' } })
    expect(fault).toMatchObject({ class: 'auth', code: 'NotAuthorizedError' })
    expectSentences([fault])
  })
})

describe('a limit', () => {
  const use = (minutes: number) => ({
    'x-business-use-case-usage': JSON.stringify({
      '61': [{ type: 'pages', call_count: 100, estimated_time_to_regain_access: minutes }],
    }),
  })

  it.each([
    [error(80001), use(12), 12 * MINUTE],
    [error(80001), {}, HOUR],
    [error(4), use(0), HOUR],
    [error(32), { 'x-business-use-case-usage': '{' }, HOUR],
    [undefined, {}, HOUR],
  ])('%# opens again', (body, headers, againAfterMs) => {
    expect(judged(body, { headers, status: body ? 400 : 429 })).toMatchObject({ class: 'rate', againAfterMs })
  })
})

it('each sentence of the table is one, and says what to do or what becomes of it', () => {
  for (const [of, message, again] of Object.values(KNOWN)) {
    expectSentences([{ message }])
    expect(message.split(/[.!:] /).length, message).toBeGreaterThan(1)
    if (again !== undefined) expect(['platform', 'media', 'rate']).toContain(of)
  }
})

describe('Instagram’s own sign-in', () => {
  it('calls itself by its name', () => {
    for (const body of [error(2), error(10), error(100), error(101), error(190), error(190, 460), error(4)])
      expect(judged(body, { of: instagram }).message).not.toMatch(/Facebook/)
    expect(judged(error(4), { of: instagram }).message).toMatch(/^Instagram asked us to slow down/)
  })

  it('says 100 for a dead token', () => {
    const body = error(100, undefined, { type: 'IGApiException', message: 'Unsupported request - method type: get' })
    expect(judged(body, { of: instagram })).toMatchObject({ class: 'auth' })
    expect(judged(body)).toMatchObject({ class: 'content' })
  })
})
