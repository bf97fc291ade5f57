import { describe, expect, it } from 'vitest'
import { type Ask, cookie, field, form, repeated } from './ask.ts'

const ask = (headers: Record<string, string>, body = ''): Ask => ({
  method: 'POST',
  url: new URL('http://127.0.0.1/'),
  path: '/',
  rawQuery: '',
  query: new URLSearchParams(),
  headers: new Headers(headers),
  body: new TextEncoder().encode(body),
  params: {},
  hasLength: true,
})

describe('form', () => {
  it.each(['application/x-www-form-urlencoded', 'Application/X-WWW-Form-Urlencoded;charset=utf-8'])(
    'reads %s',
    (type) => {
      expect([...(form(ask({ 'content-type': type }, 'a=1&b=%2B+'))?.entries() ?? [])]).toEqual([
        ['a', '1'],
        ['b', '+ '],
      ])
    },
  )
  it.each(['', 'application/json', 'text/x-www-form-urlencoded'])('does not read %j', (type) => {
    expect(form(ask({ 'content-type': type }, 'a=1'))).toBeUndefined()
  })
})

describe('fields', () => {
  it('an empty value counts as absent', () => {
    const fields = new URLSearchParams('a=&b=1')
    expect([field(fields, 'a'), field(fields, 'b'), field(fields, 'c')]).toEqual([undefined, '1', undefined])
  })
  it.each([
    ['a=1&b=2', undefined],
    ['a=1&b=2&a=1', 'a'],
    ['a&a', 'a'],
    ['', undefined],
  ])('%j repeats %j', (source, name) => {
    expect(repeated(new URLSearchParams(source))).toBe(name)
  })
})

describe('cookie', () => {
  it.each([
    ['a=1; b=2', 'b', '2'],
    ['a=1;b=2=3', 'b', '2=3'],
    ['ab=1', 'b', undefined],
    ['', 'a', undefined],
    ['a', 'a', undefined],
  ])('%j has %s: %j', (header, name, value) => {
    expect(cookie(ask(header ? { cookie: header } : {}), name)).toBe(value)
  })
})
