import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BASE, createWorld, KEY, type TestBrowser, type World } from '../world.ts'
import { cookieOf, onPort } from './support.ts'

const FORGED: Record<string, string>[] = [
  { host: 'evil.example' },
  { host: 'evil.example:8003' },
  { host: 'localhost.evil.example:8003' },
  { host: 'localhost:8003', 'x-forwarded-host': 'evil.example' },
  { host: 'localhost:8003', 'x-forwarded-proto': 'https' },
  {
    host: 'localhost:8003',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '444',
  },
  { host: 'localhost:8003', forwarded: 'for=1.1.1.1;host=evil.example;proto=https' },
  { host: 'localhost:8003', 'x-original-host': 'evil.example', 'x-host': 'evil.example' },
  { host: 'localhost:8003', 'x-original-url': 'https://evil.example/', 'x-rewrite-url': 'https://evil.example/' },
  { host: 'localhost:8003', 'x-forwarded-prefix': '/evil.example', 'x-forwarded-for': 'evil.example' },
  { host: 'localhost:8003', origin: 'https://evil.example', referer: 'https://evil.example/' },
]

describe('#9 redirect address from the Host header', () => {
  let world: World
  let owner: TestBrowser
  let server: Awaited<ReturnType<typeof onPort>>
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    owner = world.browser()
    await owner.signIn()
    server = await onPort(world)
  })
  afterAll(async () => {
    await server.stop()
    await world.close()
  })

  /** Over a socket, with a Host of our choice, which fetch does not let one choose. */
  const raw = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
    new Promise<{ status: number; location: string | undefined; text: string }>((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port: server.port, method, path, headers, setHost: false },
        (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part) => parts.push(part))
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              location: answer.headers.location,
              text: Buffer.concat(parts).toString(),
            }),
          )
        },
      )
      sent.on('error', reject)
      sent.end(body === undefined ? undefined : JSON.stringify(body))
    })
  const json = { 'content-type': 'application/json' }

  it.each(FORGED)('builds every address from the configuration with %j', async (headers) => {
    const start = await raw(
      'POST',
      '/api/v1/flows',
      { ...json, authorization: `Bearer ${KEY}`, ...headers },
      { provider: 'linkedin' },
    )
    expect(start.status).toBe(201)
    const flow = JSON.parse(start.text)
    const url = new URL(flow.authorizeUrl)
    expect(url.origin).toBe(world.sandbox.origins['https://www.linkedin.com'])
    expect(url.searchParams.get('redirect_uri')).toBe(`${BASE}/callback/linkedin`)
    expect(flow.startUrl.startsWith(`${BASE}/start/`)).toBe(true)

    const same = { 'sec-fetch-site': 'same-origin' }
    const pressed = await raw('POST', new URL(flow.startUrl).pathname, { ...headers, ...same })
    expect(pressed.status).toBe(303)
    expect(new URL(pressed.location ?? '').searchParams.get('redirect_uri')).toBe(`${BASE}/callback/linkedin`)

    const mine = (await owner.start({ provider: 'linkedin', returnTo: '/settings' })).body
    const callback = new URL(await owner.consent(mine.authorizeUrl))
    const landed = await raw('GET', callback.pathname + callback.search, { ...headers, cookie: cookieOf(owner) })
    expect(landed.status).toBe(303)
    expect(landed.location?.startsWith(`${BASE}/settings?`)).toBe(true)
    expect(`${start.text}${pressed.location}${landed.location}${landed.text}`).not.toContain('evil')

    const providers = await raw('GET', '/api/v1/providers', { authorization: `Bearer ${KEY}`, ...headers })
    const openapi = await raw('GET', '/api/v1/openapi.json', headers)
    const page = await raw('GET', '/', headers)
    expect(`${providers.text}${openapi.text}${page.text}`).not.toContain('evil')
    expect(JSON.parse(openapi.text).servers).toEqual([{ url: BASE }])
  })

  it('sends the same redirect address with the code, whatever Host the callback came with', async () => {
    // The sandbox refuses an exchange whose redirect_uri is not that of the authorize request.
    const mine = (await owner.start({ provider: 'linkedin' })).body
    const callback = new URL(await owner.consent(mine.authorizeUrl))
    await raw('GET', callback.pathname + callback.search, { host: 'evil.example', cookie: cookieOf(owner) })
    expect((await world.api('GET', `/flows/${mine.id}`)).body.error).toBeNull()
  })

  it('reads the path of an absolute request target, not its host', async () => {
    const mine = (await owner.start({ provider: 'linkedin', returnTo: '/settings' })).body
    const callback = new URL(await owner.consent(mine.authorizeUrl))
    const target = `http://evil.example${callback.pathname}${callback.search}`
    const landed = await raw('GET', target, { host: 'evil.example', cookie: cookieOf(owner) })
    expect(landed.location ?? '').not.toContain('evil')
    if (landed.status === 303) expect(landed.location?.startsWith(`${BASE}/settings?`)).toBe(true)
  })

  it.each(['localhost:8003.evil.example', 'a b', 'evil.example/x', 'evil.example#', '"<script>', ''])(
    'answers a Host that is none, %j, without an address',
    async (host) => {
      const answer = await raw(
        'POST',
        '/api/v1/flows',
        { ...json, authorization: `Bearer ${KEY}`, host },
        { provider: 'linkedin' },
      )
      expect(answer.text + answer.location).not.toMatch(/evil|script/)
      if (answer.status !== 400)
        expect(new URL(JSON.parse(answer.text).authorizeUrl).searchParams.get('redirect_uri')).toBe(
          `${BASE}/callback/linkedin`,
        )
    },
  )

  it('does not take a forged Host for our own origin', async () => {
    for (const headers of [
      { host: 'evil.example', origin: 'http://evil.example' },
      {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        origin: 'https://evil.example',
      },
    ]) {
      const answer = await raw(
        'POST',
        '/api/v1/flows',
        { ...json, cookie: cookieOf(owner), ...headers },
        { provider: 'linkedin' },
      )
      expect(answer.status).toBe(403)
    }
  })
})
