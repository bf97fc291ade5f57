/**
 * `npm test`: types, lint, every test, and a real browser through the whole product. All parts run even when one fails;
 * the last line counts them together.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildConsole } from './build-console.ts'

const root = join(import.meta.dirname, '..')
const reports = join(root, '.reports')
const total = { passed: 0, failed: 0, skipped: 0 }

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

/** Runs a tool of the checkout. Returns whether it succeeded. */
function run(title: string, command: string, args: string[], env: Record<string, string> = {}): boolean {
  process.stdout.write(`\n== ${title}\n`)
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  })
  return status === 0
}

const one = (ok: boolean) => (ok ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 })

function count(ok: boolean, found: typeof total): void {
  // A runner that failed without a failed test (it crashed, or ran nothing) is a failure all the same.
  const failed = ok ? found.failed : Math.max(found.failed, 1)
  total.passed += found.passed
  total.failed += found.passed + found.failed === 0 ? Math.max(failed, 1) : failed
  total.skipped += found.skipped
}

function report<T>(file: string, read: (json: T) => typeof total): typeof total {
  try {
    return read(JSON.parse(readFileSync(join(reports, file), 'utf8')))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
}

count(true, one(run('types', 'tsc', ['--noEmit', '-p', 'tsconfig.json'])))
count(true, one(run('lint', 'biome', ['check', '.'])))
const failures = join(reports, 'failures.txt')
const vitest = run(
  'tests',
  'vitest',
  [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, 'vitest.json')}`,
    `--reporter=${join(import.meta.dirname, 'failures-reporter.ts')}`,
  ],
  { MOORING_FAILURES: failures },
)
count(
  vitest,
  report<VitestReport>('vitest.json', (json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    skipped: json.numPendingTests + json.numTodoTests,
  })),
)
// A small one; ten thousand take ten minutes: docs/guides/never-twice.md.
const campaign = ['bench/duplicates.ts', '--deliveries', '150', '--seed', '7', '--minutes', '3']
count(true, one(run('nothing twice, nothing missing', 'node', campaign)))
buildConsole(true)
const browser = run('browser', 'playwright', ['test', '--reporter=list,json'], {
  PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json'),
})
count(
  browser,
  report<PlaywrightReport>('playwright.json', ({ stats }) => ({
    passed: stats.expected,
    // A test that passes at its second try is one that we do not understand.
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  })),
)

// The page as it stood when a browser test gave up: only the text of the run outlives a machine of CI.
if (!browser) {
  const results = join(root, 'test-results')
  for (const name of existsSync(results) ? readdirSync(results) : []) {
    const page = join(results, name, 'error-context.md')
    if (!existsSync(page)) continue
    const snapshot = /```yaml\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8'))?.[1] ?? ''
    process.stdout.write(`\n== the page at the end of ${name}\n${snapshot.split('\n').slice(0, 120).join('\n')}\n`)
  }
}

// Told once more where it is read: the browser's long list has come after it.
const told = existsSync(failures) ? readFileSync(failures, 'utf8') : ''
if (told !== '') process.stdout.write(`\n== what failed outside of the browser\n${told}\n`)
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exitCode = total.failed === 0 ? 0 : 1
