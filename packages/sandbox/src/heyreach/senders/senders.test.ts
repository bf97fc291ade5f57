import { beforeEach, describe, expect, it } from 'vitest'
import { startSandbox } from '../../sandbox.ts'
import { API, BASE } from '../origins.ts'
import { heyreachKit, refused } from '../testing.ts'

const k = heyreachKit()
const ALL = { offset: 0, limit: 100 }
const seatsOf = async (key: string) =>
  (await k.post('/li_account/GetAll', { ...ALL, keyword: `${key}@sandbox.example` })).json.items
const sender = (id: number) => k.get(`/senders/${id}`)
const remove = (id: number) => k.send('DELETE', `/senders/${id}`)

const NOTHING = {
  ...{ success: false, requires_2fa: false, '2fa_method': null, sender_id: null, account_id: null },
  ...{ profile_url: null, profile_name: null, headline: null, connection_count: null, error: null },
}
const ERROR = (error: string, sender_id: number | null = null) => ({ ...NOTHING, error, sender_id })
const WAITS = (method: string) => ({
  ...NOTHING,
  ...{ success: true, requires_2fa: true, '2fa_method': method, sender_id: expect.any(Number) },
})

describe('unless switched on', () => {
  const calls = () => [
    k.add('ada'),
    k.verify(71110),
    sender(71110),
    remove(71110),
    k.send('POST', '/senders/linkedin', { headers: {} }),
  ]

  it('nothing of it is there', async () => {
    for (const { status, text } of await Promise.all(calls())) expect([status, text]).toEqual([404, ''])
    expect(k.shown().seats).toHaveLength(124)
  })

  it('by a command, until switched off', async () => {
    k.settings({ senders: 'assumed' })
    expect((await k.add('ada')).status).toBe(200)
    k.settings({ senders: 'absent' })
    expect((await k.add('ada')).status).toBe(404)
  })

  it('by a setting of the start, which a reset returns to', async () => {
    const own = await startSandbox({ only: ['heyreach'], heyreach: { senders: 'assumed' } })
    const status = async () => {
      const url = `${own.origins[API]}${BASE}/senders/71110`
      return (await fetch(url, { headers: { 'x-api-key': own.apps[0]?.clientSecret ?? '' } })).status
    }
    expect(await status()).toBe(200)
    own.control.apply({ heyreach: { settings: { senders: 'absent' } } })
    expect(await status()).toBe(404)
    own.control.reset()
    expect(await status()).toBe(200)
    await own.stop()
  })
})

