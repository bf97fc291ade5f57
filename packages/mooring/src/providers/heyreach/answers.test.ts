/** Answers as clients' live calls show them, and those that are assumed of adding a seat. */
import { describe, expect, it } from 'vitest'
import type { ApiAnswer, ApiRequest } from '../../provider.ts'
import type { Step } from '../../provider-credentials.ts'
import { apiCode, apiSentence, done, judgeApi, refused } from './errors.ts'
import { credentials as port } from './port.ts'
import { seats, standingOf } from './seats.ts'
import { begunOf, polledOf, removedOf, senderOf, solvedOf, verification } from './senders.ts'
import { senderUrl, settings } from './settings.ts'

const answer = (status: number, body: unknown, headers = {}): ApiAnswer => ({
  status,
  headers: new Headers(headers),
  body,
})
const ours = { is: 'refused', why: 'ours' }
const why = (step: Step) => (step.is === 'refused' ? step.why : step.is)

describe('a refusal', () => {
  it.each([
    [400, { errorMessage: 'Not found.' }, 'gone', 'reauthorize'],
    [400, { errors: { AccountIds: ['required'] } }, 'ours', 'reauthorize'],
    [401, undefined, 'operator', 'misconfigured'],
    [401, 'Unauthorized', 'operator', 'misconfigured'],
    [403, {}, 'operator', 'permission'],
    [404, undefined, 'gone', 'reauthorize'],
    [404, { title: 'Not Found' }, 'gone', 'reauthorize'],
    [405, undefined, 'ours', 'ours'],
    [408, undefined, 'unavailable', 'retry'],
    [415, {}, 'ours', 'ours'],
    [429, '', 'limited', 'rate_limited'],
    [500, undefined, 'unavailable', 'retry'],
    [502, '<html>', 'unavailable', 'retry'],
    [503, 7, 'unavailable', 'retry'],
  ] as const)('%d %j is %s, and %s for a connection', (status, body, expected, verdict) => {
    expect(refused(answer(status, body))).toMatchObject({ is: 'refused', why: expected, code: undefined })
    expect(done(answer(status, body))?.why).toBe(expected)
    expect(judgeApi(answer(status, body))).toBe(verdict)
  })

  it('passes on how long to wait, and none of its text', () => {
    const no = refused(
      answer(429, { errorMessage: 'ada@example.com', error: 'Ada said hunter2' }, { 'retry-after': '9' }),
    )
    expect(no).toEqual({ is: 'refused', why: 'limited', code: undefined, retryAfter: 9 })
    expect(apiCode(answer(400, { error: 'constructor' }))).toBeUndefined()
    expect(refused(answer(400, { error: 'constructor' })).why).toBe('ours')
  })

  it('says to the person what helps', () => {
    expect(apiSentence(answer(401, ''))).toMatch(/^We have to fix this, not you\./)
    expect(apiSentence(answer(404, ''))).toMatch(/Reconnect to go on\.$/)
    expect(apiSentence(answer(503, ''))).toBeUndefined()
  })

  it.each([undefined, null, '', 'ok', 7, {}, []])('is none with a 200 and %j', (body) => {
    expect(done(answer(200, body))).toBeUndefined()
  })
})

describe('how a seat stands', () => {
  it.each([
    [200, { id: 71110, authIsValid: true }, 'ok'],
    [200, { id: 71110, authIsValid: false }, 'ended'],
    [400, { errorMessage: 'No.' }, 'gone'],
    [400, undefined, 'gone'],
    [404, undefined, 'gone'],
    [200, undefined, ours],
    [200, { id: 71110, authIsValid: null }, ours],
    [401, '', expect.objectContaining({ why: 'operator' })],
    [503, '', expect.objectContaining({ why: 'unavailable' })],
  ])('%d %j is %j', (status, body, expected) => expect(standingOf(answer(status, body))).toEqual(expected))
})

