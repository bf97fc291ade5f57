/** PostgreSQL's own note of its main process, `postmaster.pid` in the cluster, and waiting by it. */
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { MooringError } from '../../error.ts'
import type { Log } from '../../runtime.ts'
import { lives, servesFolder } from './process.ts'

export interface Postmaster {
  pid: number
  status: string
}

/** Lines of the file: pid, data folder, start time, port, socket folder, listen address, shared memory key, status. */
export function parsePostmaster(text: string): Postmaster | undefined {
  const lines = text.split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  // a standalone backend (initdb's) writes its pid negated
  return Number.isInteger(pid) && pid !== 0 ? { pid: Math.abs(pid), status: (lines[7] ?? '').trim() } : undefined
}

export function postmasterOf(cluster: string): Postmaster | undefined {
  try {
    return parsePostmaster(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'))
  } catch {
    return undefined
  }
}

const WAIT_MS = 30_000
const HARDER_AFTER_MS = 12_000

/**
 * Before a start, under the lock: a server that a killed Mooring left is on its way out (its watcher sees to that, and
 * here it is asked once more, in case the watcher was killed as well). A note that names a stranger is removed, since
 * PostgreSQL would take the stranger for itself; one that names the dead it cures on its own.
 */
export async function waitForPredecessor(cluster: string, log: Log, waitMs = WAIT_MS): Promise<void> {
  const pid = postmasterOf(cluster)?.pid
  if (pid === undefined || !lives(pid)) return
  if (servesFolder(pid, realpathSync(cluster)) === false) {
    rmSync(join(cluster, 'postmaster.pid'), { force: true })
    return
  }
  log.info({ pid }, 'Waiting for the PostgreSQL of the previous run to end.')
  signal(pid, 'SIGINT')
  const began = performance.now()
  for (let harder = false; lives(pid) && existsSync(join(cluster, 'postmaster.pid')); await delay(20)) {
    const waited = performance.now() - began
    if (!harder && waited > HARDER_AFTER_MS) {
      harder = true
      signal(pid, 'SIGQUIT')
    }
    if (waited > waitMs) {
      throw new MooringError('database_locked', 'The PostgreSQL of a previous run has not ended.', {
        detail: `Process ${pid} still serves ${cluster}. End it, then start again.`,
      })
    }
  }
}

/** Resolves when the server takes connections; `ended` says that it will not. */
export async function untilReady(
  cluster: string,
  pid: number,
  ended: () => boolean,
  limitMs: number,
): Promise<boolean> {
  for (const until = performance.now() + limitMs; performance.now() < until; await delay(5)) {
    if (ended()) return false
    const note = postmasterOf(cluster)
    if (note?.pid === pid && note.status === 'ready') return true
  }
  return false
}

function signal(pid: number, name: NodeJS.Signals): void {
  if (process.platform === 'win32') return // there a signal would kill it outright
  try {
    process.kill(pid, name)
  } catch {
    // it ended in between
  }
}
