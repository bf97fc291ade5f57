/** A whole Mooring for a test: its own database, the sandbox as the platforms, a clock that can be moved, a browser's cookies. */
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Sandbox, startSandbox } from '@mooring/sandbox'
import pg from 'pg'
import { inject } from 'vitest'
import type { Authenticate } from '../src/access/host-users.ts'
import { type Env, readConfig } from '../src/config.ts'
import { createMooring, type Mooring } from '../src/mooring.ts'
import type { Provider, Registration } from '../src/provider.ts'
import { providers } from '../src/providers/index.ts'
import type { Log } from '../src/runtime.ts'
import { generateKey } from '../src/vault/keyring.ts'
import { TEMPLATE } from './postgres.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test reads answers by name and says what it expects of them
export type Json = any

export const BASE = 'http://localhost:8003'
export const KEY = 'mk_test_0123456789abcdef'
/** Two pixels. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAD0lEQVQI12M4Y2x8xtgYAAmXAmXEbjAyAAAAAElFTkSuQmCC',
  'base64',
)

export interface TestDatabase {
  admin: pg.ClientConfig
  /** As the superuser, past row-level security. */
  query<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>
  drop(): Promise<void>
}

export async function testDatabase(): Promise<TestDatabase> {
  const root = inject('postgres')
  const name = `t_${randomBytes(6).toString('hex')}`
  const asRoot = async (sql: string) => {
    const client = new pg.Client(root)
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  await asRoot(`create database ${name} template ${TEMPLATE}`)
  const admin = { ...root, database: name }
  const pool = new pg.Pool({ ...admin, max: 2 })
  pool.on('error', () => {})
  return {
    admin,
    query: async <T extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
      (await pool.query<T>(sql, values)).rows,
    drop: async () => {
      await pool.end()
      await asRoot(`drop database if exists ${name} with (force)`)
    },
  }
}

export interface LogLine {
  level: string
  message: string
  fields: Record<string, unknown>
}

export interface WorldOptions {
  env?: Env
  /** Instead of all; each app gets a client `test-<id>` with secret `test-secret`. */
  providers?: readonly Provider[]
  platformOrigins?: Record<string, string>
  sandbox?: boolean
  database?: TestDatabase
  vaultKeys?: string
  registrations?: (from: readonly Registration[]) => readonly Registration[]
  /** The host's own users. */
  authenticate?: Authenticate
  /** Sweeps by itself; a test that counts requests wants to be alone. */
  background?: boolean
}

export interface World {
  mooring: Mooring
  sandbox: Sandbox
  database: TestDatabase
  vaultKeys: string
  logs: LogLine[]
  workspace: string
  /** Where files of posts lie. */
  mediaDir: string
  /** Moves Mooring's clock, and the sandbox's with it. */
  advance(seconds: number): void
  /** The same, and what the database stamped by its own clock is so much older. */
  pass(seconds: number): Promise<void>
  now(): number
  /** A request with the instance's key. */
  api(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Json; headers: Headers }>
  /** Uploads a file with the instance's key; what became of it. */
  upload(bytes?: Uint8Array, name?: string): Promise<Json>
  /** A browser: cookies of Mooring, and hands and eyes at the platform. */
  browser(): TestBrowser
  close(): Promise<void>
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const database = options.database ?? (await testDatabase())
  const mediaDir = join(tmpdir(), `mooring-media-${randomBytes(6).toString('hex')}`)
  const config = readConfig(
    { MOORING_BASE_URL: BASE, MOORING_API_KEY: KEY, MOORING_MEDIA_DIR: mediaDir, ...options.env },
    options.providers ?? providers,
  )
  const redirectUris = Object.fromEntries(config.registrations.map((one) => [one.id, [one.redirectUri]]))
  const sandbox = await startSandbox({ redirectUris })
  const apps = new Map(sandbox.apps.map((app) => [app.registration, app]))
  const withClients = config.registrations.map((one): Registration => {
    const app = apps.get(one.id)
    if (options.providers || one.client)
      return one.client ? one : { ...one, client: { clientId: `test-${one.id}`, clientSecret: 'test-secret' } }
    return app ? { ...one, client: app, scopes: app.scopes, simulated: true } : one
  })
  const logs: LogLine[] = []
  const write = (level: string) => (fields: Record<string, unknown>, message: string) =>
    void logs.push({ level, message, fields })
  const log: Log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  let offset = 0
  const now = () => Date.now() + offset
  const vaultKeys = options.vaultKeys ?? generateKey()
  const mooring = await createMooring({
    config,
    database: { admin: database.admin },
    vaultKeys,
    registrations: options.registrations?.(withClients) ?? withClients,
    platformOrigins: { ...sandbox.origins, ...options.platformOrigins },
    log,
    background: options.background ?? false,
    authenticate: options.authenticate,
    // Waiting is what a test must not do by the clock: pauses are kept, cut to a hundredth.
    runtime: { now, sleep: async (ms) => void (await new Promise((done) => setTimeout(done, ms / 100))) },
  })
  const world: World = {
    mooring,
    sandbox,
    database,
    vaultKeys,
    logs,
    workspace: mooring.workspace.id,
    mediaDir,
    now,
    advance(seconds) {
      offset += seconds * 1000
      sandbox.control.advance(seconds)
    },
    async pass(seconds) {
      world.advance(seconds)
      await database.query('update mooring.delivery_attempts set began_at = began_at - make_interval(secs => $1)', [
        seconds,
      ])
    },
    api: (method, path, body, headers) =>
      request(mooring, method, path, body, { authorization: `Bearer ${KEY}`, ...headers }),
    upload: async (bytes = PNG, name = 'picture.png') => {
      const headers = { authorization: `Bearer ${KEY}`, 'x-file-name': encodeURIComponent(name) }
      const body = Uint8Array.from(bytes)
      const response = await mooring.fetch(new Request(`${BASE}/api/v1/media`, { method: 'POST', headers, body }))
      const answer: Json = await response.json()
      if (response.status !== 201) throw new Error(`the upload answered ${response.status} ${JSON.stringify(answer)}`)
      return answer
    },
    browser: () => createBrowser(world),
    close: async () => {
      await mooring.close()
      await sandbox.stop()
      await rm(mediaDir, { recursive: true, force: true })
      if (!options.database) await database.drop()
    },
  }
  return world
}

async function request(mooring: Mooring, method: string, path: string, body: unknown, headers: Record<string, string>) {
  const url = path.startsWith('/api') || !path.startsWith('/') ? path : `/api/v1${path}`
  const response = await mooring.fetch(
    new Request(new URL(url, BASE), {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : parse(text) }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export type TestBrowser = ReturnType<typeof createBrowser>

export interface Visit {
  /** Who consents; the sandbox's first person unless told. */
  member?: 'mara' | 'tomas' | 'ines' | 'priya'
  press?: 'allow' | 'cancel' | 'leave'
  /** Boxes that the person unticks, by name. */
  untick?: readonly string[]
  /** What the person picks in the page's lists, by name. */
  pick?: Readonly<Record<string, string>>
}

function createBrowser(world: World) {
  const jar = new Map<string, string>()
  const platform = world.sandbox.browser()
  const keep = (headers: Headers) => {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';')
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      if (attributes.some((one) => /max-age=0/i.test(one.trim()))) jar.delete(name)
      else jar.set(name, value)
    }
  }
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const browser = {
    jar,
    platform,
    /** A fetch from our own page. */
    async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const answer = await request(world.mooring, method, path, body, {
        'sec-fetch-site': 'same-origin',
        cookie: cookie(),
        ...headers,
      })
      keep(answer.headers)
      return answer
    },
    /** Opens an address of Mooring by navigation. */
    async open(url: string) {
      const response = await world.mooring.fetch(
        new Request(new URL(url, BASE), {
          headers: { accept: 'text/html', cookie: cookie(), 'sec-fetch-site': 'cross-site' },
        }),
      )
      keep(response.headers)
      return response
    },
    async signIn() {
      const link = await world.mooring.signInLink()
      const answer = await browser.send('POST', '/session', { token: new URL(link).hash.slice(1) })
      if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}`)
      return answer.body
    },
    /** Starts a flow with this browser's session, or with the key when it has none. */
    async start(body: Record<string, unknown>) {
      const signedIn = [...jar.keys()].some((name) => name.endsWith('mooring-session'))
      return browser.send('POST', '/flows', body, signedIn ? {} : { authorization: `Bearer ${KEY}` })
    },
    /** At the platform: consents or cancels, and returns the callback's address. */
    async consent(authorizeUrl: string, visit: Visit = {}) {
      const screen = await platform.consent(authorizeUrl, visit)
      if (screen.location === undefined)
        throw new Error(`the platform shows ${screen.status}: ${screen.html.replace(/<[^>]*>/g, ' ').slice(0, 400)}`)
      return screen.location
    },
    /** Start, consent, callback: returns the started flow, where the browser ended up, and the flow as it stands. */
    async connect(body: Record<string, unknown> = { provider: 'linkedin' }, visit: Visit = {}) {
      const started = await browser.start(body)
      if (started.status !== 201) throw new Error(`start answered ${started.status} ${JSON.stringify(started.body)}`)
      const callback = await browser.consent(started.body.authorizeUrl, visit)
      const response = await browser.open(callback)
      const landed = new URL(response.headers.get('location') ?? BASE)
      const flow = (await world.api('GET', `/flows/${started.body.id}`)).body
      return { started: started.body, callback, response, landed, flow }
    },
    /** Connects, and takes every account that can be had. */
    async connectAll(body: Record<string, unknown> = { provider: 'linkedin' }, visit: Visit = {}) {
      const { flow } = await browser.connect(body, visit)
      if (flow.state !== 'checkpoint') return flow
      const accounts = flow.candidates
        .filter((one: { selectable: boolean }) => one.selectable)
        .map((one: { id: string }) => one.id)
      return (await world.api('POST', `/flows/${flow.id}/accounts`, { accounts })).body
    },
  }
  return browser
}
