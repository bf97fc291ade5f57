import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { providers } from '../../src/providers/index.ts'
import { createKeyRing, generateKey } from '../../src/vault/keyring.ts'
import { type TestDatabase, testDatabase } from '../world.ts'
import { databaseUrl, serve } from './serving.ts'

const KEYS = generateKey()
const PUBLIC = 'https://social.example.com'
const LONG = 'an-api-key-of-some-length-0123456789'

describe('#26 fail-open configuration', () => {
  let database: TestDatabase
  let root: string
  /** Holds the port: a start that came so far as to listen would say that it is taken. */
  let holder: Server
  let visits = 0
  let port = ''
  beforeAll(async () => {
    database = await testDatabase()
    root = mkdtempSync(join(tmpdir(), 'mooring-fail-open-'))
    holder = createServer((socket) => {
      visits++
      socket.destroy()
    })
    await new Promise<void>((done) => holder.listen(0, '127.0.0.1', done))
    port = String((holder.address() as AddressInfo).port)
  })
  afterAll(async () => {
    holder.close()
    rmSync(root, { recursive: true, force: true })
    await database.drop()
  })

  /** Starts, and expects an end with code 3 that lists these settings; nothing was made, nothing listened. */
  async function expectRefused(env: Record<string, string>, listed: readonly string[]): Promise<string> {
    const dataDir = join(root, crypto.randomUUID())
    const server = serve({ MOORING_DATA_DIR: dataDir, PORT: port, ...env }, ['serve', '--no-sandbox'])
    expect(await server.ended).toBe(3)
    const said = server.said()
    for (const name of listed) expect(said).toContain(name)
    expect(said).not.toMatch(/runs\.|Sign in|taken/)
    expect(visits).toBe(0)
    // No database and no key file was made for it.
    if (existsSync(dataDir)) expect(readdirSync(dataDir)).toEqual([])
    for (const value of [KEYS, LONG, 'hunter22']) expect(said).not.toContain(value)
    return said
  }
  const withDatabase = () => ({ DATABASE_URL: databaseUrl(database.admin) })

  it.concurrent.each<[string, Record<string, string>, string[]]>([
    ['a public address without keys', { MOORING_BASE_URL: PUBLIC }, ['MOORING_VAULT_KEYS is missing', 'keys generate']],
    [
      'a public address without https and without keys',
      { MOORING_BASE_URL: 'http://social.example.com' },
      ['MOORING_BASE_URL is not loopback and not https', 'https://social.example.com'],
    ],
    [
      'a database of the operator without keys',
      { DATABASE_URL: 'postgres://me:hunter22@db/mooring' },
      ['MOORING_VAULT_KEYS is missing'],
    ],
    ['a key that is none', { MOORING_VAULT_KEYS: 'hunter22' }, ['MOORING_VAULT_KEYS', 'Key 1 is not 32 bytes']],
    ['a key twice', { MOORING_VAULT_KEYS: `${KEYS},${KEYS}` }, ['Key 2 is in the list twice']],
    [
      'tokens to another host',
      { MOORING_PLATFORM_ORIGINS: '{"https://www.linkedin.com":"https://evil.example"}' },
      ['MOORING_PLATFORM_ORIGINS sends tokens to https://evil.example'],
    ],
  ])('does not start with %s', async (_name, env, listed) => {
    await expectRefused(env, listed)
  })

  it.each<[string, Record<string, string>, string]>([
    ['empty keys', { MOORING_BASE_URL: PUBLIC, MOORING_VAULT_KEYS: '' }, 'MOORING_VAULT_KEYS is missing'],
    [
      'an address that looks like this machine',
      { MOORING_BASE_URL: 'http://localhost.evil.example' },
      'MOORING_BASE_URL',
    ],
    ['an address in the local network', { MOORING_BASE_URL: 'http://10.0.0.7:8003' }, 'MOORING_BASE_URL'],
    ['a base URL with a query', { MOORING_BASE_URL: `${PUBLIC}/?x=1` }, 'MOORING_BASE_URL is more than an origin'],
    [
      'a base URL below our own paths',
      { MOORING_BASE_URL: `${PUBLIC}/api` },
      'MOORING_BASE_URL has a path that cannot',
    ],
    ['a base URL with a way up', { MOORING_BASE_URL: `${PUBLIC}/a%2f..` }, 'MOORING_BASE_URL has a path that cannot'],
    ['another kind of database', { DATABASE_URL: 'mysql://me:hunter22@db' }, 'DATABASE_URL is not'],
    [
      'origins that are no JSON',
      { MOORING_PLATFORM_ORIGINS: 'https://evil.example' },
      'MOORING_PLATFORM_ORIGINS is not JSON',
    ],
    [
      'tokens to another host, and not the right words',
      { MOORING_PLATFORM_ORIGINS: '{"https://a.example":"http://10.0.0.7"}', MOORING_PLATFORM_ORIGINS_OUTSIDE: 'yes' },
      'MOORING_PLATFORM_ORIGINS_OUTSIDE',
    ],
    [
      'an API key that can be guessed, in public',
      { MOORING_BASE_URL: PUBLIC, MOORING_API_KEY: 'hunter22' },
      'MOORING_API_KEY',
    ],
    ['a client without its secret', { LINKEDIN_CLIENT_ID: 'x' }, 'LINKEDIN_CLIENT_SECRET is missing'],
    [
      'a redirect address that leads elsewhere',
      { LINKEDIN_REDIRECT_URI: 'https://evil.example/x' },
      'LINKEDIN_REDIRECT_URI',
    ],
    ['return origins for everybody', { MOORING_RETURN_ORIGINS: '*' }, 'MOORING_RETURN_ORIGINS'],
    ['a return origin that is opaque', { MOORING_RETURN_ORIGINS: 'null' }, 'MOORING_RETURN_ORIGINS'],
  ])('has no configuration with %s', (_name, env, listed) => {
    const refused = expect.objectContaining({ code: 'config_invalid', detail: expect.stringContaining(listed) })
    expect(() => readConfig({ MOORING_VAULT_KEYS: KEYS, ...env }, providers)).toThrow(refused)
  })

  it.each([
    'none',
    'off',
    'false',
    KEYS.slice(0, 30),
    `${KEYS},`,
    `${KEYS},${KEYS.slice(1)}`,
    `+${KEYS.slice(1)}`,
    KEYS.repeat(2),
  ])('has no way to leave the sealing out: %s is no key', (keys) => {
    expect(() => createKeyRing(keys)).toThrow(expect.objectContaining({ code: 'config_invalid' }))
  })

  it('lists all faults at once, each with how to mend it', async () => {
    const said = await expectRefused(
      {
        MOORING_BASE_URL: 'http://social.example.com',
        DATABASE_URL: 'nonsense',
        MOORING_PLATFORM_ORIGINS: '[]',
        MOORING_API_KEY: 'x',
        MOORING_RETURN_ORIGINS: 'https://a.example/path',
        MOORING_SANDBOX: 'perhaps',
        LINKEDIN_CLIENT_SECRET: 'hunter22',
        LINKEDIN_COMMUNITY_REDIRECT_URI: 'http://evil.example/callback/linkedin-community',
      },
      [
        'MOORING_BASE_URL',
        'DATABASE_URL',
        'MOORING_VAULT_KEYS',
        'MOORING_PLATFORM_ORIGINS',
        'MOORING_API_KEY',
        'MOORING_RETURN_ORIGINS',
        'MOORING_SANDBOX',
        'LINKEDIN_CLIENT_ID',
        'LINKEDIN_COMMUNITY_REDIRECT_URI',
      ],
    )
    expect(said).toContain('9 settings are not right')
  })

  it('does not answer others before it belongs to somebody, and starts once it does', async () => {
    const env = { MOORING_BASE_URL: PUBLIC, MOORING_VAULT_KEYS: KEYS, MOORING_API_KEY: LONG, ...withDatabase() }
    await expectRefused(env, ['has no owner yet', 'npx mooring owner'])
    expect(await database.query('select 1 from mooring.people')).toEqual([])

    const made = serve({ MOORING_DATA_DIR: join(root, 'owner'), ...env }, ['owner'])
    expect(await made.ended).toBe(0)
    // Now it comes so far as to want the port, which is taken.
    const server = serve({ MOORING_DATA_DIR: join(root, 'owner'), PORT: port, ...env }, ['serve', '--no-sandbox'])
    expect(await server.ended).toBe(3)
    expect(server.said()).toContain(`Port ${port} is taken`)
  })

  it('does not serve with a role that sees past the workspaces, where two roles are named', async () => {
    const url = databaseUrl(database.admin)
    const server = serve(
      {
        MOORING_VAULT_KEYS: KEYS,
        DATABASE_URL: url,
        MOORING_DATABASE_ADMIN_URL: url,
        PORT: port,
        MOORING_DATA_DIR: join(root, 'roles'),
      },
      ['serve', '--no-sandbox'],
    )
    expect(await server.ended).toBe(3)
    expect(server.said()).toContain('may read past row-level security')
    expect(server.said()).not.toContain('taken')
  })
})
