/** What goes by letter and by another sign-in: an address is confirmed, a password chosen anew, a company's sign-in linked and unlinked. */
import type { FullProject, Page } from '@playwright/test'
import { type Mailbox, openMailbox } from '../packages/mooring/test/mailbox.ts'
import { OIDC_CLIENT, type Oidc, startOidc } from '../packages/mooring/test/oidc.ts'
import { test as base, expect, expectAccessible, expectFits } from './support/fixtures.ts'
import { type Server, startServer } from './support/server.ts'
import { toast } from './support/steps.ts'

const PASSWORD = 'brisk otter lantern 44'

/** A server that sends letters and knows another sign-in. */
const test = base.extend<object, { company: { server: Server; mailbox: Mailbox; oidc: Oidc } }>({
  company: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const mailbox = await openMailbox()
      const letters = { MOORING_SMTP_URL: mailbox.url, MOORING_SMTP_FROM: 'Mooring <mooring@example.com>' }
      const server = await startServer(letters)
      const callback = `${server.url}/api/v1/session/oidc/callback`
      const oidc = await startOidc({ redirectUris: [callback], clientAuth: 'basic', discovered: true })
      await server.restart({
        MOORING_OIDC_ISSUER: oidc.issuer,
        MOORING_OIDC_CLIENT_ID: OIDC_CLIENT.clientId,
        MOORING_OIDC_CLIENT_SECRET: OIDC_CLIENT.clientSecret,
        MOORING_OIDC_NAME: 'Acme SSO',
      })
      await use({ server, mailbox, oidc })
      await server.stop()
      await oidc.stop()
      await mailbox.close()
    },
    { scope: 'worker' },
  ],
})

const good = async (page: Page, what: string) => {
  await expectFits(page, what)
  await expectAccessible(page, what)
}
const row = (page: Page, title: string) =>
  page.locator('[data-slot=how-i-sign-in] > div').filter({ has: page.getByRole('heading', { name: title, level: 3 }) })
const look = ({ use: { viewport, colorScheme } }: FullProject) => ({
  ...(viewport ? { viewport } : {}),
  ...(colorScheme ? { colorScheme } : {}),
})
const linkIn = (text: string) => /http:\/\/\S+#\S+/.exec(text)?.[0] ?? ''

