/**
 * Where the cluster of a data folder lies, and as whom it runs. Nearly always `<data>/postgres`; for root, when the
 * unprivileged user cannot get there (a folder under /root), a folder of its own under /var/lib/mooring.
 */
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { MooringError } from '../../error.ts'
import type { Log } from '../../runtime.ts'
import { barredParent, canEnter, isRoot, ownerOf, type RunAs, unprivilegedUser } from './user.ts'

export interface Place {
  /** Holds all that is ours; belongs to us, so that what PostgreSQL can write never decides what root writes. */
  base: string
  /** Undefined: as ourselves. */
  runAs: RunAs | undefined
  cluster: string
  lock: string
  running: string
  log: string
  settings: string
  access: string
}

const ELSEWHERE = '/var/lib/mooring'

const placeAt = (base: string, runAs: RunAs | undefined): Place => ({
  base,
  runAs,
  cluster: join(base, 'cluster'),
  lock: join(base, 'mooring.lock'),
  running: join(base, 'running.json'),
  log: join(base, 'server.log'),
  settings: join(base, 'postgresql.conf'),
  access: join(base, 'pg_hba.conf'),
})

/** Where the cluster of this folder lies if it has one. Changes nothing. */
export function locate(dataDir: string): Place | undefined {
  if (!existsSync(dataDir)) return undefined
  const data = realpathSync(dataDir)
  const near = join(data, 'postgres')
  const far = pointerOf(near) ?? farFrom(data)
  for (const base of existsSync(join(near, 'cluster')) ? [near] : [far, near]) {
    if (existsSync(join(base, 'mooring.lock')) || existsSync(join(base, 'cluster')))
      return placeAt(base, runnerFor(base))
  }
  return undefined
}

/** Finds or makes the place, with every folder on the way open for the user that will run PostgreSQL. */
export function prepare(dataDir: string, log: Log): Place {
  const mode = isRoot() ? 0o711 : 0o700
  const asked = resolve(dataDir)
  mkdirSync(asked, { recursive: true, mode })
  const data = realpathSync(asked)
  const near = join(data, 'postgres')
  refuseShellCharacters(data)
  if (!isRoot()) {
    mkdirSync(near, { recursive: true, mode })
    refuseForeignCluster(near)
    return placeAt(near, undefined)
  }

  const here = existsSync(join(near, 'cluster'))
  const pointed = here ? undefined : pointerOf(near)
  if (pointed !== undefined && !existsSync(join(pointed, 'cluster'))) {
    throw new MooringError('database_unavailable', 'The database of this data folder is gone.', {
      detail: `${data} keeps its database in ${pointed}, which is not there. Bring it back, or remove ${near}/elsewhere to begin with an empty database.`,
    })
  }
  const far = pointed ?? farFrom(data)
  const runAs = runnerFor(here ? near : far)
  if (!runAs) {
    throw new MooringError('database_unavailable', 'PostgreSQL does not run as root, and there is no other user.', {
      detail: 'Neither postgres nor nobody is in /etc/passwd. Start Mooring as an ordinary user, or set DATABASE_URL.',
    })
  }
  const barred = barredParent(data, runAs)
  if (barred === undefined && !existsSync(join(far, 'cluster'))) {
    open(data, runAs)
    mkdirSync(near, { recursive: true, mode })
    open(near, runAs)
    return placeAt(near, runAs)
  }
  if (here) {
    throw new MooringError('database_unavailable', 'The database cannot be reached by the user that runs it.', {
      detail: `User ${runAs.uid} cannot enter ${barred}. Allow it (chmod o+x ${barred}), or move the data folder ${data}.`,
    })
  }
  mkdirSync(ELSEWHERE, { recursive: true, mode: 0o711 })
  mkdirSync(far, { recursive: true, mode: 0o711 })
  open(ELSEWHERE, runAs)
  open(far, runAs)
  log.info({ dataDir: data, database: far, barred }, `The database is kept in ${far}.`)
  return placeAt(far, runAs)
}

/** Written once the cluster is there, so that a missing one is never mistaken for one that was not made yet. */
export function rememberPlace(dataDir: string, place: Place): void {
  const near = join(realpathSync(dataDir), 'postgres')
  if (place.base === near || pointerOf(near) === place.base) return
  mkdirSync(near, { recursive: true, mode: 0o700 })
  writeFileSync(join(near, 'elsewhere'), `${place.base}\n`, { mode: 0o600 })
}

function pointerOf(near: string): string | undefined {
  const path = join(near, 'elsewhere')
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}

const farFrom = (data: string): string => join(ELSEWHERE, createHash('sha256').update(data).digest('hex').slice(0, 12))

/** A cluster goes on running as its owner: PostgreSQL refuses a folder that is not its own. */
function runnerFor(base: string): RunAs | undefined {
  if (!isRoot()) return undefined
  const owner = ownerOf(join(base, 'cluster'))
  return owner && owner.uid !== 0 ? owner : unprivilegedUser()
}

function open(folder: string, user: RunAs): void {
  const stat = statSync(folder)
  if (!canEnter(stat, user)) chmodSync(folder, (stat.mode & 0o7777) | 0o001)
}

/** initdb puts its own path between double quotes and gives that to a shell (find_other_exec in PostgreSQL's exec.c). */
function refuseShellCharacters(data: string): void {
  if (process.platform === 'win32' || !/["$`\\\n]/.test(data)) return
  throw new MooringError('database_unavailable', 'PostgreSQL cannot work in a folder with this name.', {
    detail: `The path must not hold ", $, \`, \\ or a line break: ${JSON.stringify(data)}. Choose another data folder.`,
  })
}

function refuseForeignCluster(near: string): void {
  const owner = ownerOf(join(near, 'cluster'))
  if (owner === undefined || process.getuid === undefined || owner.uid === process.getuid()) return
  throw new MooringError('database_unavailable', 'The database in this data folder belongs to another user.', {
    detail: `${near}/cluster belongs to user ${owner.uid}, and this is user ${process.getuid()}. Start Mooring as root or as that user, or choose another data folder.`,
  })
}
