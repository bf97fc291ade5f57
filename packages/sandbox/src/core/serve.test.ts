import { describe, expect, it } from 'vitest'
import { kit, reply } from '../kit.ts'
import { outagePlan } from './outage.ts'

const k = kit()
const code = (error: unknown) => (error as { cause?: { code?: string } }).cause?.code
const discovery = () => fetch(k.www('/oauth/.well-known/openid-configuration'), { redirect: 'manual' })
const fault = (rest: object) => k.steer({ fault: { endpoint: 'linkedin.discovery', ...rest } as never })

describe('faults on the wire', () => {
  it('reset before: the connection dies and nothing was done', async () => {
    const value = await k.code()
    k.steer({ fault: { endpoint: 'linkedin.token', kind: 'reset' } })
    expect(code(await k.exchange(value).catch((e) => e))).toBe('ECONNRESET')
    expect((await k.exchange(value)).status).toBe(200)
  })

  it('reset after: the connection dies and the code is used up', async () => {
    const value = await k.code()
    k.steer({ fault: { endpoint: 'linkedin.token', kind: 'reset', when: 'after' } })
    expect(code(await k.exchange(value).catch((e) => e))).toBe('ECONNRESET')
    expect((await k.exchange(value)).status).toBe(400)
    expect(k.sandbox.control.state().linkedin.accessTokens).toHaveLength(1)
  })

  it('reset during: the head and half a body arrive', async () => {
    fault({ kind: 'reset', when: 'during' })
    const answer = await discovery()
    expect(answer.status).toBe(200)
    await expect(answer.text()).rejects.toThrow()
  })

  it('hang: no answer, until the caller gives up', async () => {
    fault({ kind: 'hang' })
    const stop = new AbortController()
    const waiting = fetch(k.www('/oauth/.well-known/openid-configuration'), { signal: stop.signal })
    const arrived = () => k.sandbox.control.log('linkedin.discovery').some((entry) => entry.fault === 'hang')
    while (!arrived()) await new Promise((next) => setImmediate(next))
    stop.abort()
    await expect(waiting).rejects.toThrow()
    expect((await discovery()).status).toBe(200)
  })

  it('hang after: the work was done', async () => {
    const value = await k.code()
    k.steer({ fault: { endpoint: 'linkedin.token', kind: 'hang', when: 'after' } })
    const lost = k.exchange(value).catch(() => 'gone')
    while (k.sandbox.control.state().linkedin.accessTokens.length === 0) await new Promise((next) => setImmediate(next))
    expect((await k.exchange(value)).status).toBe(400)
    void lost
  })

  it('answer after: the code is used up though the status says otherwise', async () => {
    const value = await k.code()
    k.steer({ fault: { endpoint: 'linkedin.token', kind: 'gateway', status: 504, when: 'after' } })
    expect((await k.exchange(value)).status).toBe(504)
    expect((await k.exchange(value)).status).toBe(400)
  })

  it('slow: late, and right', async () => {
    fault({ kind: 'slow', ms: 5 })
    expect((await discovery()).status).toBe(200)
    expect(k.sandbox.control.log('linkedin.discovery')[0]).toMatchObject({ fault: 'slow', status: 200 })
  })

  it('gateway: HTML where JSON is expected', async () => {
    fault({ kind: 'gateway', status: 503 })
    const { status, headers, text } = await reply(await discovery())
    expect([status, headers.get('content-type')]).toEqual([503, 'text/html'])
    expect(text).toContain('503 Service Temporarily Unavailable')
  })

  it('throttle: LinkedIn’s body', async () => {
    k.steer({ fault: { endpoint: 'linkedin.userinfo', kind: 'throttle' } })
    const { access_token } = await k.tokens()
    const { status, json, headers } = await k.get('/v2/userinfo', access_token)
    expect([status, json]).toEqual([
      429,
      {
        serviceErrorCode: 101,
        code: 'TOO_MANY_REQUESTS',
        message: 'Resource level throttle APPLICATION DAY limit for calls to this resource is reached.',
        status: 429,
      },
    ])
    expect(headers.get('retry-after')).toBeNull()
  })

  it('an answer of one’s own, with headers', async () => {
    fault({ kind: 'answer', status: 429, body: { slow: 'down' }, headers: { 'retry-after': '7' } })
    const { status, json, headers } = await reply(await discovery())
    expect([status, json, headers.get('retry-after')]).toEqual([429, { slow: 'down' }, '7'])
  })

  it('redirect: to where no client should follow', async () => {
    fault({ kind: 'redirect', to: 'http://169.254.169.254/latest/meta-data/' })
    const answer = await discovery()
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://169.254.169.254/latest/meta-data/'])
  })

  it('truncate and content-type', async () => {
    fault({ kind: 'truncate' })
    fault({ kind: 'content-type', value: 'text/html' })
    expect((await reply(await discovery())).json).toBeUndefined()
    const second = await reply(await discovery())
    expect([second.headers.get('content-type'), second.json.issuer]).toEqual([
      'text/html',
      'https://www.linkedin.com/oauth',
    ])
  })

  it.each(['refresh_token', 'expires_in', 'scope', 'access_token'])('drop %s from a token answer', async (name) => {
    k.steer({ fault: { endpoint: 'linkedin.token', kind: 'drop', fields: [name] } })
    const { status, json } = await k.exchange(await k.code())
    expect(status).toBe(200)
    expect(json).not.toHaveProperty(name)
  })

  it('set: another type, another value', async () => {
    k.steer({
      fault: { endpoint: 'linkedin.token', kind: 'set', fields: { expires_in: '5184000', token_type: 'mac' } },
    })
    expect((await k.exchange(await k.code())).json).toMatchObject({ expires_in: '5184000', token_type: 'mac' })
  })

  it('several calls, of every endpoint of a platform', async () => {
    k.steer({ fault: { endpoint: 'linkedin.*', kind: 'gateway', times: 2 } })
    expect([
      (await discovery()).status,
      (await fetch(k.www('/oauth/openid/jwks'))).status,
      (await discovery()).status,
    ]).toEqual([502, 502, 200])
  })

  it('the consent page can fail, too', async () => {
    k.steer({ fault: { endpoint: 'linkedin.authorization', kind: 'gateway' } })
    expect((await k.sandbox.browser().open(k.authorizeUrl())).status).toBe(502)
  })
})

