/** Mooring inside other servers: Express, Hono, and what Next.js calls; under a path of theirs, beside their own routes. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, KEY, type World } from '../../test/world.ts'
import type { Mooring } from '../mooring.ts'
import { expressHandler } from './express.ts'
import { honoHandler } from './hono.ts'
import { nextHandlers } from './next.ts'

const BASE = 'http://localhost:8003/mooring'
const bearer = { authorization: `Bearer ${KEY}` }

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_BASE_URL: BASE, MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())

const servers: Server[] = []
afterEach(async () => {
  for (const one of servers.splice(0)) {
    one.closeAllConnections()
    await new Promise((done) => one.close(done))
  }
})

async function on(server: Server): Promise<string> {
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const HOSTS: Record<string, (mooring: Mooring) => Promise<string>> = {
  express(mooring) {
    const app = express()
    app.use('/mooring', expressHandler(mooring))
    app.use(express.json())
    app.get('/own', (_, response) => void response.send('the host'))
    return on(createServer(app))
  },
  hono(mooring) {
    const app = new Hono()
    app.all('/mooring/*', honoHandler(mooring))
    app.get('/own', (c) => c.text('the host'))
    return on(createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false })))
  },
  next(mooring) {
    // As Next.js calls a route handler: by its method, with a Request of the standard whose address is whole.
    const handlers = nextHandlers(() => mooring)
    const route = (request: Request) =>
      new URL(request.url).pathname.startsWith('/mooring/')
        ? handlers[request.method as keyof typeof handlers](request)
        : new Response('the host')
    return on(createServer(getRequestListener(route, { overrideGlobalObjects: false })))
  },
}

describe.each(Object.entries(HOSTS))('in %s', (_, mount) => {
  it('answers below its path, and leaves the rest to the host', async () => {
    const url = await mount(world.mooring)
    const ready = await fetch(`${url}/mooring/readyz`)
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }])
    expect(await (await fetch(`${url}/own`)).text()).toBe('the host')
    expect((await fetch(`${url}/mooring/nowhere`, { headers: bearer })).status).toBe(404)
    expect((await fetch(`${url}/mooring/api/v1/connections`)).status).toBe(401)
  })

  it('names the guides of providers below the path', async () => {
    const url = await mount(world.mooring)
    const answer = await fetch(`${url}/mooring/api/v1/providers`, { headers: bearer })
    const { data } = (await answer.json()) as { data: { docs: string }[] }
    expect(data.length).toBeGreaterThan(0)
    for (const { docs } of data) expect(docs).toMatch(/^\/mooring\/docs\/providers\//)
  })

  it('connects somebody: start, consent, callback, all below the path', async () => {
    const url = await mount(world.mooring)
    const started = await fetch(`${url}/mooring/api/v1/flows`, {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'linkedin', returnTo: '/settings?tab=social' }),
    })
    const flow = (await started.json()) as { id: string; authorizeUrl: string; startUrl: string }
    expect(started.status, JSON.stringify(flow)).toBe(201)
    expect(flow.startUrl).toMatch(/^http:\/\/localhost:8003\/mooring\/start\//)
    expect(new URL(flow.authorizeUrl).searchParams.get('redirect_uri')).toBe(`${BASE}/callback/linkedin`)
    const cookie = started.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const { location = '' } = await world.sandbox.browser().consent(flow.authorizeUrl, { member: 'ines' })
    const callback = new URL(location)
    expect(callback.pathname).toBe('/mooring/callback/linkedin')
    const back = await fetch(url + callback.pathname + callback.search, { headers: { cookie }, redirect: 'manual' })
    // To the host's own page.
    expect(back.headers.get('location')).toContain('http://localhost:8003/settings?tab=social&flow=')
    const seen = await fetch(`${url}/mooring/api/v1/flows/${flow.id}`, { headers: bearer })
    expect(await seen.json()).toMatchObject({ state: expect.stringMatching(/connected|checkpoint/) })
  })

  it('gives each way of telling a fault: bad JSON, a body too large, another method', async () => {
    const url = await mount(world.mooring)
    const post = (body: string) =>
      fetch(`${url}/mooring/api/v1/flows`, {
        method: 'POST',
        headers: { ...bearer, 'content-type': 'application/json' },
        body,
      })
    for (const [body, status, code] of [
      ['{', 400, 'invalid_json'],
      ['{}', 400, 'invalid_request'],
      [`{"provider":"${'x'.repeat(1_100_000)}"}`, 413, 'body_too_large'],
    ] as const) {
      const answer = await post(body)
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code])
    }
    expect((await fetch(`${url}/mooring/api/v1/flows`, { headers: bearer })).status).toBe(405)
  })
})

it('an Express app that reads bodies first is told, instead of a request that hangs', async () => {
  const app = express()
  app.use(express.json())
  app.use('/mooring', expressHandler(world.mooring))
  app.use(((error: Error, _request, response, _next) => {
    response.status(500).send(error.message)
  }) as express.ErrorRequestHandler)
  const url = await on(createServer(app))
  const answer = await fetch(`${url}/mooring/api/v1/flows`, {
    method: 'POST',
    headers: { ...bearer, 'content-type': 'application/json' },
    body: '{"provider":"linkedin"}',
  })
  expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('before express.json()')])
})

it('Next.js opens it with the first request, once, and again after it failed', async () => {
  let opened = 0
  const handlers = nextHandlers(() => {
    opened += 1
    if (opened === 1) throw new Error('no database')
    return world.mooring
  })
  expect(opened).toBe(0)
  const ask = () => handlers.GET(new Request(`${BASE}/readyz`))
  await expect(ask()).rejects.toThrow('no database')
  expect((await Promise.all([ask(), ask(), ask()])).map((one) => one.status)).toEqual([200, 200, 200])
  expect(opened).toBe(2)
})
