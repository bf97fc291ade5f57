/** Routes that stream, judges that answer later, and platforms at one origin, tried through `addOrigin` itself. */
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
import { reply } from '../kit.ts'
import { json } from './answer.ts'
import { createClock } from './clock.ts'
import { createFaults } from './faults.ts'
import { createJournal } from './journal.ts'
import { type Listening, listen } from './listen.ts'
import type { Platform, Route } from './route.ts'
import { addOrigin, type Serving } from './serve.ts'

const ORIGIN = 'https://shared.example'
const open: Listening[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const platform = (id: string, routes: Omit<Route, 'origin'>[]): Platform => ({
  id,
  origins: [ORIGIN],
  routes: routes.map((one) => ({ ...one, origin: ORIGIN })),
  notFound: () => json(404, { by: id }),
  methodNotAllowed: () => json(405, { by: id }),
  throttled: () => json(429, {}),
})

async function serve(...platforms: Platform[]) {
  const faults = createFaults()
  const touched: string[] = []
  const on: Serving = {
    ...{ clock: createClock(), journal: createJournal(), faults, outage: () => undefined, log: () => {} },
    sleep: async () => {},
    touch: () => void touched.push('touched'),
  }
  const app = new Hono<{ Bindings: HttpBindings }>()
  addOrigin(app, platforms, ORIGIN, on)
  const listening = await listen(app, '127.0.0.1', 0)
  open.push(listening)
  return {
    faults,
    touched,
    at: (path: string, init: RequestInit = {}) => fetch(`${listening.origin}${path}`, init).then(reply),
  }
}

describe('a route that streams', () => {
  const counted: number[] = []
  const uploads = platform('up', [
    {
      ...{ endpoint: 'up.take', method: 'POST', path: '/take', streams: true },
      async answer(ask) {
        let size = 0
        for await (const piece of ask.stream ?? []) size += piece.byteLength
        counted.push(size)
        return json(200, { size, held: ask.body.byteLength })
      },
    },
  ])
  const body = new Uint8Array(3_000_000)

  it('takes more than any route holds, and holds nothing', async () => {
    const { at } = await serve(uploads)
    expect((await at('/take', { method: 'POST', body })).json).toEqual({ size: 3_000_000, held: 0 })
    expect((await at('/take', { method: 'POST' })).json).toEqual({ size: 0, held: 0 })
  })

  it('lets pass what is sent while it is out of order, and answers', async () => {
    const { at, faults, touched } = await serve(uploads)
    counted.length = 0
    faults.add({ endpoint: 'up.take', kind: 'gateway', status: 503, when: 'before', times: 1, skip: 0 })
    expect((await at('/take', { method: 'POST', body })).status).toBe(503)
    faults.add({ endpoint: 'up.take', kind: 'reset', when: 'before', times: 1, skip: 0 })
    await expect(at('/take', { method: 'POST', body })).rejects.toThrow()
    expect([counted, touched]).toEqual([[], []])
    faults.add({ endpoint: 'up.take', kind: 'reset', when: 'after', times: 1, skip: 0 })
    await expect(at('/take', { method: 'POST', body })).rejects.toThrow()
    expect([counted, touched]).toEqual([[3_000_000], ['touched']])
  })
})

describe('a judge that answers later', () => {
  it('is waited for, and what it changed is kept', async () => {
    const later: Omit<Route, 'origin'> = {
      ...{ endpoint: 'slow.one', method: 'GET', path: '/one' },
      answer: () => new Promise((done) => setImmediate(() => done(json(200, { done: true })))),
    }
    const { at, touched } = await serve(platform('slow', [later]))
    expect((await at('/one')).json).toEqual({ done: true })
    expect(touched).toHaveLength(1)
  })
})

describe('two platforms at one origin', () => {
  const one = (id: string, path: string): Platform =>
    platform(id, [{ endpoint: `${id}.it`, method: 'GET', path, answer: () => json(200, { by: id }) }])

  it('each serve their own paths, and refuse in their own words', async () => {
    const { at } = await serve(one('a', '/a'), one('b', '/b'))
    expect((await at('/a')).json).toEqual({ by: 'a' })
    expect((await at('/b')).json).toEqual({ by: 'b' })
    expect([(await at('/b', { method: 'POST' })).status, (await at('/b', { method: 'POST' })).json]).toEqual([
      405,
      { by: 'b' },
    ])
    expect((await at('/c')).json).toEqual({ by: 'a' })
  })
})
