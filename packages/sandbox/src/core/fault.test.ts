import { describe, expect, it } from 'vitest'
import { json } from './answer.ts'
import { planFor } from './fault.ts'
import { type FaultInput, faultSchema } from './fault-kinds.ts'
import { createFaults } from './faults.ts'
import { matches } from './matches.ts'

const read = (fault: object) => faultSchema.parse({ endpoint: 'p.x', ...fault })
const plan = (fault: object) => planFor(read(fault), { throttled: (level) => json(429, { level }) })
const done = json(200, { a: 1, b: 2 })

describe('plans', () => {
  it('answer: without doing the work, or after it', () => {
    expect(plan({ kind: 'answer', status: 503 })).toMatchObject({ work: false, wire: 'whole' })
    expect(plan({ kind: 'answer', status: 503, when: 'after' }).work).toBe(true)
  })
  it.each([
    [{ body: { x: 1 } }, '{"x":1}', 'application/json; charset=utf-8'],
    [{ body: 'text' }, 'text', 'text/plain'],
    [{ body: '<p>', headers: { 'content-type': 'text/html' } }, '<p>', 'text/html'],
    [{}, '', undefined],
    [{ body: null }, 'null', 'application/json; charset=utf-8'],
  ])('answer %j', (fields, body, type) => {
    const answer = plan({ kind: 'answer', status: 418, ...fields }).shape(done)
    expect([answer.status, answer.body, answer.headers['content-type']]).toEqual([418, body, type])
  })
  it.each([500, 502, 503, 504])('gateway %i is HTML', (status) => {
    const answer = plan({ kind: 'gateway', status }).shape(done)
    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'text/html'])
    expect(answer.body).toContain(`<h1>${status} `)
  })
  it('throttle asks the platform for its own body', () => {
    const { work, shape } = plan({ kind: 'throttle', level: 'member' })
    expect([work, shape(done).body]).toEqual([false, '{"level":"member"}'])
  })
  it('redirect goes anywhere', () => {
    const to = 'http://169.254.169.254/latest/meta-data/'
    expect(plan({ kind: 'redirect', to }).shape(done)).toMatchObject({ status: 302, headers: { location: to } })
    expect(plan({ kind: 'redirect', to, status: 307 }).shape(done).status).toBe(307)
  })
  it.each([
    ['before', false, 'reset'],
    ['after', true, 'reset'],
    ['during', true, 'partial'],
  ])('reset %s', (when, work, wire) => {
    expect(plan({ kind: 'reset', when })).toMatchObject({ work, wire })
  })
  it('hang does the work or not', () => {
    expect(plan({ kind: 'hang' })).toMatchObject({ work: false, wire: 'hang' })
    expect(plan({ kind: 'hang', when: 'after' })).toMatchObject({ work: true, wire: 'hang' })
  })
  it('slow is late and otherwise right', () => {
    const { delayMs, shape, work } = plan({ kind: 'slow', ms: 7 })
    expect([delayMs, work, shape(done)]).toEqual([7, true, done])
    expect(plan({ kind: 'slow', ms: 7, when: 'after' })).toMatchObject({ delayMs: 0, answerMs: 7, work: true })
  })
  it('content-type changes nothing else', () => {
    const answer = plan({ kind: 'content-type', value: 'text/plain' }).shape(done)
    expect([answer.headers['content-type'], answer.body]).toEqual(['text/plain', done.body])
  })
  it('truncate leaves half', () => {
    const { body } = plan({ kind: 'truncate' }).shape(done)
    expect(done.body).toContain(String(body))
    expect(() => JSON.parse(String(body))).toThrow()
  })
  it('drop and set edit a JSON object, and leave other bodies alone', () => {
    expect(plan({ kind: 'drop', fields: ['a', 'z'] }).shape(done).body).toBe('{"b":2}')
    expect(plan({ kind: 'set', fields: { a: 'x', c: null } }).shape(done).body).toBe('{"a":"x","b":2,"c":null}')
    for (const body of ['<html>', '[1]', '"x"', 'null']) {
      const odd = { ...done, body }
      expect(plan({ kind: 'drop', fields: ['a'] }).shape(odd).body).toBe(body)
    }
  })
})

describe('what is no fault', () => {
  it.each([
    {},
    { kind: 'nope' },
    { kind: 'answer' },
    { kind: 'answer', status: 99 },
    { kind: 'gateway', status: 418 },
    { kind: 'reset', when: 'sometimes' },
    { kind: 'slow' },
    { kind: 'drop', fields: [] },
    { kind: 'truncate', times: 0 },
    { kind: 'truncate', skip: -1 },
    { kind: 'truncate', unknown: 1 },
    { kind: 'truncate', endpoint: '' },
  ])('%j', (fault) => {
    expect(faultSchema.safeParse({ endpoint: 'p.x', ...fault }).success).toBe(false)
  })
})

describe('taking', () => {
  const queue = (...inputs: Partial<FaultInput>[]) => {
    const faults = createFaults()
    for (const input of inputs) faults.add(read({ kind: 'truncate', ...input }))
    return faults
  }
  const taken = (faults: ReturnType<typeof queue>, n: number, endpoint = 'p.x', method = 'GET') =>
    Array.from({ length: n }, () => faults.take(endpoint, method) !== undefined)

  it('once unless told', () => expect(taken(queue({}), 3)).toEqual([true, false, false]))
  it('so many times', () => expect(taken(queue({ times: 2 }), 3)).toEqual([true, true, false]))
  it('always', () => expect(taken(queue({ times: 'always' }), 3)).toEqual([true, true, true]))
  it('after so many calls', () => expect(taken(queue({ skip: 2 }), 4)).toEqual([false, false, true, false]))
  it('by method', () => {
    const faults = queue({ method: 'post' })
    expect(taken(faults, 1, 'p.x', 'GET')).toEqual([false])
    expect(taken(faults, 1, 'p.x', 'POST')).toEqual([true])
  })
  it('oldest first, one a call', () => {
    const faults = createFaults()
    faults.add(read({ kind: 'truncate' }))
    faults.add(read({ kind: 'slow', ms: 1 }))
    expect([faults.take('p.x', 'GET')?.kind, faults.take('p.x', 'GET')?.kind]).toEqual(['truncate', 'slow'])
  })
  it('not once cleared', () => {
    const faults = queue({ times: 'always' })
    faults.clear()
    expect(taken(faults, 1)).toEqual([false])
    expect(faults.waiting).toEqual([])
  })
  it('shows what still waits', () => {
    const faults = queue({ times: 3 })
    faults.take('p.x', 'GET')
    expect(faults.waiting).toMatchObject([{ times: 2 }])
  })
  it.each([
    ['p.x', 'p.x', true],
    ['p.x', 'p.xy', false],
    ['p.*', 'p.xy', true],
    ['p.*', 'q.x', false],
    ['*', 'anything', true],
  ])('%s matches %s: %s', (pattern, endpoint, yes) => expect(matches(pattern, endpoint)).toBe(yes))
})
