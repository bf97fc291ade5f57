/** Four servers on one database, an authorization server, a connection at it, and callers: what the storm is made of. */
import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createKeyRing, generateKey } from '../../src/vault/keyring.ts'
import { createVault } from '../../src/vault/vault.ts'
import { type Rotating, type RotatingOptions, startRotating, type Tokens } from '../rotating.ts'
import { type TestDatabase, testDatabase } from '../world.ts'
import { type Relay, startRelay } from './storm-relay.ts'
import type { Action, Counters, Line, Order, Point, Settings, Told } from './storm-words.ts'

const API_KEY = 'mk_storm_0123456789abcdef'
const LIMIT_MS = 60_000
const CODE_CACHE = join(import.meta.dirname, '../../../../node_modules/.cache/mooring-processes')

export interface Answer {
  status: number
  /** The problem's code where there is no token. */
  code: string | undefined
  accessToken: string | undefined
  body: Record<string, unknown>
  /** Of the member that answered. */
  from: number
}

export interface Member {
  name: string
  generation: number
  url: string
  process: ChildProcess
  over(): boolean
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  arm(point: Point, action: Action): Promise<void>
  disarm(): Promise<void>
  /** Comes when it stands at a point that was armed with `hold`. */
  reached(point: Point): Promise<void>
  /** Whether it stands there now. */
  stands(point: Point): boolean
  release(point: Point): Promise<void>
  counters(): Promise<Counters>
  lines(): Promise<Line[]>
  advance(seconds: number): Promise<void>
  kill(): Promise<void>
}

export interface Fleet {
  rotating: Rotating
  /** The way to the database, of all members together, and of each. */
  relay: Relay
  relays: Relay[]
  database: TestDatabase
  members: Member[]
  workspace: string
  /** A fresh connection with a fresh grant. */
  connect(): Promise<{ id: string; tokens: Tokens }>
  /** Moves every clock but the database's. */
  advance(seconds: number): Promise<void>
  /** In the place of one that is over. */
  respawn(at: number): Promise<Member>
  /** One caller of a member's `GET …/token`. */
  ask(id: string, at: number, signal?: AbortSignal): Promise<Answer>
  /** `POST …/refresh`: a person asks. Answers with its status. */
  renew(id: string, at: number): Promise<number>
  /** One proxied call, to the API's word on whose token it is. Answers with its status. */
  proxied(id: string, at: number): Promise<number>
  /** So many callers, by turns at every member. */
  storm(id: string, callers: number, at?: readonly number[]): Promise<Answer[]>
  row(id: string): Promise<Row>
  /** What a lease's 30 seconds do, without waiting for them. `left`: for the leases of dead processes alone. */
  endLease(left?: boolean): Promise<void>
  stop(): Promise<void>
}

export interface Row {
  state: string
  token_version: string
  failures: number
  lease_id: string | null
  problem_message: string | null
}

export interface FleetOptions extends RotatingOptions {
  size?: number
  hurry?: number
  background?: boolean
}

export async function until(what: string, state: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end; await pause(5)) if (await state()) return
  throw new Error(`Waited in vain until ${what}.`)
}
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

export async function startFleet(options: FleetOptions = {}): Promise<Fleet> {
  const database = await testDatabase()
  const size = options.size ?? 4
  const relays = await Promise.all(Array.from({ length: size }, () => startRelay(database.admin)))
  const relay = all(relays)
  const rotating = await startRotating(options)
  const vaultKeys = generateKey()
  const vault = createVault(createKeyRing(vaultKeys))
  let offset = 0
  let generations = 0
  const spawn = (at: number) => {
    generations += 1
    const { origins } = rotating
    return startMember({
      admin: (relays[at] ?? relay).admin,
      pool: 6,
      vaultKeys,
      apiKey: API_KEY,
      origins,
      reuse: options.reuse ?? 'kills',
      name: `p${at}.${generations}`,
      generation: generations,
      offset,
      hurry: options.hurry ?? 6,
      background: options.background ?? false,
      loud: process.env.STORM_LOUD !== undefined,
    })
  }
  const members = await Promise.all(relays.map((_, at) => spawn(at)))
  const [first] = await database.query<{ id: string }>('select id from mooring.workspaces order by created_at limit 1')
  const workspace = first?.id ?? ''
  const fleet: Fleet = {
    rotating,
    relay,
    relays,
    database,
    members,
    workspace,
    async connect() {
      const id = randomUUID()
      const tokens = rotating.issue(id)
      const seal = (field: string, value: string) => vault.seal(value, { workspace, record: id, field })
      await database.query(
        `insert into mooring.connections (workspace_id, id, provider, registration, subject, label, state,
           requested_scopes, granted_scopes, access_token, refresh_token, access_expires_at, connected_at)
         values ($1, $2, 'storm', 'storm', $3, 'Ada', 'connected', '{read,write}', '{read,write}', $4, $5, $6, $7)`,
        [
          workspace,
          id,
          id,
          seal('access_token', tokens.accessToken),
          seal('refresh_token', tokens.refreshToken),
          new Date(tokens.expiresAt),
          new Date(rotating.now()),
        ],
      )
      return { id, tokens }
    },
    async advance(seconds) {
      offset += seconds * 1000
      rotating.advance(seconds)
      await Promise.all(members.filter((one) => !one.over()).map((one) => one.advance(seconds)))
    },
    async respawn(at) {
      const made = await spawn(at)
      members[at] = made
      return made
    },
    ask: (id, at, signal) => ask(members[at]?.url ?? '', id, at, signal),
    async renew(id, at) {
      const headers = { authorization: `Bearer ${API_KEY}` }
      const response = await fetch(`${members[at]?.url}/api/v1/connections/${id}/refresh`, { method: 'POST', headers })
      await response.arrayBuffer()
      return response.status
    },
    async proxied(id, at) {
      const headers = { authorization: `Bearer ${API_KEY}` }
      const response = await fetch(`${members[at]?.url}/api/v1/proxy/${id}/me`, { headers })
      await response.arrayBuffer()
      return response.status
    },
    storm: (id, callers, at = members.map((_, index) => index)) =>
      Promise.all(
        Array.from({ length: callers }, (_, index) => {
          const turn = at[index % at.length] ?? 0
          return ask(members[turn]?.url ?? '', id, turn)
        }),
      ),
    async row(id) {
      const [row] = await database.query<Row & Record<string, unknown>>(
        'select state, token_version, failures, lease_id, problem_message from mooring.connections where id = $1',
        [id],
      )
      if (!row) throw new Error('the connection is not there')
      return row
    },
    endLease: async (left = false) => {
      const living = members.filter((one) => !one.over()).map((one) => generationText(one.generation))
      await database.query(
        `update mooring.connections set lease_until = now() - interval '1 second'
         where lease_id is not null and lease_until > now() and not ($1 and right(lease_id::text, 12) = any($2))`,
        [left, living],
      )
    },
    async stop() {
      for (const one of members) one.process.kill('SIGKILL')
      await Promise.all(members.map((one) => one.ended))
      await rotating.stop()
      await relay.stop()
      await database.drop()
    },
  }
  return fleet
}

