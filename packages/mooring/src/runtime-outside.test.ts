/** Where the server sends nothing, however it is told to. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOutside, isPublic } from './runtime-outside.ts'

let server: Server
let port = 0
const reached: string[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    reached.push(request.url ?? '')
    response.end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})
afterAll(() => void server.close())

/** A name server that answers with these. */
const names =
  (...addresses: string[]): LookupFunction =>
  (_host, _options, done) =>
    (done as (error: null, found: { address: string; family: number }[]) => void)(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
const strict = { loopback: false, origins: [] }

describe('#13 SSRF: an address that somebody enters', () => {
  it.each([
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '127.9.9.9',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
    ],
    ...[
      '192.0.0.1',
      '192.0.2.1',
      '192.168.1.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.9',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
      'fd12:3456::1',
      'ff02::1',
      '64:ff9b::a00:1',
      '2001:db8::1',
      '2001::1',
      '2002:a00:1::',
    ],
    ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '::10.0.0.1', '3fff::1', '', 'localhost'],
  ])('%s is not public', (address) => expect(isPublic(address)).toBe(false))

  it.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::200e'])(
    '%s is public',
    (address) => expect(isPublic(address)).toBe(true),
  )

  it.each([
    ['https://2130706433/', false],
    ['https://0x7f000001/', false],
    ['https://0177.0.0.1/', false],
    ['https://127.1/', false],
    ['https://[::1]/', false],
    ['https://[::ffff:7f00:1]/', false],
    ['https://localhost/', false],
    ['http://app.example.com/', false],
    ['https://app.example.com:8443/hooks?x=1', true],
    ['https://1.1.1.1/', true],
  ])('%s can be entered: %s', (url, yes) => expect(createOutside(strict).refuses(url) === undefined).toBe(yes))

  it('of this machine can be entered in development, and one of an origin that the operator names always', () => {
    const development = createOutside({ loopback: true, origins: [] })
    for (const url of ['http://localhost:3000/x', 'http://127.0.0.1/', 'https://[::1]:8443/'])
      expect(development.refuses(url), url).toBeUndefined()
    expect(development.refuses('http://10.0.0.1/')).toBeDefined()
    const named = createOutside({ loopback: false, origins: ['http://app:3000'] })
    expect(named.refuses('http://app:3000/hooks')).toBeUndefined()
    expect(named.refuses('http://app:3001/hooks')).toBeDefined()
    expect(named.refuses('http://app.example:3000/')).toBeDefined()
  })
})

describe('#13 SSRF: a name', () => {
  it.each([[['127.0.0.1']], [['10.0.0.1', '::1']], [['::ffff:127.0.0.1']], [[]]])(
    'that leads to %s is refused when it is asked',
    async (addresses) => {
      const outside = createOutside(strict, names(...addresses))
      expect(await outside.post(`https://inside.example:${port}/`, {}, '{}')).toEqual({ fault: 'address_refused' })
      expect(reached).toEqual([])
    },
  )

  it('that the operator trusts is not judged by where it leads', async () => {
    const trusting = createOutside({ loopback: false, origins: [`http://localhost:${port}`] }, names('10.0.0.1'))
    expect(await trusting.post(`http://localhost:${port}/trusted`, {}, '{}')).toEqual({ status: 200 })
    expect(reached).toEqual(['/trusted'])
  })

  it('that nobody has, and a port where nobody listens, are told', async () => {
    const missing = createOutside(strict, (_host, _options, done) =>
      done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), ''),
    )
    expect(await missing.post('https://nobody.example/', {}, '{}')).toEqual({ fault: 'name_not_found' })
    const here = createOutside({ loopback: true, origins: [] })
    expect(await here.post('http://127.0.0.1:9/', {}, '{}')).toEqual({ fault: 'connection_refused' })
    expect(await here.post(`https://127.0.0.1:${port}/`, {}, '{}')).toMatchObject({ fault: expect.any(String) })
  })
})
