import { describe, expect, it } from 'vitest'
import { oauthOf, type Registration } from '../../provider.ts'
import { hubspot } from './index.ts'
import { VERSION } from './versions.ts'

const at = (date: string) => Date.parse(`${date}T00:00:00Z`)
const ends = (version: string) => hubspot.retires?.({ API_VERSION: version }) ?? []
const shape = (settings: Record<string, string>) => oauthOf({ provider: hubspot, settings } as unknown as Registration)

describe('a version', () => {
  it.each([
    // Eighteen months from its March or September.
    ['2026-03', '2027-09-01'],
    ['2026-09', '2028-03-01'],
    ['v3', '2027-09-01'],
  ])('%s ends about %s, which HubSpot has not published by the day', (version, date) => {
    expect(ends(version)).toMatchObject([{ what: `HubSpot API ${version}`, at: at(date), certain: false }])
  })

  it('is told 60 days ahead, with what to do', () => {
    const told = (date: string) => hubspot.notices?.({ API_VERSION: '2026-03' }, at(date)) ?? []
    expect(told('2027-06-30')).toEqual([])
    expect(told('2027-07-10')).toMatchObject([
      { level: 'warning', mend: expect.stringContaining('HUBSPOT_API_VERSION') },
    ])
    expect(told('2027-10-01')).toMatchObject([{ message: expect.stringContaining('probably ended') }])
  })

  it('is in the addresses of the three endpoints, and never v1', () => {
    const parts = { token: 't', kind: 'access_token', clientId: 'c', clientSecret: 's' } as const
    for (const version of ['2026-03', '2026-09', 'v3']) {
      const settings = { API_VERSION: version }
      const base = `https://api.hubapi.com/oauth/${version}/token`
      expect(shape(settings).tokenUrl).toBe(base)
      expect(hubspot.introspection?.request({ ...parts, settings }).url).toBe(`${base}/introspect`)
      expect(hubspot.revocation?.({ ...parts, settings }).url).toBe(`${base}/revoke`)
    }
    const setting = hubspot.settings.find((one) => one.name === 'API_VERSION')
    expect(setting?.default).toBe(VERSION)
    for (const no of ['v1', 'v2', '2026', '2026-3', '2026-06', '']) expect(setting?.pattern.test(no)).toBe(false)
  })
})

describe('what is asked by settings', () => {
  it('optional scopes, by blanks, commas or lines', () => {
    expect(shape({ OPTIONAL_SCOPES: ' forms,content\nmarketing.email.read ' }).optionalScopes).toEqual([
      'forms',
      'content',
      'marketing.email.read',
    ])
    expect(shape({}).optionalScopes).toEqual([])
  })

  it('PKCE only where the operator says so', () => {
    expect([shape({}).pkce, shape({ PKCE: 'off' }).pkce, shape({ PKCE: 'S256' }).pkce]).toEqual([
      'unsupported',
      'unsupported',
      'S256',
    ])
  })
})
