import { describe, expect, it } from 'vitest'
import { type Env, isLoopback, readConfig } from './config.ts'
import { isMooringError, type MooringError } from './error.ts'
import { providers } from './providers/index.ts'

const read = (env: Env) => readConfig(env, providers)
const KEYS = 'a key, which the key ring judges'
const PUBLIC = { MOORING_BASE_URL: 'https://social.example.com', MOORING_VAULT_KEYS: KEYS }

function faultOf(env: Env): MooringError {
  try {
    read(env)
  } catch (error) {
    if (isMooringError(error)) return error
    throw error
  }
  throw new Error('the configuration was taken')
}

const faultsOf = (env: Env) => (faultOf(env).fields ?? []).map(({ path, message }) => `${path} ${message}`)

describe('the defaults', () => {
  it('need no setting at all', () => {
    const { registrations, ...rest } = read({})
    expect(rest).toEqual({
      port: 8003,
      host: '127.0.0.1',
      basePath: '',
      jwt: undefined,
      baseUrl: 'http://localhost:8003',
      local: true,
      dataDir: undefined,
      databaseUrl: undefined,
      databaseAdminUrl: undefined,
      databasePool: undefined,
      vaultKeys: undefined,
      platformOrigins: {},
      apiKey: undefined,
      sandbox: undefined,
      returnOrigins: [],
      webhookOrigins: [],
      previewOrigins: [],
      media: { maxBytes: 2048 * 1024 ** 2, dir: undefined, s3: undefined, url: 'http://localhost:8003' },
      onboarding: expect.arrayContaining([expect.objectContaining({ id: 'connect', providers: ['linkedin'] })]),
      startsPerHour: 5,
      proxy: { bodyBytes: 100 * 1024 ** 2, answerBytes: 1024 ** 3, idleMs: 60_000 },
      refreshesAtOnce: 16,
      signIn: { oidc: undefined, smtp: undefined },
      trustProxy: 0,
      auditDays: 365,
      metrics: 'open',
      logLevel: 'info',
    })
    expect(registrations.map((one) => [one.id, one.client, one.redirectUri, one.simulated])).toEqual([
      ['linkedin', undefined, 'http://localhost:8003/callback/linkedin', false],
      ['linkedin-community', undefined, 'http://localhost:8003/callback/linkedin-community', false],
      ['x', undefined, 'http://localhost:8003/callback/x', false],
      ['meta', undefined, 'http://localhost:8003/callback/meta', false],
      ['instagram', undefined, 'http://localhost:8003/callback/instagram', false],
      ['google-analytics', undefined, 'http://localhost:8003/callback/google-analytics', false],
      ['hubspot', undefined, 'http://localhost:8003/callback/hubspot', false],
      ['threads', undefined, 'http://localhost:8003/callback/threads', false],
      ['unipile', undefined, 'http://localhost:8003/callback/unipile', false],
      ['unipile-v2', undefined, 'http://localhost:8003/callback/unipile-v2', false],
      ['heyreach', undefined, 'http://localhost:8003/callback/heyreach', false],
    ])
  })

  it('follow the port, and count an empty variable as unset', () => {
    expect(read({ PORT: '9000' })).toMatchObject({ port: 9000, baseUrl: 'http://localhost:9000' })
    const names = [
      'PORT',
      'HOST',
      'MOORING_BASE_URL',
      'MOORING_VAULT_KEYS',
      'DATABASE_URL',
      'MOORING_SANDBOX',
      'MOORING_API_KEY',
    ]
    const empty = Object.fromEntries(
      [...names, 'LINKEDIN_CLIENT_ID', 'LINKEDIN_CLIENT_SECRET', 'MOORING_PLATFORM_ORIGINS'].map((name) => [name, '']),
    )
    expect(read(empty)).toEqual(read({}))
  })
})

describe('what is set', () => {
  it('is read into its own type', () => {
    const config = read({
      ...PUBLIC,
      PORT: '80',
      HOST: '0.0.0.0',
      MOORING_DATA_DIR: '/srv/mooring',
      DATABASE_URL: 'postgres://u:p@db:5432/mooring',
      MOORING_DATABASE_ADMIN_URL: 'postgresql://owner@db/mooring',
      MOORING_DATABASE_POOL: '20',
      MOORING_API_KEY: 'k'.repeat(24),
      MOORING_RETURN_ORIGINS: 'https://app.example.com, https://other.example.com',
      MOORING_STARTS_PER_HOUR: '10',
      MOORING_LOG: 'debug',
      MOORING_PLATFORM_ORIGINS: '{"https://www.linkedin.com":"http://127.0.0.1:9701/"}',
      LINKEDIN_CLIENT_ID: ' id ',
      LINKEDIN_CLIENT_SECRET: ' secret\n',
      LINKEDIN_SCOPES: 'openid,profile  email',
      LINKEDIN_API_VERSION: '202601',
      LINKEDIN_ISSUER: 'https://issuer.example.com',
    })
    expect(config).toMatchObject({
      port: 80,
      host: '0.0.0.0',
      baseUrl: 'https://social.example.com',
      local: false,
      dataDir: '/srv/mooring',
      databaseUrl: 'postgres://u:p@db:5432/mooring',
      databaseAdminUrl: 'postgresql://owner@db/mooring',
      databasePool: 20,
      vaultKeys: KEYS,
      returnOrigins: ['https://app.example.com', 'https://other.example.com'],
      startsPerHour: 10,
      logLevel: 'debug',
      platformOrigins: { 'https://www.linkedin.com': 'http://127.0.0.1:9701' },
    })
    expect(config.registrations[0]).toMatchObject({
      client: { clientId: 'id', clientSecret: 'secret' },
      scopes: ['openid', 'profile', 'email'],
      redirectUri: 'https://social.example.com/callback/linkedin',
      issuer: 'https://issuer.example.com',
      settings: { API_VERSION: '202601', PKCE: 'off' },
    })
    const env = config.registrations[0]?.env ?? []
    expect(env.find((one) => one.name === 'LINKEDIN_CLIENT_SECRET')).toEqual({
      name: 'LINKEDIN_CLIENT_SECRET',
      required: true,
      set: true,
    })
    expect(JSON.stringify(env)).not.toContain('secret"')
    expect(config.registrations[1]?.client).toBeUndefined()
  })

  it.each([
    ['on', true],
    ['TRUE', true],
    ['1', true],
    ['yes', true],
    ['off', false],
    ['False', false],
    ['0', false],
    ['no', false],
  ])('reads the switch MOORING_SANDBOX=%s', (value, expected) => {
    expect(read({ MOORING_SANDBOX: value }).sandbox).toBe(expected)
  })
})

