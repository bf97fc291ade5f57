/** The first steps: an owner is greeted once, goes through them or leaves them, and finds them again. */
import { createServer, type Server as Http } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { type Server, startServer } from './support/server.ts'
import { consent, MARA, toast } from './support/steps.ts'

const HOST = {
  id: 'host-plan',
  title: 'Choose a plan',
  text: 'It takes a minute.',
  href: 'http://localhost:1/plan',
}
const STEPS = ['business', { id: 'connect', providers: ['linkedin', 'x'] }, 'webhook', HOST]

const good = async (page: Page, what: string) => {
  await expectFits(page, what)
  await expectAccessible(page, what)
}
const step = (page: Page, title: string) => page.getByRole('heading', { name: title, level: 1 })
const skip = (page: Page) => page.getByRole('button', { name: 'Skip for now' })

test.describe('first steps', () => {
  let own: Server
  let receiver: Http
  let address: string
  let received: string[]
  test.beforeEach(async () => {
    own = await startServer({ MOORING_ONBOARDING: JSON.stringify(STEPS) }, ['--sandbox'], true)
    received = []
    receiver = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => received.push(chunk.toString()))
      request.on('end', () => response.end())
    })
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
    address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`
  })
  test.afterEach(async () => {
    receiver.close()
    await own.stop()
  })
  // Another server than the fixtures': what watches for strangers would take it for one.
  test.use({
    page: async ({ browser }, use) => {
      const context = await browser.newContext()
      await use(await context.newPage())
      await context.close()
    },
  })

  test('are taken one after the other, kept when one goes away, and found again', async ({ page }) => {
    await page.goto(await own.signInLink())
    await page.waitForURL('**/onboarding')
    await expect(step(page, 'Your business')).toBeFocused()
    await expect(page.getByText('Step 1 of 4')).toBeVisible()
    await good(page, 'the business')
    await page.getByLabel('Website').fill('javascript:alert(1)')
    await page.getByLabel('Ideal customer').fill('Founders of small software companies')
    await page.getByRole('button', { name: 'Save and go on' }).click()
    await expect(page.getByText('That is no address of a website.')).toBeVisible()
    await page.getByLabel('Website').fill('harbour.example')
    await page.getByRole('button', { name: 'Save and go on' }).click()

    await expect(step(page, 'Connect LinkedIn or X')).toBeFocused()
    await good(page, 'an account')
    await page.getByRole('button', { name: 'Connect LinkedIn' }).click()
    await consent(page, 'Mara Lindqvist', 'Cancel')
    await expect(toast(page, 'You said no')).toBeVisible()
    await expect(step(page, 'Connect LinkedIn or X')).toBeVisible()
    await page.getByRole('button', { name: 'Connect LinkedIn' }).click()
    await consent(page, 'Mara Lindqvist', 'Allow')
    await page.waitForURL('**/connect/*/accounts')
    await page.getByText(MARA[0] ?? '', { exact: true }).click()
    await page.getByRole('button', { name: 'Connect 1 account' }).click()

    await expect(step(page, 'Hear what happens')).toBeVisible()
    await good(page, 'a webhook')
    await page.getByRole('button', { name: 'Back' }).click()
    await expect(page.getByText('Connected as Mara Lindqvist')).toBeVisible()
    await good(page, 'an account, connected')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByLabel('Address of your program').fill('ftp://app.example.com')
    await page.getByRole('button', { name: 'Enter it' }).click()
    await expect(page.getByText('That address is not https.')).toBeVisible()
    await page.getByLabel('Address of your program').fill(address)
    await page.getByRole('button', { name: 'Enter it' }).click()
    await expect(page.locator('code')).toHaveText(/^whsec_/)
    await good(page, 'a secret, shown once')
    await page.getByRole('button', { name: 'Send a test' }).click()
    await expect(toast(page, 'The test arrived')).toBeVisible()
    expect(received.join('')).toContain('"webhook.test"')

    // Away, and back where one was.
    await page.goto(`${own.url}/onboarding`)
    await expect(step(page, 'Choose a plan')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Choose a plan' })).toHaveAttribute('href', HOST.href)
    await good(page, 'a step of the host')
    await skip(page).click()
    await expect(step(page, 'That is it for now')).toBeVisible()
    await expect(page.getByText('3 of 4 done')).toBeVisible()
    await good(page, 'the end')
    await page.getByRole('button', { name: 'To your accounts', exact: true }).click()
    await page.waitForURL('**/accounts')

    await page.goto(`${own.url}/settings/first-steps`)
    await expect(page.locator('[data-step=host-plan]')).toHaveAttribute('data-state', 'skipped')
    await good(page, 'the first steps, under Settings')
    await own.api('PUT', '/onboarding/steps/host-plan', { state: 'done' })
    await page.reload()
    await expect(page.locator('[data-step=host-plan]')).toHaveAttribute('data-state', 'done')
    await page.goto(`${own.url}/onboarding`)
    await expect(step(page, 'All set')).toBeVisible()
  })

  test('force nobody: left at once, they do not come by themselves again', async ({ page }) => {
    await page.goto(await own.signInLink())
    await page.waitForURL('**/onboarding')
    await page.getByRole('button', { name: 'Leave for now, to your accounts' }).click()
    await page.waitForURL('**/accounts')
    await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible()
    await page.goto(`${own.url}/settings/first-steps`)
    await page.getByRole('link', { name: 'Do it now: Your business' }).click()
    for (const title of ['Your business', 'Connect LinkedIn or X', 'Hear what happens', 'Choose a plan']) {
      await expect(step(page, title)).toBeVisible()
      await skip(page).click()
    }
    await expect(step(page, 'That is it for now')).toBeVisible()
  })
})

test('an endpoint is entered, tested, paused, changed and removed', async ({ signedIn: page, server }) => {
  const receiver = createServer((_request, response) => response.writeHead(503).end())
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const port = (receiver.address() as AddressInfo).port
  await page.goto(`${server.url}/settings/webhooks`)
  await expect(page.getByText('No webhooks. Add an address to hear about failures.')).toBeVisible()
  await good(page, 'no webhooks')
  await page.getByRole('button', { name: 'Enter an endpoint' }).click()
  await page.getByLabel('Address of your program').fill(`http://127.0.0.1:${port}/hooks`)
  await page.getByRole('checkbox', { name: /Tokens were renewed/ }).check()
  await good(page, 'entering an endpoint')
  await page.getByRole('button', { name: 'Enter it' }).click()
  const shown = page.getByRole('dialog', { name: 'The endpoint’s secret' })
  await expect(shown.locator('code')).toHaveText(/^whsec_/)
  await page.keyboard.press('Escape')
  await expect(shown).toBeVisible()
  await shown.getByRole('button', { name: 'I have copied it' }).click()

  const row = page.locator('[data-slot=endpoint]')
  await expect(row).toContainText('Hears 16 kinds of events')
  await row.getByRole('button', { name: 'Send a test' }).click()
  await expect(toast(page, /The test did not arrive/)).toContainText('It answered 503.')
  await row.getByText('What was told there').click()
  await expect(row.locator('[data-state=failed]')).toContainText('Given up. It answered 503.')
  await expect(row.getByText('Failing')).toBeVisible()
  await good(page, 'an endpoint that fails')
  await row.getByRole('button', { name: 'Pause' }).click()
  await expect(row.getByText('Paused')).toBeVisible()
  await row.getByRole('button', { name: 'Resume' }).click()
  await expect(row.getByRole('button', { name: 'Pause' })).toBeVisible()
  await row.getByRole('button', { name: /^Send webhook.test again/ }).click()
  await expect(row.locator('[data-state=waiting]')).toBeVisible()

  await row.getByRole('button', { name: /^Change the endpoint/ }).click()
  await page.getByRole('checkbox', { name: /Tokens were renewed/ }).uncheck()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('Hears all news')
  await row.getByRole('button', { name: /^Remove the endpoint/ }).click()
  await page.getByRole('button', { name: 'Remove it' }).click()
  await expect(row).toHaveCount(0)
  receiver.close()
})
