import { describe, expect, it } from 'vitest'
import type { Ask } from '../../core/ask.ts'
import { pageOf } from './paging.ts'
import { project, readProjection } from './projection.ts'
import { list, type RestliQuery, readRestli, single, unknownParameter, whole } from './restli.ts'

const ask = (rawQuery: string, version?: string): Ask => ({
  method: 'GET',
  url: new URL('http://127.0.0.1/'),
  path: '/',
  rawQuery,
  query: new URLSearchParams(rawQuery),
  headers: new Headers(version === undefined ? {} : { 'x-restli-protocol-version': version }),
  body: new Uint8Array(),
  params: {},
  hasLength: false,
})

function query(source: string, version = '2.0.0'): RestliQuery {
  const found = readRestli(ask(source, version))
  if (found.kind !== 'query') throw new Error(found.kind)
  return found.query
}

describe('reading', () => {
  it('is 1.0.0 unless told', () => {
    expect(readRestli(ask('a=1'))).toMatchObject({ query: { protocol: '1.0.0' } })
    expect(readRestli(ask('a=1', '2.0.0'))).toMatchObject({ query: { protocol: '2.0.0' } })
    expect(readRestli(ask('a=1', '1.5'))).toEqual({ kind: 'protocol', version: '1.5' })
  })
  it('takes nothing twice in 2.0.0', () => {
    expect(readRestli(ask('a=1&b=2&a=3', '2.0.0'))).toEqual({ kind: 'repeated', name: 'a' })
    expect(readRestli(ask('a=1&a=3')).kind).toBe('query')
  })
  it('ends at 4000 characters', () => {
    expect(readRestli(ask(`a=${'x'.repeat(3998)}`)).kind).toBe('query')
    expect(readRestli(ask(`a=${'x'.repeat(3999)}`)).kind).toBe('too-long')
  })
  it('decodes values, and keeps broken ones as they are', () => {
    const read = query('a=x%3Ay+z&b=%E0%A4%A&c')
    expect([single(read, 'a'), single(read, 'b'), single(read, 'c'), single(read, 'd')]).toEqual([
      'x:y z',
      '%E0%A4%A',
      '',
      undefined,
    ])
  })
  it('whole numbers', () => {
    const read = query('a=12&b=x&c=-1&d=&e=1.5&f=9999999999')
    expect(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => whole(read, name, 7))).toEqual([
      12,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      7,
    ])
  })
  it('names the first parameter that is not known', () => {
    expect(unknownParameter(query('a=1&b=2'), ['a'])).toBe('b')
    expect(unknownParameter(query('a=1'), ['a'])).toBeUndefined()
  })
})

describe('lists', () => {
  it.each([
    ['ids=List(1,2)', ['1', '2']],
    ['ids=List(urn%3Ali%3Ax%3A1)', ['urn:li:x:1']],
    ['ids=List()', []],
    ['ids=List(a%2Cb)', ['a,b']],
    ['ids=List%281%29', undefined],
    ['ids=1', undefined],
    ['ids=List(1', undefined],
    ['other=1', undefined],
  ])('2.0.0 %s', (source, values) => expect(list(query(source), 'ids')).toEqual(values))
  it.each([
    ['ids=1&ids=2', ['1', '2']],
    ['ids=1', ['1']],
    ['ids=List(1,2)', undefined],
    ['other=1', undefined],
  ])('1.0.0 %s', (source, values) => expect(list(query(source, '1.0.0'), 'ids')).toEqual(values))
})

describe('projections', () => {
  it('are trees', () => {
    expect(readProjection('(id,a(b,c~:how(d)))')).toEqual({ id: true, a: { b: true, 'c~:how': { d: true } } })
  })
  it.each(['', 'id', '(', '()', '(a', '(a,)', '(a))', '(a)(b)', '((a))'])('%j is none', (source) => {
    expect(readProjection(source)).toBeUndefined()
  })
  it('pick fields and decorate', () => {
    const value = { id: 1, logo: { original: 'urn:x', cropped: 'urn:y' }, more: 2 }
    const wanted = { id: true, logo: { 'original~:playableStreams': true }, absent: true } as const
    expect(project(value, wanted, (urn) => ({ ok: `for ${urn}` }))).toEqual({
      id: 1,
      logo: { original: 'urn:x', 'original~': 'for urn:x' },
    })
    expect(project(value, wanted, () => ({ error: 'no' }))).toEqual({
      id: 1,
      logo: { original: 'urn:x', 'original!': 'no' },
    })
  })
})

describe('pages', () => {
  const all = (n: number) => Array.from({ length: n }, (_, i) => i)
  const href = (start: number) => `at ${start}`

  it('one page has no links', () => {
    expect(pageOf(all(2), 0, 10, href)).toEqual({
      elements: [0, 1],
      paging: { start: 0, count: 10, total: 2, links: [] },
    })
  })
  it('a long list comes in short pages that join without gap', () => {
    const found: number[] = []
    let start = 0
    for (;;) {
      const { elements, paging } = pageOf(all(40), start, 10, href)
      found.push(...elements)
      const next = paging.links.find((link) => link.rel === 'next')
      if (!next) break
      expect(elements).toHaveLength(9)
      start = Number(next.href.slice(3))
    }
    expect(found).toEqual(all(40))
  })
  it('a list of 25 comes in full pages', () => expect(pageOf(all(25), 0, 10, href).elements).toHaveLength(10))
  it('goes back, too', () =>
    expect(pageOf(all(40), 20, 10, href).paging.links[0]).toMatchObject({ rel: 'prev', href: 'at 10' }))
  it('beyond the end is empty and leads nowhere on', () => {
    const { elements, paging } = pageOf(all(40), 90, 10, href)
    expect([elements, paging.links.map((link) => link.rel)]).toEqual([[], ['prev']])
  })
})
