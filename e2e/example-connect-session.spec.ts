/** A product on another origin than Mooring, as the example's README starts the two; and a user of it who attacks another (#3). */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { expectAccessible, expectFits } from './support/fixtures.ts'
import { API_KEY, freePort, type Server, startServer } from './support/server.ts'
import { consent } from './support/steps.ts'

const folder = join(import.meta.dirname, '../examples/connect-session')

interface Both {
  mooring: Server
  product: string
}

const test = base.extend<object, { both: Both }>({
  both: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const port = String(await freePort())
      const product = `http://127.0.0.1:${port}`
      const mooring = await startServer({ MOORING_RETURN_ORIGINS: product })
      const env = { ...process.env, PORT: port, MOORING_URL: mooring.url, MOORING_API_KEY: API_KEY }
      const child = spawn(process.execPath, ['server.ts'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
      await running(child)
      await use({ mooring, product })
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      expect(await ended).toEqual([0, null])
      await mooring.stop()
    },
    { scope: 'worker' },
  ],
})

function running(child: ChildProcess): Promise<void> {
  let out = ''
  return new Promise((found, failed) => {
    const listen = (chunk: Buffer) => {
      out += chunk
      if (out.includes('The product runs')) found()
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code) => failed(new Error(`the example ended with ${code}:\n${out}`)))
  })
}

async function signIn(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password').fill(`${name.toLowerCase()}-demo`)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function signedIn(browser: Browser, { product }: Both, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(product)
  await signIn(page, name)
  await expect(page.getByRole('heading', { name: 'Social accounts' })).toBeVisible()
  return page
}

/** What a company's workspace holds, by a key of its own. */
async function connectionsOf({ mooring }: Both, company: string): Promise<unknown[]> {
  const session = { workspace: { externalId: company }, endUser: { id: 'nobody' }, returnTo: '/', completeAt: '/' }
  const made = (await mooring.api('POST', '/connect-sessions', session)).body as { workspaceId: string }
  const asked = { name: 'a look', scopes: ['connections:read'], workspaceId: made.workspaceId }
  const { key } = (await mooring.api('POST', '/api-keys', asked)).body as { key: string }
  const response = await fetch(`${mooring.url}/api/v1/connections`, { headers: { authorization: `Bearer ${key}` } })
  return ((await response.json()) as { data: unknown[] }).data
}

/** Presses Connect in the product, and keeps the address that the browser is sent to from being opened. */
async function stolen(page: Page, pattern: RegExp): Promise<string> {
  let found = ''
  page.on('request', (request) => {
    if (pattern.test(request.url())) found = request.url()
  })
  await page.route(pattern, (route) => route.abort())
  await page.getByRole('button', { name: 'Connect LinkedIn' }).click()
  await expect.poll(() => found).not.toBe('')
  return found
}

async function expectReadable(page: Page, what: string): Promise<void> {
  await expectFits(page, what)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page, `${what}, ${colorScheme}`)
  }
}

const toConfirm = async (page: Page, name: string) => {
  await expect(page.getByRole('heading', { name: 'Connect LinkedIn' })).toBeVisible()
  await expect(page.getByText(name, { exact: true })).toBeVisible()
}

test('its user connects, chooses, and is back, by pages that a phone and a keyboard can use', async ({
  browser,
  both,
}) => {
  const ada = await signedIn(browser, both, 'Ada')
  await ada.getByRole('button', { name: 'Connect LinkedIn' }).click()
  await toConfirm(ada, 'Ada')
  // The token is in no address any more.
  expect(ada.url()).toMatch(/\/connect-session\/[0-9a-f-]{36}$/)
  await ada.setViewportSize({ width: 380, height: 800 })
  await expectReadable(ada, 'the page before the platform')
  await ada.getByRole('button', { name: 'Connect LinkedIn' }).press('Enter')
  await consent(ada, 'Mara Lindqvist', 'Allow')
  await expect(ada.getByRole('heading', { name: 'Choose your LinkedIn accounts' })).toBeVisible()
  await expectReadable(ada, 'the choice of accounts')
  await ada.getByRole('button', { name: 'Connect' }).click()
  await expect(ada.getByRole('alert')).toHaveText('Choose at least one account.')
  await expectReadable(ada, 'the choice of accounts, refused')
  await ada.getByRole('checkbox', { name: /^Northwind Studio/ }).press('Space')
  await ada.getByRole('button', { name: 'Connect' }).press('Enter')
  await ada.waitForURL(`${both.product}/settings?flow=*`)
  await expect(ada.getByText('LinkedIn: Mara Lindqvist')).toBeVisible()
  const [one] = (await connectionsOf(both, 'acme')) as { accounts: { label: string }[]; connectedBy: string }[]
  expect(one?.accounts.map((account) => account.label)).toEqual(['Northwind Studio'])
  expect(one?.connectedBy).toBe('Ada')
})

