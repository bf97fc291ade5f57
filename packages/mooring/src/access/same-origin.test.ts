import { describe, expect, it } from 'vitest'
import { isSameOrigin } from './same-origin.ts'

const same = (headers: Record<string, string>) => isSameOrigin(new Headers(headers), 'https://social.example.com')

describe('isSameOrigin', () => {
  it('believes Sec-Fetch-Site, which a page cannot set', () => {
    expect(same({ 'sec-fetch-site': 'same-origin' })).toBe(true)
    for (const site of ['cross-site', 'same-site', 'none', '']) expect(same({ 'sec-fetch-site': site })).toBe(false)
  })

  it('lets no Origin overrule it', () => {
    expect(same({ 'sec-fetch-site': 'cross-site', origin: 'https://social.example.com' })).toBe(false)
    expect(same({ 'sec-fetch-site': 'same-site', origin: 'https://social.example.com' })).toBe(false)
  })

  it('compares Origin exactly in browsers without Sec-Fetch-Site', () => {
    expect(same({ origin: 'https://social.example.com' })).toBe(true)
    for (const origin of [
      'null',
      '',
      'http://social.example.com',
      'https://social.example.com:8443',
      'https://social.example.com.evil.example',
      'https://evil.example',
      'https://social.example.com/',
    ]) {
      expect(same({ origin })).toBe(false)
    }
  })

  it('refuses a request that says nothing', () => {
    expect(same({})).toBe(false)
    expect(same({ referer: 'https://social.example.com/page' })).toBe(false)
  })
})
