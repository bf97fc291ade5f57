/** A platform's 401 through the proxy: one renewal and one repetition where both can be had, else the 401 as it is. */
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { forceRefresh } from '../connections/refresh.ts'
import { open, type Proxying, startProxying, text, wire } from './proxy-testing.ts'

let here: Proxying
beforeAll(async () => {
  here = await startProxying()
})
afterAll(() => here.stop())
beforeEach(async () => {
  here.connection = await here.connect(crypto.randomUUID())
  // A token that was just issued is not renewed for a 401.
  here.world.advance(120)
  here.acme.tokenRequests.length = 0
  here.platform.seen = []
  dead.clear()
  here.platform.on = strict
})
afterEach(() => {
  here.acme.onToken = undefined
})

const bodies: string[] = []
/** Tokens that the platform does not take any more; the first that it sees without any is one. */
const dead = new Set<string>()
const tokenOf = (incoming: IncomingMessage) => incoming.headers.authorization?.replace('Bearer ', '') ?? ''
const strict = (incoming: IncomingMessage, response: ServerResponse) => {
  if (dead.size === 0) dead.add(tokenOf(incoming))
  const status = dead.has(tokenOf(incoming)) ? 401 : 200
  void text(incoming).then((body) => {
    bodies.push(body)
    response.writeHead(status, { 'content-type': 'application/json', 'www-authenticate': 'Bearer' })
    response.end(status === 401 ? '{"their":"refusal"}' : '{"ok":true}')
  })
}
const refreshes = () => here.acme.tokenRequests.filter((one) => one.form.get('grant_type') === 'refresh_token').length
const theirs = { status: 401, text: '{"their":"refusal"}' }

describe('a 401 of the platform', () => {
  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'POST', 'PATCH'])('is answered by one renewal: %s', async (method) => {
    const body = ['PUT', 'POST', 'PATCH'].includes(method) ? `{"of":"${method}"}` : undefined
    bodies.length = 0
    const answer = await wire(here.port, here.path('/x?y'), { method }, body)
    expect(answer).toMatchObject({ status: 200, text: method === 'HEAD' ? '' : '{"ok":true}' })
    expect(refreshes()).toBe(1)
    expect(here.platform.seen.map((one) => [one.method, one.url])).toEqual([
      [method, '/x?y'],
      [method, '/x?y'],
    ])
    expect(bodies).toEqual([body ?? '', body ?? ''])
    const tokens = here.platform.seen.map((one) => one.headers.authorization)
    expect(tokens[0]).not.toBe(tokens[1])
    // What was renewed is kept.
    await wire(here.port, here.path('/x'))
    expect(here.platform.seen.at(-1)?.headers.authorization).toBe(tokens[1])
    expect(refreshes()).toBe(1)
  })

  it('repeats a body of 64 KiB, also one in chunks, and none that is larger', async () => {
    const small = 'x'.repeat(64 * 1024)
    bodies.length = 0
    expect(await wire(here.port, here.path('/x'), { method: 'POST' }, small)).toMatchObject({ status: 200 })
    expect(bodies).toEqual([small, small])
    here.world.advance(120)
    dead.clear()
    const chunked = open(here.port, here.path('/x'), { method: 'POST', headers: { 'transfer-encoding': 'chunked' } })
    for (let at = 0; at < 64; at++) chunked.write('y'.repeat(1024))
    chunked.end()
    const status = await new Promise((done) => chunked.on('response', (response) => done(response.statusCode)))
    expect([status, bodies.at(-1)]).toEqual([200, 'y'.repeat(64 * 1024)])
    here.world.advance(120)
    dead.clear()
    const before = refreshes()
    expect(await wire(here.port, here.path('/x'), { method: 'POST' }, `${small}x`)).toMatchObject(theirs)
    expect(refreshes()).toBe(before)
  })

  it('is passed on as it is the second time', async () => {
    here.platform.on = (incoming, response) => {
      dead.add(tokenOf(incoming))
      strict(incoming, response)
    }
    const answer = await wire(here.port, here.path('/x'))
    expect(answer).toMatchObject({ ...theirs, headers: { 'www-authenticate': 'Bearer' } })
    expect(answer.headers['mooring-error']).toBeUndefined()
    expect([refreshes(), here.platform.seen.length]).toEqual([1, 2])
    // A token that is young is not renewed again: a platform that refuses for another reason would spend the grant.
    expect(await wire(here.port, here.path('/x'))).toMatchObject(theirs)
    expect([refreshes(), here.platform.seen.length]).toEqual([1, 3])
  })

  it('is passed on where there is no refresh token', async () => {
    await here.world.database.query('update mooring.connections set refresh_token = null where id = $1', [
      here.connection,
    ])
    expect(await wire(here.port, here.path('/x'))).toMatchObject(theirs)
    expect([refreshes(), here.platform.seen.length]).toEqual([0, 1])
  })

  it('is passed on where the renewal fails, which is written down as ever', async () => {
    here.acme.onToken = (_request, response) => response.writeHead(503).end()
    expect(await wire(here.port, here.path('/x'))).toMatchObject(theirs)
    expect(here.platform.seen).toHaveLength(1)
    expect((await here.world.api('GET', `/connections/${here.connection}`)).body.state).toBe('failing')
    const asked = here.acme.tokenRequests.length
    // And not tried again before its time.
    expect(await wire(here.port, here.path('/x'))).toMatchObject(theirs)
    expect(here.acme.tokenRequests).toHaveLength(asked)
  })

  it('renews nothing where a sibling did meanwhile, and goes on with its token', async () => {
    const renewed = Promise.withResolvers<void>()
    here.platform.on = (incoming, response) => {
      if (dead.size > 0) return strict(incoming, response)
      dead.add(tokenOf(incoming))
      // Another process renews while the platform thinks.
      void forceRefresh(here.world.mooring.engine, here.world.workspace, here.connection).then(() => {
        strict(incoming, response)
        renewed.resolve()
      })
    }
    expect(await wire(here.port, here.path('/x'))).toMatchObject({ status: 200 })
    await renewed.promise
    expect([refreshes(), here.platform.seen.length]).toEqual([1, 2])
  })

  it('of many calls at once is worth one renewal for all', async () => {
    const calls = await Promise.all(Array.from({ length: 40 }, () => wire(here.port, here.path('/x'))))
    expect(new Set(calls.map((one) => one.status))).toEqual(new Set([200]))
    expect(refreshes()).toBe(1)
  })

  it.each([403, 400, 429, 500])('is not what a %i is: no renewal, no repetition', async (status) => {
    here.platform.on = (_incoming, response) => response.writeHead(status).end('{}')
    expect((await wire(here.port, here.path('/x'))).status).toBe(status)
    expect([refreshes(), here.platform.seen.length]).toEqual([0, 1])
  })
})

