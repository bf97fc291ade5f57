/** Each shape from its real rows to records. Nothing runs here but the mappers. */
import { describe, expect, it } from 'vitest'
import { fernet } from '../../../test/left-behind.ts'
import { ImportConnections } from '../../http/schemas.ts'
import { generateKey } from '../../vault/keyring.ts'
import { opener } from './fernet.ts'
import { platformOf } from './platforms.ts'
import type { Mapped, Row, Shape, SourceRecord } from './record.ts'
import { clientCredentials } from './shape-client-credentials.ts'
import { jsonShape } from './shape-json.ts'
import { oauthTokens } from './shape-oauth-tokens.ts'
import { platformConnections } from './shape-platform-connections.ts'
import { socialAccounts } from './shape-social-accounts.ts'
import { SHAPES, shapedTables } from './shapes.ts'

const KEY = generateKey()
const OLD = generateKey()
const open = opener([KEY, OLD])
const sealed = (text: string, key = KEY) => fernet(text, key)

const recordOf = (mapped: Mapped): SourceRecord => {
  if ('skipped' in mapped) throw new Error(`${mapped.skipped.code}: ${mapped.skipped.message}`)
  return mapped.record
}
const map = (shape: Pick<Shape, 'map'>, row: Row) => recordOf(shape.map(row, open))
const why = (shape: Pick<Shape, 'map'>, row: Row, opens = open): string => {
  const mapped = shape.map(row, opens)
  return 'skipped' in mapped ? `${mapped.skipped.code}: ${mapped.skipped.message}` : 'taken'
}

describe('oauth_tokens', () => {
  const row = {
    id: 1n,
    provider: 'linkedin',
    access_token_encrypted: sealed('AQX-access'),
    refresh_token_encrypted: sealed('AQW-refresh', OLD),
    access_token_expires_at: '2027-01-01 10:00:00.123456',
    refresh_token_expires_at: '2027-10-01 10:00:00+02:00',
    scopes: '["openid", "profile"]',
    linkedin_member_id: 'Jxzka6SD-f',
  }

  it('opens both tokens, by any of the keys', () => {
    expect(map(oauthTokens, row)).toEqual({
      provider: 'linkedin',
      registration: null,
      subject: 'Jxzka6SD-f',
      label: null,
      accessToken: 'AQX-access',
      refreshToken: 'AQW-refresh',
      accessTokenExpiresAt: '2027-01-01T10:00:00.123Z',
      refreshTokenExpiresAt: '2027-10-01T08:00:00.000Z',
      scopes: ['openid', 'profile'],
      updatedAt: null,
    })
  })

  it.each<[string, (token: string) => unknown]>([
    ['bytes', (token) => Buffer.from(token)],
    ['a view into more bytes', (token) => new Uint8Array(Buffer.from(`xx${token}`)).subarray(2)],
    ['bytes as Python prints them', (token) => `b'${token}'`],
    ['base64 of the token', (token) => Buffer.from(token).toString('base64')],
    ['blanks around it', (token) => ` ${token}\n`],
    ['no padding', (token) => token.replace(/=+$/, '')],
  ])('sealed as %s', (_, form) => {
    expect(map(oauthTokens, { ...row, access_token_encrypted: form(sealed('AQX-access')) }).accessToken).toBe(
      'AQX-access',
    )
  })

  it.each<[string, unknown, string]>([
    ['another key', sealed('x', generateKey()), 'cannot_open'],
    ['no Fernet at all', 'AQX-clear', 'cannot_open'],
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe), 'unreadable'],
    ['a token that holds a line break', sealed('two\nlines'), 'token_unusable'],
    ['a token of 100 KB', sealed('x'.repeat(100_000)), 'token_unusable'],
    ['text that is no UTF-8 inside', sealed('\ud800'), 'token_unusable'],
  ])('%s is told and does not stop the others', (_, value, code) => {
    const told = why(oauthTokens, { ...row, access_token_encrypted: value })
    expect(told).toMatch(new RegExp(`^${code}: access_token_encrypted .+\\.$`))
    expect(told).not.toContain('AQX')
  })

  it('without keys says so, and with a date that is none too', () => {
    expect(why(oauthTokens, row, opener([]))).toContain('MOORING_IMPORT_FERNET_KEYS')
    expect(why(oauthTokens, { ...row, access_token_expires_at: 'soon' })).toBe(
      'unreadable: access_token_expires_at is not a date that can be read.',
    )
  })

  it('of nothing but NULLs holds no token; without a platform it is unreadable', () => {
    expect(why(oauthTokens, { provider: 'linkedin', access_token_encrypted: null })).toMatch(/^no_token: /)
    expect(why(oauthTokens, { ...row, provider: null })).toMatch(/^unreadable: It names no platform/)
  })

  it('of other platforms has no LinkedIn member', () => {
    expect(map(oauthTokens, { ...row, provider: 'Twitter', platform_user_id: 44 })).toMatchObject({
      provider: 'x',
      subject: '44',
    })
  })

  it('belongs to whoever a column names, if one does', () => {
    expect(oauthTokens.owner(row)).toBeNull()
    expect(oauthTokens.owner({ ...row, user_id: 'u-1' })).toBe('user:u-1')
    expect(oauthTokens.owner({ ...row, business_id: 7n, user_id: 'u-1' })).toBe('business:7')
  })
})

