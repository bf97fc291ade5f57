import { describe, expect, it } from 'vitest'
import { API } from '../origins.ts'
import { heyreachKit } from '../testing.ts'

const k = heyreachKit()
const CHECK = '/auth/CheckApiKey'

describe('the key', () => {
  it('is good: an empty answer', async () => {
    const { status, text } = await k.get(CHECK)
    expect([status, text]).toEqual([200, ''])
  })

  it.each<[string, () => Record<string, string>]>([
    ['absent', () => ({})],
    ['empty', () => ({ 'x-api-key': '' })],
    ['another', () => ({ 'x-api-key': 'another' })],
    ['sent as a bearer token', () => ({ authorization: `Bearer ${k.headers()['x-api-key']}` })],
    ['another by its beginning', () => ({ 'x-api-key': `${k.headers()['x-api-key']}x` })],
  ])('is refused when it is %s, without a word', async (_name, headers) => {
    for (const [method, path] of [
      ['GET', CHECK],
      ['POST', '/li_account/GetAll'],
      ['GET', '/campaign/GetById?campaignId=9101'],
    ] as const) {
      const { status, text } = await k.send(method, path, { headers: headers() })
      expect([status, text]).toEqual([401, ''])
    }
  })

  it('is refused after it was deleted, and the old one after a change', async () => {
    const old = { headers: k.headers() }
    k.steer({ app: { registration: 'heyreach', secretRefused: true } })
    expect((await k.get(CHECK)).status).toBe(401)
    k.steer({ app: { registration: 'heyreach', secretRefused: false, clientSecret: 'the-next-key' } })
    expect((await k.send('GET', CHECK, old)).status).toBe(401)
    expect((await k.send('GET', CHECK, { headers: { 'x-api-key': 'the-next-key' } })).status).toBe(200)
  })
})

describe('an address that is not there', () => {
  it.each([
    ['GET', '/li_account/GetAll'],
    ['POST', '/li_account/GetById?accountId=71110'],
    ['POST', CHECK],
    ['DELETE', '/li_account/GetById?accountId=71110'],
    ['PUT', '/li_account/GetAll'],
    ['HEAD', CHECK],
    ['GET', '/auth/checkapikey'],
    ['POST', '/linkedinaccount/GetAll'],
    ['POST', '/li_account/Add'],
    ['GET', '/'],
  ])('is 404: %s %s', async (method, path) => {
    const { status, text } = await k.send(method, path)
    expect([status, text]).toEqual([404, ''])
  })

  it('is 404 without a key, too, and under another base path', async () => {
    expect((await k.send('GET', '/senders/71110', { headers: {} })).status).toBe(404)
    const url = `${k.sandbox.origins[API]}/api/v1${CHECK}`
    expect((await fetch(url, { headers: k.headers() })).status).toBe(404)
  })

  it('is counted against nothing', async () => {
    for (let calls = 1; calls <= 301; calls += 1) await k.get('/nothing')
    expect((await k.get(CHECK)).status).toBe(200)
  })
})

describe('how often', () => {
  it('300 times a minute across all endpoints, refused calls among them', async () => {
    for (let calls = 1; calls <= 299; calls += 1) expect((await k.get(CHECK)).status).toBe(200)
    expect((await k.post('/li_account/GetAll', {})).status).toBe(400)
    for (const path of [CHECK, '/list/GetById?listId=5201']) {
      const { status, text, headers } = await k.get(path)
      expect([status, text, headers.get('retry-after')]).toEqual([429, '', null])
    }
    k.advance(59)
    expect((await k.get(CHECK)).status).toBe(429)
    k.advance(1)
    expect((await k.get(CHECK)).status).toBe(200)
  })

  it('says how long to wait where it is told to', async () => {
    k.settings({ retryAfter: 'sent' })
    await k.get(CHECK)
    k.advance(20)
    for (let calls = 2; calls <= 300; calls += 1) await k.get(CHECK)
    expect((await k.get(CHECK)).headers.get('retry-after')).toBe('40')
    k.sandbox.control.fault({ endpoint: 'heyreach.account', kind: 'throttle' })
    const { status, headers } = await k.get('/li_account/GetById?accountId=71110')
    expect([status, headers.get('retry-after')]).toEqual([429, '60'])
  })
})
