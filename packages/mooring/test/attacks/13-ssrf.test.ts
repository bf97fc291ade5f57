import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { defineProvider, text } from '../../src/provider.ts'
import { providers } from '../../src/providers/index.ts'
import { createRuntime, PLATFORM_TIMEOUT_MS } from '../../src/runtime.ts'
import { createWorld, KEY, type TestBrowser, type World } from '../world.ts'
import { type Acme, type Handler, send, startAcme } from './acme.ts'
import { bearer, LINKEDIN_ENV, onPort } from './support.ts'

const METADATA = 'http://169.254.169.254/latest/meta-data/iam/security-credentials/'

describe('#13 SSRF, redirects, endless answers', () => {
  let acme: Acme
  let world: World
  let owner: TestBrowser
  /** Stands for whatever inside the operator's network must not be reached. */
  let inside: Server
  let reached: string[] = []
  let insideUrl = ''
  /** What the provider's identity asks after `/me`: a link that the platform itself gave. */
  let next: string | undefined
  beforeAll(async () => {
    inside = createServer((request, response) => {
      reached.push(`${request.method} ${request.url} ${request.headers.authorization}`)
      response.end('{"access_token":"from-inside","token_type":"bearer","id":"x"}')
    })
    await new Promise<void>((done) => inside.listen(0, '127.0.0.1', done))
    insideUrl = `http://127.0.0.1:${(inside.address() as AddressInfo).port}/secrets`
    acme = await startAcme({
      identity: async ({ call }) => {
        const { body } = await call({ url: 'https://api.acme.example/me' })
        if (next !== undefined) await call({ url: next })
        return { subject: text(body, 'id') ?? 'nobody', label: 'Acme' }
      },
    })
    world = await createWorld({
      providers: [...providers, acme.provider],
      platformOrigins: acme.origins,
      env: { ...LINKEDIN_ENV, MOORING_STARTS_PER_HOUR: '1000' },
    })
    owner = world.browser()
    await owner.signIn()
  })
  afterAll(async () => {
    await world.close()
    await acme.stop()
    inside.close()
  })
  afterEach(() => {
    acme.onToken = undefined
    acme.onApi = undefined
    next = undefined
    reached = []
    vi.restoreAllMocks()
  })

  const connect = async (subject = 'ada') => {
    const flow = (await owner.start({ provider: 'acme' })).body
    const answer = await owner.open(acme.approve(flow.authorizeUrl, { subject }))
    return {
      error: new URL(answer.headers.get('location') ?? 'x:').searchParams.get('error'),
      flow: (await world.api('GET', `/flows/${flow.id}`)).body,
    }
  }
  const redirect =
    (status: number, location: string): Handler =>
    (_request, response) =>
      send(response, status, '', { location })
  const targets = () => [
    METADATA,
    insideUrl,
    'https://api.acme.example/me',
    '/token',
    '//169.254.169.254/',
    'file:///etc/passwd',
  ]

  it.each([301, 302, 303, 307, 308])('follows no %i of a token endpoint', async (status) => {
    for (const target of targets()) {
      const [tokens, calls] = [acme.tokenRequests.length, acme.apiRequests.length]
      acme.onToken = redirect(status, target)
      expect((await connect()).error, target).toBe('provider_answer_invalid')
      expect(acme.tokenRequests.length).toBe(tokens + 1)
      expect(acme.apiRequests.length).toBe(calls)
    }
    expect(reached).toEqual([])
  })

  it.each([301, 302, 303, 307, 308])('follows no %i of an API, and sends no token after it', async (status) => {
    for (const target of targets()) {
      const calls = acme.apiRequests.length
      acme.onApi = redirect(status, target)
      expect((await connect()).error, target).toBe('provider_answer_invalid')
      expect(acme.apiRequests.length).toBe(calls + 1)
    }
    expect(reached).toEqual([])
  })

  it('follows none when it refreshes, tests or revokes', async () => {
    const { flow } = await connect('later')
    acme.onToken = redirect(307, insideUrl)
    acme.onApi = redirect(307, insideUrl)
    expect((await world.api('POST', `/connections/${flow.connectionId}/refresh`)).status).toBeGreaterThanOrEqual(400)
    expect((await world.api('POST', `/connections/${flow.connectionId}/test`)).body.ok).toBe(false)
    expect((await world.api('GET', `/connections/${flow.connectionId}`)).body.state).not.toBe('reauthorize')
    await world.api('DELETE', `/connections/${flow.connectionId}`)
    expect(reached).toEqual([])
  })

  it("follows none of LinkedIn's", async () => {
    for (const endpoint of ['linkedin.token', 'linkedin.userinfo']) {
      for (const to of [METADATA, insideUrl]) {
        world.sandbox.control.fault({ endpoint, kind: 'redirect', to, when: 'after' })
        const { landed } = await owner.connect({ provider: 'linkedin' })
        expect(landed.searchParams.get('error'), endpoint).toBe('provider_answer_invalid')
      }
    }
    expect(reached).toEqual([])
  })

  it('calls no host that the provider does not name, wherever the platform points', async () => {
    const addresses = [
      METADATA,
      insideUrl,
      'https://169.254.169.254/',
      'https://evil.example/me',
      'https://api.acme.example.evil.example/me',
      'https://api.acme.example@evil.example/me',
      'https://api.acme.example:444/me',
      'http://api.acme.example/me',
      'https://auth.acme.example/me',
      'file:///etc/passwd',
      'data:application/json,{}',
      '/me',
      'not an address',
    ]
    for (const address of addresses) {
      next = address
      const calls = acme.apiRequests.length
      expect((await connect()).error, address).not.toBeNull()
      // `/me` itself, and nothing after it.
      expect(acme.apiRequests.length, address).toBe(calls + 1)
    }
    expect(reached).toEqual([])
    next = 'https://api.acme.example/more'
    expect((await connect()).error).toBeNull()
  })

  it('shows and fetches no picture from where the provider has none (more in 13-pictures)', async () => {
    const picture = `${insideUrl}.png`
    world.sandbox.control.fault({ endpoint: 'linkedin.userinfo', kind: 'set', fields: { picture } })
    const flow = await owner.connectAll({ provider: 'linkedin' })
    expect((await world.api('GET', `/connections/${flow.connectionId}`)).body.identity.picture).toBeNull()
    expect(reached).toEqual([])
  })

  it('asks for https alone, save where the operator mapped the very origin', async () => {
    const fetched: string[] = []
    const runtime = createRuntime({
      platformOrigins: { 'https://a.example': 'http://127.0.0.1:1' },
      fetch: async (url) => {
        fetched.push(String(url))
        return new Response()
      },
    })
    const refused = [
      'http://a.example/',
      'http://127.0.0.1:1/',
      'http://169.254.169.254/',
      'ftp://a.example/',
      'file:///etc/passwd',
    ]
    for (const url of refused) await expect((async () => runtime.fetch(url))(), url).rejects.toThrow()
    await runtime.fetch('https://a.example/x?y#z')
    await runtime.fetch('https://b.example/')
    await runtime.fetch('https://a.example:444/')
    expect(fetched).toEqual(['http://127.0.0.1:1/x?y#z', 'https://b.example/', 'https://a.example:444/'])
    const provider = acme.provider
    for (const bad of [
      { issuer: 'http://x' },
      { apiOrigins: ['http://x'] },
      { oauth: { ...provider.oauth, tokenUrl: 'http://x' } },
    ])
      expect(() => defineProvider({ ...provider, ...bad })).toThrow(TypeError)
  })

  const flood =
    (status: number, closed: (bytes: number) => void): Handler =>
    (_request, response) => {
      const part = Buffer.alloc(64 * 1024, ' ')
      let bytes = 0
      response.writeHead(status, { 'content-type': 'application/json' })
      const more = () => {
        while (!response.destroyed && bytes < 64 * 1024 * 1024 && response.write(part)) bytes += part.length
      }
      response.on('drain', more)
      response.on('close', () => closed(bytes))
      more()
    }

  it.each([
    ['token', 200],
    ['token', 400],
    ['api', 200],
    ['api', 500],
  ] as const)('cuts an endless answer of the %s endpoint (%i)', async (endpoint, status) => {
    const closed = new Promise<number>((resolve) => {
      const handler = flood(status, resolve)
      if (endpoint === 'token') acme.onToken = handler
      else acme.onApi = handler
    })
    expect((await connect()).error).toBe('provider_answer_invalid')
    // What lies in the sockets' buffers may have left; the rest of the 64 MB has not.
    expect(await closed).toBeLessThan(24 * 1024 * 1024)
  })

  it('counts what comes out of a compressed answer, not what came over the wire', async () => {
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, ' '))
    expect(bomb.length).toBeLessThan(256 * 1024)
    const handler: Handler = (_request, response) =>
      void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb)
    acme.onToken = handler
    expect((await connect()).error).toBe('provider_answer_invalid')
    acme.onToken = undefined
    acme.onApi = handler
    expect((await connect()).error).toBe('provider_answer_invalid')
  })

  it('reads what is under the limits: 2 MiB of an API', async () => {
    const pad = 'x'.repeat(2 * 1024 * 1024 - 100)
    acme.onApi = (_request, response) => send(response, 200, { id: 'large', pad })
    expect((await connect()).error).toBeNull()
    acme.onApi = (_request, response) => send(response, 200, { id: 'large', pad: `${pad}${'x'.repeat(200)}` })
    expect((await connect()).error).toBe('provider_answer_invalid')
  })

  const drip: Handler = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":"')
    const timer = setInterval(() => response.write('x'), 5)
    response.on('close', () => clearInterval(timer))
  }
  const silent: Handler = () => {}

  it.each([
    ['no answer of the token endpoint', 'token', silent],
    ['a token answer that drips for ever', 'token', drip],
    ['no answer of the API', 'api', silent],
    ['an API answer that drips for ever', 'api', drip],
  ] as const)('waits not for ever for %s', async (_name, endpoint, handler) => {
    const asked: number[] = []
    const real = AbortSignal.timeout.bind(AbortSignal)
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      asked.push(ms)
      return real(ms / 100)
    })
    if (endpoint === 'token') acme.onToken = handler
    else acme.onApi = handler
    expect((await connect()).error).toBe('provider_unavailable')
    expect(asked.length).toBeGreaterThan(0)
    expect(new Set(asked)).toEqual(new Set([PLATFORM_TIMEOUT_MS]))
    // The lease of a refresh lasts 30 s: a request must never outlive it.
    expect(PLATFORM_TIMEOUT_MS).toBeLessThan(30_000)
  })

  describe('through the proxy', () => {
    let connection = ''
    let port = 0
    let stop: () => Promise<void>
    beforeAll(async () => {
      acme.onApi = undefined
      connection = (await connect('proxied')).flow.connectionId
      const server = await onPort(world)
      port = server.port
      stop = server.stop
    })
    afterAll(() => stop())

    /** The path goes onto the wire as it is, which no fetch does. */
    const through = (path: string, headers: Record<string, string> = {}) =>
      new Promise<{ status: number; location: string | undefined; code: string | undefined }>((resolve, reject) => {
        const asked = { ...bearer(KEY), host: 'localhost:8003', ...headers }
        request({ host: '127.0.0.1', port, path, agent: false, headers: asked }, (response) => {
          const { location, 'mooring-error': code } = response.headers
          response.resume().on('end', () => {
            resolve({ status: response.statusCode ?? 0, location, code: code as string | undefined })
          })
        })
          .on('error', reject)
          .end()
      })
    const at = (rest: string) => `/api/v1/proxy/${connection}${rest}`

    it.each([
      ['', '/'],
      ['?x=1', '/?x=1'],
      ['/', '/'],
      ['/me', '/me'],
      ['//169.254.169.254/latest', '//169.254.169.254/latest'],
      ['///evil.example', '///evil.example'],
      ['/@evil.example/x', '/@evil.example/x'],
      ['/a@evil.example:80/x', '/a@evil.example:80/x'],
      ['/http://evil.example/x', '/http://evil.example/x'],
      ['/%2F%2Fevil.example', '/%2F%2Fevil.example'],
      ['/%5C%5Cevil.example', '/%5C%5Cevil.example'],
      ['/a%2f..%2f..%2fb', '/a%2f..%2f..%2fb'],
      ['/%252e%252e/x', '/%252e%252e/x'],
      ['/a/../b', '/a/../b'],
      ['/a/./b', '/a/./b'],
      ['/a;x=y/b', '/a;x=y/b'],
      ['/a:80/b', '/a:80/b'],
      ['/%00%0d%0aHost:%20evil.example', '/%00%0d%0aHost:%20evil.example'],
      ['/q?u=http://evil.example/&a=%26&b=\'"<>', '/q?u=http://evil.example/&a=%26&b=\'"<>'],
      ['/q?a=\\evil', '/q?a=\\evil'],
      ['/(urn%3Ali%3Aorganization%3A1)?ids=List(a,b)', '/(urn%3Ali%3Aorganization%3A1)?ids=List(a,b)'],
      ['/a#@evil.example', '/a'],
      ['/../../proxy/https://evil.example', '/../../proxy/https://evil.example'],
    ])('%j reaches the platform byte for byte, and no other host', async (rest, path) => {
      const calls = acme.apiRequests.length
      await through(at(rest))
      expect(acme.apiRequests.slice(calls).map((one) => one.path)).toEqual([path])
      expect(reached).toEqual([])
    })

    it.each([
      ['an authority after the id', () => at('@evil.example/x')],
      ['a port after the id', () => at(':80/x')],
      ['a host after the id', () => at('.evil.example/x')],
      ['an encoded slash after the id', () => at('%2F@evil.example')],
      ['an address in the place of the id', () => '/api/v1/proxy/http://169.254.169.254/latest'],
      ['two slashes before the id', () => `/api/v1/proxy//${connection}/me`],
      ['an encoded id', () => `/api/v1/proxy/%${connection.charCodeAt(0).toString(16)}${connection.slice(1)}/me`],
      ['a backslash', () => at('\\@evil.example/x')],
      ['letters that no address has', () => at('/\u00fc')],
      ['an encoded way out of the proxy', () => at('/%2e%2e/%2e%2e/accounts/x')],
      ['another host in the request line', () => `http://169.254.169.254/latest${at('/me')}`],
    ])('asks nobody for %s', async (_, path) => {
      const calls = acme.apiRequests.length
      const answer = await through(path())
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(acme.apiRequests.length).toBe(calls)
      expect(reached).toEqual([])
    })

    it('believes no header that names a host', async () => {
      const headers = [
        'x-forwarded-host',
        'x-original-url',
        'x-rewrite-url',
        'forwarded',
        'x-host',
        'base-url-override',
      ]
      for (const name of [...headers, 'nango-proxy-base-url-override']) {
        const calls = acme.apiRequests.length
        await through(at('/me'), { [name]: insideUrl })
        expect(acme.apiRequests.length, name).toBe(calls + 1)
      }
      expect(reached).toEqual([])
    })

    it.each([
      ...[METADATA, 'http://169.254.169.254', 'https://169.254.169.254', 'http://api.acme.example'],
      ...['https://api.acme.example:444', 'https://api.acme.example.evil.example', 'https://evil.example'],
      ...[
        'https://api.acme.example@evil.example',
        'https://api.acme.example/',
        'HTTPS://API.ACME.EXAMPLE',
        '*',
        'null',
      ],
      ...['https://auth.acme.example', 'https://api.acme.example, https://evil.example'],
    ])('refuses the origin %s', async (origin) => {
      const calls = acme.apiRequests.length
      expect(await through(at('/me'), { 'mooring-origin': origin })).toMatchObject({
        status: 400,
        code: 'origin_refused',
      })
      expect(acme.apiRequests.length).toBe(calls)
    })

    it.each([301, 302, 303, 307, 308])('follows no %i, and passes it on', async (status) => {
      for (const target of targets()) {
        const calls = acme.apiRequests.length
        acme.onApi = redirect(status, target)
        expect(await through(at('/me'))).toEqual({ status, location: target, code: undefined })
        expect(acme.apiRequests.length).toBe(calls + 1)
      }
      expect(reached).toEqual([])
    })

    it('asks for https alone, save where the operator mapped the very origin', async () => {
      const { stream } = createRuntime({ platformOrigins: { 'https://a.example': 'http://127.0.0.1:1' } })
      const parts = { target: '/x', method: 'GET', headers: [], body: undefined }
      for (const origin of ['http://a.example', 'http://127.0.0.1:1', 'http://169.254.169.254', 'ftp://a.example'])
        expect(() => stream({ ...parts, origin }), origin).toThrow('A platform address must be https.')
      const failed = (origin: string) => stream({ ...parts, origin }).answer.catch((error) => error)
      expect(await failed('https://a.example')).toMatchObject({ code: 'ECONNREFUSED', address: '127.0.0.1', port: 1 })
      expect(await failed('https://b.invalid')).toMatchObject({ syscall: 'getaddrinfo', hostname: 'b.invalid' })
    })
  })
})
