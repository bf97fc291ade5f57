/** Making a cluster: in a folder that is renamed when it is complete, so that a half-made one is never taken for one. */
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MooringError } from '../../error.ts'
import type { Binaries, Existing } from './binaries.ts'
import type { Place } from './place.ts'
import { judgeLog, logTail, type ServerLog } from './server-log.ts'
import { supervise } from './supervisor.ts'
import { syncFolder } from './sync.ts'

export const SUPERUSER = 'postgres'
const ORIGIN = 'mooring-origin'
const DRAFT = /^cluster\.new-\d+-[0-9a-f]{8}$/

/** The cluster of this place, if one was completed. */
export function existingCluster(cluster: string): Existing | undefined {
  if (!existsSync(cluster)) return undefined
  const read = (name: string) =>
    existsSync(join(cluster, name)) ? readFileSync(join(cluster, name), 'utf8').trim() : ''
  const major = Number.parseInt(read('PG_VERSION'), 10)
  if (!Number.isInteger(major)) {
    throw new MooringError('database_unavailable', 'The database in the data folder is damaged.', {
      detail: `${cluster}/PG_VERSION is missing or empty. Bring the folder back from a backup; to begin with an empty database instead, move ${cluster} away.`,
    })
  }
  return { major, origin: read(ORIGIN) === 'machine' ? 'machine' : 'carried' }
}

export interface NewCluster {
  binaries: Binaries
  log: ServerLog
  fsync: boolean
  nonce: string
  /** Windows only: the superuser's password, in a file that initdb reads. */
  passwordFile: string | undefined
}

export async function makeCluster(place: Place, options: NewCluster): Promise<void> {
  for (const name of readdirSync(place.base)) if (DRAFT.test(name)) discard(join(place.base, name))
  const draft = join(place.base, `cluster.new-${process.pid}-${options.nonce.slice(0, 8)}`)
  mkdirSync(draft, { mode: 0o700 })
  if (place.runAs) chownSync(draft, place.runAs.uid, place.runAs.gid)
  const { binDir, major } = options.binaries
  const initdb = await supervise(join(binDir, 'initdb'), initdbArguments(draft, major, options), {
    runAs: place.runAs,
    cwd: place.base,
    logHandle: options.log.handle,
  })
  if ((await initdb.ended) !== 0) {
    const lines = logTail(place.log, options.log.from)
    discard(draft)
    throw judgeLog(lines, 'The database could not be made.')
  }
  writeFileSync(join(draft, ORIGIN), `${options.binaries.origin}\n`, { flag: 'wx', mode: 0o644, flush: true })
  syncFolder(draft)
  renameSync(draft, place.cluster)
  syncFolder(place.base)
}

/** The same text order on every machine, whatever its locale: code points (C.UTF-8). PostgreSQL has its own since 17. */
export function initdbArguments(
  folder: string,
  major: number,
  options: Pick<NewCluster, 'fsync' | 'passwordFile'>,
): string[] {
  const locale =
    major >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
      : ['--locale=C.UTF-8', '--lc-messages=C']
  // one call for the whole file system, where the system has it; it also covers the copy of the binaries beside it
  const durable = major >= 17 && process.platform === 'linux' ? ['--sync-method=syncfs'] : []
  const secret =
    options.passwordFile === undefined ? ['--auth=trust'] : ['--auth=scram-sha-256', `--pwfile=${options.passwordFile}`]
  return [
    ...['-D', folder, '-U', SUPERUSER, '-E', 'UTF8', '--no-instructions', '--data-checksums'],
    ...locale,
    ...secret,
    ...(options.fsync ? durable : ['--no-sync']),
  ]
}

/** An initdb that was left behind may still be writing there; then the rest goes at the next start. */
function discard(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch {}
}
