/** The API's document: valid, whole, and true to the routes that there are. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type Json, KEY, type World } from '../../test/world.ts'
import { ERROR_STATUS } from '../error.ts'
import { createApp } from './app.ts'
import type { HttpOptions } from './context.ts'
import { documentOf, type Operation, operationsOf, send } from './testing.ts'

/** The only addresses under the API that the document leaves out: itself, its reader, and where a browser is sent back to. */
const READING = ['/api/v1/openapi.json', '/api/v1/docs', '/api/v1/session/oidc/callback']

/** Answers what a platform answers, of which there is no schema. */
const oneself = (one: Operation) => /^\/api\/v1\/me(\/|$)/.test(one.path)
/** Signing in: of somebody who is nobody yet. */
const entry = (one: Operation) => one.path.startsWith('/api/v1/session/')

const proxied = (one: Operation) => one.path.includes('/proxy/')

describe("the API's document", () => {
  let world: World
  let document: Json
  let operations: Operation[]
  beforeAll(async () => {
    world = await createWorld()
    document = await documentOf(world)
    operations = operationsOf(document)
  })
  afterAll(() => world.close())

  it('is OpenAPI 3.1 and names itself, its server and its license', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(document.info).toMatchObject({
      title: 'Mooring',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      license: { name: 'Apache-2.0' },
    })
    expect(document.servers).toEqual([{ url: 'http://localhost:8003' }])
    expect(Object.keys(document).sort()).toEqual([
      'components',
      'info',
      'openapi',
      'paths',
      'security',
      'servers',
      'tags',
      'webhooks',
    ])
  })

  it('refers to nothing that it does not hold, and holds no schema that nothing refers to', () => {
    const text = JSON.stringify(document)
    const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? ''))
    for (const reference of references) {
      const found = reference
        .replace('#/', '')
        .split('/')
        .reduce<Json>((at, key) => at?.[key], document)
      expect(found, reference).toBeDefined()
    }
    const named = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
    expect(named.filter((name) => !references.has(name))).toEqual([])
  })

  it('says of every operation what it is for, what it answers, and how it refuses', () => {
    for (const { name, operation } of operations) {
      expect(operation.summary, name).toMatch(/^[A-Z].{3,80}[^.]$/)
      expect(operation.tags, name).toHaveLength(1)
      expect(operation.responses.default.content, name).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      })
      const good = Object.entries<Json>(operation.responses).filter(([status]) => status !== 'default')
      expect(good.length, name).toBeGreaterThan(0)
      for (const [status, answer] of good) {
        expect(answer.description, name).toMatch(/\S/)
        const json = answer.content?.['application/json'] ?? answer.content?.['application/x-ndjson']
        const picture = answer.content?.['image/png'] ?? answer.content?.['text/event-stream']
        const bytes = answer.content?.['application/octet-stream']
        expect(Boolean((json ?? picture ?? bytes)?.schema), `${name} ${status}`).toBe(!['204', '304'].includes(status))
      }
    }
  })

  it('says of every parameter in a path that it is there, and of every body that it is required', () => {
    for (const { name, path, parameters, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      expect(
        parameters.filter((one) => one.in === 'path').map((one) => one.name),
        name,
      ).toEqual(inPath)
      for (const parameter of operation.parameters ?? []) {
        expect(parameter.schema.type, `${name} ${parameter.name}`).toBeDefined()
        if (parameter.in === 'path') expect(parameter.required).toBe(true)
      }
      if (operation.requestBody) expect(operation.requestBody.required, name).toBe(true)
      if (['get', 'delete'].includes(name.split(' ')[0]?.toLowerCase() ?? ''))
        expect(operation.requestBody, name).toBeUndefined()
    }
    const names = operations.map((one) => one.name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('says of every operation who may: a key, a session, either, or nobody in particular', () => {
    expect(document.components.securitySchemes).toMatchObject({
      apiKey: { type: 'http', scheme: 'bearer' },
      session: { type: 'apiKey', in: 'cookie', name: 'mooring-session' },
    })
    const special = operations.filter((one) => one.operation.security !== undefined)
    expect(Object.fromEntries(special.map((one) => [one.name, one.operation.security]))).toEqual({
      'GET /api/v1/session': [{ session: [] }],
      'POST /api/v1/session': [],
      'DELETE /api/v1/session': [{ session: [] }],
      'GET /api/v1/connections/{id}/token': [{ apiKey: [] }],
      'GET /api/v1/accounts/{id}/token': [{ apiKey: [] }],
      ...Object.fromEntries(operations.filter(proxied).map((one) => [one.name, [{ apiKey: [] }]])),
      'POST /api/v1/connections/import': [{ apiKey: [] }],
      ...Object.fromEntries(operations.filter(oneself).map((one) => [one.name, [{ session: [] }]])),
      ...Object.fromEntries(operations.filter(entry).map((one) => [one.name, []])),
      'POST /api/v1/connect-sessions': [{ apiKey: [] }],
      'GET /api/v1/pictures/{address}': [],
      'POST /api/v1/flows/{id}/complete': [{ apiKey: [] }],
    })
    expect(document.security).toEqual([{ apiKey: [] }, { session: [] }])
  })

  it('names each operation once, and describes every group', () => {
    const ids = operations.map((one) => one.operation.operationId)
    expect(ids).not.toContain(undefined)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toContain('getConnectionsIdToken')
    const used = new Set(operations.flatMap((one) => one.operation.tags))
    expect(document.tags.map((one: { name: string }) => one.name).sort()).toEqual([...used].sort())
  })

  it('misses no route of the API, and names none that is not there', () => {
    const { mooring } = world
    const options = {
      engine: mooring.engine,
      workspace: mooring.workspace,
      baseUrl: 'http://localhost:8003',
      cookieSecrets: ['x'],
    }
    const app = createApp(options as unknown as HttpOptions)
    const routed = app.routes
      .filter((route) => route.method !== 'ALL' && route.path.startsWith('/api/'))
      .map((route) => `${route.method} ${route.path.replaceAll(/:(\w+)/g, '{$1}').replace('/*', '/{path}')}`)
    // What a browser or Hono asks beside GET needs no line of its own.
    const besides = /^(?:HEAD|OPTIONS) /
    const expected = new Set(
      routed.filter((name) => !besides.test(name) && !READING.some((path) => name === `GET ${path}`)),
    )
    expect(operations.map((one) => one.name).sort()).toEqual([...expected].sort())
  })

  it('is true: what every GET of a list and of one thing answers has the shape that it says', async () => {
    const browser = world.browser()
    await browser.signIn()
    const flow = await browser.connectAll()
    await world.api('POST', '/api/v1/api-keys', { name: 'one', scopes: ['connections:read'] })
    const own = { app: 'linkedin', clientId: 'x', clientSecret: 'y' }
    const { id: app } = (await world.api('POST', '/api/v1/registrations', own)).body
    const hook = (await world.api('POST', '/api/v1/webhooks', { url: 'https://app.example.com/hooks' })).body.id
    const [account] = (await world.api('GET', `/connections/${flow.connectionId}`)).body.accounts
    const seats = (await world.api('POST', '/api/v1/flows', { provider: 'heyreach' })).body.id
    const link = { provider: 'unipile', clientName: 'Ada' }
    const token = (await world.api('POST', '/api/v1/connect-links', link)).body.url.split('/').at(-1)
    const posted = {
      content: { text: 'Later' },
      targets: [{ accountId: account.id }],
      when: { how: 'at', at: { local: '2029-01-01T09:00', zone: 'Europe/Rome' } },
    }
    const { body: post } = await world.api('POST', '/posts', posted)
    const ids: Record<string, string> = {
      accounts: account.id,
      connections: flow.connectionId,
      flows: flow.id,
      providers: 'linkedin',
      registrations: app,
      webhooks: hook,
      posts: post.id,
      deliveries: post.deliveries[0].id,
      media: (await world.upload()).id,
    }
    // Lines, and files, are no JSON.
    const lined = (one: Operation) =>
      /\/(export|posts\/events|content|preview)$/.test(one.path) || one.path.includes('/pictures/')
    for (const one of operations.filter((each) => each.method === 'GET' && !proxied(each) && !lined(each))) {
      const listsSeats = one.path.endsWith('/seats')
      const path = one.path.replace('{id}', listsSeats ? seats : (ids[one.path.split('/')[3] ?? ''] ?? ''))
      const answer =
        one.path.endsWith('/session') || oneself(one)
          ? await browser.send('GET', path)
          : await world.api('GET', path, undefined, {
              authorization: `Bearer ${one.path.endsWith('/connect-link') ? token : KEY}`,
            })
      expect(answer.status, one.name).toBe(200)
      const schema = one.operation.responses['200'].content['application/json'].schema
      expect(mismatches(document, schema, answer.body, one.name)).toEqual([])
    }
  })

  it('names stable codes alone in its problems', () => {
    for (const code of Object.keys(ERROR_STATUS)) expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
    for (const status of Object.values(ERROR_STATUS)) expect(status).toBeGreaterThanOrEqual(400)
  })

  it('can be read as a page that refers to no other host and runs nothing', async () => {
    const page = await send(world, 'GET', '/api/v1/docs', { accept: 'text/html' })
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toMatch(/^text\/html/)
    const addresses = [...page.text.matchAll(/(?:src|href|action|url|spec-url)\s*[=(]\s*["']?([^"')\s>]+)/gi)].map(
      (match) => match[1] ?? '',
    )
    expect(addresses.length).toBeGreaterThan(3)
    for (const address of addresses) expect(address).toMatch(/^(#|\/(?!\/))/)
    expect(page.text).not.toMatch(/<script|<iframe|<object|@import|javascript:| on\w+=/i)
    for (const one of operations) expect(page.text, one.name).toContain(one.operation.summary.replaceAll("'", '&#39;'))
  })
})

/** Where a value differs from its schema: as much of JSON Schema as the document uses. */
function mismatches(document: Json, schema: Json, value: Json, at: string): string[] {
  if (schema.$ref) return mismatches(document, document.components.schemas[schema.$ref.split('/').at(-1)], value, at)
  for (const part of ['anyOf', 'oneOf'].filter((name) => schema[name]))
    return schema[part].some((one: Json) => mismatches(document, one, value, at).length === 0)
      ? []
      : [`${at} fits none`]
  const all = (schema.allOf ?? []).flatMap((one: Json) => mismatches(document, one, value, at))
  const types = schema.type === undefined ? [] : [schema.type].flat()
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  const fits =
    types.length === 0 ||
    types.includes(kind) ||
    (kind === 'number' && types.includes('integer') && Number.isInteger(value))
  if (!fits) return [...all, `${at} is ${kind}, not ${types}`]
  if (schema.enum && !schema.enum.includes(value)) return [...all, `${at} is not one of ${schema.enum}`]
  if (kind === 'array')
    return [
      ...all,
      ...value.flatMap((one: Json, place: number) => mismatches(document, schema.items, one, `${at}[${place}]`)),
    ]
  if (kind !== 'object' || !schema.properties) return all
  const missing = (schema.required ?? [])
    .filter((name: string) => !(name in value))
    .map((name: string) => `${at}.${name} is missing`)
  const unknown = Object.keys(value)
    .filter((name) => !schema.properties[name])
    .map((name) => `${at}.${name} is not told`)
  const inside = Object.keys(value).flatMap((name) =>
    schema.properties[name] ? mismatches(document, schema.properties[name], value[name], `${at}.${name}`) : [],
  )
  return [...all, ...missing, ...unknown, ...inside]
}
