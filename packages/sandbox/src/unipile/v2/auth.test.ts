import { describe, expect, it } from 'vitest'
import { fault, unipileKit } from '../testing.ts'

const k = unipileKit()
const WRONG = [401, 'provider/invalid_checkpoint_code']
const account = {
  ...{ object: 'Account', id: expect.stringMatching(/^acc_/), application_id: expect.stringMatching(/^app_/) },
  ...{ status: 'running', provider: 'linkedin', created_at: '2026-11-21T12:00:00.000Z', metadata: {} },
  ...{ user_id: expect.any(String), proxy: { country: 'US', auto_proxy: true } },
}
const start = async (who: string): Promise<string> => (await k.intent(who)).json.intent_id

describe('the key', () => {
  it('of v1 is refused, as is a made-up one; none has a type of its own', async () => {
    const refused = async (key: string | undefined) => fault(await k.v2('/accounts/', { key }))
    expect(await refused(undefined)).toEqual([401, 'api/missing_authorization'])
    expect(await refused(k.key())).toEqual([401, 'api/invalid_credentials'])
    expect(await refused('made-up')).toEqual([401, 'api/invalid_credentials'])
    expect((await k.v2('/accounts/', { key: undefined })).json).toEqual({
      ...{ object: 'Error', type: 'api/missing_authorization', status: 401, title: 'Missing authorization' },
      ...{ detail: expect.any(String), req_id: expect.stringMatching(/^req_/) },
    })
  })
})

describe('an intent', () => {
  it('links at once who is asked nothing', async () => {
    const { status, json } = await k.intent('ada', {
      config: { products: ['classic'], auto_proxy_config: { country: 'nl' } },
    })
    expect([status, json]).toEqual([
      200,
      { ...account, name: 'Ada Moreau', proxy: { country: 'NL', auto_proxy: true } },
    ])
  })

  it.each([
    ['sms', { type: '2FA', platform: 'SMS' }],
    ['app', { type: '2FA', platform: 'APP' }],
    ['otp', { type: 'OTP' }],
    ['approve', { type: 'IN_APP_VALIDATION' }],
    ['approve-or-code', { type: 'OTP_OR_IN_APP_VALIDATION' }],
    ['phone', { type: 'PHONE_REGISTER' }],
    ['captcha', { type: 'CAPTCHA', public_key: expect.any(String), data: expect.any(String) }],
  ])('asks %s for %j', async (who, checkpoint) => {
    const { status, json } = await k.intent(who)
    expect([status, json]).toEqual([
      200,
      { object: 'AuthenticationCheckpoint', intent_id: expect.stringMatching(/^acc_/), checkpoint },
    ])
  })

  it.each([
    ['locked', {}, 403, 'api/account_restricted'],
    ['limited', {}, 429, 'provider/too_many_requests'],
    ['down', {}, 503, 'provider/server_error'],
    ['nobody', {}, 401, 'provider/invalid_credentials'],
    ['ada', { provider: 'LINKEDIN' }, 400, 'api/invalid_parameters'],
    ['ada', { credentials: undefined }, 400, 'api/invalid_parameters'],
    ['ada', { credentials: { username: 'ada@sandbox.example' } }, 400, 'api/invalid_parameters'],
    ['ada', { config: { products: ['everything'] } }, 400, 'api/invalid_parameters'],
    ['ada', { account_id: 'acc_nobody' }, 404, 'api/resource_not_found'],
  ])('of %s with %j is refused: %i %s', async (who, more, status, type) => {
    expect(fault(await k.intent(who, more))).toEqual([status, type])
  })

  it('by cookie links at once', async () => {
    const credentials = { access_token: 'sandbox-li-at-sms', premium_access_token: 'p' }
    expect((await k.intent('', { credentials })).json).toMatchObject({ object: 'Account', name: 'Sam Osei' })
  })

  it('of who is connected is refused, unless it is told otherwise', async () => {
    await k.intent('ada')
    expect(fault(await k.intent('ada'))).toEqual([403, 'api/already_exists'])
    k.settings({ alreadyThere: 'second' })
    expect((await k.intent('ada')).json.object).toBe('Account')
  })

  it('links anew what is disconnected, and the same person', async () => {
    const { id } = (await k.intent('ada')).json
    expect(fault(await k.intent('ada', { account_id: id }))).toEqual([409, 'api/conflict'])
    k.steer({ seat: { id, status: 'CREDENTIALS' } })
    expect(fault(await k.intent('otp', { account_id: id }))).toEqual([401, 'provider/account_mismatch'])
    expect((await k.intent('ada', { account_id: id })).json).toMatchObject({ id, status: 'running' })
  })

  it('runs alone', async () => {
    await k.intent('otp')
    expect(fault(await k.intent('otp'))).toEqual([409, 'api/conflict'])
    // The generations know nothing of each other.
    expect((await k.connect('otp')).status).toBe(202)
  })
})

describe('a checkpoint', () => {
  it.each(['sms', 'app', 'otp', 'approve-or-code'])('of %s is solved by its code', async (who) => {
    const id = await start(who)
    expect(fault(await k.check(id, '000000'))).toEqual(WRONG)
    expect((await k.check(id, '123456')).json).toMatchObject({ object: 'Account', id, status: 'running' })
  })

  it('may be followed by another', async () => {
    const id = await start('twice')
    expect((await k.check(id, '123456')).json.checkpoint).toEqual({ type: '2FA', platform: 'SMS' })
    expect((await k.check(id, '123456')).json.object).toBe('Account')
    const phone = await start('phone')
    expect((await k.check(phone, '(+33)0612345678')).json.checkpoint).toEqual({ type: 'OTP' })
  })

  it('of an app waits; a code is refused, or repeats it where it is told to', async () => {
    const id = await start('approve')
    expect(fault(await k.check(id, '123456'))).toEqual(WRONG)
    expect((await k.v2(`/accounts/${id}`)).status).toBe(404)
    k.settings({ inAppPoll: 'repeats' })
    expect((await k.check(id, 'anything')).json.checkpoint).toEqual({ type: 'IN_APP_VALIDATION' })
    k.advance(10)
    expect((await k.v2(`/accounts/${id}`)).json.status).toBe('running')
  })

  it('dies of too many wrong codes, of its own, and of time', async () => {
    const wrong = await start('sms')
    await k.check(wrong, '0')
    await k.check(wrong, '0')
    expect(fault(await k.check(wrong, '0'))).toEqual([500, 'provider/server_error'])
    expect(fault(await k.check(await start('dies'), '123456'))).toEqual([500, 'provider/server_error'])
    const late = await start('otp')
    k.advance(300)
    expect(fault(await k.check(late, '123456'))).toEqual([500, 'provider/server_error'])
    k.settings({ expired: 'invalid_checkpoint_solution' })
    expect(fault(await k.check(late, '123456'))).toEqual(WRONG)
  })

  it('needs an intent and a code', async () => {
    expect(fault(await k.check('acc_nobody', '123456'))).toEqual([404, 'api/resource_not_found'])
    expect(fault(await k.v2('/auth/checkpoint', { body: { intent_id: 'acc_1' } }))).toEqual([
      400,
      'api/invalid_parameters',
    ])
    expect((await k.v2('/auth/checkpoint', { body: '[' })).status).toBe(400)
    expect(fault(await k.check(await start('captcha'), 'x'))).toEqual(WRONG)
  })
})
