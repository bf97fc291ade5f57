/** Builds the console when it was never built, or when a source is newer than what was built. `--force` builds always. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const built = join(root, 'apps/console/dist/index.html')
const sources = ['apps/console', 'packages/react', 'package-lock.json']

export function buildConsole(force = false): void {
  if (!force && existsSync(built) && newest(sources) <= statSync(built).mtimeMs) return
  const { status, stderr } = spawnSync(
    'npm',
    ['run', '--silent', 'build', '-w', 'apps/console', '--', '--logLevel', 'warn'],
    {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
      // Inside a test runner the bundle would be made for development, with paths of this machine in it.
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  if (status !== 0) throw new Error(`the console could not be built:\n${stderr}`)
}

/** The newest change below these paths, in ms since 1970. */
function newest(paths: readonly string[]): number {
  let latest = 0
  for (const path of paths) {
    const full = join(root, path)
    const entry = statSync(full)
    if (!entry.isDirectory()) {
      latest = Math.max(latest, entry.mtimeMs)
      continue
    }
    for (const name of readdirSync(full)) {
      if (name === 'node_modules' || name === 'dist') continue
      latest = Math.max(latest, newest([join(path, name)]))
    }
  }
  return latest
}

// `npm ci` builds it early, so that the first start is quick; what fails there is said by the start, which builds too.
if (process.argv[1]?.endsWith('build-console.ts')) {
  try {
    buildConsole(process.argv.includes('--force'))
  } catch (error) {
    if (!process.argv.includes('--soft')) throw error
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  }
}
