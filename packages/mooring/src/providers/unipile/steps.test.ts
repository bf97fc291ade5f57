import { describe, expect, it } from 'vitest'
import type { ApiAnswer } from '../../provider.ts'
import type { Step } from '../../provider-credentials.ts'
import { restartedV1, standingV1, standingV2 } from './standing.ts'
import { otherWayOf, polledOf, solvedOf, stepOf } from './steps.ts'

const answer = (status: number, body: unknown): ApiAnswer => ({ status, headers: new Headers(), body })
const error = (status: number, type: string) => answer(status, { status, type: `errors/${type}` })
const ours = { is: 'refused', why: 'ours' }

describe('an answer of v1', () => {
  const waits = (checkpoint: unknown, status = 202) =>
    stepOf(answer(status, { object: 'Checkpoint', account_id: 'a1', checkpoint }))

  it.each([200, 201, 202])('is read by its object, whatever 2xx it has: %d', (status) => {
    for (const object of ['AccountCreated', 'AccountReconnected'])
      expect(stepOf(answer(status, { object, account_id: 'a1' }))).toEqual({ is: 'connected', seat: 'a1' })
    expect(waits({ type: 'OTP' }, status)).toMatchObject({ is: 'checkpoint', attempt: 'a1' })
  })

  it.each([
    [{ type: '2FA' }, { type: 'code', by: undefined }],
    [
      { type: '2FA', source: 'APP' },
      { type: 'code', by: 'authenticator' },
    ],
    [
      { type: '2FA', source: 'sms' },
      { type: 'code', by: 'sms' },
    ],
    [
      { type: '2FA', source: 'a new one' },
      { type: 'code', by: undefined },
    ],
    [{ type: 'OTP' }, { type: 'code', by: undefined, resend: true }],
    [{ type: 'IN_APP_VALIDATION' }, { type: 'approval', anotherWay: true }],
    [{ type: 'PHONE_REGISTER' }, { type: 'phone' }],
    [{ type: 'CAPTCHA' }, { type: 'hosted' }],
    [{ type: 'QRCODE' }, { type: 'hosted' }],
    [{ type: 'A_NEW_ONE' }, { type: 'hosted' }],
    [{}, { type: 'hosted' }],
    [undefined, { type: 'hosted' }],
  ])('asks for %j', (checkpoint, expected) => {
    expect(waits(checkpoint)).toEqual({ is: 'checkpoint', attempt: 'a1', checkpoint: expected })
  })
})

describe('an answer of v2', () => {
  it('is an account, whatever is said of it', () => {
    expect(stepOf(answer(200, { object: 'Account', id: 'acc_1', status: 'running' }))).toEqual({
      is: 'connected',
      seat: 'acc_1',
    })
  })

  it.each([
    [
      { type: '2FA', platform: 'SMS' },
      { type: 'code', by: 'sms' },
    ],
    [
      { type: '2FA', platform: 'APP' },
      { type: 'code', by: 'authenticator' },
    ],
    [
      { type: '2FA', platform: 'WHATSAPP' },
      { type: 'code', by: 'whatsapp' },
    ],
    [{ type: 'OTP' }, { type: 'code', by: undefined, resend: false }],
    [{ type: 'IN_APP_VALIDATION' }, { type: 'approval', anotherWay: false }],
    [{ type: 'OTP_OR_IN_APP_VALIDATION' }, { type: 'code_or_approval', by: undefined, resend: false }],
    [{ type: 'PHONE_REGISTER' }, { type: 'phone' }],
    [{ type: 'CAPTCHA', public_key: 'k', data: 'd' }, { type: 'hosted' }],
  ])('asks for %j', (checkpoint, expected) => {
    const body = { object: 'AuthenticationCheckpoint', intent_id: 'acc_1', checkpoint }
    expect(stepOf(answer(200, body))).toEqual({ is: 'checkpoint', attempt: 'acc_1', checkpoint: expected })
  })
})

it.each([
  undefined,
  null,
  '',
  'text',
  7,
  [],
  {},
  { object: 'AccountCreated' },
  { object: 'Account' },
  { object: 'Checkpoint', checkpoint: { type: 'OTP' } },
  { object: 'AuthenticationCheckpoint', account_id: 'a1' },
  { object: 'Another', account_id: 'a1' },
  { account_id: 'a1' },
])('%j is no step', (body) => expect(stepOf(answer(200, body))).toEqual(ours))

