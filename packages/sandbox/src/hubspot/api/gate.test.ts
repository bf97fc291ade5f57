import { describe, expect, it } from 'vitest'
import { CONTACTS, hubspotKit, NORTHWIND, VERSIONS } from '../testing.ts'

const k = hubspotKit()
const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/)
const limit = (headers: Headers, name: string) => headers.get(`x-hubspot-ratelimit-${name}`)

describe('who may call', () => {
  it('nobody without a token, or with a dead one', async () => {
    const { access_token, refresh_token } = await k.tokens()
    expect((await k.details(undefined)).json).toMatchObject({ category: 'INVALID_AUTHENTICATION' })
    k.advance(1800)
    for (const token of [access_token, refresh_token, 'nothing']) {
      const { status, json } = await k.details(token)
      expect([status, json]).toEqual([
        401,
        { status: 'error', category: 'EXPIRED_AUTHENTICATION', message: expect.any(String), correlationId: UUID },
      ])
    }
  })

  it('nobody whose app was taken out', async () => {
    const { access_token } = await k.tokens()
    k.steer({ uninstall: {} })
    expect((await k.details(access_token)).status).toBe(401)
  })

  it('not without the scope: the token itself is fine', async () => {
    const { access_token } = await k.tokens()
    k.steer({ dropScope: { scope: CONTACTS } })
    const { status, json, headers } = await k.call('/crm/v3/objects/contacts', access_token)
    expect([status, json]).toMatchObject([
      403,
      { category: 'MISSING_SCOPES', errors: [{ context: { requiredGranularScopes: [CONTACTS] } }] },
    ])
    expect(limit(headers, 'max')).toBe('110')
    expect((await k.details(access_token)).status).toBe(200)
    expect((await k.search(access_token, {})).json.category).toBe('MISSING_SCOPES')
  })

  it.each([
    [{ migrating: true }, 477, '60', 'MIGRATION_IN_PROGRESS'],
    [{ locked: true }, 423, null, 'LOCKED'],
  ])('not while the account is in no condition: %j', async (settings, status, wait, category) => {
    const { access_token } = await k.tokens()
    k.settings(settings)
    const answer = await k.details(access_token)
    expect([answer.status, answer.headers.get('retry-after'), answer.json.category]).toEqual([status, wait, category])
  })

  it('at no other path', async () => {
    const { access_token } = await k.tokens()
    expect((await k.call('/account-info/2025-09/details', access_token)).status).toBe(404)
    expect((await k.call('/crm/v3/objects/contacts', access_token, { method: 'DELETE' })).status).toBe(405)
  })
})

describe('how often', () => {
  it('110 times in ten seconds for an app in an account, whoever calls, with headers and no Retry-After', async () => {
    const mara = (await k.tokens()).access_token
    const tomas = (await k.tokens({ member: 'tomas' })).access_token
    const ines = (await k.tokens({ member: 'ines' })).access_token
    const first = await k.details(mara)
    expect(['max', 'remaining', 'interval-milliseconds'].map((name) => limit(first.headers, name))).toEqual([
      '110',
      '109',
      '10000',
    ])
    for (const name of ['daily', 'daily-remaining', 'secondly']) expect(limit(first.headers, name)).toBeNull()
    k.advance(5)
    for (let calls = 2; calls <= 110; calls += 1) expect((await k.details(tomas)).status).toBe(200)
    const { status, json, headers } = await k.details(mara)
    expect([status, headers.get('retry-after'), limit(headers, 'remaining')]).toEqual([429, null, '0'])
    expect(json).toEqual({
      status: 'error',
      message: expect.stringContaining('limit'),
      errorType: 'RATE_LIMIT',
      correlationId: UUID,
      policyName: 'TEN_SECONDLY_ROLLING',
    })
    // Another account has its own, and search is not counted here.
    expect((await k.details(ines)).status).toBe(200)
    expect((await k.search(mara, {})).status).toBe(200)
    // It rolls.
    k.advance(5)
    expect((await k.details(mara)).status).toBe(429)
    k.advance(5)
    expect((await k.details(mara)).status).toBe(200)
  })

  it('five searches a second for an account, which no header tells', async () => {
    const { access_token } = await k.tokens()
    for (let calls = 1; calls <= 5; calls += 1) {
      const { status, headers } = await k.search(access_token, { limit: 1 })
      expect([status, limit(headers, 'max'), limit(headers, 'remaining')]).toEqual([200, null, null])
    }
    expect((await k.search(access_token, { limit: 1 })).json.policyName).toBe('SECONDLY')
    k.advance(1)
    expect((await k.search(access_token, { limit: 1 })).status).toBe(200)
  })

  it('as a test says, in either of two bodies', async () => {
    const { access_token } = await k.tokens()
    k.settings({ limited: 'DAILY' })
    expect((await k.details(access_token)).json.policyName).toBe('DAILY')
    k.settings({ limitBody: 'category' })
    expect((await k.details(access_token)).json).toMatchObject({ category: 'RATE_LIMITS' })
  })
})

describe('account-info', () => {
  it.each(VERSIONS)('tells the account at %s, and its name from 2026-09 on', async (version) => {
    const { access_token } = await k.tokens()
    const { json } = await k.details(access_token, version)
    expect(json).toMatchObject({
      ...{ portalId: NORTHWIND, accountType: 'STANDARD', timeZone: 'Europe/Rome', companyCurrency: 'EUR' },
      ...{ additionalCurrencies: [], utcOffset: '+01:00', utcOffsetMilliseconds: 3_600_000 },
      ...{ uiDomain: 'app.hubspot.com', dataHostingLocation: 'na1' },
    })
    expect(json.portalName).toBe(version === '2026-09' ? 'Northwind Studio' : undefined)
  })

  it('wants the scope oauth', async () => {
    const { access_token } = await k.tokens()
    k.steer({ dropScope: { scope: 'oauth' } })
    expect((await k.details(access_token)).status).toBe(403)
  })
})

describe('uninstalling', () => {
  it.each(['2026-03', 'v3'])('takes the app out of the account for everybody (%s)', async (version) => {
    const mara = await k.tokens()
    const tomas = await k.tokens({ member: 'tomas' })
    const path = `/appinstalls/${version}/external-install`
    expect((await k.call(path, undefined, { method: 'DELETE' })).status).toBe(401)
    const { status, text } = await k.call(path, mara.access_token, { method: 'DELETE' })
    expect([status, text]).toEqual([204, ''])
    for (const one of [mara, tomas]) {
      expect((await k.details(one.access_token)).status).toBe(401)
      expect((await k.refresh(one.refresh_token)).json.status).toBe('BAD_REFRESH_TOKEN')
    }
  })
})
