/** What happens to a server that runs: it ends by itself, or it is stopped. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../../runtime.ts'
import type { Lock } from './lock.ts'
import type { Place } from './place.ts'
import { waitForPredecessor } from './postmaster.ts'
import { type Admin, removeRunning } from './running.ts'
import { logTail, type ServerLog } from './server-log.ts'
import { removeSocketFolder } from './socket.ts'
import type { Supervised } from './supervisor.ts'

export interface Life {
  onExit(listener: (reason: string) => void): void
  stop(): Promise<void>
}

/** Well past the point at which the watcher has sent SIGQUIT, and PostgreSQL after 5 s of that SIGKILL to its own. */
const STOP_LIMIT_MS = 40_000

export interface Held {
  server: Supervised
  place: Place
  lock: Lock
  serverLog: ServerLog
  admin: Admin
  log: Log
}

export function lifeOf({ server, place, lock, serverLog, admin, log }: Held): Life {
  const listeners: ((reason: string) => void)[] = []
  let reason: string | undefined
  let remains: Promise<void> | undefined
  let stopped: Promise<void> | undefined

  server.letRun()
  void server.ended.then((code) => {
    if (stopped) return
    // if it was the watcher that died, PostgreSQL is still there, and nobody else would end it
    remains = waitForPredecessor(place.cluster, log).catch(() => {})
    const said = logTail(place.log, serverLog.from).slice(-4)
    reason = [`PostgreSQL ended by itself (exit code ${code}).`, ...said].join('\n')
    log.error({ pid: server.pid, exitCode: code }, 'PostgreSQL ended by itself.')
    for (const listener of listeners) listener(reason)
  })

  const stop = async () => {
    const inTime = new AbortController()
    server.end()
    const limit = delay(STOP_LIMIT_MS, 'late' as const, { signal: inTime.signal }).catch(() => undefined)
    const late = (await Promise.race([server.ended, limit])) === 'late'
    inTime.abort()
    if (late) {
      // the lock stays ours until our process ends: then the next start sees to what is left
      log.error({ pid: server.pid }, 'PostgreSQL does not end.')
      return
    }
    await remains
    removeRunning(place.running)
    removeSocketFolder(admin.host)
    serverLog.close()
    lock.release()
  }
  return {
    onExit(listener) {
      if (reason === undefined) listeners.push(listener)
      else listener(reason)
    },
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}
