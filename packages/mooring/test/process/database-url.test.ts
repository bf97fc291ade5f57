/** On the operator's own PostgreSQL: by a socket or over the network, several processes at once, nothing in a folder. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from '@mooring/sandbox'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { allSources } from '../../src/store/carried/binaries.ts'
import { supervise } from '../../src/store/carried/supervisor.ts'
import { unprivilegedUser } from '../../src/store/carried/user.ts'
import { asRoot } from '../../src/store/testing.ts'
import { generateKey } from '../../src/vault/keyring.ts'
import type { Json } from '../world.ts'
import {
  bearer,
  cleanUp,
  dataFolder,
  type Env,
  freePort,
  launchServer,
  run,
  type Server,
  startServer,
  until,
} from './harness.ts'
import { connect } from './person.ts'

const ends: (() => Promise<void> | void)[] = []
afterAll(async () => {
  for (const end of ends.reverse()) await end()
  await cleanUp()
})

const API_KEY = 'mk_test_0123456789abcdef'

async function emptyDatabase(root: pg.ClientConfig): Promise<string> {
  const name = `p_${randomBytes(6).toString('hex')}`
  await asRoot(root, `create database ${name}`)
  ends.push(() => asRoot(root, `drop database if exists ${name} with (force)`))
  return name
}

const usersOf = async (config: pg.ClientConfig): Promise<string[]> => {
  const client = new pg.Client(config)
  await client.connect()
  const { rows } = await client.query<{ user: string }>(
    "select distinct usename as user from pg_stat_activity where datname = current_database() and application_name = 'mooring'",
  )
  await client.end()
  return rows.map((row) => row.user)
}

describe('by a socket, two processes at once', () => {
  const root = inject('postgres')
  const dataDir = dataFolder()
  let database: string
  let sandbox: Sandbox
  let env: Env
  let servers: [Server, Server]
  beforeAll(async () => {
    database = await emptyDatabase(root)
    const ports = [await freePort(), await freePort()]
    sandbox = await startSandbox({
      redirectUris: { linkedin: ports.map((port) => `http://localhost:${port}/callback/linkedin`) },
    })
    ends.push(() => sandbox.stop())
    const app = sandbox.apps.find((one) => one.registration === 'linkedin')
    env = {
      // As an operator writes it for a socket: no host in front, nor a login. It must not be the server's own login.
      DATABASE_URL: `postgres:///${database}?host=${root.host}&port=${root.port}`,
      PGUSER: root.user,
      MOORING_VAULT_KEYS: generateKey(),
      MOORING_API_KEY: API_KEY,
      MOORING_PLATFORM_ORIGINS: JSON.stringify(sandbox.origins),
      LINKEDIN_CLIENT_ID: app?.clientId ?? '',
      LINKEDIN_CLIENT_SECRET: app?.clientSecret ?? '',
      LINKEDIN_SCOPES: app?.scopes.join(' ') ?? '',
    }
    const start = (port?: number) => startServer({ dataDir, port: port ?? 0, args: [], env })
    // Both at once, on an empty database: the migrations run once.
    servers = await Promise.all([start(ports[0]), start(ports[1])])
  })

  it('says which database it uses and that the keys come from the environment', () => {
    for (const { out } of servers) {
      expect(out()).toMatch(/Database +PostgreSQL at DATABASE_URL\n/)
      expect(out()).toMatch(/Keys +from MOORING_VAULT_KEYS\n/)
      expect(out()).not.toMatch(/^ +Data /m)
    }
    expect([existsSync(join(dataDir, 'vault.key')), existsSync(join(dataDir, 'server.json'))]).toEqual([false, false])
  })

  it('what one connects, the other hands out and renews, and one owner and one set of keys holds for both', async () => {
    const [a, b] = servers
    const { id } = await connect(a)
    const token = async (server: Server, key = API_KEY) =>
      (await server.api('GET', `/connections/${id}/token`, undefined, bearer(key))).body.accessToken
    expect((await token(a)).length).toBeGreaterThan(100)
    expect(await token(b)).toBe(await token(a))
    expect((await b.api('POST', `/connections/${id}/refresh`)).status).toBe(200)
    expect(await token(a)).toBe(await token(b))
    const made = (await a.api('POST', '/api-keys', { name: 'both', scopes: ['tokens:read'] })).body
    expect(await token(b, made.key)).toBe(await token(a))
    expect((await b.api('GET', '/connections')).body.data.map((one: Json) => one.id)).toEqual([id])
  })

  it('the server’s own connections are not those of the owner', async () => {
    const users = await usersOf({ ...root, database })
    expect(users).toEqual([expect.stringMatching(/^mooring_app_[0-9a-f]{8}$/)])
  })

  it('one ends, the other goes on', async () => {
    const [a, b] = servers
    expect(await a.stop()).toEqual({ code: 0, signal: null })
    expect((await b.api('GET', '/connections')).status).toBe(200)
  })

  it('a command without a server reads the same database', async () => {
    const listed = await run(['connections', '--json'], { ...env, MOORING_DATA_DIR: dataDir })
    expect([listed.code, listed.json().data.length]).toEqual([0, 1])
    const far = await run(['connections', '--json'], { MOORING_URL: `${servers[1].url}/`, MOORING_API_KEY: API_KEY })
    expect(far.json()).toEqual(listed.json())
  })

  it('without MOORING_VAULT_KEYS it stops, and makes no key file', async () => {
    const { MOORING_VAULT_KEYS: _, ...rest } = env
    const refused = await run(['serve'], { ...rest, MOORING_DATA_DIR: dataDir })
    expect(refused.code).toBe(3)
    expect(refused.err).toContain(
      'MOORING_VAULT_KEYS is missing; only a local start with its own database may make a key file.',
    )
    expect(refused.err).toContain('`npx mooring keys generate`')
    expect(existsSync(join(dataDir, 'vault.key'))).toBe(false)
  })

  it('a database that is away is told with code 6, without the login', async () => {
    const away = { ...env, DATABASE_URL: 'postgres://someone:CANARY@127.0.0.1:1/none' }
    const server = await launchServer({ dataDir, args: [], env: away })
    expect(await server.ended).toEqual({ code: 6, signal: null })
    expect(server.err()).toContain('The server cannot reach its database.')
    expect(server.err()).toContain('Check DATABASE_URL')
    expect(server.err() + server.out()).not.toMatch(/CANARY|someone/)
  })
})

const machine = (await allSources()).machine[0]

describe.skipIf(machine === undefined)(
  machine === undefined ? 'over the network (this machine has no PostgreSQL of its own)' : 'over the network',
  () => {
    const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined
    let root: pg.ClientConfig & { port: number }
    beforeAll(async () => {
      root = {
        host: '127.0.0.1',
        port: await freePort(),
        user: 'operator',
        password: 'p@ss:w/rd',
        database: 'postgres',
      }
      const bin = machine ?? ''
      const folder = dataFolder()
      const cluster = join(folder, 'cluster')
      const passwordFile = join(folder, 'password')
      mkdirSync(cluster, { mode: 0o700 })
      writeFileSync(passwordFile, String(root.password), { mode: 0o644 })
      chmodSync(folder, 0o711)
      if (user) chownSync(cluster, user.uid, user.gid)
      const asUser = { cwd: folder, ...user, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } }
      const made = spawnSync(
        join(bin, 'initdb'),
        ['-D', cluster, '-U', 'operator', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-N'],
        asUser,
      )
      if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
      const settings = { port: root.port, listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off' }
      const args = ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
      // It ends with this process, however that ends.
      const log = openSync(join(folder, 'log'), 'a')
      const server = await supervise(join(bin, 'postgres'), args, { runAs: user, cwd: folder, logHandle: log })
      ends.push(async () => {
        server.end()
        await server.ended
        closeSync(log)
      })
      const reached = () =>
        asRoot(root, 'select 1').then(
          () => true,
          () => false,
        )
      await until('PostgreSQL takes connections', async () => server.hasEnded() || reached())
    })

    it('a whole start, with a role of its own that sees nothing past its workspace', async () => {
      const database = await emptyDatabase(root)
      const login = `operator:${encodeURIComponent(String(root.password))}`
      const env = {
        DATABASE_URL: `postgresql://${login}@127.0.0.1:${root.port}/${database}`,
        MOORING_VAULT_KEYS: generateKey(),
        MOORING_API_KEY: API_KEY,
      }
      const server = await startServer({ env })
      const connection = await connect(server)
      expect((await server.api('GET', `/connections/${connection.id}/token`)).status).toBe(200)
      expect(await usersOf({ ...root, database })).toEqual([expect.stringMatching(/^mooring_app_/)])
      expect(await server.stop()).toEqual({ code: 0, signal: null })
      expect(server.out() + server.err()).not.toMatch(/p@ss|p%40ss/)
    })
  },
)
