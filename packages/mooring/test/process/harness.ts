/** Real processes of the command line: a server on a folder of its own, one command to its end, always killed when a file is over. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { postmasterOf } from '../../src/store/carried/postmaster.ts'
import { processesIn } from '../../src/store/carried/testing.ts'
import type { Json } from '../world.ts'

export const BIN = fileURLToPath(new URL('../../bin/mooring.js', import.meta.url))
const CODE_CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/mooring-processes', import.meta.url))
const LIMIT_MS = 60_000

export type Env = Readonly<Record<string, string>>

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface Launched {
  process: ChildProcess
  /** Everything on standard output, and on standard error, so far. */
  out(): string
  err(): string
  over(): boolean
  ended: Promise<Ended>
}

export interface User {
  uid: number
  gid: number
}

const children = new Set<ChildProcess>()
const folders = new Set<string>()
const killAll = () => {
  for (const child of children) child.kill('SIGKILL')
}
process.once('exit', killAll)

export async function until(what: string, state: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end; await delay(20)) if (await state()) return
  throw new Error(`Waited in vain until ${what}.`)
}

/** A folder of its own, removed when the file is over. */
export function dataFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mooring-process-')))
  folders.add(folder)
  return folder
}

/**
 * Below the range that the system gives out by itself (Linux: 32768 on), of a thousand of this worker's own, and none twice in a
 * row: so that nobody takes it before the server does.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    nextPort = (nextPort + 1) % PORTS
    const port = 20_000 + (Number(process.env.VITEST_POOL_ID ?? 0) % 12) * PORTS + nextPort
    if (await canListen(port)) return port
  }
}
const PORTS = 1000
/** Another file of this worker may have left a server that is still ending. */
let nextPort = Math.floor(Math.random() * PORTS)

const canListen = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const probe = createServer()
    probe.once('error', () => done(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)))
  })

/** One `mooring …`. Its environment holds what is named here and nothing of ours. */
export function launch(args: readonly string[], env: Env, user?: User): Launched {
  const { PATH = '', HOME = '/' } = process.env
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { PATH, HOME, NODE_COMPILE_CACHE: CODE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: tmpdir(),
    ...user,
  })
  children.add(child)
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  let over = false
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => {
      over = true
      children.delete(child)
      resolve({ code, signal })
    })
  })
  return { process: child, out: () => said.out, err: () => said.err, over: () => over, ended }
}

export interface Ran {
  code: number | null
  out: string
  err: string
  /** Standard output as JSON. */
  json(): Json
}

/** One command to its end. */
export async function run(args: readonly string[], env: Env, user?: User): Promise<Ran> {
  const command = launch(args, env, user)
  const { code } = await command.ended
  return { code, out: command.out(), err: command.err(), json: () => JSON.parse(command.out()) }
}

export interface StartOptions {
  dataDir?: string
  port?: number
  args?: readonly string[]
  env?: Env
  user?: User
}

export interface Answer {
  status: number
  body: Json
  headers: Headers
}

export interface Server extends Launched {
  url: string
  port: number
  dataDir: string
  pid: number
  /** For a command on the same folder. */
  env: Env
  /** The sign-in link that it printed. */
  link(): string
  /** Where the sandbox's control is. */
  sandbox(): string
  /** With the key of server.json, unless other headers say who asks. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  stop(signal?: NodeJS.Signals): Promise<Ended>
}

export interface ServerFile {
  url: string
  key: string
  pid: number
}

export const serverFile = (dataDir: string): ServerFile =>
  JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as ServerFile

/** `mooring serve`, on a folder and a port of its own. */
export async function launchServer(options: StartOptions = {}): Promise<Server> {
  const dataDir = options.dataDir ?? dataFolder()
  const port = options.port ?? (await freePort())
  const env = { MOORING_DATA_DIR: dataDir, PORT: String(port), ...options.env }
  const launched = launch(['serve', ...(options.args ?? ['--sandbox'])], env, options.user)
  const url = `http://localhost:${port}`
  return {
    ...launched,
    url,
    port,
    dataDir,
    env,
    pid: launched.process.pid ?? 0,
    link: () => /https?:\/\/\S+\/setup#\S+/.exec(launched.out())?.[0] ?? '',
    sandbox: () => /simulated by the sandbox, (http:\S+?)\. /.exec(launched.out())?.[1] ?? '',
    api: (method, path, body, headers) =>
      request(
        method,
        `${url}/api/v1${path}`,
        body,
        headers ?? bearer(options.env?.MOORING_API_KEY ?? serverFile(dataDir).key),
      ),
    stop: (signal = 'SIGTERM') => {
      launched.process.kill(signal)
      return launched.ended
    },
  }
}

/** The same, ready. Fails with what it said if it does not come to that. */
export async function startServer(options: StartOptions = {}): Promise<Server> {
  const server = await launchServer(options)
  await until(
    'the server is ready',
    async () => server.over() || ((await answers(`${server.url}/readyz`)) && /Platforms/.test(server.out())),
  )
  if (server.over()) throw new Error(`The server ended: ${server.out()}${server.err()}`)
  return server
}

export const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` })

export const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    (response) => response.ok,
    () => false,
  )

export async function request(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const json = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers }
}

/** Nothing of the PostgreSQL of this folder runs. */
export const postgresGone = (dataDir: string): boolean => processesIn(dataDir).length === 0

/** The main process of the PostgreSQL that a folder's server carries; 0 where there is none. */
export const postgresOf = (dataDir: string): number => postmasterOf(join(dataDir, 'postgres/cluster'))?.pid ?? 0

/** Ends every process of the file and removes its folders. For `afterAll`. */
export async function cleanUp(): Promise<void> {
  killAll()
  for (const folder of folders) {
    const running = join(folder, 'postgres/running.json')
    const host = existsSync(running) ? String(JSON.parse(readFileSync(running, 'utf8')).admin.host) : undefined
    await until(`PostgreSQL in ${folder} is gone`, () => postgresGone(folder))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    if (host !== undefined && /^mooring-/.test(host.slice(dirname(host).length + 1)))
      rmSync(host, { recursive: true, force: true })
  }
  folders.clear()
}
