/** What is read at an address that somebody entered, and where nothing is. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createOutside } from './runtime-outside.ts'

let server: Server
let origin: string
let asked: IncomingMessage[] = []
const pages: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {}
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request)
    const page = pages[new URL(request.url ?? '/', 'http://x').pathname]
    if (page) return page(request, response)
    response.writeHead(404).end('none')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked = []
})

const names =
  (...addresses: string[]): LookupFunction =>
  (_host, _options, done) =>
    (done as (error: null, found: { address: string; family: number }[]) => void)(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
const LIMITS = { accept: 'text/html', bytes: 1000, ms: 20_000 }
/** In development, where this machine is reached for webhooks. */
const RULES = { loopback: true, origins: [] as string[] }
const get = (url: string, more: Partial<typeof LIMITS> & { trusted?: string[]; lookup?: LookupFunction } = {}) => {
  const { lookup, trusted = [origin], ...limits } = more
  return createOutside(RULES, lookup).get(url, { ...LIMITS, ...limits, trusted })
}
const bodyOf = async (...given: Parameters<typeof get>) => {
  const got = await get(...given)
  if ('fault' in got) throw new Error(got.fault)
  return { ...got, body: got.body.toString() }
}

describe('a page', () => {
  it('is read, with what it is and where it was', async () => {
    pages['/page'] = (_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=x' }).end('<p>')
    expect(await bodyOf(`${origin}/page?a=1`)).toEqual({
      status: 200,
      url: `${origin}/page?a=1`,
      type: 'text/html; charset=x',
      body: '<p>',
      whole: true,
    })
    expect(asked[0]?.headers).toMatchObject({ accept: 'text/html', 'user-agent': expect.stringContaining('Mooring') })
    expect(asked[0]?.headers.cookie ?? asked[0]?.headers.authorization).toBeUndefined()
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('that comes as %s is unpacked', async (encoding, pack) => {
    pages['/packed'] = (_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(pack(Buffer.from('hello')))
    expect(await bodyOf(`${origin}/packed`)).toMatchObject({ body: 'hello', whole: true })
  })

  it('is cut where it is too long, packed or not, and the rest is not waited for', async () => {
    pages['/long'] = (_, response) => void response.writeHead(200).write('x'.repeat(5000))
    expect(await bodyOf(`${origin}/long`)).toMatchObject({ body: 'x'.repeat(1000), whole: false })
    const bomb = gzipSync(Buffer.alloc(50 * 1024 ** 2))
    pages['/bomb'] = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    expect(await bodyOf(`${origin}/bomb`)).toMatchObject({ whole: false, body: '\0'.repeat(1000) })
  })

  it('that is packed wrongly, breaks off, or never comes is a fault', async () => {
    pages['/wrong'] = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')
    expect(await get(`${origin}/wrong`)).toEqual({ fault: 'no_answer' })
    pages['/broken'] = (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('x')
      setImmediate(() => request.socket.destroy())
    }
    expect(await get(`${origin}/broken`)).toEqual({ fault: 'no_answer' })
    pages['/never'] = () => {}
    expect(await get(`${origin}/never`, { ms: 300 })).toEqual({ fault: 'timeout' })
    pages['/drips'] = (_, response) => void response.writeHead(200).write('x')
    expect(await get(`${origin}/drips`, { ms: 300 })).toEqual({ fault: 'timeout' })
    expect(await get('http://localhost:9/', { trusted: ['http://localhost:9'] })).toEqual({
      fault: 'connection_refused',
    })
    expect(
      await get(origin.replace('http:', 'https:'), { trusted: [origin.replace('http:', 'https:')] }),
    ).toMatchObject({
      fault: expect.any(String),
    })
  })
})

describe('a redirect', () => {
  const to =
    (location: string, status = 302) =>
    (_: IncomingMessage, response: ServerResponse) =>
      void response.writeHead(status, { location }).end()
  beforeAll(() => {
    pages['/end'] = (_, response) => response.writeHead(200).end('here')
  })

  it.each([301, 302, 303, 307, 308])('%i is followed', async (status) => {
    pages['/go'] = to('/end', status)
    expect(await bodyOf(`${origin}/go`)).toMatchObject({ url: `${origin}/end`, body: 'here' })
  })

  it('is followed three times, and no fourth', async () => {
    pages['/1'] = to('/2')
    pages['/2'] = to('/3')
    pages['/3'] = to('/end')
    expect(await bodyOf(`${origin}/1`)).toMatchObject({ body: 'here' })
    pages['/0'] = to('/1')
    expect(await get(`${origin}/0`)).toEqual({ fault: 'redirects' })
    pages['/round'] = to('/round')
    expect(await get(`${origin}/round`)).toEqual({ fault: 'redirects' })
  })

  it('to nowhere is the answer itself', async () => {
    pages['/odd'] = to('http://[')
    expect(await bodyOf(`${origin}/odd`)).toMatchObject({ status: 302, url: `${origin}/odd` })
    pages['/none'] = (_, response) => response.writeHead(302).end()
    expect(await bodyOf(`${origin}/none`)).toMatchObject({ status: 302 })
  })

  it.each([
    'http://127.0.0.1:1/',
    'http://localhost:1/',
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://2130706433/',
    'https://192.168.1.1/admin',
    'http://user:pass@93.184.216.34/',
    'file:///etc/passwd',
    'ftp://ftp.example.com/',
    'data:text/html,x',
  ])('into the inside (%s) is refused, and nothing is sent there', async (location) => {
    pages['/in'] = to(location)
    expect(await get(`${origin}/in`)).toEqual({ fault: 'address_refused' })
    expect(asked.map((one) => one.url)).toEqual(['/in'])
  })

  it('to a name that leads inside is refused', async () => {
    pages['/name'] = to('https://inside.example/')
    expect(await get(`${origin}/name`, { lookup: names('10.0.0.1') })).toEqual({ fault: 'address_refused' })
  })
})

describe('#13 SSRF: an address to be read', () => {
  it.each([
    'http://127.0.0.1/',
    'http://localhost/',
    'https://127.1/',
    'http://0/',
    'http://0x7f.1/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:169.254.169.254]/',
    'http://169.254.169.254/',
    'http://user@example.com/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'not an address',
  ])('%s is refused, in development too', async (url) => {
    expect(await get(url, { trusted: [] })).toEqual({ fault: 'address_refused' })
  })

  it.each([[['127.0.0.1']], [['169.254.169.254']], [['10.0.0.1', '::1']], [['::ffff:127.0.0.1']], [[]]])(
    'whose name leads to %s is refused',
    async (addresses) => {
      const { port } = server.address() as AddressInfo
      const url = `http://inside.example:${port}/page`
      expect(await get(url, { trusted: [], lookup: names(...addresses) })).toEqual({ fault: 'address_refused' })
      expect(asked).toEqual([])
    },
  )

  it('is trusted by its whole origin, and no neighbour of it is', async () => {
    const { port } = server.address() as AddressInfo
    for (const near of [`http://127.0.0.1:${port}/page`, 'http://localhost/page', `https://localhost:${port}/page`])
      expect(await get(near), near).toEqual({ fault: 'address_refused' })
    expect(asked).toEqual([])
  })

  it('that nobody has is told', async () => {
    const lookup: LookupFunction = (_host, _options, done) =>
      done(Object.assign(new Error(), { code: 'ENOTFOUND' }), '')
    expect(await get('https://nobody.example/', { lookup })).toEqual({ fault: 'name_not_found' })
  })
})
