/** What the attacks share: a second tenant, a second person, requests as an attacker makes them, a dump of everything stored. */
import { createHash, createHmac } from 'node:crypto'
import { finishFlow } from '../../src/flows/finish.ts'
import { type StartInput, startFlow } from '../../src/flows/start.ts'
import { listen } from '../../src/hosts/node.ts'
import { createKeyRing } from '../../src/vault/keyring.ts'
import { BASE, type Json, type TestBrowser, type Visit, type World } from '../world.ts'

/** The sandbox's own app as the operator's: for worlds that have other providers beside it. */
export const LINKEDIN_ENV = {
  LINKEDIN_CLIENT_ID: 'sandbox-linkedin',
  LINKEDIN_CLIENT_SECRET: 'SANDBOX.linkedin/not+a/real+secret==',
  LINKEDIN_SCOPES: 'openid profile email w_member_social',
}

export const TOKEN = 'linkedin.token'
export const sha256 = (value: string) => createHash('sha256').update(value).digest()

/** A request with exactly these headers. */
export async function ask(
  world: World,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<{ status: number; headers: Headers; text: string; body: Json }> {
  const response = await world.mooring.fetch(
    new Request(new URL(path, BASE), {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  let parsed: Json
  try {
    parsed = JSON.parse(text)
  } catch {}
  return { status: response.status, headers: response.headers, text, body: parsed }
}

export const cookieOf = (browser: TestBrowser): string =>
  [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

/** A signed cookie's value, made with the keys that this world signs with. */
export function signCookie(value: string, vaultKeys: string, at = 0): string {
  const secret = createKeyRing(vaultKeys).derive('cookies')[at]?.toString('base64url') ?? ''
  return encodeURIComponent(`${value}.${createHmac('sha256', secret).update(value).digest('base64')}`)
}

/** A browser in which another person is signed in, who may all that the first one may: invited, as people are. */
export async function secondPerson(world: World, name = 'Bela'): Promise<TestBrowser & { person: string }> {
  const email = `${crypto.randomUUID()}@example.com`
  const invited = await world.api('POST', '/invitations', { email, role: 'owner' })
  const browser = world.browser()
  const answer = await browser.send('POST', '/session/invitation/accept', {
    token: new URL(invited.body.link).hash.slice(1),
    name,
    password: 'brisk otter lantern 44',
  })
  if (answer.status !== 200) throw new Error(`the invitation answered ${answer.status} ${JSON.stringify(answer.body)}`)
  const person: string = answer.body.person.id
  await world.database.query('update mooring.people set operator = true where id = $1', [person])
  return Object.assign(browser, { person })
}

export interface Tenant {
  workspace: string
  key: string
  api(method: string, path: string, body?: unknown): Promise<{ status: number; text: string; body: Json }>
}

/** Another workspace, with an API key of its own that may do everything. */
export async function secondTenant(world: World): Promise<Tenant> {
  const { store } = world.mooring.engine
  const workspace = crypto.randomUUID()
  await store.workspaces.create(workspace, 'The other side', null)
  const key = `mk_live_${crypto.randomUUID()}`
  await store.access.addKey({
    id: crypto.randomUUID(),
    workspace_id: workspace,
    key_hash: sha256(key),
    prefix: key.slice(0, 12),
    name: 'Their key',
    scopes: [
      'connections:read',
      'connections:write',
      'tokens:read',
      'proxy',
      'posts:read',
      'posts:write',
      'keys:write',
      'members:read',
      'members:write',
      'registrations:write',
      'webhooks:write',
    ],
    expires_at: null,
    created_by: null,
  })
  return { workspace, key, api: (method, path, body) => ask(world, method, `/api/v1${path}`, bearer(key), body) }
}

export const RULES = { baseUrl: BASE, returnOrigins: [], startsPerHour: 10_000 }

export async function startIn(world: World, workspace: string, input: StartInput = { provider: 'linkedin' }) {
  const starter = { id: 'key:engine', name: 'Engine', byKey: true }
  const result = await startFlow(world.mooring.engine, workspace, starter, input, RULES)
  if ('reused' in result) throw new Error('it was reused')
  return result.started
}

/** Connects past the HTTP API, in any workspace. Returns the connection's id, or the flow's error. */
export async function connectIn(
  world: World,
  workspace: string,
  visit: Visit = {},
  input: StartInput = { provider: 'linkedin' },
): Promise<{ connection: string; error: string | undefined }> {
  const started = await startIn(world, workspace, input)
  const callback = new URL(await world.browser().consent(started.authorizeUrl, visit))
  const done = await finishFlow(world.mooring.engine, {
    registration: callback.pathname.split('/').at(-1) ?? '',
    params: callback.searchParams,
    binding: () => started.binding,
    present: [],
  })
  const flow = await world.mooring.engine.store.flows.get(workspace, started.flowId)
  return { connection: flow?.connection_id ?? '', error: done.error?.code }
}

/** Mooring on a real port. */
export async function onPort(world: World) {
  const server = await listen(world.mooring, '127.0.0.1', 0)
  return { port: server.port, origin: `http://127.0.0.1:${server.port}`, stop: () => server.stop(100) }
}

/** Every row of every table, as the superuser sees it; bytes as hex and as base64. */
export async function dump(world: World): Promise<string> {
  const tables = await world.database.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  )
  const parts: string[] = []
  for (const { name } of tables) {
    for (const row of await world.database.query<Record<string, unknown>>(`select * from ${name}`)) {
      for (const [column, value] of Object.entries(row))
        parts.push(
          `${name}.${column} ${Buffer.isBuffer(value) ? `${value.toString('hex')} ${value.toString('base64')} ${value.toString('latin1')}` : JSON.stringify(value)}`,
        )
    }
  }
  return parts.join('\n')
}

/** Rows of some tables, to compare before and after. */
export async function rows(world: World, ...tables: string[]): Promise<string> {
  const parts = await Promise.all(
    tables.map((table) => world.database.query(`select * from mooring.${table} order by 1, 2`)),
  )
  return JSON.stringify(parts)
}

export async function count(world: World, table: string): Promise<number> {
  const [row] = await world.database.query<{ n: string }>(`select count(*) as n from mooring.${table}`)
  return Number(row?.n)
}

const WINDOW = 16

/**
 * The secrets of which a piece can be read in a text: whole, cut to 16 to 23 characters of it or more, or in another
 * coding. Says where.
 */
export function leaks(haystack: string, secrets: Readonly<Record<string, string>>): string[] {
  const pieces = new Set<string>()
  for (let at = 0; at + WINDOW <= haystack.length; at++) pieces.add(haystack.slice(at, at + WINDOW))
  const shown = (piece: string) => (piece.length < WINDOW || pieces.has(piece) ? haystack.indexOf(piece) : -1)
  return Object.entries(secrets).flatMap(([name, secret]) => {
    if (secret.length < 8) throw new Error(`${name} is no canary`)
    const coded = ['base64', 'base64url', 'hex'].map((one) => Buffer.from(secret).toString(one as 'hex'))
    for (const form of new Set([secret, encodeURIComponent(secret), ...coded])) {
      const size = Math.min(WINDOW, form.length)
      for (let at = 0; at + size <= form.length; at += 8) {
        const found = shown(form.slice(at, at + size))
        if (found >= 0) return [`${name}: …${haystack.slice(Math.max(0, found - 80), found)}[here]`]
      }
    }
    return []
  })
}
