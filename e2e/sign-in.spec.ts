/** A person makes an account of the link, and comes back by password, code and passkey; a second one joins by invitation. */
import type { Page } from '@playwright/test'
import { totp } from '../packages/mooring/test/totp.ts'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { toast } from './support/steps.ts'

const PASSWORD = 'brisk otter lantern 44'
const good = async (page: Page, what: string) => {
  await expectFits(page, what)
  await expectAccessible(page, what)
}
const row = (page: Page, title: string) =>
  page.locator('[data-slot=how-i-sign-in] > div').filter({ has: page.getByRole('heading', { name: title, level: 3 }) })

async function signInBy(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function signOut(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/settings/security`)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible()
}

/** The owner of this worker's server, with an address and a password, whatever an earlier test left. */
async function withPassword(page: Page, url: string, email: string): Promise<void> {
  await page.goto(`${url}/settings/security`)
  await row(page, 'Name and e-mail').getByRole('button', { name: 'Change' }).click()
  await page.getByRole('dialog').getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'Your name and e-mail address are saved')).toBeVisible()
  const set = row(page, 'Password').getByRole('button')
  const fresh = (await set.innerText()) === 'Set a password'
  await set.click()
  const dialog = page.getByRole('dialog')
  if (!fresh) await dialog.getByLabel('Your password of now').fill(PASSWORD)
  if (fresh) {
    await dialog.getByLabel('New password').fill('password123')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toContainText(/common|guess/i)
  }
  await dialog.getByLabel('New password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'Your password is saved')).toBeVisible()
}

test('an owner sets a password and an authenticator app, and comes back with both', async ({
  signedIn: page,
  server,
}) => {
  await withPassword(page, server.url, 'owner@example.com')
  await good(page, 'Security')
  await row(page, 'Authenticator app').getByRole('button', { name: 'Set up' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible()
  await good(page, 'the QR code')
  const secret = (await dialog.locator('code').innerText()).trim()
  await dialog.getByRole('textbox', { name: 'Code' }).fill('000000')
  await dialog.getByRole('button', { name: 'Turn it on' }).click()
  await expect(dialog.getByRole('alert')).toContainText('That code is not right')
  const code = () => totp(`otpauth://totp/x?secret=${secret}`, server.now())
  await dialog.getByRole('textbox', { name: 'Code' }).fill(code())
  await dialog.getByRole('button', { name: 'Turn it on' }).click()
  const codes = page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  const backup = (await codes.first().innerText()).trim()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(row(page, 'Authenticator app')).toContainText('On.')

  await signOut(page, server.url)
  await page.goto(`${server.url}/timeline`)
  await signInBy(page, 'owner@example.com', 'not the one at all')
  await expect(page.getByRole('alert')).toContainText('do not belong together')
  await good(page, 'a wrong password')
  await signInBy(page, 'owner@example.com', PASSWORD)
  await expect(page.getByRole('heading', { name: 'Your second step' })).toBeVisible()
  await good(page, 'the second step')
  await page.getByRole('button', { name: 'Use a backup code' }).click()
  await page.getByLabel('Backup code').fill(backup)
  await page.getByRole('button', { name: 'Go on', exact: true }).click()
  // Back where they wanted to go.
  await expect(page.getByRole('heading', { name: 'Timeline', level: 1 })).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/timeline')

  await page.goto(`${server.url}/settings/security`)
  await row(page, 'Authenticator app').getByRole('button', { name: 'Turn off' }).click()
  await page.getByRole('dialog').getByLabel('Your password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Turn it off' }).click()
  await expect(row(page, 'Authenticator app')).toContainText('Off.')
})

test('a passkey opens the account by itself, and is removed', async ({ signedIn: page, server }) => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.goto(`${server.url}/settings/security`)
  await row(page, 'Passkeys').getByRole('button', { name: 'Add a passkey' }).click()
  await expect(toast(page, 'The passkey is added')).toBeVisible()
  await expect(page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')).toHaveCount(1)
  await signOut(page, server.url)
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.waitForURL('**/accounts')
  await page.goto(`${server.url}/settings/security`)
  await page.getByRole('button', { name: /^Remove the passkey/ }).click()
  await expect(row(page, 'Passkeys')).toContainText('None.')
})

test('other browsers are listed, and signed out from here', async ({ signedIn: page, browser, server }) => {
  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(await server.signInLink())
  await other.waitForURL('**/accounts')
  await page.goto(`${server.url}/settings/security`)
  await expect(page.getByRole('heading', { name: /this browser$/ })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(toast(page, /signed out/)).toBeVisible()
  await expect(page.locator('[data-slot=own-sessions] h3')).toHaveCount(1)
  await other.reload()
  await expect(other.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible()
  await context.close()
})

test('somebody is invited, joins with a password, and sees what the role lets', async ({
  signedIn: page,
  browser,
  server,
}) => {
  const email = `ines-${Date.now()}@example.com`
  await page.goto(`${server.url}/settings/members`)
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByRole('dialog').getByLabel('E-mail').fill(email)
  await page.getByLabel('As', { exact: true }).selectOption('viewer')
  await good(page, 'an invitation, to be made')
  await page.getByRole('button', { name: 'Make the invitation' }).click()
  const made = page.getByRole('dialog', { name: `The invitation for ${email}` })
  const link = (await made.locator('code').innerText()).trim()
  await made.getByRole('button', { name: 'I have copied it' }).click()
  await expect(page.locator('[data-slot=invitations]')).toContainText(email)
  await good(page, 'Members')

  const context = await browser.newContext({ viewport: page.viewportSize() })
  const guest = await context.newPage()
  await guest.goto(link)
  await expect(guest.getByRole('heading', { name: 'Join My workspace' })).toBeVisible()
  expect(new URL(guest.url()).hash).toBe('')
  await good(guest, 'an invitation')
  await guest.getByLabel('Your name').fill('Ines')
  await guest.getByLabel('Choose a password').fill(PASSWORD)
  await guest.getByRole('button', { name: 'Join My workspace' }).click()
  await guest.waitForURL('**/accounts')
  await guest.goto(`${server.url}/settings/members`)
  await expect(guest.locator('[data-slot=member]').filter({ hasText: 'Ines' })).toContainText('Viewer')
  await expect(guest.getByRole('button', { name: 'Invite' })).toBeHidden()

  await page.reload()
  const line = page.locator('[data-slot=member]').filter({ hasText: email })
  await line.getByRole('combobox').selectOption('admin')
  await expect(toast(page, 'Ines is admin now')).toBeVisible()
  await good(page, 'Members, two of them')
  await guest.reload()
  await expect(guest.getByRole('button', { name: 'Invite' })).toBeVisible()
  await line.getByRole('button', { name: 'Put Ines out' }).click()
  await page.getByRole('button', { name: 'Put out', exact: true }).click()
  await expect(line).toBeHidden()
  await guest.reload()
  await expect(guest.getByRole('heading', { name: 'You belong to no workspace' })).toBeVisible()
  await good(guest, 'no workspace')
  await guest.goto(link)
  await expect(guest.getByRole('heading', { name: 'This invitation is over' })).toBeVisible()
  await context.close()
})