describe('the list of seats', () => {
  const listed = (...answers: ApiAnswer[]) => {
    const asked: ApiRequest[] = []
    const call = async (request: ApiRequest) => {
      asked.push(request)
      return answers[asked.length - 1] ?? answer(500, '')
    }
    return { asked, found: seats({ call, app: 'heyreach', settings: {} }) }
  }

  it('is read leniently', async () => {
    const items = [
      { id: 1, emailAddress: 'a@b.c', firstName: 'Ada', lastName: null, authIsValid: true },
      { id: '2', emailAddress: 'd@e.f', firstName: null, lastName: null, authIsValid: false },
      { id: 3, emailAddress: null },
      { emailAddress: 'x@y.z' },
      7,
      null,
    ]
    expect(await listed(answer(200, { totalCount: 6, items })).found).toEqual([
      { id: '1', label: 'Ada', email: 'a@b.c', valid: true },
      { id: '2', label: 'd@e.f', email: 'd@e.f', valid: false },
      { id: '3', label: 'LinkedIn account 3', email: undefined, valid: false },
    ])
  })

  it('goes on until it has all, with or without a count', async () => {
    const full = Array.from({ length: 100 }, (_, id) => ({ id }))
    const counted = listed(answer(200, { totalCount: 200, items: full }), answer(200, { totalCount: 200, items: full }))
    expect(await counted.found).toHaveLength(200)
    expect(counted.asked.map(({ body }) => JSON.parse(body ?? ''))).toEqual([
      { offset: 0, limit: 100 },
      { offset: 100, limit: 100 },
    ])
    const uncounted = listed(answer(200, { items: full }), answer(200, { items: [] }))
    expect(await uncounted.found).toHaveLength(100)
  })

  it.each([undefined, '', 7, {}, { items: {} }])('is none with %j', async (body) => {
    expect(await listed(answer(200, body)).found).toEqual(ours)
  })

  it('is refused as a whole', async () => {
    expect(await listed(answer(401, '')).found).toMatchObject({ why: 'operator' })
  })
})

const EMPTY = {
  ...{ success: false, requires_2fa: false, '2fa_method': null, sender_id: null, account_id: null },
  ...{ profile_url: null, profile_name: null, headline: null, connection_count: null, error: null },
}
const of = (fields: object) => answer(200, { ...EMPTY, ...fields })

