/**
 * Finds the Chromium for the browser tests: what the machine has, else Playwright's own, else one that is installed now
 * (Playwright's download, else the system's packages when root). Never skips: without one it says what to do.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

/** The first is the same engine without a window to draw, for half the work. */
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

function onMachine(): string | undefined {
  const paths = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...paths, ...FIXED].find(canRun)
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const playwrights = (): string | undefined =>
  existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined

const run = (command: string, args: string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' }).status ===
  0

/** The path of a Chromium that can be started. Throws with what to do when there is none and none can be had. */
export function findChromium(): string {
  const chosen = process.env.CHROMIUM
  if (chosen) return chosen
  const found = onMachine() ?? playwrights()
  if (found) return found
  process.stdout.write('No Chromium on this machine: installing one for the browser tests.\n')
  if (
    process.getuid?.() === 0 &&
    run('apt-get', ['update', '-q']) &&
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium-headless-shell'])
  ) {
    const installed = onMachine()
    if (installed) return installed
  }
  if (run('npx', ['playwright', 'install', 'chromium'])) {
    const downloaded = playwrights()
    if (downloaded) return downloaded
  }
  throw new Error(
    'The browser tests need Chromium. Install it (Debian: apt-get install chromium), or set CHROMIUM to its path.',
  )
}
