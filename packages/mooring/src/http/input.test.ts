/** Bad input, to every route that the API's own document names: refused with a problem, never a fault of the server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../test/world.ts'
import {
  bearer,
  documentOf,
  expectProblem,
  goodBody,
  type Operation,
  operationsOf,
  pathWith,
  sameOrigin,
  send,
  UNKNOWN,
} from './testing.ts'

/** Routes that ask for no key: signing in. Those of oneself take a session and never a key. */
/** For whoever is not there yet; and pictures, whose address is their key. */
const isOpen = (one: Operation) => /^\/api\/v1\/(session|pictures)/.test(one.path)
const isOneself = (one: Operation) => /^\/api\/v1\/me(\/|$)/.test(one.path)
const HTML = '<script>alert(1)</script>'

const HOSTILE: [string, string][] = [
  ['a NUL', 'a\u0000b'],
  ['a NUL alone', '\u0000'],
  ['half a surrogate pair', 'a\ud800b'],
  ['SQL', "'; drop table mooring.connections; --"],
  ['HTML', HTML],
  ['a prototype', '__proto__'],
  ['a constructor', 'constructor'],
  ['nothing', ''],
  ['spaces', '   '],
  ['a path', '../../../etc/passwd'],
  ['a line break', 'a\r\nSet-Cookie: x=y'],
  ['letters of two directions', '\u202eabc\u0645'],
  ['a template', '{{7*7}}#{7*7}%n%s'],
  ['a long text', 'x'.repeat(100_000)],
]

