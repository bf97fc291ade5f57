/** For the tests of this folder: real folders, real processes, and waiting for a state instead of for a time. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import type { Sources } from './binaries.ts'
import { installedNative, type Native } from './native.ts'
import type { Admin } from './running.ts'
import { findUser, type RunAs } from './user.ts'

export interface ChildInput {
  dataDir: string
  fsync?: boolean
  /** Gives up root for this user first. */
  user?: RunAs
  sources?: Sources
  /** Inserts rows without end, and says each that was acknowledged. */
  write?: boolean
}

export interface Line {
  event: 'starting' | 'ready' | 'ack' | 'exit' | 'stopped' | 'refused'
  id?: number
  admin: Admin
  pid: number
  kept: number[]
  created: boolean
  startedInMs: number
  code?: string
  message?: string
  detail?: string
  reason?: string
}

export interface Child {
  process: ChildProcess
  lines: Line[]
  /** The first line of this event; fails if the process ends without one. */
  says(event: Line['event']): Promise<Line>
  /** SIGKILL, then everything that it had said. */
  kill(): Promise<Line[]>
  ended: Promise<number | null>
}

const LIMIT_MS = 45_000
const children = new Set<Child>()
const folders: string[] = []

export function startChild(input: ChildInput): Child {
  const script = join(import.meta.dirname, 'child.fixture.ts')
  const child = spawn(process.execPath, [script, JSON.stringify(input)], {
    detached: true, // a process group of its own, for the tests of signals to groups
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
  })
  const lines: Line[] = []
  let complaint = ''
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line) as Line))
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString('utf8')
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  let over = false
  void ended.then(() => {
    over = true
  })
  const made: Child = {
    process: child,
    lines,
    ended,
    async says(event) {
      await until(`the child says ${event}`, () => over || lines.some((line) => line.event === event))
      const line = lines.find((one) => one.event === event)
      if (!line)
        throw new Error(`The child ended without saying ${event}: ${JSON.stringify(lines.slice(-3))} ${complaint}`)
      return line
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
      return lines
    },
  }
  children.add(made)
  return made
}

export async function until(what: string, state: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end; await delay(5)) if (await state()) return
  throw new Error(`Waited in vain until ${what}.`)
}

export function temporaryFolder(name = ''): string {
  const folder = join(realpathSync(tmpdir()), 'carried-')
  const made = mkdtempSync(folder)
  folders.push(made)
  // as mkdtemp leaves it no other user gets in, and for root the cluster would go to /var/lib/mooring
  chmodSync(made, 0o711)
  return join(made, name)
}

/** What npm installed, as it is when npm ran no install script: without its links. Readable by everyone. */
export async function nativeWithoutLinks(version?: string): Promise<Native> {
  const installed = await installedNative()
  if (!installed) throw new Error('npm has installed no PostgreSQL for this platform.')
  const dir = join(temporaryFolder(), 'native')
  cpSync(installed.dir, dir, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() })
  return { dir, version: version ?? installed.version }
}

export const nobody = (): RunAs | undefined => findUser(readFileSync('/etc/passwd', 'utf8'), 'nobody')

/** Removed with the temporary ones when a test file ends. */
export const alsoRemove = (folder: string): void => void folders.push(folder)

export async function cleanUp(): Promise<void> {
  for (const child of children) {
    await child.kill()
    const host = child.lines.find((line) => line.event === 'ready')?.admin.host
    if (host) folders.push(host)
  }
  for (const folder of folders) {
    await until(`nothing runs in ${folder}`, () => processesIn(folder).length === 0)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Every living process that works in this folder or names it: the server, its helpers, its watcher, an initdb. */
export function processesIn(folder: string): string[] {
  return allProcesses()
    .filter(({ pid, command, cwd }) => {
      if (pid === process.pid || !/postgres|initdb|mooring-watch/.test(command)) return false
      return !command.includes('child.fixture') && (`${cwd}/`.startsWith(`${folder}/`) || command.includes(folder))
    })
    .map(({ pid, command }) => `${pid} ${command.slice(0, 60)}`)
}

function allProcesses(): { pid: number; command: string; cwd: string }[] {
  if (process.platform !== 'linux') {
    const lines = execFileSync('ps', ['-axo', 'pid=,args='], { encoding: 'utf8' }).split('\n')
    return lines.map((line) => ({ pid: Number.parseInt(line, 10), command: line, cwd: '' }))
  }
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map((pid) => ({
    pid: Number(pid),
    command: read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' '),
    cwd: read(() => readlinkSync(`/proc/${pid}/cwd`)),
  }))
}

function read(from: () => string): string {
  try {
    return from()
  } catch {
    return ''
  }
}
