/** Which headers pass the proxy and which do not, over the wire. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEY } from '../../test/world.ts'
import { open, type Proxying, startProxying, wire } from './proxy-testing.ts'

let here: Proxying
beforeAll(async () => {
  here = await startProxying()
})
afterAll(() => here.stop())

const namesOf = (raw: readonly string[]) => raw.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase())

describe('headers on the way to the platform', () => {
  const sent = async (headers: Record<string, string | string[]>) => {
    expect((await wire(here.port, here.path('/x'), { headers })).status).toBe(200)
    const seen = here.platform.seen.at(-1)
    if (!seen) throw new Error('nothing came')
    return seen
  }

  it("pass as they were given, in their letters and order, with the platform's token and host", async () => {
    const seen = await sent({
      'LinkedIn-Version': '202609',
      'X-Restli-Protocol-Version': '2.0.0',
      Accept: 'application/json',
      'Accept-Encoding': 'br, gzip',
      'If-None-Match': '"abc"',
      'User-Agent': 'product/1',
      Range: 'bytes=0-1',
      'X-Twice': ['one', 'two'],
    })
    expect(seen.raw.slice(seen.raw.indexOf('LinkedIn-Version'))).toEqual([
      'LinkedIn-Version',
      '202609',
      'X-Restli-Protocol-Version',
      '2.0.0',
      'Accept',
      'application/json',
      'Accept-Encoding',
      'br, gzip',
      'If-None-Match',
      '"abc"',
      'User-Agent',
      'product/1',
      'Range',
      'bytes=0-1',
      'X-Twice',
      'one',
      'X-Twice',
      'two',
    ])
    expect(seen.headers.authorization).toMatch(/^Bearer access_/)
    expect(seen.headers.host).toBe(here.platform.origins['https://api.acme.example']?.replace('http://', ''))
    expect(namesOf(seen.raw).filter((name) => name === 'authorization' || name === 'host')).toHaveLength(2)
  })

  it.each([
    ['cookie', 'mooring-session=secret'],
    ['cookie2', 'x'],
    ['origin', 'https://app.example.com'],
    ['referer', 'https://app.example.com/secret'],
    ['forwarded', 'for=10.0.0.1'],
    ['x-forwarded-for', '10.0.0.1'],
    ['x-forwarded-host', 'inside'],
    ['x-forwarded-proto', 'https'],
    ['x-real-ip', '10.0.0.1'],
    ['cf-connecting-ip', '10.0.0.1'],
    ['true-client-ip', '10.0.0.1'],
    ['via', '1.1 inside'],
    ['sec-fetch-site', 'same-origin'],
    ['sec-ch-ua', 'x'],
    ['x-request-id', 'abcdefgh1234'],
    ['mooring-origin', 'https://api.acme.example'],
    ['mooring-anything', 'x'],
    ['proxy-authorization', 'Basic x'],
    ['proxy-connection', 'keep-alive'],
    ['te', 'trailers'],
    ['keep-alive', 'timeout=5'],
    ['expect', '100-continue'],
  ])('do not pass: %s', async (name, value) => {
    expect(namesOf((await sent({ [name]: value })).raw)).not.toContain(name)
  })

  it('do not pass where Connection names them, which cannot take the token away', async () => {
    const seen = await sent({
      connection: 'X-Private, close, Authorization, Host, Content-Length',
      'x-private': '1',
      'x-public': '2',
    })
    expect(namesOf(seen.raw)).not.toContain('x-private')
    expect(seen.headers['x-public']).toBe('2')
    expect(seen.headers.authorization).toMatch(/^Bearer access_/)
    expect(JSON.stringify(seen.raw)).not.toContain(KEY)
  })

  it('frame the body once: by its length, or in chunks', async () => {
    await wire(here.port, here.path('/x'), { method: 'POST' }, 'four')
    expect(here.platform.seen.at(-1)).toMatchObject({ headers: { 'content-length': '4' }, body: 'four' })
    for (const method of ['POST', 'DELETE', 'GET']) {
      const request = open(here.port, here.path('/x'), { method, headers: { 'transfer-encoding': 'chunked' } })
      request.write('in ')
      request.end('parts')
      await new Promise((done) => request.on('response', (response) => response.resume().on('end', done)))
      const seen = here.platform.seen.at(-1)
      expect(seen?.body, method).toBe('in parts')
      // What has come as a whole by then may be told by its length instead.
      const { 'content-length': length, 'transfer-encoding': coding } = seen?.headers ?? {}
      expect([
        [undefined, 'chunked'],
        ['8', undefined],
      ]).toContainEqual([length, coding])
    }
  })
})

describe('headers on the way back', () => {
  const answered = async (headers: Record<string, string | string[]>) => {
    here.platform.on = (_incoming, response) => response.writeHead(200, headers).end('{}')
    const answer = await wire(here.port, here.path('/x'))
    here.platform.on = undefined
    return answer
  }

  it("pass: content, validators, pages, and what the platform's limits say", async () => {
    const passing = {
      'content-type': 'application/vnd.api+json',
      'content-encoding': 'identity',
      'content-language': 'de',
      'content-disposition': 'attachment; filename=x',
      etag: '"abc"',
      'last-modified': 'Sat, 21 Nov 2026 10:00:00 GMT',
      link: '<https://api.acme.example/x?page=2>; rel="next"',
      'retry-after': '30',
      'x-ratelimit-remaining': '9',
      'x-rate-limit-reset': '1',
      'x-hubspot-ratelimit-daily': '1',
      'x-app-usage': '{"call_count":1}',
      'x-business-use-case-usage': '{}',
      'x-restli-id': 'urn:li:share:1',
      'x-li-uuid': 'x',
      'www-authenticate': 'Bearer error="x"',
      location: '/relative',
    }
    const answer = await answered(passing)
    expect(answer.headers).toMatchObject(passing)
  })

  it.each([
    ['set-cookie', 'a=b'],
    ['set-cookie2', 'a=b'],
    ['access-control-allow-origin', '*'],
    ['access-control-allow-credentials', 'true'],
    ['strict-transport-security', 'max-age=1'],
    ['content-security-policy-report-only', 'x'],
    ['clear-site-data', '"*"'],
    ['alt-svc', 'h3=":443"'],
    ['report-to', '{}'],
    ['nel', '{}'],
    ['reporting-endpoints', 'x="y"'],
    ['refresh', '0; url=https://evil.example'],
    ['service-worker-allowed', '/'],
    ['cross-origin-embedder-policy', 'require-corp'],
    ['sourcemap', '/x'],
    ['link', '<https://evil.example/x.js>; rel=preload; as=script'],
    ['link', '<https://evil.example>; rel="next preconnect"'],
    ['mooring-error', 'not_found'],
    ['proxy-authenticate', 'Basic'],
    ['trailer', 'x'],
    ['upgrade', 'h2c'],
    ['expires', 'Sat, 21 Nov 2099 10:00:00 GMT'],
    ['pragma', 'public'],
  ])('do not pass: %s: %s', async (name, value) => {
    expect((await answered({ [name]: value })).headers[name]).toBeUndefined()
  })

  it('do not pass where Connection names them', async () => {
    const answer = await answered({ connection: 'x-private, keep-alive', 'x-private': '1', 'x-public': '2' })
    expect([answer.headers['x-private'], answer.headers['x-public']]).toEqual([undefined, '2'])
  })

  it('are ours, once, where a browser would follow them: nothing of a platform runs on our origin', async () => {
    const answer = await answered({
      'content-type': 'text/html',
      'content-security-policy': "default-src * 'unsafe-inline'",
      'x-content-type-options': 'whatever',
      'x-frame-options': 'ALLOWALL',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=1000',
      'referrer-policy': 'unsafe-url',
      'x-request-id': 'theirs-theirs',
    })
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    const names = namesOf(answer.raw)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })
})
