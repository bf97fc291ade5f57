import { describe, expect, it } from 'vitest'
import type { Provider } from '../provider.ts'
import { originOf, targetOf } from './proxy-target.ts'

const ID = '5b7c4f7e-8d2a-4c3e-9f10-6a7b8c9d0e1f'
const PREFIX = '/api/v1/proxy/'
const rest = (address: string) => targetOf(address, PREFIX)?.target

describe('targetOf', () => {
  it.each([
    ['', '/'],
    ['?', '/?'],
    ['?x#y', '/?x'],
    ['#x', '/'],
    ['/', '/'],
    ['//x', '//x'],
    ['/a/../..', '/a/../..'],
    ['/%2e%2E/%2F?%20=%zz', '/%2e%2E/%2F?%20=%zz'],
    ['/\\evil', '/\\evil'],
  ])('leaves what follows the connection as it is: %j', (after, target) => {
    expect(rest(`${PREFIX}${ID}${after}`)).toBe(target)
    expect(rest(`https://mooring.example:8003${PREFIX}${ID}${after}`)).toBe(target)
  })

  it('writes the id in small letters, as what is sealed is bound to it', () => {
    expect(targetOf(`${PREFIX}${ID.toUpperCase()}/x`, PREFIX)).toEqual({ connection: ID, target: '/x' })
  })

  it.each([
    `${PREFIX}${ID}x`,
    `${PREFIX}${ID}@evil.example`,
    `${PREFIX}${ID}:80/`,
    `${PREFIX}${ID}%2f`,
    `${PREFIX}${ID}\\x`,
    `${PREFIX}${ID.slice(1)}/x`,
    `${PREFIX}`,
    `${PREFIX}/${ID}/x`,
    `/x/..${PREFIX}${ID}/x`,
    `https://evil.example/?${PREFIX}${ID}/x`,
    `ftp://x${PREFIX}${ID}/x`,
    `*`,
    '',
  ])('is undefined for %j', (address) => {
    expect(targetOf(address, PREFIX)).toBeUndefined()
  })
})

it('originOf takes one of the provider’s own origins, letter for letter', () => {
  const provider = { name: 'Acme', apiOrigins: ['https://a.example', 'https://b.example'] } as unknown as Provider
  expect(originOf(provider, undefined)).toBe('https://a.example')
  expect(originOf(provider, 'https://b.example')).toBe('https://b.example')
  for (const wanted of ['', 'https://A.example', 'https://a.example/', 'https://a.example:443', 'https://c.example'])
    expect(() => originOf(provider, wanted), wanted).toThrow(expect.objectContaining({ code: 'origin_refused' }))
  expect(() => originOf({ ...provider, apiOrigins: [] }, undefined)).toThrow()
})
