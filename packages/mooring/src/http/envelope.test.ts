import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BASE, createWorld, KEY, type World } from '../../test/world.ts'

/** Every answer bears these, whoever made it. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'x-permitted-cross-domain-policies': 'none',
  'cache-control': 'no-store',
}

const headersOf = (response: Response) =>
  Object.fromEntries([...response.headers].filter(([name]) => name !== 'x-request-id' && name !== 'content-length'))

describe('the envelope', () => {
  let world: World
  let connection: string
  beforeAll(async () => {
    world = await createWorld()
    connection = (await world.browser().connectAll()).connectionId
  })
  afterAll(() => world.close())

  const ask = async (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
    world.mooring.fetch(
      new Request(`${BASE}/api/v1${path}`, { ...init, headers: { authorization: `Bearer ${KEY}`, ...init.headers } }),
    )

  it.each([
    ['a token', () => `/connections/${connection}/token`],
    ['a connection', () => `/connections/${connection}`],
    ['a problem', () => `/connections/${randomUUID()}`],
    ['the problem of a token', () => `/connections/${randomUUID()}/token`],
  ])('is around %s', async (_, path) => {
    const { headers } = await ask(path())
    for (const [name, value] of Object.entries(HEADERS)) expect(headers.get(name), name).toBe(value)
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'self'; .*frame-ancestors 'none'$/)
  })

  it('is the same around a token, which takes the quick way, as around anything else', async () => {
    const token = await ask(`/connections/${connection}/token`)
    const other = await ask(`/connections/${connection}`)
    expect(headersOf(token)).toEqual(headersOf(other))
  })

  it('brings the request id back that came with the request, and makes one where none came', async () => {
    for (const path of [`/connections/${connection}/token`, `/connections/${connection}`]) {
      const given = await ask(path, { headers: { 'x-request-id': 'mine-12345678' } })
      expect(given.headers.get('x-request-id')).toBe('mine-12345678')
      const [one, other] = [await ask(path), await ask(path)]
      expect(one.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/)
      expect(one.headers.get('x-request-id')).not.toBe(other.headers.get('x-request-id'))
    }
  })

  it('answers HEAD of a token with the headers and nothing else', async () => {
    const response = await ask(`/connections/${connection}/token`, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
    for (const [name, value] of Object.entries(HEADERS)) expect(response.headers.get(name), name).toBe(value)
  })

  it('writes one line for each request, which names the route and not the address', async () => {
    world.logs.length = 0
    await ask(`/connections/${connection}/token`, { headers: { 'x-request-id': 'line-12345678' } })
    const lines = world.logs.filter((line) => line.message === 'request')
    expect(lines.map(({ fields }) => fields)).toEqual([
      {
        requestId: 'line-12345678',
        method: 'GET',
        route: '/api/v1/connections/:id/token',
        status: 200,
        ms: expect.any(Number),
      },
    ])
  })
})

describe('the token route, without the validation that others have', () => {
  let world: World
  let connection: string
  beforeAll(async () => {
    world = await createWorld()
    connection = (await world.browser().connectAll()).connectionId
  })
  afterAll(() => world.close())

  it('stands in the API document with its shape and its id', async () => {
    const { body } = await world.api('GET', '/openapi.json')
    const { get } = body.paths['/api/v1/connections/{id}/token']
    expect(get.responses['200'].content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Token' })
    expect(get.parameters).toEqual([expect.objectContaining({ name: 'id', in: 'path', required: true })])
  })

  it('takes an id in capitals for the same connection, and blames nobody', async () => {
    const small = await world.api('GET', `/connections/${connection}/token`)
    const capital = await world.api('GET', `/connections/${connection.toUpperCase()}/token`)
    expect(capital).toMatchObject({ status: 200, body: small.body })
    const renewed = await world.api('POST', `/connections/${connection.toUpperCase()}/refresh`)
    expect(renewed).toMatchObject({ status: 200, body: { state: 'connected' } })
    expect((await world.api('GET', `/connections/${connection}`)).body.state).toBe('connected')
  })

  it.each(['nonsense', '%00', "1'%20or%20'1'='1", '..', `${'a'.repeat(2000)}`])(
    'says of the id %s that it does not exist',
    async (id) => {
      const { status, body } = await world.api('GET', `/connections/${id}/token`)
      expect([status, body.code]).toEqual([404, 'not_found'])
    },
  )

  it('answers another method as every route does', async () => {
    const { status, body, headers } = await world.api('DELETE', `/connections/${connection}/token`)
    expect([status, body.code]).toEqual([405, 'method_not_allowed'])
    expect(headers.get('allow')).toBe('GET, HEAD')
  })
})

describe('a request with a session', () => {
  it('looks the session up once', async () => {
    const world = await createWorld()
    const browser = world.browser()
    await browser.signIn()
    const { people } = world.mooring.engine.store
    const { standing } = people
    let looks = 0
    people.standing = (...who) => {
      looks += 1
      return standing(...who)
    }
    for (const path of ['/connections', '/flows/none', '/providers', '/accounts', '/api/v1/api-keys']) {
      looks = 0
      await browser.send('GET', path)
      expect(looks, path).toBe(1)
    }
    await world.close()
  })
})