describe('an outage', () => {
  it('takes everything down, leaves control up, and ends', async () => {
    const { access_token } = await k.tokens()
    k.steer({ outage: true })
    expect((await k.get('/v2/userinfo', access_token)).status).toBe(503)
    expect((await discovery()).status).toBe(503)
    expect((await fetch(`${k.sandbox.url}/__control`)).status).toBe(200)
    k.steer({ outage: false })
    expect((await k.get('/v2/userinfo', access_token)).status).toBe(200)
  })

  it('can be a dead network', async () => {
    k.steer({ outage: { platform: 'linkedin', as: 'reset' } })
    expect(code(await discovery().catch((e) => e))).toBe('ECONNRESET')
  })

  it('of another platform is none here', () => {
    expect(outagePlan({ platform: 'other', as: 'gateway' }, 'linkedin')).toBeUndefined()
    expect(outagePlan(undefined, 'linkedin')).toBeUndefined()
    expect(outagePlan({ platform: undefined, as: 'hang' }, 'linkedin')).toMatchObject({ work: false, wire: 'hang' })
  })

  it('does not use up a waiting fault', async () => {
    fault({ kind: 'truncate' })
    k.steer({ outage: true })
    await discovery()
    expect(k.sandbox.control.state().faults).toHaveLength(1)
  })

  it('does no work', async () => {
    const value = await k.code()
    k.steer({ outage: true })
    await k.exchange(value)
    k.steer({ outage: false })
    expect((await k.exchange(value)).status).toBe(200)
  })
})

describe('the journal', () => {
  it('counts by endpoint and notes names, never values', async () => {
    const value = await k.code({ authorize: { state: 'secret-state' } })
    await k.exchange(value)
    const { requests, log } = k.sandbox.control.state()
    expect(requests).toMatchObject({ 'linkedin.authorization': 1, 'linkedin.consent': 1, 'linkedin.token': 1 })
    expect(log.find((entry) => entry.endpoint === 'linkedin.token')).toMatchObject({
      method: 'POST',
      path: '/oauth/v2/accessToken',
      parameters: ['grant_type', 'code', 'redirect_uri', 'client_id', 'client_secret'],
      authorization: null,
      status: 200,
    })
    const everything = JSON.stringify(k.sandbox.control.state())
    for (const secret of [value, k.app().clientSecret, 'secret-state']) expect(everything).not.toContain(secret)
  })

  it('never shows a token', async () => {
    const { access_token, refresh_token } = await k.tokens()
    await k.get('/v2/userinfo', access_token)
    await k.refresh(refresh_token)
    const everything = JSON.stringify(k.sandbox.control.state())
    for (const token of [access_token, refresh_token]) expect(everything).not.toContain(token)
    expect(k.sandbox.control.log('linkedin.userinfo')[0]).toMatchObject({ authorization: 'bearer', method: 'GET' })
  })

  it('does not take a bare value for a name', async () => {
    await k.post('/oauth/v2/accessToken', 'AQthis-is-a-secret-that-was-sent-as-a-bare-body-by-mistake')
    await k.post('/oauth/v2/accessToken', '{"client_secret":"x"}', { 'content-type': 'application/json' })
    await k.post('/oauth/v2/accessToken', '{', { 'content-type': 'application/json' })
    const names = k.sandbox.control.log('linkedin.token').map((entry) => entry.parameters)
    expect(names).toEqual([['(unprintable)'], ['client_secret'], ['(unprintable)']])
  })

  it('counts what was cut off, too', async () => {
    fault({ kind: 'reset' })
    await discovery().catch(() => undefined)
    expect(k.sandbox.control.requests('linkedin.discovery')).toBe(1)
    expect(k.sandbox.control.log('linkedin.discovery')[0]).toMatchObject({ fault: 'reset' })
    expect(k.sandbox.control.log('linkedin.discovery')[0]).not.toHaveProperty('status')
  })
})