async function signInBy(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Somebody new, by an invitation that they take. */
async function joined(page: Page, { server, mailbox }: { server: Server; mailbox: Mailbox }, email: string) {
  const { status } = await server.api('POST', '/invitations', { email, role: 'publisher' })
  expect(status).toBe(201)
  await page.goto(linkIn((await mailbox.next(email)).text))
  await page.getByLabel('Your name').fill('Ines')
  await page.getByLabel('Choose a password').fill(PASSWORD)
  await page.getByRole('button', { name: /^Join / }).click()
  await page.waitForURL('**/accounts')
  await page.goto(`${server.url}/settings/security`)
}

test('an address is confirmed, and another one takes its place once its letter was opened', async ({
  browser,
  company,
}, { project }) => {
  const { mailbox } = company
  const email = `ines-${Date.now()}@example.com`
  const next = `new-${email}`
  const context = await browser.newContext(look(project))
  const page = await context.newPage()
  await joined(page, company, email)
  const mine = row(page, 'Name and e-mail')
  await expect(mine).toContainText('Not confirmed.')
  await good(page, 'an address that is not confirmed')
  await mine.getByRole('button', { name: 'Confirm' }).click()
  await expect(toast(page, `A letter is on its way to ${email}`)).toBeVisible()
  await page.goto(linkIn((await mailbox.next(email)).text))
  await expect(page.getByRole('heading', { name: 'Your e-mail address is confirmed' })).toBeVisible()
  expect(new URL(page.url()).hash).toBe('')
  await good(page, 'confirmed')
  await page.getByRole('link', { name: 'How you sign in' }).click()
  await expect(mine).not.toContainText('Not confirmed.')

  await mine.getByRole('button', { name: 'Change' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('E-mail').fill(next)
  await dialog.getByLabel('Your password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(mine).toContainText(`${next} counts once you open the letter`)
  await good(page, 'an address that waits')
  const letter = linkIn((await mailbox.next(next)).text)

  // In a browser where nobody is signed in the link asks who it is first, and goes on from there.
  const phone = await (await browser.newContext()).newPage()
  await phone.goto(letter)
  await signInBy(phone, email, PASSWORD)
  await expect(phone.getByRole('heading', { name: 'Your e-mail address is confirmed' })).toBeVisible()
  await page.reload()
  await expect(mine).toContainText(next)
  await page.goto(letter)
  await expect(page.getByRole('heading', { name: 'This link did not work' })).toBeVisible()
  await good(page, 'a letter’s link that is over')
  await phone.context().close()
  await context.close()
})

test('a forgotten password is chosen anew by letter', async ({ browser, company }, { project }) => {
  const { server, mailbox } = company
  const email = `ada-${Date.now()}@example.com`
  const context = await browser.newContext(look(project))
  const page = await context.newPage()
  await joined(page, company, email)
  await context.clearCookies()
  await page.goto(`${server.url}/sign-in`)
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
  await good(page, 'a reset, asked for')
  await page.goto(linkIn((await mailbox.next(email)).text))
  await page.getByLabel('New password').fill('amber copper willow 9')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByRole('heading', { name: 'Your password is changed' })).toBeVisible()
  await page.getByRole('link', { name: 'Back to sign in' }).click()
  await signInBy(page, email, 'amber copper willow 9')
  await page.waitForURL('**/accounts')
  await context.close()
})

test('a company’s sign-in is linked with the password, opens the account, and is unlinked', async ({
  browser,
  company,
}, { project }) => {
  const { server } = company
  const email = `bo-${Date.now()}@example.com`
  const context = await browser.newContext({
    ...look(project),
    extraHTTPHeaders: { 'test-account': `bo-${Date.now()}` },
  })
  const page = await context.newPage()
  await joined(page, company, email)
  const sso = row(page, 'Acme SSO')
  await sso.getByRole('button', { name: 'Link it' }).click()
  const dialog = page.getByRole('dialog')
  await good(page, 'linking another sign-in')
  await dialog.getByLabel('Your password').fill('not the one 123')
  await dialog.getByRole('button', { name: 'Go to Acme SSO' }).click()
  await expect(dialog.getByRole('alert')).toContainText('That is not your password')
  await dialog.getByLabel('Your password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Go to Acme SSO' }).click()
  await expect(sso).toContainText('Linked.')
  expect(new URL(page.url()).pathname).toBe('/settings/security')

  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Go on with Acme SSO' }).click()
  await page.waitForURL('**/accounts')
  await page.goto(`${server.url}/settings/security`)
  await sso.getByRole('button', { name: 'Unlink' }).click()
  await dialog.getByLabel('Your password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Unlink it' }).click()
  await expect(sso).not.toContainText('Linked.')
  await page.goto(`${server.url}/settings/security?error=access_denied`)
  await expect(page.getByRole('alert')).toContainText('It was not linked')
  await good(page, 'Security, not linked')
  await context.close()
})

test('somebody with an account takes an invitation after signing in', async ({ browser, company }, { project }) => {
  const { server, mailbox } = company
  const email = `cleo-${Date.now()}@example.com`
  const context = await browser.newContext(look(project))
  const page = await context.newPage()
  await joined(page, company, email)
  const members = (await server.api('GET', '/members')).body as { data: { id: string; email: string | null }[] }
  await server.api('DELETE', `/members/${members.data.find((one) => one.email === email)?.id}`)
  await context.clearCookies()
  await server.api('POST', '/invitations', { email, role: 'viewer' })
  await page.goto(linkIn((await mailbox.next(email)).text))
  await expect(page.getByText(`Sign in as ${email}`)).toBeVisible()
  await good(page, 'an invitation of somebody who is known')
  await signInBy(page, email, PASSWORD)
  await page.getByRole('button', { name: /^Join / }).click()
  await page.waitForURL('**/accounts')
  await context.close()
})
