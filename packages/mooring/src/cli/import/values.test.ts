/** Dates, lists and texts as real tables hold them. */
import { describe, expect, it } from 'vitest'
import { clean, flagOf, jsonOf, scopesOf, textOf, timeOf } from './values.ts'

const bytes = (...of: number[]) => Uint8Array.from(of)

describe('a date', () => {
  it.each<[unknown, string]>([
    ['2026-03-01T10:20:30Z', '2026-03-01T10:20:30.000Z'],
    ['2026-03-01T10:20:30.123456Z', '2026-03-01T10:20:30.123Z'],
    ['2026-03-01 10:20:30', '2026-03-01T10:20:30.000Z'],
    ['2026-03-01 10:20:30.5', '2026-03-01T10:20:30.500Z'],
    ['2026-03-01T10:20', '2026-03-01T10:20:00.000Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01 10:20:30+00', '2026-03-01T10:20:30.000Z'],
    ['2026-03-01 10:20:30+02', '2026-03-01T08:20:30.000Z'],
    ['2026-03-01 10:20:30.25-0530', '2026-03-01T15:50:30.250Z'],
    ['2026-03-01T10:20:30+05:30', '2026-03-01T04:50:30.000Z'],
    ['2026-03-01 10:20:30 UTC', '2026-03-01T10:20:30.000Z'],
    ['1772360430', '2026-03-01T10:20:30.000Z'],
    [1_772_360_430, '2026-03-01T10:20:30.000Z'],
    [1_772_360_430.9, '2026-03-01T10:20:30.900Z'],
    [1_772_360_430_000, '2026-03-01T10:20:30.000Z'],
    [1_772_360_430_000n, '2026-03-01T10:20:30.000Z'],
    ['1772360430.123', '2026-03-01T10:20:30.123Z'],
    [new Date('2026-03-01T10:20:30Z'), '2026-03-01T10:20:30.000Z'],
    [new TextEncoder().encode('2026-03-01'), '2026-03-01T00:00:00.000Z'],
  ])('$0 is $1', (value, expected) => {
    expect(timeOf(value)).toBe(expected)
  })

  it.each([null, undefined, '', '  ', 0, '0', 0n, 'infinity', 'never', 'None'])('$0 is none', (value) => {
    expect(timeOf(value)).toBeNull()
  })

  it.each<unknown>([
    'tomorrow',
    '01/03/2026',
    '2026-13-01',
    '2026-02-30T25:00:00',
    '2026-03-01T10:20:30 CET',
    '-infinity',
    3600,
    '5184000',
    -1,
    Number.NaN,
    1e20,
    new Date(Number.NaN),
    bytes(0xff, 0xfe),
    { at: 1 },
    [],
    true,
  ])('$0 cannot be read', (value) => {
    expect(timeOf(value)).toBeUndefined()
  })
})

describe('scopes', () => {
  it.each<[unknown, string[] | null]>([
    [
      ['openid', 'profile'],
      ['openid', 'profile'],
    ],
    ['["openid","profile"]', ['openid', 'profile']],
    ["['openid', 'profile']", ['openid', 'profile']],
    ['{openid,profile}', ['openid', 'profile']],
    ['{"openid",profile}', ['openid', 'profile']],
    ['openid profile', ['openid', 'profile']],
    ['openid,profile', ['openid', 'profile']],
    ['openid, profile\nopenid', ['openid', 'profile']],
    [new TextEncoder().encode('openid'), ['openid']],
    ['https://www.googleapis.com/auth/analytics.readonly', ['https://www.googleapis.com/auth/analytics.readonly']],
    [['openid', 7, null, ''], ['openid']],
    ['', null],
    ['[]', null],
    [null, null],
    [undefined, null],
    [{}, null],
  ])('%j', (value, expected) => {
    expect(scopesOf(value)).toEqual(expected)
  })

  it('are no more than an authorization can have', () => {
    expect(scopesOf(Array.from({ length: 5000 }, (_, at) => `s${at}`))).toHaveLength(200)
  })
})

describe('text', () => {
  it('of bytes, numbers and blanks', () => {
    expect([textOf(' a '), textOf(7), textOf(90071992547409911n), textOf(new TextEncoder().encode('é'))]).toEqual([
      'a',
      '7',
      '90071992547409911',
      'é',
    ])
    // JSON's numbers end where they lose digits: an id is better missing than another.
    expect(textOf(JSON.parse('90071992547409911'))).toBeUndefined()
    expect([textOf(null), textOf(''), textOf(bytes())]).toEqual([null, null, null])
    expect([textOf(bytes(0xc3)), textOf({}), textOf(true), textOf([])]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('cleaned holds nothing that a terminal or a database would choke on, and no half of a character', () => {
    expect(clean('a\u0000b\u001b[31m\r\nc\ud800')).toBe('a b [31m c\ufffd')
    expect(clean('🦊'.repeat(300), 5)).toBe('🦊'.repeat(5))
  })

  it('of flags and JSON', () => {
    expect([true, 1, 'T', 'yes', 1n].map(flagOf)).toEqual([true, true, true, true, true])
    expect([false, 0, 'f', 'No', 0n].map(flagOf)).toEqual([false, false, false, false, false])
    expect([null, '', 'perhaps', 2, {}].map(flagOf)).toEqual([undefined, undefined, undefined, undefined, undefined])
    expect([jsonOf('{"a":1}'), jsonOf({ a: 1 }), jsonOf('{'), jsonOf(null)]).toEqual([
      { a: 1 },
      { a: 1 },
      undefined,
      undefined,
    ])
  })
})