test('a no, and a change of mind, come back to the product’s own page', async ({ browser, both }) => {
  const cleo = await signedIn(browser, both, 'Cleo')
  await cleo.getByRole('button', { name: 'Connect LinkedIn' }).click()
  await cleo.getByRole('link', { name: 'Not now' }).click()
  await cleo.waitForURL(`${both.product}/settings?error=access_denied&message=*`)
  await expect(cleo.getByRole('alert')).toHaveText('Given up. Nothing was changed.')
  await cleo.getByRole('button', { name: 'Connect LinkedIn' }).click()
  await cleo.getByRole('button', { name: 'Connect LinkedIn' }).click()
  await consent(cleo, 'Mara Lindqvist', 'Cancel')
  await cleo.waitForURL(`${both.product}/settings?flow=*`)
  await expect(cleo.getByRole('alert')).toBeVisible()
  expect(await connectionsOf(both, 'globex')).toEqual([])
})

test.describe('#3 Cleo begins, and Ada is led to finish', () => {
  const LINK = /\/connect-session(#|$)/

  test('by the link of the session: refused where Ada is signed in, and nothing is stored', async ({
    browser,
    both,
  }) => {
    const cleo = await signedIn(browser, both, 'Cleo')
    const link = await withToken(cleo)
    const ada = await signedIn(browser, both, 'Ada')
    await ada.goto(link)
    await toConfirm(ada, 'Cleo')
    await ada.getByRole('button', { name: 'Connect LinkedIn' }).click()
    await consent(ada, 'Tomas', 'Allow')
    await ada.waitForURL(`${both.product}/settings?message=*`)
    await expect(ada.getByRole('alert')).toHaveText('Someone else started this. Ask them to finish, or start again.')
    expect(await connectionsOf(both, 'globex')).toEqual([])
    // Cleo, in her own browser, gets nothing of it: not by the link either.
    await cleo.unrouteAll()
    await cleo.goto(link)
    await expect(cleo.getByText('connect_session_used')).toBeVisible()
    await cleo.goto(`${both.product}/settings`)
    await expect(cleo.getByText('No accounts yet.')).toBeVisible()
  })

  test('by the link, while Ada is signed out: she signs in on the way back, and is refused', async ({
    browser,
    both,
  }) => {
    const cleo = await signedIn(browser, both, 'Cleo')
    const link = await withToken(cleo)
    const ada = await (await browser.newContext()).newPage()
    await ada.goto(link)
    await ada.getByRole('button', { name: 'Connect LinkedIn' }).click()
    await consent(ada, 'Tomas', 'Allow')
    await ada.waitForURL(`${both.product}/settings/connected?*`)
    await signIn(ada, 'Ada')
    await expect(ada.getByRole('alert')).toHaveText('Someone else started this. Ask them to finish, or start again.')
    expect(await connectionsOf(both, 'globex')).toEqual([])
  })

  test('by the address of the platform’s page: refused in the browser that did not begin', async ({
    browser,
    both,
  }) => {
    const cleo = await signedIn(browser, both, 'Cleo')
    await cleo.getByRole('button', { name: 'Connect LinkedIn' }).click()
    await toConfirm(cleo, 'Cleo')
    const authorize = await stolen(cleo, /\/oauth\/v2\/authorization/)
    const ada = await signedIn(browser, both, 'Ada')
    await ada.goto(authorize)
    await consent(ada, 'Tomas', 'Allow')
    await expect(ada.getByText('flow_other_browser')).toBeVisible()
    expect(await connectionsOf(both, 'globex')).toEqual([])
  })

  test('by the address with Cleo’s own completion: Ada gets no account that is not hers', async ({ browser, both }) => {
    const cleo = await signedIn(browser, both, 'Cleo')
    await cleo.getByRole('button', { name: 'Connect LinkedIn' }).click()
    await toConfirm(cleo, 'Cleo')
    // Signed out of the product, so that its page does not complete at once.
    await cleo.context().clearCookies({ name: 'product' })
    await cleo.getByRole('button', { name: 'Connect LinkedIn' }).click()
    await consent(cleo, 'Tomas', 'Allow')
    await cleo.waitForURL(`${both.product}/settings/connected?*`)
    const completion = cleo.url()
    const before = await connectionsOf(both, 'acme')
    const ada = await signedIn(browser, both, 'Ada')
    await ada.goto(completion)
    await expect(ada.getByRole('alert')).toHaveText('Someone else started this. Ask them to finish, or start again.')
    expect(await connectionsOf(both, 'acme')).toEqual(before)
    expect(await connectionsOf(both, 'globex')).toEqual([])
  })

  /** The product's answer names the whole link; a browser's own request leaves out what stands behind `#`. */
  async function withToken(page: Page): Promise<string> {
    let link = ''
    page.on('response', (response) => {
      const to = response.headers().location ?? ''
      if (to.includes('/connect-session#')) link = to
    })
    await page.route(LINK, (route) => route.abort())
    await page.getByRole('button', { name: 'Connect LinkedIn' }).click()
    await expect.poll(() => link).not.toBe('')
    return link
  }
})

// The platform remembers who consented, and does not ask again.
test.beforeEach(({ both }) => both.mooring.control({ reset: true }))
test.afterEach(async ({ browser }) => {
  await Promise.all(browser.contexts().map((one: BrowserContext) => one.close()))
})
