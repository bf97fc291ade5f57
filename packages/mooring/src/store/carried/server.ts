/** One run of the server on a finished cluster: its address, its arguments, until it takes connections. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { SUPERUSER } from './cluster.ts'
import type { Place } from './place.ts'
import { untilReady } from './postmaster.ts'
import type { Admin } from './running.ts'
import { isStillEnding, judgeLog, logTail, type ServerLog } from './server-log.ts'
import { PORT, socketFolder } from './socket.ts'
import { type Supervised, supervise } from './supervisor.ts'
import { writeWhole } from './sync.ts'

const windows = process.platform === 'win32'

/** Replaying the log after a crash is bounded by `max_wal_size`; this is for a slow disk. */
const READY_LIMIT_MS = 180_000
/** How long processes of a killed server may hold its memory before that counts as a fault. */
const ENDING_LIMIT_MS = 30_000

/** A folder for the socket, or on Windows a port that is free now. */
export async function chooseAddress(place: Place, keptHost: string | undefined): Promise<Admin> {
  const fixed = { user: SUPERUSER, database: 'postgres' }
  if (!windows) return { host: socketFolder(keptHost, place.runAs), port: PORT, ...fixed }
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return { host: '127.0.0.1', port, password: readFileSync(passwordPath(place), 'utf8').trim(), ...fixed }
}

/** Windows only: loopback is open to every program of the machine, so the superuser has a password, kept beside the cluster. */
export function ensurePassword(place: Place): string | undefined {
  if (!windows) return undefined
  const path = passwordPath(place)
  if (!existsSync(path)) writeWhole(path, `${randomBytes(24).toString('base64url')}\n`, 0o600)
  return path
}

const passwordPath = (place: Place): string => join(place.base, 'password')

export async function launch(place: Place, binaries: Binaries, admin: Admin, log: ServerLog): Promise<Supervised> {
  const began = performance.now()
  for (;;) {
    const server = await supervise(join(binaries.binDir, 'postgres'), serverArguments(place, admin), {
      runAs: place.runAs,
      cwd: place.base,
      logHandle: log.handle,
    })
    if (await untilReady(place.cluster, server.pid, server.hasEnded, READY_LIMIT_MS)) return server
    server.end()
    await server.ended
    const lines = logTail(place.log, log.from)
    if (!isStillEnding(lines.slice(-4)) || performance.now() - began > ENDING_LIMIT_MS) {
      throw judgeLog(lines, 'PostgreSQL could not be started.')
    }
    await delay(100)
  }
}

export function serverArguments(place: Place, admin: Admin): string[] {
  const address = windows
    ? { listen_addresses: '127.0.0.1', unix_socket_directories: '' }
    : { listen_addresses: '', unix_socket_directories: admin.host }
  const settings = { config_file: place.settings, hba_file: place.access, port: admin.port, ...address }
  return ['-D', place.cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}
