/**
 * What stands between us and PostgreSQL, so that it neither outlives us nor dies before us. Two tiny shells in a session
 * of their own (a Ctrl-C in our terminal does not reach it): one waits for PostgreSQL, the other for the end of the pipe
 * that we hold. That end comes when we say so, and when the kernel closes our files because we were killed.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { MooringError } from '../../error.ts'
import { childEnvironment } from './environment.ts'
import type { RunAs } from './user.ts'
import { WINDOWS_WATCHER } from './windows.ts'

/** After so long a fast shutdown has failed, and an immediate one (as after a power cut, nothing is lost) follows. */
const FAST_SHUTDOWN_S = 10

/**
 * Signals are caught, not ignored, in the first shell: what is ignored would stay ignored in PostgreSQL. So a service
 * manager that signals the whole group (SIGTERM: PostgreSQL lets present clients finish) does not remove the watch.
 * SIGINT is a fast shutdown to PostgreSQL; initdb tidies up and ends.
 */
const SHELL_WATCHER = `
exec 3<&0 </dev/null
trap : HUP INT TERM
"$@" >&2 3<&- &
child=$!
echo "$child"
exec >&2
(
  trap '' HUP INT TERM
  read -r order <&3
  trap 'kill -KILL "$timer"; wait "$timer"; exit' USR1
  kill -INT "$child"
  sleep ${FAST_SHUTDOWN_S} &
  timer=$!
  wait "$timer"
  kill -QUIT "$child"
) 2>/dev/null &
watcher=$!
exec 3<&-
while :; do
  wait "$child"
  code=$?
  [ "$code" -eq 127 ] && break
  kill -0 "$child" 2>/dev/null || break
done
kill -USR1 "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
exit "$code"
`

export interface Supervised {
  /** The pid of the program, not of the watcher. */
  pid: number
  /** Resolves with the exit code; 128 + n after signal n. */
  ended: Promise<number>
  hasEnded(): boolean
  /** From now on it does not keep our process alive by itself. */
  letRun(): void
  /** Asks the watcher to end the program; `ended` tells when it has. */
  end(): void
}

export interface SuperviseOptions {
  runAs: RunAs | undefined
  cwd: string
  /** Where the program's output goes. */
  logHandle: number
}

export async function supervise(program: string, args: string[], options: SuperviseOptions): Promise<Supervised> {
  const [command, script] =
    process.platform === 'win32'
      ? [process.execPath, ['-e', WINDOWS_WATCHER, '--', program, ...args]]
      : ['/bin/sh', ['-c', SHELL_WATCHER, 'mooring-watch', program, ...args]]
  const child = spawn(command, script, {
    detached: true,
    stdio: ['pipe', 'pipe', options.logHandle],
    cwd: options.cwd,
    env: childEnvironment(),
    windowsHide: true,
    ...options.runAs,
  })
  let code: number | undefined
  const ended = new Promise<number>((resolve) => {
    child.once('exit', (exit, signal) => {
      code = exit ?? (signal ? 137 : 1)
      resolve(code)
    })
  })
  const pid = await firstLine(child, ended)
  child.stdin?.on('error', () => {}) // it ended first
  return {
    pid,
    ended,
    hasEnded: () => code !== undefined,
    letRun() {
      child.unref()
      for (const stream of [child.stdin, child.stdout]) (stream as Partial<Socket> | null)?.unref?.()
    },
    end() {
      child.ref()
      child.stdin?.end()
    },
  }
}

async function firstLine(child: ChildProcess, ended: Promise<number>): Promise<number> {
  const failed = (why: string | number) =>
    new MooringError('database_unavailable', 'PostgreSQL could not be started.', {
      detail: `Its watcher did not start: ${why}.`,
    })
  try {
    await once(child, 'spawn')
  } catch (fault) {
    throw failed((fault as NodeJS.ErrnoException).code ?? 'unknown')
  }
  const said = once(child.stdout as NodeJS.ReadableStream, 'data') as Promise<[Buffer]>
  const first = await Promise.race([said, ended])
  if (typeof first === 'number') throw failed(`exit code ${first}`)
  return Number.parseInt(first[0].toString('utf8'), 10)
}