describe('input to every route', () => {
  let world: World
  let operations: Operation[]
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '10000' } })
    operations = operationsOf(await documentOf(world))
    expect(operations.length).toBeGreaterThan(20)
    const browser = world.browser()
    await browser.signIn()
    cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  })
  afterAll(async () => {
    // Whatever was sent: nothing was a mistake of the server.
    expect(world.logs.filter((line) => line.level === 'error')).toEqual([])
    await world.close()
  })

  let cookie: string
  /** As somebody who may: a key, or, for oneself, a session. */
  const jsonFor = (one: Operation): Record<string, string> => ({
    ...(isOneself(one) ? { cookie } : bearer()),
    ...sameOrigin,
    'content-type': 'application/json',
  })
  const bodied = () => operations.filter((one) => one.body !== undefined)
  const closed = () => operations.filter((one) => !isOpen(one))

  it('without a key or a session is 401, before anything else is looked at', async () => {
    expect(operations.filter(isOpen).length).toBe(14)
    for (const one of closed()) {
      for (const id of [UNKNOWN, 'no-id']) {
        const headers: Record<string, string> = one.body ? { 'content-type': 'application/json' } : {}
        const answer = await send(world, one.method, pathWith(one, id), headers, one.body && '{"')
        expectProblem(answer, 401, 'unauthorized')
        expect(answer.headers.get('www-authenticate'), one.name).toBe('Bearer realm="Mooring"')
      }
    }
  })

  it.each([
    ['an unknown key', 'Bearer mk_live_nobody'],
    ['no key after the word', 'Bearer '],
    ['another scheme', 'Basic bWs6bWs='],
    ['two keys', 'Bearer mk_one mk_two'],
    ['an empty header', ''],
    ['letters of another alphabet', 'Bearer m\u00e9'],
    ['a very long key', `Bearer ${'k'.repeat(8000)}`],
  ])('with %s is 401, whether or not a session is there', async (_, authorization) => {
    const browser = world.browser()
    await browser.signIn()
    const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    for (const one of closed()) {
      const headers = { authorization, 'content-type': 'application/json', ...sameOrigin, cookie }
      expectProblem(
        await send(world, one.method, pathWith(one, UNKNOWN), headers, one.body && '{}'),
        401,
        'unauthorized',
      )
    }
  })

  it.each([
    ['half an object', '{"'],
    ['nothing', ''],
    ['a form', 'provider=linkedin'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['a byte order mark alone', '\ufeff'],
    ['JavaScript', '{provider: 1}'],
    ['too deep to be meant', `${'['.repeat(100_000)}`],
  ])('that should be JSON and is %s is 400 invalid_json', async (_, body) => {
    for (const one of bodied())
      expectProblem(await send(world, one.method, pathWith(one, UNKNOWN), jsonFor(one), body), 400, 'invalid_json')
  })

  it.each(['null', '[]', '"text"', '7', 'true', `${'['.repeat(5000)}${']'.repeat(5000)}`])(
    'that is JSON of another shape (%s) is 400 and says where',
    async (body) => {
      for (const one of bodied()) {
        const answer = await send(world, one.method, pathWith(one, UNKNOWN), jsonFor(one), body)
        expectProblem(answer, 400, 'invalid_request')
        expect(answer.body.errors.length).toBeGreaterThan(0)
      }
    },
  )

  it.each([
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'text/json',
  ])('of the type %s is 415, by length, in pieces, or without either', async (type) => {
    const ways = [{ 'content-length': '2' }, { 'transfer-encoding': 'chunked' }, {}]
    for (const one of bodied()) {
      const { 'content-type': _, ...rest } = jsonFor(one)
      const headers: Record<string, string> = type === undefined ? rest : { ...rest, 'content-type': type }
      for (const way of ways) {
        // A body of bytes, because a text would bring a type of its own.
        const answer = await send(
          world,
          one.method,
          pathWith(one, UNKNOWN),
          { ...headers, ...way },
          new TextEncoder().encode('{}'),
        )
        expectProblem(answer, 415, 'unsupported_media_type')
      }
    }
  })

  it('of more than a megabyte is 413, whether its length is told or not', async () => {
    const big = JSON.stringify({
      provider: 'linkedin',
      token: 'x',
      name: 'x',
      accounts: [],
      pad: 'x'.repeat(1024 * 1024),
    })
    for (const one of bodied()) {
      const path = pathWith(one, UNKNOWN)
      const told = await send(world, one.method, path, { ...jsonFor(one), 'content-length': String(big.length) }, big)
      expectProblem(told, 413, 'body_too_large')
      expectProblem(await send(world, one.method, path, jsonFor(one), pieces(big)), 413, 'body_too_large')
      expectProblem(
        await send(world, one.method, path, { ...jsonFor(one), 'transfer-encoding': 'chunked' }, pieces(big)),
        413,
        'body_too_large',
      )
    }
  })

  describe.each(HOSTILE)('with %s', (_, hostile) => {
    const refused = (answer: Awaited<ReturnType<typeof send>>) => {
      if (answer.status >= 400) expectProblem(answer)
      expect(answer.status, answer.text.slice(0, 200)).toBeLessThan(500)
      expect(answer.headers.get('content-type') ?? '').not.toMatch(/html/)
      expect(answer.headers.get('set-cookie') ?? '').not.toContain('x=y')
    }

    it('in every text of every body', async () => {
      let tried = 0
      for (const one of bodied()) {
        for (const [name, schema] of Object.entries<{ type?: string; items?: unknown }>(one.body.properties)) {
          if (schema.type !== 'string' && schema.type !== 'array') continue
          tried += 1
          const value = schema.type === 'array' ? [hostile] : hostile
          refused(
            await send(
              world,
              one.method,
              pathWith(one, UNKNOWN),
              jsonFor(one),
              JSON.stringify({ ...goodBody(one), [name]: value }),
            ),
          )
        }
        // And as a name: an own property, as JSON.parse makes it.
        const odd = `{${JSON.stringify(hostile)}:{"polluted":true},${JSON.stringify(goodBody(one)).slice(1)}`
        refused(await send(world, one.method, pathWith(one, UNKNOWN), jsonFor(one), odd))
      }
      expect(tried).toBeGreaterThan(8)
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    })

    it('in every parameter of every path and query', async () => {
      const encoded = encodeURIComponent(hostile.toWellFormed())
      for (const one of operations) {
        const body = one.body && JSON.stringify(goodBody(one))
        if (one.path.includes('{')) {
          const answer = await send(world, one.method, pathWith(one, encoded), jsonFor(one), body)
          refused(answer)
          if (hostile.trim() !== '' && !hostile.startsWith('..')) expect(answer.body.code).toBe('not_found')
        }
        for (const parameter of one.parameters.filter((each) => each.in === 'query')) {
          const path = `${pathWith(one, UNKNOWN)}?${parameter.name}=${encoded}`
          refused(await send(world, one.method, path, jsonFor(one), body))
        }
      }
    })
  })

  it('in other kinds than the document says is 400, field by field', async () => {
    for (const one of bodied()) {
      for (const [name, schema] of Object.entries<{ type?: string | string[] }>(one.body.properties)) {
        const kinds = [schema.type].flat().map((kind) => (kind === 'integer' ? 'number' : kind))
        const others = [7, true, null, { a: 1 }, [[]], 'text'].filter(
          (each) => !kinds.includes(each === null ? 'null' : typeof each),
        )
        for (const value of others) {
          const answer = await send(
            world,
            one.method,
            pathWith(one, UNKNOWN),
            jsonFor(one),
            JSON.stringify({ ...goodBody(one), [name]: value }),
          )
          expectProblem(answer, 400, 'invalid_request')
          expect(answer.body.errors[0].path.split('.')[0], `${one.name} ${name}`).toBe(name)
        }
      }
    }
  })

  it('keeps a text that is only odd as it is, and drops what a body must not say', async () => {
    const started = await world.api('POST', '/flows', {
      provider: 'linkedin',
      clientState: `${HTML} ' " \u202e`,
      endUser: 'Zoë 🦊',
    })
    expect(started.status).toBe(201)
    expect((await world.api('GET', `/flows/${started.body.id}`)).body.clientState).toBe(`${HTML} ' " \u202e`)
    const body =
      '{"name":"x","scopes":["connections:read"],"__proto__":{"scopes":["keys:write"]},"id":"mine","workspace_id":"mine"}'
    const made = await send(
      world,
      'POST',
      '/api/v1/api-keys',
      { ...bearer(), 'content-type': 'application/json' },
      body,
    )
    expect([made.status, made.body.scopes]).toEqual([201, ['connections:read']])
    expect(made.body.id).not.toBe('mine')
  })
})

/** A body whose length nobody tells. */
function pieces(text: string): ReadableStream {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + 65_536))
      at += 65_536
    },
  })
}
