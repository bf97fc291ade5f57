/** Servers on one database that publish at the tests' platform: started, asked, stopped at a point, killed. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { createKeyRing, generateKey } from '../../src/vault/keyring.ts'
import { createVault } from '../../src/vault/vault.ts'
import { type Press, startPress } from '../press.ts'
import { addPressAccount } from '../press-provider.ts'
import { type Json, type TestDatabase, testDatabase } from '../world.ts'
import { bearer, request } from './harness.ts'
import type { Order, Point, Settings, Told } from './press-server.ts'

const API_KEY = 'mk_press_0123456789abcdef'
const CODE_CACHE = join(import.meta.dirname, '../../../../node_modules/.cache/mooring-processes')

export interface PressServer {
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }>
  /** The next delivery that comes to this point stays there for ever. */
  hold(point: Point): Promise<void>
  stands(point: Point): boolean
  advance(seconds: number): Promise<void>
  kill(): Promise<void>
}

export interface PressFleet {
  press: Press
  database: TestDatabase
  start(): Promise<PressServer>
  account(): Promise<string>
  /** A file's row: this platform is told of files and sent none. */
  picture(): Promise<string>
  stop(): Promise<void>
}

export async function startPressFleet(): Promise<PressFleet> {
  const press = await startPress()
  const database = await testDatabase()
  const vaultKeys = generateKey()
  const vault = createVault(createKeyRing(vaultKeys))
  const servers: PressServer[] = []
  const workspace = async () => {
    const [row] = await database.query<{ id: string }>('select id from mooring.workspaces order by created_at limit 1')
    return row?.id ?? ''
  }
  return {
    press,
    database,
    async start() {
      const server = await startServer({ admin: database.admin, vaultKeys, apiKey: API_KEY, origins: press.origins })
      servers.push(server)
      return server
    },
    account: async () => addPressAccount({ workspace: await workspace(), vault, database }),
    async picture() {
      const [row] = await database.query<{ id: string }>(
        `insert into mooring.media (workspace_id, id, kind, mime, file_name, bytes, sha256, created_at, created_by)
         values ($1, gen_random_uuid(), 'image', 'image/png', 'one.png', 1, '', now(), 'test') returning id`,
        [await workspace()],
      )
      return row?.id ?? ''
    },
    async stop() {
      await Promise.all(servers.map((one) => one.kill()))
      await press.stop()
      await database.drop()
    },
  }
}

async function startServer(settings: Settings): Promise<PressServer> {
  const child = fork(join(import.meta.dirname, 'press-server.ts'), [], {
    execArgv: [],
    env: { ...process.env, NODE_COMPILE_CACHE: CODE_CACHE },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const ready = Promise.withResolvers<string>()
  void ended.then(() => ready.reject(new Error('the server ended before it was ready')))
  const standing = new Set<Point>()
  const waiting = new Map<number, () => void>()
  child.on('message', ({ url, stands, answers }: Told) => {
    if (url) ready.resolve(url)
    if (stands) standing.add(stands)
    if (answers !== undefined) waiting.get(answers)?.()
  })
  let orders = 0
  const order = (what: { do: 'hold'; point: Point } | { do: 'advance'; seconds: number }): Promise<void> => {
    orders += 1
    const id = orders
    return new Promise((done) => {
      waiting.set(id, done)
      child.send({ ...what, id } satisfies Order)
    })
  }
  child.send(settings)
  const url = await ready.promise
  return {
    api: (method, path, body) => request(method, `${url}/api/v1${path}`, body, bearer(API_KEY)),
    hold: (point) => order({ do: 'hold', point }),
    stands: (point) => standing.has(point),
    advance: (seconds) => order({ do: 'advance', seconds }),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
