import { describe, expect, it } from 'vitest'
import { addressesIn, firstAddress, hostOf } from './links.ts'

describe('the first address in a text', () => {
  it.each([
    ['See https://northwind.example/work.', 'https://northwind.example/work'],
    ['(https://a.example/x)', 'https://a.example/x'],
    ['https://en.example/Rome_(city) and more', 'https://en.example/Rome_(city)'],
    ['https://a.example/?q=1&b=[2]', 'https://a.example/?q=1&b=[2]'],
    ['Read “https://a.example/x”, then go.', 'https://a.example/x'],
    ['HTTP://A.EXAMPLE', 'HTTP://A.EXAMPLE'],
    ['first https://a.example then https://b.example', 'https://a.example'],
    ['no address', undefined],
    ['still typing https://', undefined],
    ['still typing https://north', undefined],
    ['mailto:a@b.example', undefined],
  ])('%s', (text, url) => expect(firstAddress(text)).toBe(url))
})

it('says where each stands', () => {
  const text = 'a https://a.example/1, b https://b.example.'
  expect(addressesIn(text).map(({ from, to }) => text.slice(from, to))).toEqual([
    'https://a.example/1',
    'https://b.example',
  ])
})

it.each([
  ['https://www.northwind.example/a?b', 'northwind.example'],
  ['https://sub.a.example', 'sub.a.example'],
  ['nonsense', 'nonsense'],
])('%s stands on %s', (url, host) => expect(hostOf(url)).toBe(host))
