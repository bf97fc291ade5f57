import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** A file that carries state from one start to the next. Nothing of it throws: the sandbox goes on without, and says so. */
export interface StateFile {
  /** Its text; undefined where there is none. */
  read(): string | undefined
  /** Replaces the file whole. False where that was not possible. */
  write(text: string): boolean
  /** Moves away what is not ours to overwrite. */
  setAside(why: string): void
}

/** The system's own short word: a message may quote what the file holds. */
const reason = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown reason'

function freeName(path: string): string {
  for (let n = 1; ; n++) if (!existsSync(`${path}.aside-${n}`)) return `${path}.aside-${n}`
}

export function stateFile(given: string, log: (line: string) => void): StateFile {
  const path = resolve(given)
  /** False where the path holds what must not be replaced: a directory, a device, a file that we may not read. */
  let usable = true
  let complained = false
  const giveUp = (what: string) => {
    usable = false
    log(`The state file ${path} ${what}: this run is kept in memory only.`)
  }
  return {
    read() {
      try {
        const found = statSync(path, { throwIfNoEntry: false })
        if (found && !found.isFile()) giveUp('is not a file')
        return found?.isFile() ? readFileSync(path, 'utf8') : undefined
      } catch (error) {
        giveUp(`cannot be read (${reason(error)})`)
        return undefined
      }
    },
    write(text) {
      if (!usable) return false
      const next = `${path}.new`
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        // One left behind by a killed run may have another mode; `wx` makes a new one or none.
        rmSync(next, { force: true })
        writeFileSync(next, text, { flag: 'wx', mode: 0o600, flush: true })
        renameSync(next, path)
        complained = false
        return true
      } catch (error) {
        if (!complained)
          log(`The state file ${path} cannot be written (${reason(error)}); tried again at the next change.`)
        complained = true
        return false
      }
    },
    setAside(why) {
      const aside = freeName(path)
      try {
        renameSync(path, aside)
        log(`The state file ${path} ${why}: moved to ${aside}, the sandbox starts fresh.`)
      } catch (error) {
        giveUp(`${why} and cannot be moved away (${reason(error)})`)
      }
    },
  }
}