describe('a code', () => {
  const why = (step: Step) => (step.is === 'refused' ? step.why : step.is)

  it.each([
    [error(401, 'invalid_checkpoint_solution'), 'code'],
    [answer(401, undefined), 'code'],
    [answer(401, { title: 'No.' }), 'code'],
    [error(401, 'missing_credentials'), 'operator'],
    [error(401, 'expired_credentials'), 'expired'],
    [error(404, 'resource_not_found'), 'expired'],
    [error(500, 'authentication_intent_error'), 'expired'],
    [error(403, 'account_restricted'), 'locked'],
    [answer(409, {}), 'expired'],
    [answer(503, undefined), 'unavailable'],
    [answer(201, { object: 'AccountCreated', account_id: 'a1' }), 'connected'],
    [answer(201, { object: 'Checkpoint', account_id: 'a1', checkpoint: { type: '2FA' } }), 'checkpoint'],
  ])('answered with %j is %s', (one, expected) => expect(why(solvedOf(one))).toBe(expected))

  it('in place of an approval may not be had', () => {
    expect(why(otherWayOf(error(401, 'invalid_checkpoint_solution')))).toBe('unsolvable')
    expect(why(otherWayOf(error(500, 'authentication_intent_error')))).toBe('expired')
    const next = { object: 'Checkpoint', account_id: 'a1', checkpoint: { type: 'OTP' } }
    expect(why(otherWayOf(answer(202, next)))).toBe('checkpoint')
  })
})

it('waits until the account is fine', () => {
  expect(polledOf('a1', 'ok')).toEqual({ is: 'connected', seat: 'a1' })
  for (const standing of ['connecting', 'ended', 'stopped', 'gone'] as const)
    expect(polledOf('a1', standing)).toEqual({ is: 'waiting' })
  expect(polledOf('a1', { is: 'refused', why: 'limited' })).toEqual({ is: 'refused', why: 'limited' })
})

describe('how an account stands', () => {
  const v1 = (...statuses: unknown[]) =>
    standingV1(answer(200, { object: 'Account', sources: statuses.map((status) => ({ id: 's', status })) }))

  it.each([
    [['OK'], 'ok'],
    [['OK', 'OK'], 'ok'],
    [['OK', 'CONNECTING'], 'connecting'],
    [['OK', 'CREDENTIALS'], 'ended'],
    [['STOPPED', 'CREDENTIALS'], 'ended'],
    [['PERMISSIONS'], 'ended'],
    [['OK', 'STOPPED'], 'stopped'],
    [['ERROR', 'CONNECTING'], 'stopped'],
    [['OK', 'A_NEW_ONE'], 'connecting'],
    [['OK', null], 'connecting'],
    [[], 'connecting'],
  ])('v1: %j is %s', (statuses, expected) => expect(v1(...statuses)).toBe(expected))

  it.each([
    ['running', 'ok'],
    ['disconnected', 'ended'],
    ['errored', 'stopped'],
    ['error', 'stopped'],
    ['paused', 'stopped'],
    ['a new one', 'connecting'],
    [undefined, 'connecting'],
  ])('v2: %s is %s', (status, expected) => {
    expect(standingV2(answer(200, { object: 'Account', status }))).toBe(expected)
  })

  it.each([standingV1, standingV2])('is gone when it is not found, and unknown when nobody says', (read) => {
    expect(read(error(404, 'resource_not_found'))).toBe('gone')
    expect(read(error(401, 'missing_credentials'))).toMatchObject({ why: 'operator' })
    expect(read(answer(503, undefined))).toMatchObject({ why: 'unavailable' })
    for (const body of [undefined, 'text', 7, {}, []]) expect(read(answer(200, body))).toEqual(ours)
  })

  it('is started again, or not', () => {
    expect(restartedV1(answer(200, { object: 'AccountRestarted' }))).toBeUndefined()
    expect(restartedV1(answer(200, { object: 'AccountFailedToRestart' }))).toEqual({
      is: 'refused',
      why: 'unavailable',
      code: 'AccountFailedToRestart',
    })
    expect(restartedV1(error(404, 'resource_not_found'))).toMatchObject({ why: 'gone' })
  })
})
