import { describe, expect, it } from 'vitest'
import { fault, unipileKit } from '../testing.ts'

const k = unipileKit()
const created = { object: 'AccountCreated', account_id: expect.any(String) }
const WRONG = [401, 'errors/invalid_checkpoint_solution']
const DEAD = [500, 'errors/authentication_intent_error']

describe('a code', () => {
  it.each(['sms', 'app', 'otp'])('links %s when it is right', async (who) => {
    const id = await k.id(who)
    const { status, json } = await k.solve(id, '123456')
    expect([status, json]).toEqual([201, { ...created, account_id: id }])
    expect((await k.v1(`/accounts/${id}`)).json.sources[0].status).toBe('OK')
  })

  it('that is wrong leaves the attempt alive, until there were too many', async () => {
    const id = await k.id('sms')
    expect(fault(await k.solve(id, '000000'))).toEqual(WRONG)
    expect(fault(await k.solve(id, '000000'))).toEqual(WRONG)
    expect(fault(await k.solve(id, '000000'))).toEqual(DEAD)
    expect(fault(await k.solve(id, '123456'))).toEqual(DEAD)
    expect((await k.connect('sms')).status).toBe(202)
  })

  it('that is right after a wrong one links', async () => {
    const id = await k.id('app')
    await k.solve(id, '000000')
    expect((await k.solve(id, '123456')).status).toBe(201)
  })

  it('kills an attempt that is to die', async () => {
    const id = await k.id('dies')
    expect(fault(await k.solve(id, '123456'))).toEqual(DEAD)
  })

  it.each([
    ['authentication_intent_error', 500],
    ['invalid_checkpoint_solution', 401],
    ['request_timeout', 408],
  ] as const)('after five minutes is too late: %s', async (expired, status) => {
    k.settings({ expired })
    const id = await k.id('otp')
    k.advance(299)
    expect((await k.resend(id)).status).toBe(200)
    k.advance(1)
    expect(fault(await k.solve(id, '654321'))).toEqual([status, `errors/${expired}`])
    expect((await k.v1(`/accounts/${id}`)).status).toBe(404)
  })

  it.each([
    [{ provider: 'INSTAGRAM' }, 'errors/invalid_parameters'],
    [{ provider: 'WHATSAPP' }, 'errors/invalid_parameters'],
    [{ provider: undefined }, 'errors/missing_parameters'],
    [{ code: undefined }, 'errors/missing_parameters'],
    [{ code: 123456 }, 'errors/invalid_parameters'],
    [{ account_id: 'nobody' }, 'errors/invalid_parameters'],
  ])('with %j is refused: %s', async (more, type) => {
    const id = await k.id('otp')
    expect(fault(await k.solve(id, '123456', more))).toEqual([400, type])
  })

  it('of an account that is linked already is for nobody', async () => {
    const id = await k.id('ada')
    expect((await k.solve(id, '123456')).status).toBe(400)
    k.settings({ unknownIntent: 'resource_not_found' })
    expect(fault(await k.solve(id, '123456'))).toEqual([404, 'errors/resource_not_found'])
  })
})

describe('sending again', () => {
  it('waits 30 seconds, and then another code is right', async () => {
    const id = await k.id('otp')
    expect(fault(await k.resend(id))).toEqual([422, 'errors/cannot_resend_yet'])
    k.advance(30)
    expect((await k.resend(id)).json).toEqual({ object: 'CheckpointResend', account_id: id, success: true })
    expect(fault(await k.resend(id))).toEqual([422, 'errors/cannot_resend_yet'])
    expect(fault(await k.solve(id, '123456'))).toEqual(WRONG)
    expect((await k.solve(id, '654321')).status).toBe(201)
  })

  it.each(['sms', 'app', 'approve', 'captcha'])('is not there for %s', async (who) => {
    const id = await k.id(who)
    k.advance(5)
    expect(fault(await k.resend(id))).toEqual([501, 'errors/feature_not_implemented'])
  })

  it('is for an account that is being linked, of a network that has it', async () => {
    expect((await k.resend('nobody')).status).toBe(400)
    expect(fault(await k.resend('nobody', { provider: 'TWITTER' }))).toEqual([400, 'errors/invalid_parameters'])
  })
})

describe('an approval in the app', () => {
  it('comes by itself ten seconds after the start, and not before', async () => {
    const id = await k.id('approve')
    k.advance(9)
    expect((await k.v1(`/accounts/${id}`)).json.sources[0].status).toBe('CONNECTING')
    k.advance(1)
    expect((await k.v1(`/accounts/${id}`)).json.sources[0].status).toBe('OK')
  })

  it('comes after so many looks where it is told to', async () => {
    k.settings({ approvalPolls: 3 })
    const id = await k.id('approve')
    const look = async () => (await k.v1(`/accounts/${id}`)).json.sources[0].status
    expect([await look(), await look(), await look()]).toEqual(['CONNECTING', 'CONNECTING', 'OK'])
  })

  it('is hidden meanwhile where it is told to', async () => {
    k.settings({ pending: 'hidden' })
    const id = await k.id('approve')
    expect((await k.v1(`/accounts/${id}`)).status).toBe(404)
    k.steer({ approve: { person: 'approve' } })
    expect((await k.v1(`/accounts/${id}`)).status).toBe(200)
  })

  it('has no code; another way leads to one where there is another', async () => {
    const one = await k.id('approve')
    for (const code of ['123456', 'TRY_ANOTHER_WAY']) expect(fault(await k.solve(one, code))).toEqual(WRONG)
    const two = await k.id('approve-or-code')
    expect(fault(await k.solve(two, '123456'))).toEqual(WRONG)
    const { status, json } = await k.solve(two, 'TRY_ANOTHER_WAY')
    expect([status, json.checkpoint]).toEqual([202, { type: 'OTP' }])
    expect((await k.solve(two, '123456')).json.object).toBe('AccountCreated')
  })

  it('comes by the sandbox’s page for who does not do it alone', async () => {
    const id = await k.id('approve-or-code')
    k.advance(60)
    expect((await k.v1(`/accounts/${id}`)).json.sources[0].status).toBe('CONNECTING')
    k.steer({ approve: { id } })
    expect((await k.v1(`/accounts/${id}`)).json.sources[0].status).toBe('OK')
  })
})

describe('more than one checkpoint', () => {
  it('a phone number in its form, then the code that was sent to it', async () => {
    const id = await k.id('phone')
    expect(fault(await k.solve(id, '+33612345678'))).toEqual(WRONG)
    expect((await k.solve(id, '(+33)0612345678')).json).toMatchObject({
      object: 'Checkpoint',
      checkpoint: { type: 'OTP' },
    })
    expect((await k.solve(id, '123456')).json.object).toBe('AccountCreated')
  })

  it('a second factor after a right code', async () => {
    const id = await k.id('twice')
    const { status, json } = await k.solve(id, '123456')
    expect([status, json]).toEqual([
      202,
      { object: 'Checkpoint', account_id: id, checkpoint: { type: '2FA', source: 'SMS' } },
    ])
    expect((await k.solve(id, '123456')).json.object).toBe('AccountCreated')
  })
})

it('a captcha is not solved here', async () => {
  const id = await k.id('captcha')
  expect(fault(await k.solve(id, 'anything'))).toEqual([401, 'errors/captcha_not_supported'])
})

it('who is restricted meanwhile is told so', async () => {
  const id = await k.id('otp')
  k.steer({ restrict: { id } })
  expect(fault(await k.solve(id, '123456'))).toEqual([403, 'errors/account_restricted'])
})
