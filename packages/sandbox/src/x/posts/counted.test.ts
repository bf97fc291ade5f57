import { expect, it } from 'vitest'
import { beginning, counted } from './counted.ts'

it.each([
  ['plain', 5],
  ['字', 2],
  ['👨‍👩‍👧', 2],
  ['https://example.com/a/very/long/path/indeed/yes', 23],
  ['example.com', 23],
  // The library's table of names is of 2021.
  ['https://no.suchtld', 18],
  ['“quoted”', 8],
])('%s weighs %i', (text, weight) => expect(counted(text).weight).toBe(weight))

it('finds what rules are about', () => {
  expect(counted('Buy $AAPL not $5 at example.com, @Mara and @tomasb')).toMatchObject({
    forbidden: false,
    links: ['example.com'],
    cashtags: ['AAPL'],
    mentions: ['mara', 'tomasb'],
  })
  expect(counted('a\uFFFEb').forbidden).toBe(true)
})

it('a beginning is no heavier than it may be, and by the library’s own rules', () => {
  expect(beginning('abcdefgh', 5)).toBe('abcde')
  expect(beginning('字字字', 5)).toBe('字字')
  expect(beginning('ab https://example.com/x cd', 10)).toBe('ab')
  expect(beginning('abc', 280)).toBe('abc')
})
