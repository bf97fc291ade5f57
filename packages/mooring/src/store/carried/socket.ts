/**
 * The folder of the unix socket. Its path must be short (107 bytes on Linux, 103 on macOS, the socket's name included)
 * while a data folder's may be long, so it lies in a folder for temporary things, 0700, and its name is kept.
 */
import { chmodSync, chownSync, lstatSync, mkdtempSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { barredParent, canEnter, isRoot, type RunAs } from './user.ts'

export const PORT = 5432
const SOCKET = `.s.PGSQL.${PORT}`
const LONGEST = 103
const PREFIX = 'mooring-'

/** The folder of the last run if it is still ours alone, else a new one. Needs the lock, and no server running. */
export function socketFolder(kept: string | undefined, runAs: RunAs | undefined): string {
  if (kept !== undefined && isOurs(kept, runAs)) {
    // what a crash left: its lock may name a pid that another program has by now
    for (const name of [SOCKET, `${SOCKET}.lock`]) rmSync(join(kept, name), { force: true })
    return kept
  }
  const folder = makeFolder(runAs)
  if (runAs) chownSync(folder, runAs.uid, runAs.gid)
  chmodSync(folder, 0o700)
  return folder
}

export function removeSocketFolder(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // not empty (the server was killed) or gone: the next start sees to it
  }
}

/** Everyone may write to the parent, so a name alone proves nothing: a link or someone else's folder is not taken. */
function isOurs(folder: string, runAs: RunAs | undefined): boolean {
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  if (!stat?.isDirectory() || !basename(folder).startsWith(PREFIX)) return false
  return stat.uid === (runAs?.uid ?? process.getuid?.()) && (stat.mode & 0o777) === 0o700
}

function makeFolder(runAs: RunAs | undefined): string {
  const fits = (parent: string) => {
    const path = join(parent, `${PREFIX}XXXXXX`, SOCKET)
    const stat = statSync(parent, { throwIfNoEntry: false })
    if (!stat?.isDirectory() || Buffer.byteLength(path) > LONGEST) return false
    return runAs === undefined || (canEnter(stat, runAs) && barredParent(parent, runAs) === undefined)
  }
  // /run is the place for it, and no cleaner of old files goes there; only root may write to it
  for (const parent of [...(isRoot() ? ['/run'] : []), tmpdir()].filter(fits)) {
    try {
      return mkdtempSync(join(parent, PREFIX))
    } catch {
      // a system that is read-only there: the next one
    }
  }
  return mkdtempSync(join('/tmp', PREFIX))
}
