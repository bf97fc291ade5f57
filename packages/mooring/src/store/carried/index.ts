/** The PostgreSQL that Mooring carries: `startCarried` brings up the one of a data folder, `findRunning` finds it. */
import { MooringError } from '../../error.ts'
import type { Log } from '../../runtime.ts'
import { allSources, choose, makeReady, type Sources } from './binaries.ts'
import { existingCluster, makeCluster, SUPERUSER } from './cluster.ts'
import { fileFault } from './fault.ts'
import { lifeOf } from './life.ts'
import { type Claim, holderOf, type Lock, takeLock } from './lock.ts'
import { locate, type Place, prepare, rememberPlace } from './place.ts'
import { postmasterOf, waitForPredecessor } from './postmaster.ts'
import { type Admin, readRunning, writeRunning } from './running.ts'
import { chooseAddress, ensurePassword, launch } from './server.ts'
import { openLog, type ServerLog } from './server-log.ts'
import { accessText, settingsText } from './settings.ts'
import { writeWhole } from './sync.ts'

export type { Sources } from './binaries.ts'
export type { Admin } from './running.ts'

export interface CarriedOptions {
  /** Made if it is missing. One Mooring at a time. */
  dataDir: string
  log: Log
  /** `false` for tests alone: faster, and what was acknowledged does not survive a power cut. */
  fsync?: boolean
  /** What there is to run; by default what npm installed, else what is on the machine. */
  sources?: Sources
}

export interface CarriedPostgres {
  /** For node-postgres. The superuser; on unix `host` is the socket's folder and there is no password. */
  admin: Admin
  dataDir: string
  /** PostgreSQL's main process. */
  pid: number
  /** e.g. `18.4`. */
  version: string
  startedInMs: number
  /** The cluster was made by this start. */
  created: boolean
  /** Called once, when PostgreSQL ends without having been asked; at once if it already has. */
  onExit(listener: (reason: string) => void): void
  /** A fast shutdown (clients are cut off), then the lock is free. May be called again. */
  stop(): Promise<void>
}

/**
 * Fails with `database_locked` (another Mooring has the folder), `database_version`, `database_missing` (nothing to
 * run), `storage_full`, or `database_unavailable`; `detail` has the server's last lines where it spoke.
 */
export async function startCarried(options: CarriedOptions): Promise<CarriedPostgres> {
  const began = performance.now()
  let lock: Lock | undefined
  let serverLog: ServerLog | undefined
  try {
    const place = prepare(options.dataDir, options.log)
    const sources = options.sources ?? (await allSources())
    choose(sources, existingCluster(place.cluster), place.runAs) // refuses before anything is touched
    lock = await lockFor(place, options.dataDir)
    await waitForPredecessor(place.cluster, options.log)
    serverLog = openLog(place.log)
    const existing = existingCluster(place.cluster)
    const choice = choose(sources, existing, place.runAs)
    const binaries = await makeReady(choice, place, sources, existing === undefined)
    const fsync = options.fsync ?? true
    const passwordFile = ensurePassword(place)
    if (!existing) await makeCluster(place, { binaries, log: serverLog, fsync, nonce: lock.nonce, passwordFile })
    rememberPlace(options.dataDir, place)
    const admin = await chooseAddress(place, readRunning(place.running)?.admin.host)
    writeRunning(place.running, { nonce: lock.nonce, admin })
    writeWhole(place.settings, settingsText({ major: binaries.major, fsync, platform: process.platform }), 0o644)
    writeWhole(place.access, accessText(process.platform, SUPERUSER), 0o644)
    const server = await launch(place, binaries, admin, serverLog)
    const startedInMs = Math.round(performance.now() - began)
    options.log.info(
      { version: binaries.version, origin: binaries.origin, pid: server.pid, startedInMs },
      'PostgreSQL runs.',
    )
    return {
      ...{
        admin,
        dataDir: options.dataDir,
        pid: server.pid,
        version: binaries.version,
        startedInMs,
        created: !existing,
      },
      ...lifeOf({ server, place, lock, serverLog, admin, log: options.log }),
    }
  } catch (fault) {
    serverLog?.close()
    lock?.release()
    throw fileFault(fault, options.dataDir)
  }
}

/** For a command line beside a running server: the running cluster of this folder. Changes nothing. */
export async function findRunning(dataDir: string): Promise<{ holderPid: number; admin: Admin } | undefined> {
  try {
    const place = locate(dataDir)
    const holder = place && (await holderOf(place.lock))
    if (!place || !holder) return undefined
    const running = readRunning(place.running)
    if (running?.nonce !== holder.nonce || postmasterOf(place.cluster)?.status !== 'ready') return undefined
    return { holderPid: holder.pid, admin: running.admin }
  } catch (fault) {
    throw fileFault(fault, dataDir)
  }
}

async function lockFor(place: Place, dataDir: string): Promise<Lock> {
  const taken = await takeLock(place.lock)
  if ('release' in taken) return taken
  throw new MooringError(
    'database_locked',
    `Another Mooring (process ${taken.holder.pid}) uses the data folder ${dataDir}.`,
    {
      detail: `${whoIs(taken.holder)} Stop it first, or give this one another data folder.`,
    },
  )
}

const whoIs = (holder: Claim): string =>
  holder.pid === process.pid ? 'It is this very process.' : `Process ${holder.pid} on ${holder.host} has it.`