describe('an assumed answer', () => {
  it('has these fields', () => {
    const body = {
      ...{ success: true, requires_2fa: false, '2fa_method': 'sms', sender_id: 72001, account_id: 72002, error: 'e' },
      ...{ profile_url: 'u', profile_name: 'n', headline: 'h', connection_count: 1204 },
    }
    expect(senderOf(body)).toEqual({
      ...{ success: true, requires2fa: false, method: 'sms', senderId: '72001', accountId: '72002', error: 'e' },
      ...{ profileUrl: 'u', profileName: 'n', headline: 'h', connections: 1204 },
    })
  })

  it.each([
    [
      { success: true, sender_id: 72001, account_id: 72001 },
      { is: 'connected', seat: '72001' },
    ],
    [
      { success: true, sender_id: 72001 },
      { is: 'connected', seat: '72001' },
    ],
    [
      { success: true, account_id: 72002 },
      { is: 'connected', seat: '72002' },
    ],
    [{ success: true }, ours],
    [{ success: false, sender_id: 72001 }, ours],
    [{ requires_2fa: true, success: true }, ours],
  ])('%j is %j', (fields, expected) => expect(begunOf(of(fields), undefined)).toEqual(expected))

  it.each([
    ['sms', { type: 'code', by: 'sms' }],
    ['email', { type: 'code', by: 'email' }],
    ['authenticator', { type: 'code', by: 'authenticator' }],
    ['app_approval', { type: 'approval' }],
    ['a new one', { type: 'code' }],
    [null, { type: 'code' }],
  ])('asks by %s', (method, checkpoint) => {
    for (const success of [true, false]) {
      const waits = of({ success, requires_2fa: true, '2fa_method': method, sender_id: 72001 })
      expect(begunOf(waits, undefined)).toEqual({ is: 'checkpoint', attempt: '72001', checkpoint })
    }
  })

  it.each([
    ['invalid_credentials', 'credentials'],
    ['invalid_code', 'code'],
    ['verification_expired', 'expired'],
    ['account_locked', 'locked'],
    ['captcha_required', 'unsolvable'],
    ['rate_limited', 'limited'],
    ['service_unavailable', 'unavailable'],
    ['a_new_one', 'ours'],
    ['Some sentence of theirs.', 'ours'],
  ])('refuses by %s: %s', (error, expected) => {
    for (const judge of [solvedOf, polledOf, (one: ApiAnswer) => begunOf(one, undefined)])
      expect(why(judge(of({ error, sender_id: 72001 })))).toBe(expected)
    expect(removedOf(of({ error }))?.why).toBe(expected)
    if (expected !== 'ours') expect(why(solvedOf(answer(400, { ...EMPTY, error })))).toBe(expected)
  })

  it('is not there, which means the path, the attempt or the seat', () => {
    const nothing = answer(404, undefined)
    expect(why(begunOf(nothing, undefined))).toBe('operator')
    expect(why(begunOf(answer(400, { errorMessage: 'No.' }), undefined))).toBe('ours')
    expect([why(solvedOf(nothing)), why(polledOf(nothing))]).toEqual(['expired', 'expired'])
    expect(removedOf(nothing)?.why).toBe('gone')
  })

  it('is of somebody else than who is signed in anew', () => {
    const one = of({ success: true, account_id: 72002 })
    expect(begunOf(one, '72002')).toEqual({ is: 'connected', seat: '72002' })
    expect(begunOf(one, '72001')).toEqual({ is: 'refused', why: 'other_person' })
  })

  it('waits while the same approval is asked for', () => {
    const waits = (method: string) => of({ requires_2fa: true, '2fa_method': method, sender_id: 72001 })
    expect(polledOf(waits('app_approval'))).toEqual({ is: 'waiting' })
    expect(polledOf(waits('sms'))).toMatchObject({ is: 'checkpoint' })
    expect(polledOf(of({ success: true, account_id: 72001 }))).toMatchObject({ is: 'connected' })
  })

  it.each([undefined, null, '', 'ok', 7, {}, []])('%j is no step', (body) => {
    for (const judge of [solvedOf, polledOf]) expect(judge(answer(200, body))).toEqual(ours)
    expect(removedOf(answer(200, body))).toBeUndefined()
  })
})

describe('the assumed paths', () => {
  const pattern = (name: string) => settings.find((one) => one.name === name)?.pattern ?? /$^/

  it('take ids as numbers, and stand below the API', () => {
    expect(verification('72001', '123456')).toEqual({ sender_id: 72001, code: '123456' })
    expect(verification('s-1', '123456')).toEqual({ sender_id: 's-1', code: '123456' })
    expect(senderUrl({ PATH_SENDER: '/a/{id}/b' }, '../$&')).toBe('https://api.heyreach.io/api/public/a/..%2F%24%26/b')
  })

  it.each([
    ['PATH_CONNECT', '/li_account/Add', true],
    ['PATH_CONNECT', '/senders/../auth', false],
    ['PATH_CONNECT', 'https://evil.example', false],
    ['PATH_CONNECT', '/senders?x=1', false],
    ['PATH_SENDER', '/li_account/{id}', true],
    ['PATH_SENDER', '/{id}/delete', true],
    ['PATH_SENDER', '/senders', false],
    ['PATH_SENDER', '/senders/{name}', false],
  ])('%s=%s: %s', (name, value, yes) => expect(pattern(name).test(value)).toBe(yes))

  it('are off by default, and say that they are not verified', () => {
    expect(settings.every((one) => one.pattern.test(one.default))).toBe(true)
    expect(port.ways({ ADD_SEATS: 'off' })).toEqual({ password: false, existing: true, hosted: false })
    expect(port.ways({ ADD_SEATS: 'on' })).toEqual({ password: true, existing: true, hosted: false })
    expect(port.unverified).toContain('assumed')
    expect(port.keeps()).toBe(false)
  })
})
