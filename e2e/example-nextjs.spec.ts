/** The Next.js example as its README starts it: packed archives, installed as a stranger would, built, started. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, test as base, expect, type Page } from '@playwright/test'
import { pack, run, stage } from '../scripts/pack.ts'
import { expectAccessible, expectFits } from './support/fixtures.ts'
import { API_KEY, freePort } from './support/server.ts'

const test = base.extend<object, { url: string }>({
  url: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const dir = mkdtempSync(join(tmpdir(), 'mooring-next-'))
      const folder = join(dir, 'app')
      cpSync(join(import.meta.dirname, '../examples/nextjs'), folder, {
        recursive: true,
        filter: (path) => !/(node_modules|\.next)$/.test(path),
      })
      run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...pack(stage())], folder)
      const next = join(folder, 'node_modules/next/dist/bin/next')
      const port = String(await freePort())
      const env = {
        ...process.env,
        NEXT_TELEMETRY_DISABLED: '1',
        NEXT_MANUAL_SIG_HANDLE: 'true',
        PORT: port,
        MOORING_DATA_DIR: join(dir, 'data'),
        MOORING_STARTS_PER_HOUR: '1000',
        MOORING_API_KEY: API_KEY,
      }
      const build = spawn(process.execPath, [next, 'build'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
      const built = await ended(build)
      if (built.code !== 0) throw new Error(`next build ended with ${built.code}:\n${built.out}`)
      const start = [next, 'start', '--hostname', '127.0.0.1', '--port', port]
      const child = spawn(process.execPath, start, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
      const end = ended(child)
      const url = `http://localhost:${port}`
      await expect
        .poll(
          () =>
            fetch(`${url}/mooring/readyz`).then(
              ({ status }) => status,
              () => 0,
            ),
          { timeout: 120_000 },
        )
        .toBe(200)
      await use(url)
      child.kill('SIGTERM')
      const { code, out } = await end
      expect(code, out).toBe(0)
      rmSync(dir, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 600_000 },
  ],
})

async function ended(child: ChildProcess): Promise<{ code: number | null; out: string }> {
  let out = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      out += chunk
    })
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, out }
}

async function signedIn(browser: Browser, url: string, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(url)
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password').fill(`${name.toLowerCase()}-demo`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Social accounts' })).toBeVisible()
  return page
}
const row = (page: Page) => page.locator('[data-slot=connection]')

test('its users connect for their company through a route handler, as their role there allows', async ({
  browser,
  url,
}) => {
  const ada = await signedIn(browser, url, 'Ada')
  await expect(ada.getByText('No accounts yet.')).toBeVisible()
  await expectFits(ada, 'the settings page')
  await expectAccessible(ada, 'the settings page')
  await ada.getByRole('button', { name: 'Connect LinkedIn' }).click()
  await ada.getByRole('button', { name: /^Allow/ }).click()
  await ada.waitForURL('**/settings?flow=*')
  await ada.getByRole('checkbox').first().check()
  await ada.getByRole('button', { name: /^Connect/ }).click()
  await expect(row(ada)).toContainText('Mara Lindqvist')

  const ben = await signedIn(browser, url, 'Ben')
  await expect(row(ben)).toContainText('Mara Lindqvist')
  await ben.getByRole('button', { name: 'Connect LinkedIn' }).click()
  await expect(ben.locator('main').getByRole('alert')).toHaveText('As viewer here you may not do that.')

  const cleo = await signedIn(browser, url, 'Cleo')
  await expect(cleo.getByText('No accounts yet.')).toBeVisible()
  await cleo.getByRole('button', { name: 'Sign out' }).click()
  await expect(cleo.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect((await cleo.request.get(`${url}/mooring/api/v1/connections`)).status()).toBe(401)

  // What the host's server asks with its key, a body and all.
  const asked = await fetch(`${url}/mooring/api/v1/connect-sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ workspace: { externalId: 'globex' }, endUser: { id: 'cleo' }, returnTo: '/settings' }),
  })
  expect(asked.status).toBe(201)
})
