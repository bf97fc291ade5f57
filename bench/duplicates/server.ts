/** One `mooring serve` of several on one database, with a clock that can be moved: killed, stopped for a while, started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

const ROOT = join(import.meta.dirname, '../..')
const BIN = join(ROOT, 'packages/mooring/bin/mooring.js')
const CLOCK = pathToFileURL(join(ROOT, 'e2e/support/clock.ts')).href
const LIMIT_MS = 120_000

export interface Server {
  name: string
  port: number
  pid(): number
  start(): Promise<void>
  /** SIGKILL; comes when it is gone. */
  kill(): Promise<void>
  /** SIGTERM: ends in order. */
  end(): Promise<void>
  /** Stands still, as a machine that is moved does. */
  freeze(): void
  thaw(): void
  /** How far its clock is ahead, in ms; below zero it is behind. */
  setClock(ms: number): void
  /** The last of what it said to standard error. */
  said(): string
}

export function createServer(
  name: string,
  port: number,
  folder: string,
  env: Readonly<Record<string, string>>,
): Server {
  const dataDir = join(folder, name)
  mkdirSync(dataDir, { recursive: true })
  const clockFile = join(dataDir, 'clock')
  const { PATH = '', HOME = '/' } = process.env
  let child: ChildProcess | undefined
  let ended = Promise.resolve()
  let words = ''
  const run = () => {
    const one = spawn(process.execPath, ['--import', CLOCK, BIN, 'serve', '--no-sandbox'], {
      env: {
        ...{ PATH, HOME, NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/mooring-processes') },
        ...{ MOORING_DATA_DIR: dataDir, PORT: String(port), E2E_CLOCK_FILE: clockFile },
        ...env,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    one.stderr.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-4000)
    })
    child = one
    ended = new Promise((done) => {
      one.once('exit', () => {
        child = undefined
        done()
      })
    })
  }
  const gone = async (signal: NodeJS.Signals) => {
    child?.kill(signal)
    await ended
  }
  process.once('exit', () => child?.kill('SIGKILL'))
  return {
    name,
    port,
    pid: () => child?.pid ?? 0,
    async start() {
      run()
      for (const end = performance.now() + LIMIT_MS; performance.now() < end; await delay(50)) {
        if (await answers(`http://127.0.0.1:${port}/readyz`)) return
        // As who watches over a server does: it gives up where the database is away at its start.
        if (!child) run()
      }
      throw new Error(`${name} is not ready: ${words}`)
    },
    kill: () => gone('SIGKILL'),
    end: () => gone('SIGTERM'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    setClock: (ms) => writeFileSync(clockFile, String(ms)),
    said: () => words,
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.ok,
    () => false,
  )
