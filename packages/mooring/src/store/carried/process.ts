/**
 * Telling whether a process that a file names still lives. A pid alone does not say it: pids are recycled within
 * minutes on a busy machine, and start again from 1 in every container.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

export interface Identity {
  pid: number
  /** Linux: the kernel's start time in ticks since boot. Elsewhere: milliseconds since 1970, give or take seconds. */
  started: string
  /** Linux: changes with every boot. Elsewhere empty, since `started` is a date there. */
  boot: string
  /** Linux: the pid namespace. A pid of another container means nothing here. */
  namespace: string
  host: string
}

export type Verdict = 'alive' | 'dead' | 'unknown'

const CLOCK_TOLERANCE_MS = 5_000

export function ourIdentity(): Identity {
  const linux = process.platform === 'linux'
  return {
    pid: process.pid,
    started: (linux ? statOf(process.pid)?.started : undefined) ?? String(Math.round(performance.timeOrigin)),
    boot: linux ? (attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '') : '',
    namespace: linux ? (attempt(() => readlinkSync('/proc/self/ns/pid')) ?? '') : '',
    host: hostname(),
  }
}

/** `unknown`: it may live in another container or on another machine that shares the folder, where we cannot look. */
export function judge(other: Identity, here: Identity, look: (pid: number) => string | undefined): Verdict {
  if (other.boot !== here.boot) return other.host === here.host ? 'dead' : 'unknown'
  if (other.namespace !== here.namespace) return 'unknown'
  if (here.boot === '' && other.host !== here.host) return 'unknown'
  const started = look(other.pid)
  if (started === undefined) return 'dead'
  if (started === '') return 'alive'
  if (here.boot !== '') return started === other.started ? 'alive' : 'dead'
  return Math.abs(Number(started) - Number(other.started)) <= CLOCK_TOLERANCE_MS ? 'alive' : 'dead'
}

/** When the process with this pid began, in the form of `Identity.started`; '' if it lives but will not say; undefined if none lives. */
export function startOf(pid: number): string | undefined {
  if (!signalReaches(pid)) return undefined
  if (process.platform === 'linux') {
    const stat = statOf(pid)
    if (stat === undefined) return signalReaches(pid) ? '' : undefined
    // a zombie has ended: only its parent has not asked for the exit code yet
    return stat.state === 'Z' || stat.state === 'X' ? undefined : stat.started
  }
  const answer = attempt(() =>
    process.platform === 'win32'
      ? run('powershell', [
          '-NoProfile',
          '-Command',
          `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`,
        ])
      : `${run('ps', ['-o', 'lstart=', '-p', String(pid)], { LC_ALL: 'C', TZ: 'UTC' })} UTC`,
  )
  const date = answer === undefined ? Number.NaN : Date.parse(answer)
  return Number.isNaN(date) ? '' : String(date)
}

export const lives = (pid: number): boolean => startOf(pid) !== undefined

/** Whether this living process is a PostgreSQL that serves this folder; `undefined` where the system will not say. */
export function servesFolder(pid: number, folder: string): boolean | undefined {
  if (process.platform === 'linux') {
    // the postmaster makes its data folder its working directory
    const cwd = attempt(() => readlinkSync(`/proc/${pid}/cwd`))
    if (cwd !== undefined) return cwd === folder && /^postgres/.test(readFileSafe(`/proc/${pid}/comm`))
    return undefined
  }
  if (process.platform === 'win32') {
    return attempt(() => /postgres/i.test(run('tasklist', ['/NH', '/FI', `PID eq ${pid}`])))
  }
  return attempt(() => {
    const command = run('ps', ['-o', 'command=', '-p', String(pid)])
    return command.includes('postgres') && command.includes(folder)
  })
}

function signalReaches(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (fault) {
    // EPERM: it lives, and belongs to someone else
    return (fault as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function statOf(pid: number): { state: string; started: string } | undefined {
  const text = readFileSafe(`/proc/${pid}/stat`)
  // the second field is the name in brackets, which may itself hold blanks and brackets: proc(5)
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, started] = [fields[0], fields[19]]
  return state && started ? { state, started } : undefined
}

const readFileSafe = (path: string): string => attempt(() => readFileSync(path, 'utf8')) ?? ''

function run(command: string, args: string[], env?: Record<string, string>): string {
  return execFileSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
    ...(env ? { env: { ...process.env, ...env } } : {}),
  }).trim()
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
