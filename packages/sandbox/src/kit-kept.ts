import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { Kit, REDIRECT } from './kit.ts'
import { type SandboxOptions, startSandbox } from './sandbox.ts'

/** What the tests of the state file share: a folder of their own, and sandboxes that follow each other on one file. */
export interface Kept {
  readonly folder: string
  readonly file: string
  /** What the sandboxes said of the state file. */
  readonly lines: readonly string[]
  start(options?: SandboxOptions): Promise<Kit>
  /** Stops one and starts the next. */
  next(before: Kit, options?: SandboxOptions): Promise<Kit>
  text(): string
  /** Waits until the file holds a text. */
  holds(text: string): Promise<void>
}

export function kept(): Kept {
  let folder = ''
  const lines: string[] = []
  const running: Kit[] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mooring-sandbox-'))
    lines.length = 0
  })
  afterEach(async () => {
    for (const one of running.splice(0)) await one.sandbox.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const made: Kept = {
    get folder() {
      return folder
    },
    get file() {
      return join(folder, 'sandbox.json')
    },
    lines,
    async start(options) {
      const one = new Kit()
      one.sandbox = await startSandbox({
        redirectUris: { linkedin: [REDIRECT] },
        stateFile: made.file,
        log: (line) => void (line.includes('state file') && lines.push(line)),
        ...options,
      })
      running.push(one)
      return one
    },
    async next(before, options) {
      await before.sandbox.stop()
      return made.start(options)
    },
    text: () => (existsSync(made.file) ? readFileSync(made.file, 'utf8') : ''),
    holds: (text) => vi.waitFor(() => expect(made.text()).toContain(text), 60_000),
  }
  return made
}
