import { describe, expect, it } from 'vitest'
import { defineProvider } from './provider.ts'
import { pictureUrl } from './provider-pictures.ts'
import { linkedin } from './providers/linkedin/index.ts'

const provider = { pictureHosts: ['img.acme.example', '*.cdn.acme.example'] }

describe('from where a picture may come', () => {
  it.each([
    'https://img.acme.example/a.png?e=1&t=x%20y',
    'https://a.cdn.acme.example/',
    'https://a.b.cdn.acme.example/x',
    'https://img.acme.example:443/x',
  ])('%s', (url) => expect(pictureUrl(provider, url)).toBe(new URL(url).href))

  it('is answered as it was parsed, without what stays in a browser', () => {
    expect(pictureUrl(provider, 'HTTPS://IMG.Acme.Example/a/../b#secret')).toBe('https://img.acme.example/b')
    expect(pictureUrl(provider, 'https:\\\\img.acme.example\\x')).toBe('https://img.acme.example/x')
  })

  it.each([
    'http://img.acme.example/a',
    'https://img.acme.example:444/a',
    'https://img.acme.example./a',
    'https://user@img.acme.example/a',
    'https://user:pass@img.acme.example/a',
    'https://cdn.acme.example/a',
    'https://evilcdn.acme.example/a',
    'https://acme.example/a',
    'https://img.acme.example.evil.example/a',
    'https://evil.example/?https://img.acme.example/',
    'https://img.acme.example@evil.example/',
    'https://img.acme.example%2eevil.example/',
    'https://169.254.169.254/latest',
    'https://[::ffff:169.254.169.254]/latest',
    'https://2852039166/',
    'https://localhost/',
    'ftp://img.acme.example/a',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    '//img.acme.example/a',
    '/a.png',
    '',
    `https://img.acme.example/${'a'.repeat(2000)}`,
  ])('not %j', (url) => expect(pictureUrl(provider, url)).toBeUndefined())

  it('is nowhere for a provider that names no host', () => {
    expect(pictureUrl({}, 'https://img.acme.example/a')).toBeUndefined()
  })
})

describe("a provider's hosts of pictures", () => {
  it.each([
    '*',
    '*.com',
    'https://img.acme.example',
    'img.acme.example:443',
    '169.254.169.254',
    'img.*.example',
    '',
    'IMG.x.com',
  ])('are refused where they are none: %j', (host) =>
    expect(() => defineProvider({ ...linkedin, pictureHosts: [host] })).toThrow(TypeError),
  )
})
