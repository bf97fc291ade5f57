/** Which PostgreSQL runs a folder: the one from npm, or one that is on the machine. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { delimiter, join, parse } from 'node:path'
import { MooringError } from '../../error.ts'
import { childEnvironment } from './environment.ts'
import { ensureCopy, installedNative, type Native, removeOtherCopies } from './native.ts'
import type { Place } from './place.ts'
import type { RunAs } from './user.ts'

export type Origin = 'carried' | 'machine'

export interface Binaries {
  binDir: string
  /** As the program itself says, e.g. `18.4`. */
  version: string
  major: number
  origin: Origin
}

/** What there is to choose from. A test narrows it. */
export interface Sources {
  native: Native | undefined
  /** `bin` folders that may hold initdb and postgres. */
  machine: string[]
}

/** The cluster that is there already. */
export interface Existing {
  major: number
  origin: Origin
}

const OLDEST_MAJOR = 15

export async function allSources(): Promise<Sources> {
  return { native: await installedNative(), machine: machineFolders() }
}

/**
 * Without a change on the disk: what will run, or why nothing can. A cluster stays with the kind of PostgreSQL that
 * made it, so that an operating system's upgrade and ours never pull it two ways.
 */
export function choose(sources: Sources, existing: Existing | undefined, runAs?: RunAs): Native | Binaries {
  const native = sources.native
  if (native && existing?.origin !== 'machine') {
    if (existing && existing.major !== majorOf(native.version)) throw otherMajor(existing.major, native.version)
    return native
  }
  const found = machineBinaries(sources.machine, runAs)
  const fits = found.find((one) => existing === undefined || one.major === existing.major)
  if (fits) return fits
  const newest = found[0]
  if (existing && newest) throw otherMajor(existing.major, newest.version)
  throw missing(existing)
}

/** Makes ready to run what was chosen. Needs the lock. */
export async function makeReady(
  choice: Native | Binaries,
  { base, runAs }: Pick<Place, 'base' | 'runAs'>,
  sources: Sources,
  fresh: boolean,
): Promise<Binaries> {
  if ('binDir' in choice) return choice
  const copy = await ensureCopy(choice, base)
  const probed = probe(join(copy, 'bin'), runAs)
  if (typeof probed !== 'string') {
    removeOtherCopies(base, choice.version)
    return { ...probed, origin: 'carried' }
  }
  // built for another C library (Alpine), or the folder's file system forbids running programs
  rmSync(copy, { recursive: true, force: true })
  const machine = fresh ? machineBinaries(sources.machine, runAs)[0] : undefined
  if (machine) return machine
  throw missing(undefined, probed)
}

export const majorOf = (version: string): number => Number.parseInt(version, 10)

function machineBinaries(folders: string[], runAs: RunAs | undefined): Binaries[] {
  const found: Binaries[] = []
  for (const binDir of folders) {
    if (!existsSync(join(binDir, executable('initdb')))) continue
    const probed = probe(binDir, runAs)
    if (typeof probed !== 'string' && probed.major >= OLDEST_MAJOR) found.push({ ...probed, origin: 'machine' })
  }
  return found.sort((a, b) => Number(b.version) - Number(a.version))
}

function machineFolders(): string[] {
  const versioned = [
    ['/usr/lib/postgresql', /^\d+$/, 'bin'], // Debian
    ['/usr', /^pgsql-\d+$/, 'bin'], // the project's own packages for Red Hat
    ['/usr/libexec', /^postgresql\d+$/, ''], // Alpine
    ['/opt/homebrew/opt', /^postgresql@\d+$/, 'bin'],
    ['/usr/local/opt', /^postgresql@\d+$/, 'bin'],
  ] as const
  const found = versioned.flatMap(([root, name, below]) =>
    existsSync(root)
      ? readdirSync(root)
          .filter((entry) => name.test(entry))
          .map((entry) => join(root, entry, below))
      : [],
  )
  const path = (childEnvironment().PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return [...new Set([...found, ...path])].filter((folder) => existsSync(join(folder, executable('postgres'))))
}

/** The program's version, or why it does not run. */
function probe(binDir: string, runAs: RunAs | undefined): Omit<Binaries, 'origin'> | string {
  try {
    const said = execFileSync(join(binDir, executable('postgres')), ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: childEnvironment(),
      windowsHide: true,
      cwd: parse(binDir).root,
      ...runAs,
    })
    const version = /\(PostgreSQL\) (\d+(?:\.\d+)?)/.exec(said)?.[1]
    return version === undefined ? said.trim() : { binDir, version, major: majorOf(version) }
  } catch (fault) {
    const { code, stderr } = fault as NodeJS.ErrnoException & { stderr?: string }
    return stderr?.trim() || code || 'it does not run'
  }
}

const executable = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name)

function otherMajor(found: number, ours: string): MooringError {
  return new MooringError(
    'database_version',
    `The data folder was made by PostgreSQL ${found}, and this Mooring brings PostgreSQL ${majorOf(ours)}.`,
    {
      detail:
        'Nothing was changed. Start the Mooring that made it, write everything to a file with `mooring backup`, then `mooring restore` that file with this Mooring into a new data folder.',
    },
  )
}

function missing(existing: Existing | undefined, why?: string): MooringError {
  const wanted = existing
    ? `PostgreSQL ${existing.major}, which made this data folder,`
    : `PostgreSQL ${OLDEST_MAJOR} or newer`
  return new MooringError('database_missing', 'There is no PostgreSQL to run.', {
    detail:
      `Set DATABASE_URL to a PostgreSQL ${OLDEST_MAJOR} or newer of your own, or install ${wanted} on this machine. ` +
      (why === undefined
        ? `npm installed none for ${process.platform} ${process.arch}.`
        : `The one from npm does not run here: ${why.split('\n')[0]}`),
  })
}
