import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { card, toast } from './support/steps.ts'

const PASSWORD = 'sandbox-password'

async function good(page: Page, what: string): Promise<void> {
  await expectFits(page, what)
  await expectAccessible(page, what)
}

async function signIn(page: Page, who: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('E-mail or phone').fill(`${who}@sandbox.example`)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('a seat of LinkedIn through Unipile: a wrong password, a wrong code, then connected', async ({
  signedIn: page,
}) => {
  await page
    .locator('[data-provider=unipile]')
    .getByRole('button', { name: /^Connect/ })
    .click()
  await expect(page.getByRole('heading', { name: 'Sign in to LinkedIn' })).toBeVisible()
  await good(page, 'the form')
  await signIn(page, 'sms', 'not this one')
  await expect(page.getByRole('alert')).toContainText('does not take this e-mail and password')
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused()
  await expect(page.getByLabel('E-mail or phone')).toHaveValue('sms@sandbox.example')
  await good(page, 'the form, refused')
  await signIn(page, 'sms')
  await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible()
  await expect(page.getByLabel('Code')).toBeFocused()
  await good(page, 'the code')
  await page.getByLabel('Code').fill('999999')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('That code is not right')
  await page.getByLabel('Code').fill('123456')
  await page.getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByRole('heading', { name: 'LinkedIn is connected' })).toBeVisible()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.waitForURL('**/accounts')
  await expect(toast(page, 'is connected')).toBeVisible()
  await expect(await card(page, 'Sam Osei')).toContainText('Connected')
})

test('a client signs in by a link, without an account, and once', async ({ signedIn: page, server, browser }) => {
  await page.goto(`${server.url}/accounts/seats`)
  await page.getByRole('button', { name: 'New link' }).click()
  await page.getByLabel('For whom').fill('Acme Bakery')
  const through = page.getByLabel('Through')
  if (await through.isVisible()) await through.selectOption('unipile')
  await page.getByRole('button', { name: 'Make the link' }).click()
  const link = await page.locator('[data-slot=copy-field] code').innerText()
  await page.getByRole('button', { name: 'I have copied it' }).click()
  await expect(page.locator('[data-slot=links]')).toContainText('Acme Bakery')

  const client = await (await browser.newContext()).newPage()
  await client.goto(link)
  await expect(client.getByRole('heading', { name: 'Connect LinkedIn for Acme Bakery' })).toBeVisible()
  await good(client, 'the page of a link')
  await client.getByRole('button', { name: 'Go on' }).click()
  await signIn(client, 'ada')
  await expect(client.getByRole('heading', { name: 'LinkedIn is connected' })).toBeVisible()
  await expect(client.getByText('You may close this page')).toBeVisible()
  await good(client, 'the end of a link')
  await client.goto(link)
  await expect(client.getByRole('heading', { name: 'This link was used' })).toBeVisible()
  await client.context().close()

  await page.reload()
  await expect(page.locator('[data-slot=seats]')).toContainText('Ada Moreau')
  await good(page, 'the seats')
})
