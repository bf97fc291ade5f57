/** What a running Mooring writes beside its lock, for a command line on the same folder and for its own next start. */
import { readFileSync, rmSync } from 'node:fs'
import { writeWhole } from './sync.ts'

export interface Admin {
  host: string
  port: number
  user: string
  password?: string
  database: string
}

export interface Running {
  /** Of the lock under which it was written: of another, it tells of a run that ended. */
  nonce: string
  admin: Admin
}

export const writeRunning = (path: string, running: Running): void =>
  writeWhole(path, `${JSON.stringify(running)}\n`, 0o600)

export function readRunning(path: string): Running | undefined {
  try {
    const running = JSON.parse(readFileSync(path, 'utf8')) as Partial<Running>
    return running.nonce && running.admin?.host ? { nonce: running.nonce, admin: running.admin } : undefined
  } catch {
    return undefined
  }
}

export const removeRunning = (path: string): void => rmSync(path, { force: true })
