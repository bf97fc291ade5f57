/** A workspace brings an app of its own: entered, tested, connected by, its secret replaced, removed. */
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { toast } from './support/steps.ts'

/** What the sandbox's portal shows of its app. */
const APP = { clientId: 'sandbox-linkedin', clientSecret: 'SANDBOX.linkedin/not+a/real+secret==' }
const good = async (page: Page, what: string) => {
  await expectFits(page, what)
  await expectAccessible(page, what)
}
const found = (page: Page, what: string) => page.locator(`[data-check=${what}]`)

test('an app is entered, told what is wrong, and connected by', async ({ signedIn: page, server }) => {
  await page.goto(`${server.url}/settings/accounts`)
  const card = page.locator('[data-slot=own-apps]')
  await expect(card).toContainText('None.')
  await good(page, 'no own apps')
  await card.getByRole('button', { name: 'Enter an app' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Client id').fill(APP.clientId)
  await dialog.getByLabel('Client secret').fill('not the secret')
  await dialog.getByRole('button', { name: 'Enter it' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await dialog.getByLabel('Client secret').fill('not-the-secret')
  await good(page, 'entering an app')
  await dialog.getByRole('button', { name: 'Enter it' }).click()
  await expect(page.getByRole('heading', { name: 'One thing is left, at the platform' })).toBeVisible()
  const redirectUri = (await dialog.locator('code').first().innerText()).trim()
  expect(redirectUri).toMatch(/\/callback\/linkedin-[a-z2-7]{12}$/)
  await good(page, 'an app, entered')
  await dialog.getByRole('button', { name: 'Done' }).click()

  const app = page.locator('[data-slot=own-app]')
  await app.getByRole('button', { name: 'Test' }).click()
  await expect(found(page, 'client')).toContainText('does not take this client id and secret')
  await expect(found(page, 'client')).toHaveAttribute('data-outcome', 'wrong')
  await expect(found(page, 'redirect')).toHaveAttribute('data-outcome', 'unknown')
  await good(page, 'a test that found something')

  await app.getByRole('button', { name: /^Change the app/ }).click()
  await dialog.getByLabel('Client secret').fill(APP.clientSecret)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'The app is saved')).toBeVisible()
  await app.getByRole('button', { name: 'Test' }).click()
  await expect(found(page, 'client')).toHaveAttribute('data-outcome', 'ok')

  // At the portal the address is registered; then somebody connects by it.
  const redirectUris = [`${server.url}/callback/linkedin`, redirectUri]
  await server.control({ linkedin: { app: { registration: 'linkedin', redirectUris } } })
  await page.goto(`${server.url}/accounts`)
  // The card takes the workspace's own app before the server's.
  await page
    .getByRole('button', { name: /^Connect/ })
    .filter({ visible: true })
    .first()
    .click()
  await page.getByRole('button', { name: /^Allow/ }).click()
  await page.waitForURL(`${server.url}/**`)
  await page.goto(`${server.url}/settings/accounts`)
  await expect(app).toContainText('1 connection')
  await app.getByRole('button', { name: 'Test' }).click()
  for (const what of ['client', 'redirect', 'scopes'])
    await expect(found(page, what)).toHaveAttribute('data-outcome', 'ok')

  // Something rests on its client id: that stays, and its secret can be replaced.
  await app.getByRole('button', { name: /^Change the app/ }).click()
  await expect(dialog.getByLabel('Client id')).toHaveAttribute('readonly', '')
  await expect(dialog).toContainText('Connections rest on it. Enter another one as an app of its own.')
  await good(page, 'changing an app that something rests on')
  await dialog.getByLabel('Client secret').fill(APP.clientSecret)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'The app is saved')).toBeVisible()

  // Something rests on it: it stays until that is ended.
  await app.getByRole('button', { name: /^Remove the app/ }).click()
  await expect(dialog.getByRole('button', { name: 'Remove it' })).toHaveAttribute('aria-disabled', 'true')
  await good(page, 'an app that something rests on')
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  const { body } = await server.api('GET', '/connections')
  for (const { id } of (body as { data: { id: string }[] }).data) await server.api('DELETE', `/connections/${id}`)
  await page.reload()
  await app.getByRole('button', { name: /^Remove the app/ }).click()
  await dialog.getByRole('button', { name: 'Remove it' }).click()
  await expect(toast(page, 'The app is removed')).toBeVisible()
  await expect(card).toContainText('None.')
})