describe('social_accounts', () => {
  const row = {
    id: 3,
    business_id: 7,
    platform: 'LinkedIn',
    account_id: 90071992547409911n,
    account_name: 'Harbor & Sons',
    access_token: 'AQX-clear',
    refresh_token: sealed('AQW-refresh'),
    token_expires_at: 1_800_000_000,
    is_active: 1,
  }

  it('tells sealed from clear, token by token', () => {
    expect(map(socialAccounts, row)).toMatchObject({
      provider: 'linkedin',
      subject: '90071992547409911',
      label: 'Harbor & Sons',
      accessToken: 'AQX-clear',
      refreshToken: 'AQW-refresh',
      accessTokenExpiresAt: '2027-01-15T08:00:00.000Z',
    })
    expect(socialAccounts.owner(row)).toBe('business:7')
  })

  it('takes what only begins like Fernet as it is, and never what is sealed with another key', () => {
    expect(map(socialAccounts, { ...row, access_token: 'gAAAAA-begins-like-it' }).accessToken).toBe(
      'gAAAAA-begins-like-it',
    )
    expect(why(socialAccounts, { ...row, access_token: sealed('x', generateKey()) })).toMatch(
      /^cannot_open: access_token/,
    )
    expect(why(socialAccounts, { ...row, refresh_token: sealed('x', generateKey()) })).toMatch(
      /^cannot_open: refresh_token/,
    )
  })

  it('leaves out what was switched off, in every way that databases write it', () => {
    for (const off of [0, 0n, false, 'f', 'false'])
      expect(why(socialAccounts, { ...row, is_active: off })).toMatch(/^inactive/)
    for (const on of [1, true, 't', null]) expect(why(socialAccounts, { ...row, is_active: on })).toBe('taken')
  })

  it('without a refresh token is a record all the same', () => {
    expect(map(socialAccounts, { ...row, refresh_token: '', token_expires_at: null })).toMatchObject({
      refreshToken: null,
      accessTokenExpiresAt: null,
    })
  })
})

describe('client_linkedin_credentials', () => {
  it('is the seat alone: what is sealed is not even a column that is asked for', () => {
    expect([...clientCredentials.needed, ...clientCredentials.optional].join()).not.toMatch(/password|email/)
    const row = { client_id: 5, heyreach_sender_id: 9912, connection_status: 'connected' }
    expect(map(clientCredentials, row)).toMatchObject({ provider: 'heyreach', subject: '9912', accessToken: null })
    expect(clientCredentials.owner(row)).toBe('client:5')
    expect(why(clientCredentials, { ...row, heyreach_sender_id: null })).toMatch(/^no_token/)
  })
})

describe('platform_connections', () => {
  const row = {
    user_id: '0c5e',
    platform: 'linkedin',
    platform_user_id: 'Jxzka6SD-f',
    access_token: 'AQX',
    refresh_token: 'AQW',
    token_expires_at: '2027-01-01T00:00:00+00:00',
    scopes: ['openid'],
    connection_status: 'connected',
    profile_data: { name: 'Mara Lindqvist', sub: 'other' },
  }

  it('with columns', () => {
    expect(map(platformConnections, row)).toMatchObject({
      subject: 'Jxzka6SD-f',
      label: 'Mara Lindqvist',
      accessToken: 'AQX',
      refreshToken: 'AQW',
      accessTokenExpiresAt: '2027-01-01T00:00:00.000Z',
      scopes: ['openid'],
    })
    expect(platformConnections.owner(row)).toBe('user:0c5e')
  })

  it('with credentials in one column, as JSON or as its text', () => {
    const credentials = {
      access_token: 'AQX',
      refresh_token: 'AQW',
      expires_at: 1_800_000_000,
      organization_id: '2414183',
      organization_name: 'Harbor',
      scopes: 'w_organization_social r_organization_social',
    }
    for (const value of [credentials, JSON.stringify(credentials)]) {
      expect(map(platformConnections, { user_id: 'u', platform: 'linkedin', credentials: value })).toMatchObject({
        subject: '2414183',
        label: 'Harbor',
        accessToken: 'AQX',
        refreshToken: 'AQW',
        accessTokenExpiresAt: '2027-01-15T08:00:00.000Z',
        scopes: ['w_organization_social', 'r_organization_social'],
      })
    }
    // Columns of their own win, where they hold something.
    expect(map(platformConnections, { ...row, access_token: null, credentials }).accessToken).toBe('AQX')
    expect(map(platformConnections, { ...row, access_token: 'own', credentials }).accessToken).toBe('own')
  })

  it('of a status that is over is left out; of one that is broken it is taken, and judged here', () => {
    for (const connection_status of ['disconnected', 'REVOKED', 'pending'])
      expect(why(platformConnections, { ...row, connection_status })).toMatch(/^inactive: The old system calls it /)
    for (const connection_status of ['error', 'expired', 'active', null])
      expect(why(platformConnections, { ...row, connection_status })).toBe('taken')
  })

  it('of JSON that is none holds no token', () => {
    for (const credentials of ['{', '[]', 'null', '"x"', null])
      expect(why(platformConnections, { platform: 'linkedin', credentials })).toMatch(/^no_token/)
  })
})

