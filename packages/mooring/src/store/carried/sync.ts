/** Making what was just written survive a power cut. */
import { chmodSync, closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Puts a folder's entries (a rename, a new file) on the disk. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // a folder cannot be opened there; NTFS keeps a journal of names
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Replaces a file as a whole: whoever reads it sees the old text or the new one. */
export function writeWhole(path: string, text: string, mode: number): void {
  const draft = `${path}.new`
  writeFileSync(draft, text, { mode, flush: true })
  chmodSync(draft, mode) // whatever our umask took away
  renameSync(draft, path)
  syncFolder(dirname(path))
}
