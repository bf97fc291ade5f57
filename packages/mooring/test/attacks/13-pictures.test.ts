/** #13 once more, for the one thing that is fetched because a platform named it: pictures. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { MOST_BYTES, TIMEOUT_MS } from '../../src/connections/pictures/fetch-picture.ts'
import { text } from '../../src/provider.ts'
import { providers } from '../../src/providers/index.ts'
import { BASE, createWorld, type Json, type TestBrowser, type World } from '../world.ts'
import { type Acme, startAcme } from './acme.ts'
import { LINKEDIN_ENV } from './support.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const CDN = 'https://img.acme.example'
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(400, 7)])
const METADATA = 'http://169.254.169.254/latest/meta-data/'

async function listening(handler: Handler): Promise<{ server: Server; url: string }> {
  const server = createServer(handler)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

describe('#13 SSRF by a picture', () => {
  let acme: Acme
  let world: World
  let owner: TestBrowser
  let cdn: Awaited<ReturnType<typeof listening>>
  let inside: Awaited<ReturnType<typeof listening>>
  /** Whatever inside the operator's network must not be reached. */
  let reached: string[] = []
  let asked: IncomingMessage[] = []
  let answer: Handler
  let named = ''
  let pages: string[] = []
  const png: Handler = (_request, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(PNG)

  beforeAll(async () => {
    inside = await listening((request, response) => {
      reached.push(`${request.method} ${request.url}`)
      response.writeHead(200, { 'content-type': 'image/png' }).end(PNG)
    })
    cdn = await listening((request, response) => {
      asked.push(request)
      answer(request, response)
    })
    acme = await startAcme({
      pictureHosts: ['img.acme.example', '*.cdn.acme.example'],
      identity: async ({ call }) => {
        const { body } = await call({ url: 'https://api.acme.example/me' })
        return { subject: text(body, 'id') ?? 'nobody', label: 'Acme', picture: named }
      },
      accounts: async (_context, { subject, label }) => [
        { kind: 'person', subject, label },
        ...pages.map((picture) => ({ kind: 'page', subject: picture, label: picture, picture })),
      ],
    })
    world = await createWorld({
      providers: [...providers, acme.provider],
      platformOrigins: { ...acme.origins, [CDN]: cdn.url },
      env: { ...LINKEDIN_ENV, MOORING_STARTS_PER_HOUR: '1000' },
    })
    owner = world.browser()
    await owner.signIn()
  })
  afterAll(async () => {
    await world.close()
    await acme.stop()
    for (const { server } of [inside, cdn]) server.closeAllConnections()
    inside.server.close()
    cdn.server.close()
  })
  afterEach(() => {
    answer = png
    reached = []
    asked = []
    vi.restoreAllMocks()
  })

  let count = 0
  /** Connects somebody whose picture the platform names so; what the API shows of it. */
  async function shown(url: string): Promise<string | null> {
    named = url
    const started = (await owner.start({ provider: 'acme' })).body
    await owner.open(acme.approve(started.authorizeUrl, { subject: 'ada' }))
    const flow = (await world.api('GET', `/flows/${started.id}`)).body
    return (await world.api('GET', `/connections/${flow.connectionId}`)).body.identity.picture
  }
  /** Never asked before, so that no shelf has it. */
  const fresh = async () => (await shown(`${CDN}/${++count}.png`)) ?? ''
  async function fetched(path: string, headers: Record<string, string> = {}) {
    const response = await world.mooring.fetch(new Request(new URL(path, BASE), { headers }))
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
  }

  it.each([
    METADATA,
    'https://169.254.169.254/latest/',
    'https://[fd00:ec2::254]/latest/',
    'http://img.acme.example/a.png',
    'https://img.acme.example:8443/a.png',
    'https://user@img.acme.example/a.png',
    'https://img.acme.example.evil.example/a.png',
    'https://img.acme.example@evil.example/a.png',
    'https://evil.example/a.png#img.acme.example',
    'https://cdn.acme.example/a.png',
    'https://xcdn.acme.example/a.png',
    'https://api.acme.example/me',
    'https://media.licdn.com/a.png',
    'file:///etc/passwd',
    'data:image/png;base64,iVBORw0KGgo=',
    'not an address',
  ])('shows no picture at %s, and asks nobody', async (url) => {
    expect(await shown(url)).toBeNull()
    expect([asked, reached]).toEqual([[], []])
  })

  it('nor at an address inside that the sandbox or an old row named', async () => {
    expect(await shown(`${inside.url}/a.png`)).toBeNull()
    await world.database.query('update mooring.connections set picture = $1', [`${inside.url}/a.png`])
    for (const one of (await world.api('GET', '/connections')).body.data) expect(one.identity.picture).toBeNull()
    expect(reached).toEqual([])
  })

  it('sends nothing of ours and nothing of the asker’s along', async () => {
    answer = png
    const picture = await fresh()
    const cookie = [...owner.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {
      cookie,
      authorization: 'Bearer mk_secret',
      referer: `${BASE}/accounts`,
      'x-forwarded-for': '10.0.0.1',
    }
    expect((await fetched(picture, headers)).status).toBe(200)
    expect(asked).toHaveLength(1)
    expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual(
      ['accept', 'accept-encoding', 'accept-language', 'connection', 'host', 'sec-fetch-mode', 'user-agent'].sort(),
    )
  })

  it.each([301, 302, 303, 307, 308])('follows no %i', async (status) => {
    for (const location of [
      METADATA,
      `${inside.url}/a.png`,
      `${CDN}/other.png`,
      '/other.png',
      '//evil.example/a.png',
    ]) {
      answer = (_request, response) => void response.writeHead(status, { location }).end()
      expect((await fetched(await fresh())).status, location).toBe(404)
    }
    expect(asked.map((one) => one.url)).not.toContain('/other.png')
    expect(reached).toEqual([])
  })

  it.each<[string, Record<string, string>, string | Buffer]>([
    [
      'SVG',
      { 'content-type': 'image/svg+xml' },
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    ],
    ['SVG that is called PNG', { 'content-type': 'image/png' }, '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a page', { 'content-type': 'text/html' }, '<script>alert(1)</script>'],
    ['a page that is called JPEG', { 'content-type': 'image/jpeg' }, '<!doctype html><script>alert(1)</script>'],
    ['a picture that is called a page', { 'content-type': 'text/html' }, PNG],
    ['a picture that is called nothing', {}, PNG],
    ['a picture that is called bytes', { 'content-type': 'application/octet-stream' }, PNG],
    ['nothing', { 'content-type': 'image/png' }, ''],
    ['secrets', { 'content-type': 'application/json' }, '{"AccessKeyId":"x"}'],
  ])('hands on no %s', async (_name, headers, body) => {
    answer = (_request, response) => void response.writeHead(200, headers).end(body)
    const { status, bytes } = await fetched(await fresh())
    expect(status).toBe(404)
    expect(bytes.toString()).not.toContain('alert')
  })

  it('tells the type by the bytes, and hands on no header of the host', async () => {
    const headers = {
      'content-type': 'image/jpeg',
      'set-cookie': 'a=b',
      'x-evil': '1',
      'cache-control': 'public',
      location: '/x',
    }
    answer = (_request, response) => void response.writeHead(200, headers).end(PNG)
    const found = await fetched(await fresh())
    expect([found.status, found.headers.get('content-type')]).toEqual([200, 'image/png'])
    for (const name of ['set-cookie', 'x-evil', 'location']) expect(found.headers.get(name)).toBeNull()
    expect(found.headers.get('cache-control')).toBe('private, max-age=86400')
    expect(found.bytes.equals(PNG)).toBe(true)
  })

  it.each([204, 206, 400, 401, 403, 404, 410, 429, 500, 503])('is 404 where the host answers %i', async (status) => {
    answer = (_request, response) =>
      void response.writeHead(status, { 'content-type': 'image/png' }).end(status === 204 ? '' : PNG)
    expect((await fetched(await fresh())).status).toBe(404)
  })

  it('cuts an endless one', async () => {
    const closed = new Promise<number>((resolve) => {
      answer = (_request, response) => {
        let bytes = PNG.length
        response.writeHead(200, { 'content-type': 'image/png' }).write(PNG)
        const part = Buffer.alloc(64 * 1024)
        const more = () => {
          while (!response.destroyed && bytes < 64 * 1024 * 1024 && response.write(part)) bytes += part.length
        }
        response.on('drain', more)
        response.on('close', () => resolve(bytes))
        more()
      }
    })
    expect((await fetched(await fresh())).status).toBe(404)
    // What lies in the sockets' buffers may have left; the rest of the 64 MB has not.
    expect(await closed).toBeLessThan(24 * 1024 * 1024)
  })

  it('does not begin to read what says that it is too long, and counts what comes out of what is packed', async () => {
    const large = Buffer.concat([PNG, Buffer.alloc(MOST_BYTES)])
    answer = (_request, response) =>
      void response.writeHead(200, { 'content-type': 'image/png', 'content-length': large.length }).end(large)
    expect((await fetched(await fresh())).status).toBe(404)
    for (const [encoding, packed] of [
      ['gzip', gzipSync(large)],
      ['deflate', deflateSync(large)],
    ] as const) {
      expect(packed.length).toBeLessThan(64 * 1024)
      answer = (_request, response) =>
        void response.writeHead(200, { 'content-type': 'image/png', 'content-encoding': encoding }).end(packed)
      expect((await fetched(await fresh())).status, encoding).toBe(404)
    }
    const most = Buffer.concat([PNG, Buffer.alloc(MOST_BYTES - PNG.length)])
    answer = (_request, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(most)
    expect((await fetched(await fresh())).bytes.length).toBe(MOST_BYTES)
  })

  it.each<[string, Handler]>([
    ['does not answer', () => {}],
    [
      'drips for ever',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'image/png' }).write(PNG)
        const timer = setInterval(() => response.write('x'), 5)
        response.on('close', () => clearInterval(timer))
      },
    ],
  ])('waits not for ever for a host that %s', async (_name, handler) => {
    answer = handler
    const picture = await fresh()
    const limits: number[] = []
    const real = AbortSignal.timeout.bind(AbortSignal)
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      limits.push(ms)
      return real(ms / 100)
    })
    expect((await fetched(picture)).status).toBe(404)
    expect(Math.min(...limits)).toBe(TIMEOUT_MS)
  })

  it('asks one host for a few at once, whoever asks for how many', async () => {
    let most = 0
    const open: (() => void)[] = []
    answer = (request, response) => {
      open.push(() => png(request, response))
      most = Math.max(most, open.length)
      // A slow host: it answers none before all have come that may ask at the same time, and leaves one more the time to come.
      if (open.length !== 16 && asked.length !== 120) return
      setTimeout(() => {
        for (const go of open.splice(0)) go()
      }, 40)
    }
    pages = Array.from({ length: 120 }, (_, at) => `${CDN}/many/${at}.png`)
    const started = (await owner.start({ provider: 'acme' })).body
    await owner.open(acme.approve(started.authorizeUrl, { subject: 'bela' }))
    const { candidates } = (await world.api('GET', `/flows/${started.id}`)).body
    pages = []
    const pictures: string[] = candidates.flatMap((one: Json) => one.picture ?? [])
    expect(pictures).toHaveLength(120)
    const statuses = await Promise.all(pictures.map(async (one) => (await fetched(one)).status))
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(asked).toHaveLength(120)
    expect(most).toBe(16)
  })
})
