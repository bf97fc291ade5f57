/** What the proxy passes on, each way, over Node's server and as a handler of the Fetch standard. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { BASE, KEY } from '../../test/world.ts'
import { type Answered, type Proxying, startProxying, wire } from './proxy-testing.ts'
import { keyWith, UNKNOWN } from './testing.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

let here: Proxying
beforeAll(async () => {
  here = await startProxying()
})
afterAll(() => here.stop())
afterEach(() => {
  here.platform.on = undefined
  here.platform.seen = []
  here.world.logs.length = 0
})
const last = () => here.platform.seen.at(-1)

describe.each(['node', 'fetch'])('the proxy (%s)', (host) => {
  const send = async (
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<Answered> => {
    if (host === 'node') return wire(here.port, path, { method, headers }, body)
    const response = await here.world.mooring.fetch(
      new Request(BASE + path, {
        method,
        headers: { authorization: `Bearer ${KEY}`, ...headers },
        ...(body === undefined ? {} : { body }),
      }),
    )
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      raw: [...response.headers].flat(),
      text: await response.text(),
    }
  }

  it.each(METHODS)('passes a %s on with the token, and the answer back', async (method) => {
    const body = method === 'GET' ? undefined : '{"a":1}'
    const answer = await send(method, here.path('/v2/things?x=1'), { 'content-type': 'application/json' }, body)
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toEqual({ method, url: '/v2/things?x=1', body: body ?? '' })
    expect(Object.values(here.acme.secrets)).toContain(last()?.headers.authorization?.replace('Bearer ', ''))
    expect(answer.headers['mooring-error']).toBeUndefined()
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('passes a %s without a body on without one', async (method) => {
    const answer = await send(method, here.path('/v2/things'))
    expect(JSON.parse(answer.text)).toEqual({ method, url: '/v2/things', body: '' })
    expect(last()?.headers['transfer-encoding']).toBeUndefined()
  })

  it('passes a HEAD on as such: the headers of the answer, and no body', async () => {
    here.platform.on = (_incoming, response) =>
      response.writeHead(200, { 'content-length': '1234', 'x-count': '7' }).end()
    const answer = await send('HEAD', here.path('/v2/things'))
    expect([answer.status, answer.text, answer.headers['x-count']]).toEqual([200, '', '7'])
    expect(answer.headers['content-length']).toBe('1234')
    expect(last()?.method).toBe('HEAD')
  })

  it('answers OPTIONS itself, and lets no other site in', async () => {
    const answer = await send('OPTIONS', here.path('/v2/things'), { origin: 'https://evil.example' })
    expect(answer.status).toBe(204)
    expect(answer.headers.allow).toBe('GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS')
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(here.platform.seen).toEqual([])
  })

  it.each([200, 201, 202, 204, 206, 304, 400, 403, 404, 409, 415, 422, 429, 500, 502, 503])(
    'passes a %i on as it is, whatever the method',
    async (status) => {
      const bodiless = status === 204 || status === 304
      here.platform.on = (_incoming, response) =>
        response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '7' }).end('{"their":"word"}')
      for (const method of ['GET', 'POST', 'DELETE']) {
        const answer = await send(method, here.path('/v2/things'))
        expect([answer.status, answer.text]).toEqual([status, bodiless ? '' : '{"their":"word"}'])
        expect(answer.headers['mooring-error']).toBeUndefined()
        expect(answer.headers['retry-after']).toBe('7')
        expect(answer.headers.allow).toBeUndefined()
      }
    },
  )

  it('passes a body of any type on, byte for byte, and its type with it', async () => {
    for (const type of ['image/png', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'x/y']) {
      const answer = await send('POST', here.path('/upload'), { 'content-type': type }, 'not { json')
      expect(JSON.parse(answer.text).body).toBe('not { json')
      expect(last()?.headers['content-type']).toBe(type)
    }
  })

  it('takes the host from the provider: its first API origin, or another of its own that is named', async () => {
    await send('GET', here.path('/x'))
    expect(last()?.host).toBe('api')
    await send('GET', here.path('/x'), { 'mooring-origin': 'https://files.acme.example' })
    expect(last()?.host).toBe('files')
    expect(last()?.headers['mooring-origin']).toBeUndefined()
  })

  it('says whose an error is', async () => {
    const asked: [string, number, string, Record<string, string>?][] = [
      [`/api/v1/proxy/${UNKNOWN}/x`, 404, 'not_found'],
      ['/api/v1/proxy/no-id/x', 404, 'not_found'],
      [here.path('/x'), 401, 'unauthorized', { authorization: 'Bearer nobody' }],
      [here.path('/x'), 400, 'origin_refused', { 'mooring-origin': 'https://evil.example' }],
    ]
    for (const [path, status, code, headers] of asked) {
      const answer = await send('GET', path, headers)
      expect([answer.status, answer.headers['mooring-error'], JSON.parse(answer.text).code]).toEqual([
        status,
        code,
        code,
      ])
    }
    here.platform.on = (_incoming, response) =>
      response.writeHead(404, { 'mooring-error': 'not_found', 'mooring-else': 'x' }).end('{}')
    const theirs = await send('GET', here.path('/x'))
    expect(Object.keys(theirs.headers).filter((name) => name.startsWith('mooring-'))).toEqual([])
    expect(here.platform.seen).toHaveLength(1)
  })

  it('serves keys with `proxy` alone, and no person', async () => {
    const path = here.path('/x')
    const lesser = await keyWith(here.world, 'connections:read', 'connections:write', 'tokens:read', 'keys:write')
    for (const method of METHODS) {
      const refused = await send(method, path, { authorization: `Bearer ${lesser}` })
      expect([refused.status, refused.headers['mooring-error']]).toEqual([403, 'forbidden'])
    }
    const owner = here.world.browser()
    await owner.signIn()
    const cookie = [...owner.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answers = await Promise.all(
      METHODS.map((method) =>
        here.world.mooring.fetch(
          new Request(BASE + path, { method, headers: { cookie, 'sec-fetch-site': 'same-origin' } }),
        ),
      ),
    )
    expect(answers.map((answer) => answer.status)).toEqual(METHODS.map(() => 403))
    expect(here.platform.seen).toEqual([])
    const key = await keyWith(here.world, 'proxy')
    expect((await send('GET', path, { authorization: `Bearer ${key}` })).status).toBe(200)
  })

  it('writes neither token nor body nor query into the log', async () => {
    const secret = 'canary-0123456789abcdef'
    here.platform.on = (_incoming, response) => response.writeHead(500).end(`{"echo":"${secret}"}`)
    await send('POST', here.path(`/x/${secret}?q=${secret}`), { 'x-secret': secret }, secret)
    here.platform.on = (incoming) => incoming.socket.destroy()
    const answer = await send('POST', here.path(`/x/${secret}?q=${secret}`), { 'x-secret': secret }, secret)
    expect([answer.status, answer.headers['mooring-error']]).toEqual([502, 'provider_unavailable'])
    const logs = JSON.stringify(here.world.logs)
    expect(logs).toContain('proxied')
    for (const hidden of [secret, KEY, ...Object.values(here.acme.secrets)]) expect(logs).not.toContain(hidden)
    expect(here.world.logs.find((line) => line.message === 'proxied')?.fields).toMatchObject({
      provider: 'acme',
      method: 'POST',
      status: 500,
    })
  })
})
