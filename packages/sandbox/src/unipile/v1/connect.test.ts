import { describe, expect, it } from 'vitest'
import { fault, unipileKit } from '../testing.ts'

const k = unipileKit()

describe('the key', () => {
  it.each([
    ['none', undefined],
    ['a made-up one', 'made-up'],
    ['an empty one', ''],
  ])('%s is refused with a type and a title alone', async (_name, key) => {
    const { status, json } = await k.v1('/accounts', { key })
    expect([status, json]).toEqual([
      401,
      { status: 401, type: 'errors/missing_credentials', title: 'Missing credentials' },
    ])
  })

  it('of v2 is refused, and so is one that the operator changed', async () => {
    expect((await k.v1('/accounts', { key: k.key('unipile-v2') })).status).toBe(401)
    k.steer({ app: { registration: 'unipile', secretRefused: true } })
    expect((await k.v1('/accounts')).status).toBe(401)
  })

  it('is no bearer token', async () => {
    const headers = { authorization: `Bearer ${k.key()}` }
    expect((await k.v1('/accounts', { key: undefined, headers })).status).toBe(401)
  })
})

describe('connecting', () => {
  it('links at once who is asked nothing', async () => {
    const { status, json } = await k.connect('ada')
    expect([status, json]).toEqual([201, { object: 'AccountCreated', account_id: expect.any(String) }])
    expect((await k.v1(`/accounts/${json.account_id}`)).json.sources).toEqual([
      { id: expect.any(String), status: 'OK' },
      { id: expect.any(String), status: 'OK' },
    ])
  })

  it.each([
    ['sms', { type: '2FA', source: 'SMS' }],
    ['app', { type: '2FA', source: 'APP' }],
    ['TOTP', { type: '2FA', source: 'APP' }],
    ['otp', { type: 'OTP' }],
    ['approve', { type: 'IN_APP_VALIDATION' }],
    ['approve-or-code', { type: 'IN_APP_VALIDATION' }],
    ['phone', { type: 'PHONE_REGISTER' }],
    ['twice', { type: 'OTP' }],
    ['captcha', { type: 'CAPTCHA' }],
    ['dies', { type: '2FA', source: 'SMS' }],
  ])('asks %s for %j', async (who, checkpoint) => {
    const { status, json } = await k.connect(who)
    expect([status, json]).toEqual([202, { object: 'Checkpoint', account_id: expect.any(String), checkpoint }])
  })

  it('answers a checkpoint with 201 where it is told to, and leaves the source out', async () => {
    k.settings({ checkpointStatus: 201, source: 'app' })
    const { status, json } = await k.connect('sms')
    expect([status, json.checkpoint]).toEqual([201, { type: '2FA' }])
    expect((await k.connect('app')).json.checkpoint).toEqual({ type: '2FA', source: 'APP' })
  })

  it.each([
    ['locked', {}, 403, 'errors/account_restricted'],
    ['limited', {}, 429, 'errors/too_many_requests'],
    ['nobody', {}, 401, 'errors/invalid_credentials'],
    ['ada', { password: 'wrong' }, 401, 'errors/invalid_credentials'],
    ['ada', { username: 'ada@elsewhere.example' }, 401, 'errors/invalid_credentials'],
    ['ada', { provider: undefined }, 400, 'errors/missing_parameters'],
    ['ada', { provider: 'linkedin' }, 400, 'errors/invalid_parameters'],
    ['ada', { provider: 'WHATSAPP' }, 501, 'errors/feature_not_implemented'],
    ['ada', { password: undefined }, 400, 'errors/missing_parameters'],
    ['ada', { username: '' }, 400, 'errors/invalid_parameters'],
    ['ada', { country: 'France' }, 400, 'errors/invalid_parameters'],
    ['ada', { ip: '::1' }, 400, 'errors/invalid_parameters'],
    ['ada', { proxy: { protocol: 'ftp', host: 'p.example', port: 1 } }, 400, 'errors/invalid_parameters'],
    ['ada', { proxy: { protocol: 'http', port: 1 } }, 400, 'errors/missing_parameters'],
    ['ada', { disabled_features: ['everything'] }, 400, 'errors/invalid_parameters'],
  ])('%s with %j is refused: %i %s', async (who, more, status, type) => {
    const answer = await k.connect(who, more)
    expect(fault(answer)).toEqual([status, type])
    expect(answer.json).toEqual({ status, type, title: expect.any(String), detail: expect.any(String), instance: '' })
    expect(k.shown().seats).toEqual([])
  })

  it('takes JSON alone', async () => {
    expect(fault(await k.v1('/accounts', { body: '{"provider":' }))).toEqual([400, 'errors/malformed_request'])
    const headers = { 'content-type': 'text/plain' }
    expect((await k.v1('/accounts', { body: '{}', headers })).json.type).toBe('errors/malformed_request')
  })

  it('has no Retry-After unless it is told to', async () => {
    expect((await k.connect('limited')).headers.get('retry-after')).toBe(null)
    k.settings({ retryAfter: 120 })
    expect((await k.connect('limited')).headers.get('retry-after')).toBe('120')
  })

  it('is down twice, and then it works', async () => {
    const down = [503, 'errors/service_unavailable']
    expect(fault(await k.connect('down'))).toEqual(down)
    expect(fault(await k.connect('down'))).toEqual(down)
    expect((await k.connect('down')).status).toBe(201)
    expect(fault(await k.connect('down'))).toEqual(down)
  })

  it('is slow with some, and begins no second time meanwhile', async () => {
    k.settings({ slowMs: 200 })
    const first = k.connect('slow')
    await expect.poll(() => k.shown().seats.length).toBe(1)
    expect((await k.connect('slow')).status).toBe(425)
    expect((await first).json.object).toBe('AccountCreated')
  })

  it('by the cookie of a browser asks nothing', async () => {
    const cookie = { username: undefined, password: undefined }
    const { status, json } = await k.connect('', { ...cookie, access_token: 'sandbox-li-at-otp', premium_token: 'p' })
    expect([status, json.object]).toEqual([201, 'AccountCreated'])
    const { connection_params, sources } = (await k.v1(`/accounts/${json.account_id}`)).json
    expect(connection_params.im).toMatchObject({ connection_method: 'cookie', premiumFeatures: ['sales_navigator'] })
    expect(sources).toHaveLength(2)
    expect(fault(await k.connect('', { ...cookie, access_token: 'made-up' }))).toEqual([
      401,
      'errors/invalid_credentials',
    ])
  })

  it('answers with a captcha as an error where it is told to', async () => {
    k.settings({ captcha: 'refused' })
    expect(fault(await k.connect('captcha'))).toEqual([401, 'errors/captcha_not_supported'])
  })

  it('keeps no password', async () => {
    await k.connect('otp')
    expect(JSON.stringify(k.on.sandbox.control.state())).not.toContain('sandbox-password')
  })
})

describe('a second attempt of the same account', () => {
  it('is refused while one runs, and works when it is over', async () => {
    await k.connect('otp')
    expect((await k.connect('otp')).status).toBe(425)
    expect((await k.connect('sms')).status).toBe(202)
    k.advance(300)
    expect((await k.connect('otp')).status).toBe(202)
  })

  it('cancels the first where it is told to', async () => {
    k.settings({ secondIntent: 'cancels' })
    const first = await k.id('otp')
    const second = await k.id('otp')
    expect((await k.solve(first, '123456')).status).toBe(409)
    expect((await k.solve(second, '123456')).status).toBe(201)
  })
})

it('any error of v1 is answered on demand, as often as asked', async () => {
  k.steer({ fail: { endpoint: 'unipile.connect', type: 'errors/invalid_proxy_credentials', times: 2 } })
  for (const _ of [1, 2]) expect(fault(await k.connect('ada'))).toEqual([401, 'errors/invalid_proxy_credentials'])
  expect((await k.connect('ada')).status).toBe(201)
  k.steer({ fail: { endpoint: 'unipile.accounts', type: 'errors/request_timeout', status: 504 } })
  expect(fault(await k.v1('/accounts'))).toEqual([504, 'errors/request_timeout'])
})