describe('the redirect address', () => {
  it('that does not lead to the route stops the start with the exact line', () => {
    expect(faultsOf({ ...PUBLIC, LINKEDIN_REDIRECT_URI: 'https://social.example.com/callback' })).toEqual([
      'LINKEDIN_REDIRECT_URI does not lead to /callback/linkedin. Set LINKEDIN_REDIRECT_URI=https://social.example.com/callback/linkedin, and register exactly that at the provider.',
    ])
  })

  it.each([
    '/callback/linkedin/',
    '/callback/LinkedIn',
    '/callback/linkedin-community',
    '/x/../callback/other',
    '/callback%2Flinkedin',
    '//callback/linkedin',
  ])('is not %s', (path) => {
    const url = `https://social.example.com${path}`
    expect(faultsOf({ ...PUBLIC, LINKEDIN_REDIRECT_URI: url }).join()).toContain('does not lead to /callback/linkedin')
  })

  it('may be on another origin, as behind a proxy, and is kept as it stands', () => {
    const redirect = 'https://connect.example.com/callback/linkedin'
    expect(read({ ...PUBLIC, LINKEDIN_REDIRECT_URI: redirect }).registrations[0]?.redirectUri).toBe(redirect)
    const loopback = 'http://127.0.0.1:8003/callback/linkedin'
    expect(read({ LINKEDIN_REDIRECT_URI: loopback }).registrations[0]?.redirectUri).toBe(loopback)
  })
})

describe('a client', () => {
  it('needs no secret where the app is a public one, and none is demanded of the other', () => {
    const { registrations } = read({ LINKEDIN_CLIENT_ID: 'id', LINKEDIN_PKCE: 'native' })
    expect(registrations[0]?.client).toEqual({ clientId: 'id', clientSecret: undefined })
    expect(registrations[0]?.env.find((one) => one.name === 'LINKEDIN_CLIENT_SECRET')?.required).toBe(false)
    expect(faultsOf({ LINKEDIN_COMMUNITY_CLIENT_ID: 'id', LINKEDIN_PKCE: 'native' })).toHaveLength(1)
  })
})

describe('platform origins outside this machine', () => {
  const origins = '{"https://www.linkedin.com":"https://fake.example.com"}'
  it('are taken only when the operator says so in words', () => {
    for (const words of ['', 'yes', 'true', 'i know that tokens go there', 'I know that tokens go there '])
      expect(
        faultsOf({ MOORING_PLATFORM_ORIGINS: origins, MOORING_PLATFORM_ORIGINS_OUTSIDE: words }),
        words,
      ).toHaveLength(1)
    const said = { MOORING_PLATFORM_ORIGINS: origins, MOORING_PLATFORM_ORIGINS_OUTSIDE: 'I know that tokens go there' }
    expect(read(said).platformOrigins).toEqual({ 'https://www.linkedin.com': 'https://fake.example.com' })
  })
})

describe('vault keys', () => {
  it('may be missing on a local start with its own database alone', () => {
    expect(read({}).vaultKeys).toBeUndefined()
    expect(read({ MOORING_BASE_URL: 'http://127.0.0.1:9000' }).vaultKeys).toBeUndefined()
    for (const env of [
      { MOORING_BASE_URL: 'https://social.example.com' },
      { DATABASE_URL: 'postgres://u:CANARY@localhost/mooring' },
      { MOORING_BASE_URL: 'https://social.example.com', MOORING_VAULT_KEYS: '' },
    ]) {
      const [line, ...more] = faultsOf(env)
      expect(more).toEqual([])
      expect(line).toMatch(/^MOORING_VAULT_KEYS is missing.*keys generate.*the same on every process/)
      expect(line).not.toContain('CANARY')
    }
  })

  it('are demanded although the database address cannot be read: both faults are told', () => {
    for (const env of [{}, { MOORING_BASE_URL: 'https://social.example.com' }]) {
      const told = faultsOf({ ...env, DATABASE_URL: 'nonsense' })
      expect(told.map((line) => line.split(' ')[0]).sort()).toEqual(['DATABASE_URL', 'MOORING_VAULT_KEYS'])
    }
  })
})

describe('loopback', () => {
  it.each([
    'http://localhost',
    'http://localhost:8003',
    'http://127.0.0.1',
    'http://127.9.9.9:1',
    'https://[::1]:8003',
    'http://127.1',
    'http://LOCALHOST',
  ])('%s is this machine', (url) => expect(isLoopback(url)).toBe(true))
  it.each([
    'http://localhost.evil.com',
    'http://127.0.0.1.evil.com',
    'http://evil.com/127.0.0.1',
    'http://127.0.0.1@evil.com',
    'http://0.0.0.0',
    'http://[::]',
    'http://10.0.0.1',
    'nonsense',
    '',
  ])('%s is not', (url) => expect(isLoopback(url)).toBe(false))
})