describe('a connection of Nango', () => {
  const row = {
    id: 18393,
    connection_id: 'cust-7',
    provider_config_key: 'linkedin-prod',
    provider: 'linkedin',
    errors: [],
    end_user: {
      id: 'user-1',
      email: 'm@example.com',
      display_name: 'Mara',
      organization: { id: 'org-1', display_name: 'O' },
    },
    metadata: { platform_user_id: 'Jxzka6SD-f' },
    connection_config: {},
    created_at: '2026-01-01T00:00:00.000Z',
    credentials: {
      type: 'OAUTH2',
      access_token: 'AQX',
      refresh_token: 'AQW',
      expires_at: '2027-01-01T00:00:00.000Z',
      raw: {
        access_token: 'AQX',
        expires_in: 5_184_000,
        refresh_token_expires_in: 31_536_000,
        scope: 'openid,profile',
      },
    },
  }

  it('with what the raw answer says beside', () => {
    expect(map(jsonShape, row)).toMatchObject({
      provider: 'linkedin',
      subject: 'Jxzka6SD-f',
      label: 'Mara',
      accessToken: 'AQX',
      refreshToken: 'AQW',
      accessTokenExpiresAt: '2027-01-01T00:00:00.000Z',
      refreshTokenExpiresAt: '2027-11-02T00:00:00.000Z',
      scopes: ['openid', 'profile'],
    })
  })

  it('belongs to the organization, the user, or the connection', () => {
    expect(jsonShape.owner(row)).toBe('organization:org-1')
    expect(jsonShape.owner({ ...row, end_user: { id: 'user-1' } })).toBe('end_user:user-1')
    expect(jsonShape.owner({ ...row, end_user: null })).toBe('connection:cust-7')
    const tags = { end_user_id: 'user-2', end_user_display_name: 'Mara L.' }
    expect(jsonShape.owner({ ...row, end_user: null, tags })).toBe('end_user:user-2')
    expect(jsonShape.owner({ ...row, tags: { ...tags, organization_id: 'org-2' } })).toBe('organization:org-2')
    expect(map(jsonShape, { ...row, tags }).label).toBe('Mara L.')
  })

  it('of another kind of credentials is not taken', () => {
    expect(why(jsonShape, { ...row, credentials: { type: 'API_KEY', apiKey: 'CANARY' } })).toMatch(/^not_oauth: [^C]+$/)
    expect(why(jsonShape, { ...row, credentials: null })).toMatch(/^not_oauth/)
  })
})

describe('a record of our own form', () => {
  it('with everything, and with the least', () => {
    const full = {
      provider: 'linkedin',
      registration: 'linkedin-community',
      owner: 'customer-7',
      subject: 'Jxzka6SD-f',
      label: 'Mara',
      accessToken: 'AQX',
      refreshToken: 'AQW',
      accessTokenExpiresAt: '2027-01-01T00:00:00Z',
      refreshTokenExpiresAt: 1_830_000_000,
      scopes: ['openid'],
      updatedAt: '2026-11-01T00:00:00Z',
    }
    const { owner, ...rest } = full
    expect(map(jsonShape, full)).toEqual({
      ...rest,
      accessTokenExpiresAt: '2027-01-01T00:00:00.000Z',
      refreshTokenExpiresAt: '2027-12-28T13:20:00.000Z',
      updatedAt: '2026-11-01T00:00:00.000Z',
    })
    expect(jsonShape.owner(full)).toBe(owner)
    expect(map(jsonShape, { provider: 'linkedin', accessToken: 'AQX' })).toMatchObject({ subject: null, scopes: null })
    expect(jsonShape.owner({ provider: 'linkedin' })).toBeNull()
    expect(why(jsonShape, { ...full, active: false })).toMatch(/^inactive/)
  })
})

