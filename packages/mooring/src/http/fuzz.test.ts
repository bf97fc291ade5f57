/**
 * Ten thousand requests made of the API's own document and of what nobody should send: whatever comes, no route falls over,
 * and every refusal is a problem document that tells nothing of the inside. `FUZZ_SEED=…` plays a run again.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, KEY, type World } from '../../test/world.ts'
import {
  type Answer,
  documentOf,
  expectProblem,
  goodBody,
  type Operation,
  operationsOf,
  send,
  UNKNOWN,
} from './testing.ts'

const RUNS = Number(process.env.FUZZ_RUNS ?? 10_000)
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31))

/** Where our own code or a library's could show through. */
const INSIDE = /\n\s+at |node_modules|\.ts:\d|SQLSTATE \w+ |select .* from |postgres|kysely|ZodError/i

const NASTY = [
  "' or 1=1 --",
  '../../../etc/passwd',
  '..%2f..%2f',
  '%00',
  '\u0000',
  '\ud800',
  '\u202e\ufeff',
  '<script>alert(1)</script>',
  '{{7*7}}#{7*7}',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '-1',
  '1e309',
  '9'.repeat(400),
  'x'.repeat(9_000),
  '[object Object]',
  'http://169.254.169.254/latest',
  'javascript:alert(1)',
  '//evil.example/\\@x',
  '2026-13-45T99:99:99Z',
  'a,b,c',
  '',
  ' ',
]

interface Shot {
  operation: Operation
  method: string
  path: string
  headers: Record<string, string>
  body: string | undefined
}

describe('what nobody should send', () => {
  let world: World
  let operations: Operation[]
  let ids: string[]
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '10000' } })
    const flow = await world.browser().connectAll()
    operations = operationsOf(await documentOf(world))
    ids = [flow.connectionId, flow.id, UNKNOWN]
  })
  afterAll(() => world.close())

  const text = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 60 }), fc.string())
  const value = fc.oneof(
    text,
    fc.jsonValue({ maxDepth: 3 }),
    fc.double(),
    fc.constantFrom(UNKNOWN, 'linkedin', true, null),
  )

  const within = (operation: Operation): fc.Arbitrary<Shot> => {
    const query = operation.parameters.filter((one) => one.in === 'query').map((one) => one.name)
    const names = Object.keys(operation.body?.properties ?? {})
    const id = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ids) }, text)
    const header = fc.string({ unit: 'grapheme-ascii', maxLength: 80 })
    return fc.record({
      operation: fc.constant(operation),
      method: fc.oneof(
        { weight: 9, arbitrary: fc.constant(operation.method) },
        fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
      ),
      path: fc
        .tuple(
          id,
          fc.dictionary(query.length > 0 ? fc.oneof(fc.constantFrom(...query), text) : text, text, { maxKeys: 4 }),
        )
        .map(([one, asked]) => {
          const search = new URLSearchParams(Object.entries(asked).map(([name, said]) => [name, said.toWellFormed()]))
          const path = operation.path.replaceAll(/\{\w+\}/g, encodeURIComponent(one.toWellFormed()))
          return search.size > 0 ? `${path}?${search}` : path
        }),
      headers: fc
        .tuple(
          fc.oneof({ weight: 5, arbitrary: fc.constant(`Bearer ${KEY}`) }, header, fc.constant(undefined)),
          fc.oneof({ weight: 5, arbitrary: fc.constant('application/json') }, header, fc.constant('text/plain')),
          fc.dictionary(
            fc.constantFrom(
              'cookie',
              'accept',
              'x-request-id',
              'idempotency-key',
              'origin',
              'sec-fetch-site',
              'mooring-origin',
              'range',
            ),
            header,
            { maxKeys: 3 },
          ),
        )
        .map(([authorization, type, more]) => ({
          ...more,
          'content-type': type,
          ...(authorization === undefined ? {} : { authorization }),
        })),
      body: fc.oneof(
        {
          weight: 5,
          arbitrary: fc
            .dictionary(names.length > 0 ? fc.oneof(fc.constantFrom(...names), text) : text, value, { maxKeys: 5 })
            .map((said) => JSON.stringify({ ...goodBody(operation), ...said })),
        },
        fc.json(),
        text,
        fc.constant(undefined),
      ),
    })
  }

  /** Statuses of a refusal that are the platform's or the caller's, and of an answer that was right to be given. */
  function judge(answer: Answer, shot: Shot): void {
    const { status } = answer
    const told = `${shot.method} ${shot.path}\n${status} ${answer.text.slice(0, 400)}`
    if (status >= 500) throw new Error(`it fell over: ${told}`)
    if (status >= 400 && shot.method !== 'HEAD' && answer.headers.get('content-type')?.startsWith('text/html') !== true)
      expectProblem(answer)
    const page =
      answer.headers.get('content-type')?.startsWith('text/html') || shot.operation.path.endsWith('openapi.json')
    if (!page && INSIDE.test(answer.text)) throw new Error(`the inside shows: ${told}`)
  }

  it(`is refused, and no more (FUZZ_SEED=${seed})`, { timeout: 600_000 }, async () => {
    // What the proxy forwards is the platform's to answer.
    const met = new Map<number, number>()
    const arbitrary = fc.oneof(...operations.filter((one) => !one.path.includes('/proxy/')).map(within))
    await fc.assert(
      fc.asyncProperty(arbitrary, async (shot) => {
        const { method, headers } = shot
        const body = method === 'GET' || method === 'HEAD' ? undefined : shot.body?.toWellFormed()
        const answer = await send(world, method, shot.path, headers, body)
        met.set(answer.status, (met.get(answer.status) ?? 0) + 1)
        judge(answer, shot)
      }),
      { numRuns: RUNS, seed },
    )
    const mistakes = world.logs.filter((line) => line.level === 'error' && line.fields.stack !== undefined)
    if (process.env.FUZZ_TELL) process.stderr.write(`${JSON.stringify(Object.fromEntries(met))}\n`)
    // It came past the door often enough to meet what lies behind.
    for (const status of [200, 400, 401, 404, 405, 415])
      expect(met.get(status) ?? 0, `${status}`).toBeGreaterThan(RUNS / 200)
    if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes[0]))
  })
})