describe('switched on', () => {
  beforeEach(() => k.settings({ senders: 'assumed' }))

  it('wants the key, and counts its calls', async () => {
    expect((await k.send('GET', '/senders/71110', { headers: {} })).status).toBe(401)
    for (let calls = 1; calls <= 300; calls += 1) await sender(71110)
    expect((await k.add('ada')).status).toBe(429)
  })

  it('connects at once: another seat of the workspace', async () => {
    const { status, json } = await k.add('ada')
    expect([status, json]).toEqual([
      200,
      {
        ...NOTHING,
        success: true,
        sender_id: json.account_id,
        account_id: expect.any(Number),
        profile_url: 'https://www.linkedin.com/in/ada-moreau',
        profile_name: 'Ada Moreau',
        headline: 'Head of Partnerships at Northwind Studio',
        connection_count: 1204,
      },
    ])
    expect((await k.get(`/li_account/GetById?accountId=${json.account_id}`)).json).toMatchObject({
      ...{ emailAddress: 'ada@sandbox.example', firstName: 'Ada', lastName: 'Moreau', authIsValid: true },
    })
    expect((await sender(json.sender_id)).json).toEqual(json)
  })

  it.each([
    ['sms', 'sms'],
    ['phone', 'sms'],
    ['app', 'authenticator'],
    ['totp', 'authenticator'],
    ['otp', 'email'],
  ])('asks %s for a code by %s, and takes the right one alone', async (key, method) => {
    const { json: waiting } = await k.add(key)
    expect(waiting).toEqual(WAITS(method))
    const id = waiting.sender_id
    expect((await sender(id)).json).toEqual(waiting)
    expect((await k.get(`/li_account/GetById?accountId=${id}`)).status).toBe(404)
    expect((await k.verify(id, '000000')).json).toEqual(ERROR('invalid_code', id))
    expect((await k.verify(id)).json).toMatchObject({ success: true, requires_2fa: false, account_id: id })
    expect(await seatsOf(key)).toMatchObject([{ id, authIsValid: true }])
    // Nothing waits any more.
    expect((await k.verify(id)).json.error).toBe('verification_expired')
  })

  it('asks twice where LinkedIn does', async () => {
    const { json } = await k.add('twice')
    const second = (await k.verify(json.sender_id)).json
    expect(second).toEqual({ ...WAITS('authenticator'), sender_id: json.sender_id })
    expect(await seatsOf('twice')).toEqual([])
    expect((await k.verify(json.sender_id)).json).toMatchObject({ success: true, requires_2fa: false })
  })

  it('waits for an approval, which comes by itself', async () => {
    const { json } = await k.add('approve')
    const id = json.sender_id
    expect(json).toEqual(WAITS('app_approval'))
    expect((await k.verify(id)).json.error).toBe('invalid_code')
    k.advance(9)
    expect((await sender(id)).json).toEqual(json)
    k.advance(1)
    expect((await sender(id)).json).toMatchObject({ success: true, requires_2fa: false, profile_name: 'Priya Nair' })
    expect(await seatsOf('approve')).toHaveLength(1)
  })

  it('shows the approved one in the list, too, whoever asks first', async () => {
    await k.add('approve')
    k.advance(600)
    expect(await seatsOf('approve')).toHaveLength(1)
  })

  it('waits for an approval when told, or for a code', async () => {
    const { json } = await k.add('approve-or-code')
    k.advance(60)
    expect((await sender(json.sender_id)).json.requires_2fa).toBe(true)
    k.steer({ login: { email: 'approve-or-code@sandbox.example', do: 'approve' } })
    expect((await sender(json.sender_id)).json.success).toBe(true)
    const again = (await k.add('approve-or-code')).json.sender_id
    expect((await k.verify(again)).json).toMatchObject({ success: true, account_id: json.sender_id })
  })

  it('forgets an attempt after five minutes, or when told, or for another of the same person', async () => {
    const first = (await k.add('sms')).json.sender_id
    k.advance(299)
    expect((await sender(first)).json.requires_2fa).toBe(true)
    k.advance(1)
    expect((await sender(first)).json).toEqual(ERROR('verification_expired', first))
    expect((await k.verify(first)).json).toEqual(ERROR('verification_expired', first))
    const second = (await k.add('sms')).json.sender_id
    const third = (await k.add('sms')).json.sender_id
    expect(new Set([first, second, third]).size).toBe(3)
    expect((await k.verify(second)).json.error).toBe('verification_expired')
    k.steer({ login: { id: third, do: 'expire' } })
    expect((await k.verify(third)).json.error).toBe('verification_expired')
  })

  it.each([
    ['captcha', 'captcha_required', 200, 403, null],
    ['locked', 'account_locked', 200, 403, null],
    ['limited', 'rate_limited', 429, 429, '120'],
    ['down', 'service_unavailable', 503, 503, null],
    ['nobody', 'invalid_credentials', 200, 400, null],
  ] as const)('refuses %s with %s', async (key, error, always, fitting, wait) => {
    const answer = await k.add(key)
    expect([answer.status, answer.json, answer.headers.get('retry-after')]).toEqual([always, ERROR(error), wait])
    k.settings({ refusal: '4xx' })
    expect((await k.add(key)).status).toBe(fitting)
  })

  it('refuses a wrong password, whoever it is, and an attempt that is over', async () => {
    for (const key of ['ada', 'limited', 'down']) {
      expect((await k.add(key, 'wrong')).json).toEqual(ERROR('invalid_credentials'))
    }
    const { json } = await k.add('sms')
    k.settings({ refusal: '4xx' })
    expect((await k.verify(json.sender_id, '1')).status).toBe(400)
    k.advance(300)
    expect((await k.verify(json.sender_id)).status).toBe(410)
  })

  it('is down twice, then connects', async () => {
    expect([(await k.add('down')).status, (await k.add('down')).status]).toEqual([503, 503])
    expect((await k.add('down')).json.success).toBe(true)
  })

  it('dies at the code, whichever comes', async () => {
    const id = (await k.add('dies')).json.sender_id
    for (const code of ['123456', '000000']) {
      const { status, json } = await k.verify(id, code)
      expect([status, json]).toEqual([503, ERROR('service_unavailable', id)])
    }
  })

  it('takes its time', async () => {
    const giveUp = new AbortController()
    const body = JSON.stringify({ email: 'slow@sandbox.example', password: 'sandbox-password' })
    const headers = { ...k.headers(), 'content-type': 'application/json' }
    const late = k
      .send('POST', '/senders/linkedin', { headers, body, signal: giveUp.signal })
      .then(() => 'answered')
      .catch(() => 'gave up')
    await expect.poll(() => k.shown().seats.length).toBe(125)
    giveUp.abort()
    expect(await late).toBe('gave up')
    k.settings({ slowMs: 1 })
    expect((await k.add('slow')).json).toMatchObject({ success: true, profile_name: 'Sana Iqbal' })
  })

  it('may call what waits no success', async () => {
    k.settings({ pendingSuccess: false })
    expect((await k.add('sms')).json).toEqual({ ...WAITS('sms'), success: false })
  })

  it.each<[string, object, string[]]>([
    ['', {}, ['Email', 'Password']],
    ['', { email: 'ada@sandbox.example', password: '' }, ['Password']],
    ['', { email: 7, password: 'x' }, ['$.email']],
    ['/verify', { sender_id: 72001 }, ['Code']],
    ['/verify', { sender_id: 'x', code: '123456' }, ['$.sender_id']],
    ['/verify', { sender_id: 72001, code: 123456 }, ['$.code']],
  ])('refuses what is not whole: linkedin%s %j', async (path, body, names) => {
    const { status, json } = await k.post(`/senders/linkedin${path}`, body)
    expect([status, json]).toEqual([400, refused(...names)])
  })

  it('knows no sender that is not there, and no other verb', async () => {
    for (const { status } of [await sender(1), await remove(1), await k.verify(1)]) expect(status).toBe(404)
    for (const path of ['/senders', '/senders/ada', '/senders/linkedin', '/senders/linkedin/resend'])
      expect((await k.get(path)).status).toBe(404)
    expect((await k.send('PUT', '/senders/71110')).status).toBe(404)
  })

  it('tells of a seat that is lost or restricted, and mends the lost one by another login', async () => {
    const id = (await k.add('ada')).json.sender_id
    k.steer({ seat: { id, authIsValid: false } })
    expect((await sender(id)).json).toEqual(ERROR('invalid_credentials', id))
    expect((await k.add('ada')).json).toMatchObject({ success: true, account_id: id })
    expect(await seatsOf('ada')).toMatchObject([{ id, authIsValid: true }])
    k.steer({ seat: { id, restricted: true } })
    expect((await sender(id)).json).toEqual(ERROR('account_locked', id))
    expect((await k.add('ada')).json.error).toBe('account_locked')
  })

  it('removes a seat, and an attempt', async () => {
    const ada = (await k.add('ada')).json.sender_id
    const sms = (await k.add('sms')).json.sender_id
    for (const id of [ada, sms]) {
      expect((await remove(id)).json).toEqual({ ...NOTHING, success: true, sender_id: id })
      expect([(await remove(id)).status, (await sender(id)).status]).toEqual([404, 404])
    }
    expect(await seatsOf('ada')).toEqual([])
  })

  it('shows and logs no password', async () => {
    await k.add('sms')
    await k.add('ada', 'another-password')
    const shown = JSON.stringify(k.sandbox.control.state())
    for (const secret of ['sandbox-password', 'another-password', '123456']) expect(shown).not.toContain(secret)
    const page = await (await fetch(k.sandbox.url)).text()
    // The page says with which password the sandbox's own people sign in elsewhere.
    expect(page).not.toContain('another-password')
  })
})
