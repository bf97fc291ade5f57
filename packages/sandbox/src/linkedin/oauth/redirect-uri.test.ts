import { describe, expect, it } from 'vitest'
import { isNativeRedirect, isRegistered, isRegistrable, withParameters } from './redirect-uri.ts'

describe('what the portal takes', () => {
  it.each([
    'https://a.example/cb',
    'https://a.example',
    'http://localhost:3000/cb',
    'http://127.0.0.1/cb',
    'http://[::1]:9/cb',
  ])('%s', (uri) => expect(isRegistrable(uri)).toBe(true))
  it.each([
    'http://a.example/cb',
    '/cb',
    '',
    'javascript:alert(1)',
    'custom:cb',
    'https://a.example/cb#x',
    'https://user:pw@a.example/cb',
    'https://a.example/c b',
    'https://a.example/cb\n',
    'https://a.example\\cb',
    'http://localhost.evil.example/',
  ])('not %j', (uri) => expect(isRegistrable(uri)).toBe(false))
})

describe('matching', () => {
  const registered = ['https://a.example/cb', 'https://b.example/cb?x=1']
  it.each(['https://a.example/cb', 'https://a.example/cb?y=2', 'https://b.example/cb', 'https://b.example/cb?z'])(
    '%s',
    (uri) => expect(isRegistered(uri, registered)).toBe(true),
  )
  it.each([
    'https://a.example/cb/',
    'https://a.example/CB',
    'https://A.example/cb',
    'https://a.example:443/cb',
    'https://a.example/cb/../cb',
    'https://a.example/cb%2F',
    'https://a.example.evil.example/cb',
    'http://a.example/cb',
    'https://a.example/cb?x#y',
  ])('not %s', (uri) => expect(isRegistered(uri, registered)).toBe(false))
})

describe('native', () => {
  it('is loopback by number', () => {
    expect(['http://127.0.0.1:1', 'http://[::1]:2/x'].every(isNativeRedirect)).toBe(true)
    expect(
      ['http://localhost:1', 'https://127.0.0.1', 'http://127.0.0.2', 'http://0x7f.1.evil.example'].some(
        isNativeRedirect,
      ),
    ).toBe(false)
  })
})

describe('withParameters', () => {
  it.each([
    ['https://a/cb', { a: '1', b: undefined }, 'https://a/cb?a=1'],
    ['https://a/cb?x=1', { a: 'b c' }, 'https://a/cb?x=1&a=b+c'],
    ['https://a/cb', { a: '&quot;' }, 'https://a/cb?a=%26quot%3B'],
  ])('%s %j', (uri, fields, out) => expect(withParameters(uri, fields)).toBe(out))
})
