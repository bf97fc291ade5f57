import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BASE, createWorld, type TestBrowser, type World } from '../world.ts'
import { ask, cookieOf, count, onPort, rows } from './support.ts'

const START = '/api/v1/flows'

describe('#2 start CSRF', () => {
  let world: World
  let owner: TestBrowser
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    owner = world.browser()
    await owner.signIn()
  })
  afterAll(() => world.close())

  const post = (headers: Record<string, string>) =>
    ask(world, 'POST', START, { cookie: cookieOf(owner), ...headers }, { provider: 'linkedin' })

  it.each<Record<string, string>>([
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': '' },
    { 'sec-fetch-site': 'Same-Origin' },
    { 'sec-fetch-site': 'same-origin, cross-site' },
    { 'sec-fetch-site': 'cross-site', origin: BASE },
    { 'sec-fetch-site': 'none', origin: BASE, 'sec-fetch-mode': 'navigate', 'sec-fetch-user': '?1' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: '' },
    { origin: `${BASE}.evil.example` },
    { origin: `${BASE}/` },
    { origin: `${BASE}, https://evil.example` },
    { origin: `https://evil.example, ${BASE}` },
    { origin: 'http://localhost:8004' },
    { origin: 'http://localhost' },
    { origin: 'https://localhost:8003' },
    { origin: 'http://127.0.0.1:8003' },
    { origin: 'http://sub.localhost:8003' },
    { referer: `${BASE}/accounts` },
    { host: 'evil.example', origin: 'http://evil.example' },
    { 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' },
  ])('refuses a POST with %j', async (headers) => {
    const before = await count(world, 'flows')
    const answer = await post(headers)
    expect(answer.status).toBe(403)
    expect(answer.body.code).toBe('cross_site')
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(answer.text).not.toContain('authorizeUrl')
    expect(await count(world, 'flows')).toBe(before)
  })

  it.each<Record<string, string>>([
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'same-origin', origin: BASE },
    { origin: BASE },
  ])('takes a POST of our own page with %j', async (headers) => {
    expect((await post(headers)).status).toBe(201)
  })

  it('never starts by another method, whatever is said beside it', async () => {
    const before = await count(world, 'flows')
    const headers = { cookie: cookieOf(owner), 'sec-fetch-site': 'same-origin', 'x-http-method-override': 'POST' }
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      for (const path of [START, `${START}?provider=linkedin&_method=POST`]) {
        const answer = await ask(world, method, path, headers)
        expect(answer.status, `${method} ${path}`).toBe(405)
        expect(answer.headers.get('allow')).toBe('POST')
        expect(answer.headers.getSetCookie()).toEqual([])
      }
    }
    expect(await count(world, 'flows')).toBe(before)
  })

  it('takes no form and no plain text, with a right cookie and over real HTTP', async () => {
    const before = await count(world, 'flows')
    const server = await onPort(world)
    const json = JSON.stringify({ provider: 'linkedin' })
    const form = new FormData()
    form.set('provider', 'linkedin')
    const bodies: [string | undefined, string | FormData][] = [
      ['application/x-www-form-urlencoded', 'provider=linkedin'],
      ['application/x-www-form-urlencoded', json],
      [undefined, form],
      [
        'multipart/form-data; boundary=x',
        '--x\r\ncontent-disposition: form-data; name="provider"\r\n\r\nlinkedin\r\n--x--',
      ],
      ['text/plain', json],
      ['text/plain; application/json', json],
      ['application/jsonp', json],
      ['application/x-json', json],
      ['text/plain;charset=application/json', json],
      ['', json],
    ]
    for (const site of ['same-origin', 'cross-site']) {
      for (const [type, body] of bodies) {
        const response = await fetch(`${server.origin}${START}`, {
          method: 'POST',
          headers: {
            cookie: cookieOf(owner),
            'sec-fetch-site': site,
            ...(type === undefined ? {} : { 'content-type': type }),
          },
          body,
        })
        expect([415, 403], `${site} ${type}`).toContain(response.status)
        if (site === 'same-origin') expect(response.status, `${site} ${type}`).toBe(415)
      }
    }
    await server.stop()
    expect(await count(world, 'flows')).toBe(before)
  })

  it('lets no other page do anything else with the cookie either', async () => {
    const flow = await owner.connectAll()
    const pending = (await owner.start({ provider: 'linkedin' })).body
    const key = (await owner.send('POST', '/api/v1/api-keys', { name: 'mine', scopes: ['connections:read'] })).body
    const { startUrl } = (await world.api('POST', '/flows', { provider: 'linkedin' })).body
    const tables = ['connections', 'accounts', 'flows', 'flow_states', 'api_keys', 'sign_in_values', 'events'] as const
    const stored = await rows(world, ...tables)
    const connection = `/api/v1/connections/${flow.connectionId}`
    const acts: [string, string, unknown?][] = [
      ['DELETE', connection],
      ['POST', `${connection}/refresh`],
      ['POST', `${connection}/test`],
      ['PUT', `${connection}/accounts`, { accounts: [] }],
      ['DELETE', `/api/v1/flows/${pending.id}`],
      ['POST', `/api/v1/flows/${pending.id}/accounts`, { accounts: [] }],
      ['POST', '/api/v1/api-keys', { name: 'theirs', scopes: ['keys:write'] }],
      ['DELETE', `/api/v1/api-keys/${key.id}`],
      ['POST', '/api/v1/session', { token: 'x' }],
      ['DELETE', '/api/v1/session'],
      ['POST', new URL(startUrl).pathname],
    ]
    for (const [method, path, body] of acts) {
      for (const headers of [
        {},
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'null' },
      ]) {
        const answer = await ask(world, method, path, { cookie: cookieOf(owner), ...headers }, body)
        expect(answer.status, `${method} ${path}`).toBe(403)
        expect(answer.body.code).toBe('cross_site')
        expect(answer.headers.getSetCookie()).toEqual([])
      }
    }
    expect(await rows(world, ...tables)).toBe(stored)
  })

  it('signs no victim in as the attacker: a sign-in link is not used up from another page', async () => {
    const link = await world.mooring.signInLink()
    const token = new URL(link).hash.slice(1)
    const refused = await ask(world, 'POST', '/api/v1/session', { 'sec-fetch-site': 'cross-site' }, { token })
    expect(refused.status).toBe(403)
    expect(refused.headers.getSetCookie()).toEqual([])
    const own = await ask(world, 'POST', '/api/v1/session', { 'sec-fetch-site': 'same-origin' }, { token })
    expect(own.status).toBe(200)
  })

  it('opens itself to no other origin by CORS', async () => {
    for (const [method, path] of [
      ['OPTIONS', START],
      ['GET', '/api/v1/session'],
      ['POST', START],
      ['GET', '/'],
    ] as const) {
      const answer = await ask(world, method, path, {
        cookie: cookieOf(owner),
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      })
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    }
  })
})