describe('platforms by other names', () => {
  it.each([
    ['LinkedIn', 'linkedin'],
    ['linkedin_oauth2', 'linkedin'],
    ['twitter', 'x'],
    ['X', 'x'],
    ['ga4', 'google-analytics'],
    ['Google_Analytics', 'google-analytics'],
    ['google analytics', 'google-analytics'],
    ['facebook', 'meta'],
    ['Instagram', 'meta'],
    ['HubSpot', 'hubspot'],
    ['TikTok', 'tiktok'],
    ['constructor', 'constructor'],
    ['__proto__', 'proto'],
  ])('%s is %s', (name, id) => {
    expect(platformOf(name)).toBe(id)
  })
})

describe('tables are known by name and columns', () => {
  const columns = ['id', 'business_id', 'platform', 'access_token', 'account_id', 'password_hash']

  it('a known name with its columns, and never a column that is not of the shape', () => {
    const { found, odd } = shapedTables([
      { name: 'social_accounts', columns },
      { name: 'oauth_tokens', columns: ['id', 'token'] },
      { name: 'users', columns },
    ])
    expect(found.map((one) => [one.table, one.shape.name, one.columns])).toEqual([
      ['social_accounts', 'social_accounts', ['id', 'business_id', 'platform', 'access_token', 'account_id']],
    ])
    expect(odd).toEqual(['oauth_tokens'])
  })

  it('another name when it is named, by its columns', () => {
    const { found } = shapedTables([{ name: 'app_socialaccount', columns }], 'app_socialaccount')
    expect(found[0]?.shape.name).toBe('social_accounts')
    expect(shapedTables([{ name: 'social_accounts', columns }], 'other').found).toEqual([])
  })
})

describe('whatever a row holds', () => {
  const hostile: unknown[] = [
    null,
    undefined,
    '',
    ' ',
    'a\u0000b',
    '\ud800',
    '\u001b[2J',
    'x'.repeat(100_000),
    0,
    -1,
    1e300,
    Number.NaN,
    10n ** 30n,
    true,
    [],
    {},
    [[['x']]],
    { toString: null },
    Uint8Array.of(0xff),
    new Date(Number.NaN),
    '{"access_token":{"a":1}}',
    'gAAAAA',
    sealed('x', generateKey()),
    '__proto__',
    '_',
  ]

  it('a mapper gives a record that the API takes, or a reason, and never throws', () => {
    let seed = 20_261_121
    const random = (most: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor((seed / 2_147_483_648) * most)
    }
    const shapes: Pick<Shape, 'map' | 'owner' | 'needed' | 'optional'>[] = [
      ...SHAPES.map((one) => ({ ...one, needed: [...one.needed, ...(one.oneOf ?? [])] })),
      {
        ...jsonShape,
        needed: ['provider', 'accessToken', 'refreshToken', 'accessTokenExpiresAt', 'refreshTokenExpiresAt'],
        optional: ['registration', 'owner', 'subject', 'label', 'scopes', 'updatedAt', 'active'],
      },
      {
        ...jsonShape,
        needed: ['credentials', 'connection_id', 'provider'],
        optional: ['provider_config_key', 'end_user', 'metadata', 'connection_config'],
      },
    ]
    let taken = 0
    for (let round = 0; round < 20_000; round++) {
      const shape = shapes[round % shapes.length]
      if (!shape) continue
      const good: Row = {
        provider: 'linkedin',
        platform: 'linkedin',
        access_token: 'AQX',
        accessToken: 'AQX',
        access_token_encrypted: SEALED,
        heyreach_sender_id: 1,
      }
      const row = Object.fromEntries(
        [...shape.needed, ...shape.optional].map((name) => [
          name,
          random(3) > 0 && name in good ? good[name] : hostile[random(hostile.length)],
        ]),
      )
      const mapped = shape.map(row, open)
      const workspace = shape.owner(row)
      if ('skipped' in mapped) {
        expect(mapped.skipped.message).toMatch(/^\S.{5,300}\.$/)
        continue
      }
      taken += 1
      const sent = JSON.parse(JSON.stringify({ records: [{ ...mapped.record, workspace }] })) as unknown
      const parsed = ImportConnections.safeParse(sent)
      expect(parsed.error?.issues ?? [], JSON.stringify(mapped.record).slice(0, 2000)).toEqual([])
    }
    expect(taken).toBeGreaterThan(500)
  })
})

const SEALED = sealed('AQX-good')
