/** The Express example as its README starts it: its own users, its own settings page, Mooring inside it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, test as base, expect, type Page } from '@playwright/test'
import { expectAccessible, expectFits } from './support/fixtures.ts'
import { API_KEY, freePort } from './support/server.ts'

const folder = join(import.meta.dirname, '../examples/express')

const test = base.extend<object, { url: string }>({
  url: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'mooring-example-'))
      const built = spawnSync(process.execPath, [join(folder, '../../node_modules/vite/bin/vite.js'), 'build'], {
        cwd: folder,
        encoding: 'utf8',
      })
      if (built.status !== 0) throw new Error(built.stderr)
      const port = String(await freePort())
      const env = {
        ...process.env,
        PORT: port,
        MOORING_DATA_DIR: dataDir,
        MOORING_STARTS_PER_HOUR: '1000',
        MOORING_API_KEY: API_KEY,
      }
      const child = spawn(process.execPath, ['server.ts'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
      await use(await said(child))
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      expect(await ended).toEqual([0, null])
      rmSync(dataDir, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})

/** Its address, when it runs. */
function said(child: ChildProcess): Promise<string> {
  let out = ''
  return new Promise((found, failed) => {
    const listen = (chunk: Buffer) => {
      out += chunk
      const url = /The product runs: (\S+)/.exec(out)?.[1]
      if (url) found(url)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code) => failed(new Error(`the example ended with ${code}:\n${out}`)))
  })
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

test('its users connect for their company, as their role there allows, and see no other’s', async ({
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
  await expectAccessible(ada, 'the picker in the settings page')
  await ada.getByRole('button', { name: /^Connect/ }).click()
  const row = (page: Page) => page.locator('[data-slot=connection]')
  await expect(row(ada)).toContainText('LinkedIn')
  await expect(row(ada)).toContainText('Mara Lindqvist')

  // Of the same company, and no more than a viewer.
  const ben = await signedIn(browser, url, 'Ben')
  await expect(row(ben)).toContainText('Mara Lindqvist')
  await ben.getByRole('button', { name: 'Connect LinkedIn' }).click()
  await expect(ben.getByRole('alert')).toHaveText('As viewer here you may not do that.')

  const cleo = await signedIn(browser, url, 'Cleo')
  await expect(cleo.getByText('No accounts yet.')).toBeVisible()
  await cleo.getByRole('button', { name: 'Sign out' }).click()
  await expect(cleo.getByRole('button', { name: 'Sign in' })).toBeVisible()
  const refused = await cleo.request.get(`${url}/mooring/api/v1/connections`)
  expect(refused.status()).toBe(401)
})

test('a no at the platform comes back to the product’s own page, with its sentence', async ({ browser, url }) => {
  const cleo = await signedIn(browser, url, 'Cleo')
  await cleo.getByRole('button', { name: 'Connect LinkedIn' }).click()
  await cleo.getByRole('button', { name: /^Cancel/ }).click()
  await cleo.waitForURL('**/settings?flow=*')
  await expect(cleo.getByRole('alert')).toBeVisible()
  await expect(cleo.getByText('No accounts yet.')).toBeVisible()
})

test('who did not start it cannot finish it, in another browser (#3)', async ({ browser, url }) => {
  // Cleo begins, and sends the address of the platform's page to Ada, who is signed in at the product, too.
  const cleo = await signedIn(browser, url, 'Cleo')
  let authorize = ''
  await cleo.route('**/oauth/v2/authorization*', (route) => {
    authorize = route.request().url()
    return route.abort()
  })
  await cleo.getByRole('button', { name: 'Connect LinkedIn' }).click()
  await expect.poll(() => authorize).not.toBe('')
  const ada = await signedIn(browser, url, 'Ada')
  await ada.goto(authorize)
  await ada.getByRole('button', { name: /^Allow/ }).click()
  await expect(ada.getByText('This did not work')).toBeVisible()
  await cleo.unrouteAll()
  await cleo.goto(`${url}/settings`)
  await expect(cleo.getByText('No accounts yet.')).toBeVisible()
})

test('a connect session is its user’s alone, as the product says who is signed in (#3)', async ({ browser, url }) => {
  const response = await fetch(`${url}/mooring/api/v1/connect-sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      workspace: { externalId: 'globex' },
      endUser: { id: 'cleo', name: 'Cleo' },
      returnTo: '/settings',
    }),
  })
  const session = (await response.json()) as { url: string }
  expect(response.status, JSON.stringify(session)).toBe(201)
  // Cleo sends the link to Ada. It is not used up by it.
  const ada = await signedIn(browser, url, 'Ada')
  await ada.goto(session.url)
  await expect(ada.getByText('flow_other_person')).toBeVisible()
  const cleo = await signedIn(browser, url, 'Cleo')
  await cleo.goto(session.url)
  await cleo.getByRole('button', { name: 'Connect LinkedIn' }).click()
  await cleo.getByRole('button', { name: /^Allow/ }).click()
  await cleo.getByRole('checkbox', { name: /^Mara Lindqvist/ }).check()
  await cleo.getByRole('button', { name: 'Connect' }).click()
  await cleo.waitForURL('**/settings?flow=*')
  await expect(cleo.locator('[data-slot=connection]')).toContainText('Mara Lindqvist')
})
