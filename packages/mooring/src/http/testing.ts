/** For the tests of this folder: every route of the API as its own document tells it, and requests made of that. */
import { expect } from 'vitest'
import { BASE, type Json, KEY, type World } from '../../test/world.ts'

export const UNKNOWN = '5b7c4f7e-8d2a-4c3e-9f10-6a7b8c9d0e1f'
export const bearer = (key = KEY) => ({ authorization: `Bearer ${key}` })
export const sameOrigin = { 'sec-fetch-site': 'same-origin' }

export interface Parameter {
  name: string
  in: 'path' | 'query'
  schema: Json
}

export interface Operation {
  /** `GET /api/v1/connections/{id}` */
  name: string
  method: string
  path: string
  parameters: Parameter[]
  /** The schema of its JSON body, references followed; undefined where it takes none. */
  body: Json
  operation: Json
}

export async function documentOf(world: World): Promise<Json> {
  return (await world.api('GET', '/openapi.json')).body
}

export function operationsOf(document: Json): Operation[] {
  return Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    Object.entries<Json>(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      parameters: operation.parameters ?? [],
      body: followed(document, operation.requestBody?.content?.['application/json']?.schema),
      operation,
    })),
  )
}

function followed(document: Json, schema: Json): Json {
  const reference: string | undefined = schema?.$ref
  return reference === undefined ? schema : document.components.schemas[reference.split('/').at(-1) ?? '']
}

/** A path with this in every parameter's place. */
export const pathWith = (operation: Operation, id: string) => operation.path.replaceAll(/\{\w+\}/g, id)

/** A body that the route would take. */
export function goodBody(operation: Operation): Record<string, unknown> | undefined {
  if (operation.body === undefined) return undefined
  const required: string[] = operation.body.required ?? []
  const named = ['provider', ...required].filter((name) => operation.body.properties[name])
  return Object.fromEntries(named.map((name) => [name, goodValue(name, operation.body.properties[name])]))
}

export function goodValue(name: string, schema: Json): unknown {
  if (name === 'provider') return 'linkedin'
  if (name === 'role') return 'viewer'
  if (name === 'url') return 'https://app.example.com/hooks'
  if (name === 'when') return { how: 'draft' }
  if (name === 'content') return { text: 'anything', media: [] }
  if (name === 'targets') return []
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  // The last scope is the one that making a key needs itself.
  if (name === 'records') return []
  if (schema.properties)
    return Object.fromEntries(Object.entries<Json>(schema.properties).map(([key, one]) => [key, goodValue(key, one)]))
  if (schema.type === 'array') return [schema.items.enum?.at(-1) ?? 'urn:li:person:nobody']
  if (schema.type === 'boolean') return schema.const ?? schema.enum?.[0] ?? false
  if (schema.type === 'object') return {}
  if (schema.format === 'email') return 'somebody@example.com'
  if (schema.enum) return schema.enum.at(-1)
  return schema.format === 'uuid' ? UNKNOWN : 'anything'
}

export interface Answer {
  status: number
  headers: Headers
  text: string
  body: Json
}

/** A request with exactly these headers and this body. */
export async function send(
  world: Pick<World, 'mooring'>,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: BodyInit,
): Promise<Answer> {
  const init = { method, headers, ...(body === undefined ? {} : { body, duplex: 'half' }) }
  const response = await world.mooring.fetch(new Request(`${BASE}${path}`, init))
  const text = await textOf(response)
  let parsed: Json
  try {
    parsed = JSON.parse(text)
  } catch {}
  return { status: response.status, headers: response.headers, text, body: parsed }
}

/** A stream of events does not end by itself: that it began is its answer. */
async function textOf(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text()
  await response.body?.cancel()
  return ''
}

/** Holds for every refusal: the shape of RFC 9457, a stable code, an id to ask the operator with, never HTML. */
export function expectProblem(answer: Answer, status?: number, code?: string): void {
  const told = `${answer.status} ${answer.text.slice(0, 300)}`
  expect(answer.headers.get('content-type'), told).toBe('application/problem+json')
  expect(answer.headers.get('cache-control'), told).toBe('no-store')
  expect(answer.body, told).toMatchObject({
    type: `urn:mooring:error:${answer.body?.code}`,
    status: answer.status,
    title: expect.stringMatching(/^[A-Z]/),
    code: expect.stringMatching(/^[a-z_]+$/),
    detail: expect.stringMatching(/^[A-Z].*\.$/),
    requestId: answer.headers.get('x-request-id'),
  })
  if (status !== undefined) expect(answer.status, told).toBe(status)
  if (code !== undefined) expect(answer.body.code, told).toBe(code)
}

/** A key with these scopes, made through the API. */
export async function keyWith(world: World, ...scopes: string[]): Promise<string> {
  const made = await world.api('POST', '/api/v1/api-keys', { name: scopes.join(' ').slice(0, 80), scopes })
  expect(made.status).toBe(201)
  return made.body.key
}
