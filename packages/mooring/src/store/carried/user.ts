/** PostgreSQL refuses to run as root. This says as whom it runs instead, and which folders that user can enter. */
import { readFileSync, type Stats, statSync } from 'node:fs'
import { dirname, parse } from 'node:path'

export interface RunAs {
  uid: number
  gid: number
}

export const isRoot = (): boolean => process.getuid?.() === 0

/** `postgres` where the machine has it, else `nobody`, which every unix has. */
export function unprivilegedUser(passwd = readFileSync('/etc/passwd', 'utf8')): RunAs | undefined {
  return findUser(passwd, 'postgres') ?? findUser(passwd, 'nobody')
}

export function findUser(passwd: string, name: string): RunAs | undefined {
  for (const line of passwd.split('\n')) {
    const [login, , uid, gid] = line.split(':')
    // macOS writes nobody as -2
    if (login === name && uid && gid && Number(uid) !== 0) return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }
  }
  return undefined
}

/** Whether the mode bits let this user pass through a folder. Supplementary groups are dropped when we start a child. */
export function canEnter(folder: Pick<Stats, 'uid' | 'gid' | 'mode'>, user: RunAs): boolean {
  if (user.uid === 0) return true
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0
  if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0
  return (folder.mode & 0o001) !== 0
}

/** The first folder on the way to `path` (without `path` itself) that this user cannot enter. */
export function barredParent(path: string, user: RunAs): string | undefined {
  const parents: string[] = []
  for (let at = dirname(path); ; at = dirname(at)) {
    parents.unshift(at)
    if (at === parse(at).root) break
  }
  return parents.find((parent) => !canEnter(statSync(parent), user))
}

export function ownerOf(path: string): RunAs | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat && { uid: stat.uid, gid: stat.gid }
}
