/** A real Mooring for the browser tests: the process that `npm start` runs, on a free port and a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '../..')
export const API_KEY = 'mk_e2e_0123456789abcdef0123'

export interface Server {
  url: string
  /** Where the sandbox's front page and control are. */
  sandbox: string
  dataDir: string
  /** A fresh link that signs one browser in. */
  signInLink(): Promise<string>
  /** Steers the sandbox. */
  control(command: unknown): Promise<void>
  /** Puts the server's clock ahead by so many ms more. It never goes back. */
  advance(ms: number): Promise<void>
  /** What the server takes for the present. */
  now(): number
  /** A request with the instance's key. */
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>
  /** The same server anew, on its port and data, with these settings besides; undefined takes one away. */
  restart(env: Record<string, string | undefined>): Promise<void>
  stop(): Promise<void>
}

/** `greets`: as on a fresh machine, where an owner meets the first steps; else they were met already. */
export async function startServer(
  env: Record<string, string> = {},
  args: string[] = ['--sandbox'],
  greets = false,
): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mooring-e2e-'))
  const port = await freePort()
  const clockFile = join(dataDir, 'e2e-clock')
  let ahead = 0
  const settings: NodeJS.ProcessEnv = {
    ...process.env,
    MOORING_DATA_DIR: dataDir,
    PORT: String(port),
    MOORING_API_KEY: API_KEY,
    MOORING_STARTS_PER_HOUR: '1000',
    E2E_CLOCK_FILE: clockFile,
    ...env,
  }
  const clock = pathToFileURL(join(import.meta.dirname, 'clock.ts')).href
  const command = ['--import', clock, join(root, 'packages/mooring/bin/mooring.js'), 'serve', ...args]
  const url = `http://localhost:${port}`
  const run = async () => {
    const child = spawn(process.execPath, command, { env: settings, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = { out: '', err: '' }
    child.stdout.on('data', (chunk: Buffer) => {
      output.out += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      output.err += chunk.toString()
    })
    child.on('exit', (code, signal) => {
      // Whoever reads a test that found nobody there wants to know what the server said last.
      if (!stopping.has(child)) process.stderr.write(`the server ended with ${code ?? signal}:\n${output.err}\n`)
    })
    await until(() => ready(url, child, output))
    return { child, sandbox: /sandbox, (http:\/\/[\d.]+:\d+)/.exec(output.out)?.[1] ?? '', out: output.out }
  }
  let now = await run()
  if (!greets)
    await fetch(`${url}/api/v1/onboarding`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${settings.MOORING_API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ seen: true }),
    })
  const links = [/(http\S+\/setup#\S+)/.exec(now.out)?.[1] ?? '']
  return {
    url,
    get sandbox() {
      return now.sandbox
    },
    dataDir,
    signInLink: async () => links.pop() ?? (await newLink(settings)),
    async control(command) {
      const response = await fetch(`${now.sandbox}/__control`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(command),
      })
      if (!response.ok) throw new Error(`the sandbox answered ${response.status} ${await response.text()}`)
    },
    now: () => Date.now() + ahead,
    async advance(ms) {
      ahead += ms
      writeFileSync(clockFile, String(ahead))
      // The clock looks at its file every 50 ms.
      await new Promise((next) => setTimeout(next, 120))
    },
    async api(method, path, body) {
      const headers = {
        authorization: `Bearer ${API_KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      }
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    },
    async restart(env) {
      await end(now.child)
      Object.assign(settings, env)
      now = await run()
    },
    async stop() {
      await end(now.child)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Those that were asked to end. */
const stopping = new WeakSet<ChildProcess>()

async function end(child: ChildProcess): Promise<void> {
  stopping.add(child)
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

async function ready(url: string, child: ChildProcess, output: { out: string; err: string }): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output.out}${output.err}`)
  const answer = await fetch(`${url}/readyz`).catch(() => undefined)
  return answer?.ok === true && output.out.includes('Database')
}

async function newLink(env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [join(root, 'packages/mooring/bin/mooring.js'), 'sign-in-link'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  await once(child, 'exit')
  return /(http\S+\/setup#\S+)/.exec(out)?.[1] ?? ''
}

async function until(done: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + 60_000
  while (!(await done())) {
    if (Date.now() > limit) throw new Error('the server was not ready within a minute')
    await new Promise((next) => setTimeout(next, 100))
  }
}

/** Below the range that the system gives out by itself (Linux: 32768 on), so that nobody takes it before the server does. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const free = await new Promise<boolean>((done) => {
      const probe = createServer()
      probe.once('error', () => done(false))
      probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)))
    })
    if (free) return port
  }
}
