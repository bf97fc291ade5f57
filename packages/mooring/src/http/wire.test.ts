/** Over a real socket: bodies in pieces, lengths that lie, addresses that no client would send. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, KEY, type World } from '../../test/world.ts'
import { type Listening, listen } from '../hosts/node.ts'

const AUTH = `Authorization: Bearer ${KEY}\r\n`
const JSON_TYPE = 'Content-Type: application/json\r\n'

describe('over a socket', () => {
  let world: World
  let server: Listening
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '100' } })
    server = await listen(world.mooring, '127.0.0.1', 0)
  })
  afterAll(async () => {
    await server.stop()
    await world.close()
  })

  /** Writes these bytes, and reads until the server closes. */
  const raw = async (...parts: string[]): Promise<{ status: number; head: string; body: string }> => {
    const socket = connect(server.port, '127.0.0.1')
    const received: Buffer[] = []
    socket.on('data', (chunk) => received.push(chunk))
    // A server that has refused may close while more is being sent.
    socket.on('error', () => {})
    const closed = new Promise((done) => socket.once('close', done))
    await once(socket, 'connect')
    for (const part of parts) socket.write(part)
    await closed
    const text = Buffer.concat(received).toString('latin1')
    const [head = '', body = ''] = text.split('\r\n\r\n')
    return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]), head, body: text.slice(head.length + 4) || body }
  }
  const request = (line: string, headers = '', body = '') =>
    raw(`${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n${body}`)
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
  const chunked = `${AUTH}${JSON_TYPE}Transfer-Encoding: chunked\r\n`

  it('takes a body in pieces, and refuses one of over a megabyte in pieces', async () => {
    const good = await request(
      'POST /api/v1/flows',
      chunked,
      `${chunk('{"provider":')}${chunk('"linkedin"}')}0\r\n\r\n`,
    )
    expect(good.status).toBe(201)
    const piece = chunk('x'.repeat(65_536))
    const big = await request(
      'POST /api/v1/flows',
      chunked,
      `${chunk('{"clientState":"')}${piece.repeat(20)}${chunk('"}')}0\r\n\r\n`,
    )
    expect(big.status).toBe(413)
    expect(big.body).toContain('body_too_large')
  })

  it('refuses a told length of over a megabyte before it is sent', async () => {
    const answer = await request('POST /api/v1/flows', `${AUTH}${JSON_TYPE}Content-Length: 10000000\r\n`, '{')
    expect([answer.status, answer.body.includes('body_too_large')]).toEqual([413, true])
  })

  it('refuses a form in pieces and by length', async () => {
    const type = 'Content-Type: text/plain\r\n'
    expect((await request('POST /api/v1/flows', `${AUTH}${type}Content-Length: 2\r\n`, '{}')).status).toBe(415)
    expect(
      (await request('POST /api/v1/flows', `${AUTH}${type}Transfer-Encoding: chunked\r\n`, `${chunk('{}')}0\r\n\r\n`))
        .status,
    ).toBe(415)
  })

  it('takes a POST without a body where none is needed', async () => {
    for (const length of ['', 'Content-Length: 0\r\n']) {
      const answer = await request(
        'POST /api/v1/connections/5b7c4f7e-8d2a-4c3e-9f10-6a7b8c9d0e1f/test',
        `${AUTH}${length}`,
      )
      expect([answer.status, answer.body.includes('not_found')]).toEqual([404, true])
    }
  })

  it.each([
    [
      'two lengths',
      `POST /api/v1/flows HTTP/1.1\r\nHost: x\r\n${AUTH}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    ],
    [
      'a length and pieces',
      `POST /api/v1/flows HTTP/1.1\r\nHost: x\r\n${AUTH}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a header that breaks its line', `GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: b\0c\r\n\r\n`],
    ['headers without end', `GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(200_000)}\r\n\r\n`],
    ['no HTTP at all', 'hello\r\n\r\n'],
  ])('refuses %s', async (_, bytes) => {
    const answer = await raw(bytes)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
  })

  it.each([
    '/..%2f..%2fetc/passwd',
    '//etc/passwd',
    '/%',
    '/%00',
    '/a\\b',
    'http://evil.example.com/nowhere',
    '/api/v1/../../etc/passwd',
  ])('answers GET %s with 404 or 400, and goes on', async (path) => {
    const answer = await request(`GET ${path}`, AUTH)
    expect([400, 404]).toContain(answer.status)
    expect((await request('GET /healthz')).status).toBe(200)
  })

  it('answers HEAD without a body, on a callback with 405', async () => {
    const head = await request('HEAD /api/v1/connections', AUTH)
    expect([head.status, head.body]).toEqual([200, ''])
    const callback = await request('HEAD /callback/linkedin?state=x&code=y')
    expect([callback.status, callback.body]).toEqual([405, ''])
    expect(callback.head).toMatch(/\r\nallow: GET\r\n/i)
  })
})
