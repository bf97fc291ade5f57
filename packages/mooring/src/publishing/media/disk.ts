/** Files in a folder: `<folder>/<workspace>/<id>`, readable by the server's user alone, whole or not there. */
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { unknownFault } from '../../error.ts'
import { isUuid, requireUuid } from '../../store/database.ts'
import { away, full, type Kept, type MediaStorage, noFile, type Range } from './storage.ts'

/** Of the disk: a database that lies on it, too, must not meet its end because of a film. */
const SPARED = 256 * 1024 ** 2
/** What a file is called while it is not whole. */
const PART = '.part'

/** `opens`: tests bring a disk that fails. */
export function diskStorage(folder: string, opens: typeof open = open): MediaStorage {
  const home = (workspace: string) => join(folder, requireUuid(workspace))
  const place = (workspace: string, id: string) => join(home(workspace), requireUuid(id))

  return {
    async write(workspace, id, bytes, expected = 0) {
      const path = place(workspace, id)
      const part = path + PART
      try {
        await onDisk(mkdir(home(workspace), { recursive: true, mode: 0o700 }))
        if (expected > 0 && expected > (await roomOf(folder)) - SPARED) throw full(`${folder} has too little room.`)
        await filled(await onDisk(opens(part, 'wx', 0o600)), bytes)
        await onDisk(rename(part, path))
        for (const one of [home(workspace), folder]) await onDisk(synced(one))
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
    },

    async read(workspace, id, range) {
      return reading(await onDisk(opens(place(workspace, id), 'r')), range)
    },

    async remove(workspace, id) {
      const path = place(workspace, id)
      for (const one of [path, path + PART]) await onDisk(rm(one, { force: true }))
    },

    async *list(workspace): AsyncGenerator<Kept> {
      for (const name of await readdir(home(workspace)).catch(() => [])) {
        const found = await stat(join(home(workspace), name)).catch(() => undefined)
        const id = name.replace(PART, '')
        if (found?.isFile() && isUuid(id)) yield { id, at: found.mtimeMs }
      }
    },
  }
}

/** In bytes. Not every file system tells it. */
const roomOf = (folder: string): Promise<number> =>
  statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => Number.POSITIVE_INFINITY,
  )

/** Piece by piece, and onto the disk before it counts. */
async function filled(file: FileHandle, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const piece of bytes) await onDisk(file.writeFile(piece))
    await onDisk(file.sync())
  } finally {
    await file.close()
  }
}

/** Closes the file at its end. */
function reading(file: FileHandle, range: Range | undefined): Readable {
  const span = range ? { start: range.from, end: range.to - 1 } : {}
  return file.createReadStream(span)
}

/** A folder's names survive a power cut from here on. On Windows a folder cannot be opened; NTFS keeps a journal of names. */
async function synced(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** What a disk says, in our words. What a sender's stream says stays its own. */
async function onDisk<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') throw noFile()
    if (code === 'ENOSPC' || code === 'EDQUOT') throw full(`The disk that holds the files says ${code}.`)
    throw away(`The disk that holds the files: ${unknownFault(error)}.`)
  }
}