function all(relays: readonly Relay[]): Relay {
  const each = (what: 'sever' | 'mend' | 'stop') => async () => {
    await Promise.all(relays.map((one) => one[what]()))
  }
  return {
    admin: relays[0]?.admin ?? {},
    sever: each('sever'),
    mend: each('mend'),
    stop: each('stop'),
    freeze: () => relays.forEach((one) => void one.freeze()),
    thaw: () => relays.forEach((one) => void one.thaw()),
  }
}

/** The last part of the ids that a process makes. */
export const generationText = (generation: number): string => generation.toString(16).padStart(12, '0')

async function ask(url: string, id: string, from: number, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(`${url}/api/v1/connections/${id}/token`, {
    headers: { authorization: `Bearer ${API_KEY}` },
    ...(signal ? { signal } : {}),
  }).catch((error: Error) => error)
  if (response instanceof Error) return { status: 0, code: 'gone', accessToken: undefined, body: {}, from }
  const body = await response.json().catch(() => undefined)
  if (body === undefined) return { status: 0, code: 'gone', accessToken: undefined, body: {}, from }
  return { status: response.status, code: body.code, accessToken: body.accessToken, body, from }
}

async function startMember(settings: Settings): Promise<Member> {
  const child = fork(join(import.meta.dirname, 'storm-server.ts'), [], {
    execArgv: [],
    env: { ...process.env, NODE_COMPILE_CACHE: CODE_CACHE },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  let over = false
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('exit', (code, signal) => {
      over = true
      resolve({ code, signal })
    }),
  )
  const waiting = new Map<number, (told: Told) => void>()
  const reached = new Set<Point>()
  const url = Promise.withResolvers<string>()
  child.on('message', (told: Told) => {
    if (told.url) url.resolve(told.url)
    if (told.reached) reached.add(told.reached)
    if (told.answers !== undefined) waiting.get(told.answers)?.(told)
  })
  void ended.then(() => {
    url.reject(new Error(`${settings.name} ended before it was ready`))
    for (const answer of waiting.values()) answer({})
  })
  let orders = 0
  // biome-ignore lint/suspicious/noExplicitAny: a union without its id is not distributed over
  const order = (what: any): Promise<Told> => {
    if (over) return Promise.resolve({})
    orders += 1
    const id = orders
    return new Promise((resolve) => {
      waiting.set(id, (told) => {
        waiting.delete(id)
        resolve(told)
      })
      child.send({ ...what, id } satisfies Order, () => {})
    })
  }
  child.send(settings)
  return {
    name: settings.name,
    generation: settings.generation,
    url: await url.promise,
    process: child,
    over: () => over,
    ended,
    arm: async (point, action) => void (await order({ do: 'arm', point, action })),
    disarm: async () => void (await order({ do: 'disarm' })),
    reached: (point) => until(`${settings.name} reaches ${point}`, () => reached.has(point)),
    stands: (point) => reached.has(point),
    release: async (point) => {
      reached.delete(point)
      await order({ do: 'release', point })
    },
    counters: async () => (await order({ do: 'counters' })).counters ?? { pauses: 0, reads: 0, kept: 0 },
    lines: async () => (await order({ do: 'lines' })).lines ?? [],
    advance: async (seconds) => void (await order({ do: 'advance', seconds })),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