describe('a connection without a live token', () => {
  it('asks the platform nothing, and says why', async () => {
    await here.world.api('DELETE', `/connections/${here.connection}`)
    const answer = await wire(here.port, here.path('/x'))
    expect([answer.status, answer.headers['mooring-error']]).toEqual([409, 'disconnected'])
    expect(here.platform.seen).toEqual([])
  })

  it('renews a token that has ended before it asks', async () => {
    here.platform.on = undefined
    here.world.advance(4000)
    expect((await wire(here.port, here.path('/x'))).status).toBe(200)
    expect([refreshes(), here.platform.seen.length]).toEqual([1, 1])
  })
})

describe('a connection to the platform that was kept', () => {
  /** Closes each connection that is used a second time, without an answer: what a platform's idle limit looks like. */
  const used = new WeakSet<object>()
  const closing = (incoming: IncomingMessage, response: ServerResponse) => {
    if (used.has(incoming.socket)) return void incoming.socket.resetAndDestroy()
    used.add(incoming.socket)
    incoming.resume().on('end', () => response.end(createHash('md5').update('x').digest('hex')))
  }

  it('and is closed as it is used again costs a second try, where a request may be made twice', async () => {
    here.platform.on = closing
    for (const [method, body] of [
      ['GET', undefined],
      ['PUT', 'kept'],
      ['DELETE', undefined],
    ] as const) {
      for (let at = 0; at < 3; at++)
        expect((await wire(here.port, here.path('/x'), { method }, body)).status, method).toBe(200)
    }
    const posts: number[] = []
    for (let at = 0; at < 3; at++) posts.push((await wire(here.port, here.path('/x'), { method: 'POST' }, 'x')).status)
    expect(posts).toContain(502)
  })
})
