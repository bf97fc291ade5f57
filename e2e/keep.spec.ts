import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { CONNECTION_PAGE, card, connectMara, consent, follow, fromMenu, toast } from './support/steps.ts'

const revoke = { linkedin: { revokeGrant: { registration: 'linkedin', member: 'mara' } } }

/** What a person sees who tests a connection that LinkedIn ended. */
async function endedAtPlatform(page: Page) {
  await fromMenu(page, 'Mara Lindqvist', 'Test')
  const mara = await card(page, 'Mara Lindqvist')
  await expect(mara).toContainText('Needs reconnect')
  return mara
}

test('a test asks the platform and says what it answered', async ({ signedIn: page }) => {
  await connectMara(page)
  await (await card(page, 'Mara Lindqvist')).getByRole('button', { name: 'Test', exact: true }).click()
  await expect(toast(page, 'LinkedIn answered')).toContainText('Mara Lindqvist is connected.')
  await expect(await card(page, 'Mara Lindqvist')).toContainText('Tested just now')
})

test('an outage is nobody’s reconnect, and passes by itself', async ({ signedIn: page, server }) => {
  await connectMara(page)
  await server.control({ outage: true })
  await fromMenu(page, 'Mara Lindqvist', 'Test')
  const failed = page.locator('[data-slot=toast][data-tone=bad]')
  await expect(failed).toBeVisible()
  await expect(page.getByText('Needs reconnect')).toBeHidden()
  await failed.getByRole('button', { name: 'Close' }).click()
  await expect(failed).toBeHidden()
  await server.control({ outage: false })
  await fromMenu(page, 'Mara Lindqvist', 'Test')
  await expect(toast(page, 'LinkedIn answered')).toBeVisible()
})

test('what LinkedIn ended is reconnected by the same person', async ({ signedIn: page, server }) => {
  await connectMara(page)
  await server.control(revoke)
  const mara = await endedAtPlatform(page)
  await expect(page.getByText('1 needs you.')).toBeVisible()
  await mara.getByRole('button', { name: 'Reconnect' }).click()
  await consent(page, 'Mara Lindqvist', 'Allow')
  await expect(toast(page, 'LinkedIn is connected')).toBeVisible()
  await expect(await card(page, 'Mara Lindqvist')).toContainText('Connected')
  // The accounts that were chosen stay chosen.
  await expect(page.getByText('1 connection, 3 accounts.')).toBeVisible()
})

test('somebody else’s account is refused, never swapped in', async ({ signedIn: page, server }) => {
  await connectMara(page)
  await server.control(revoke)
  const mara = await endedAtPlatform(page)
  await mara.getByRole('button', { name: 'Reconnect' }).click()
  await consent(page, 'Tomas Brandl', 'Allow')
  await expect(toast(page, 'That is another LinkedIn account')).toContainText('Sign in there as Mara Lindqvist.')
  await expect(await card(page, 'Mara Lindqvist')).toContainText('Needs reconnect')
  await expect(page.getByText('Tomas Brandl')).toBeHidden()
})

test('what happened is told, newest first, with what an operator needs', async ({ signedIn: page, server }) => {
  await connectMara(page)
  await server.control(revoke)
  await endedAtPlatform(page)
  await fromMenu(page, 'Mara Lindqvist', 'What happened')
  await page.waitForURL(CONNECTION_PAGE)
  await expect(page.getByRole('region', { name: 'For the operator' })).toContainText('reauthorize')
  const events = page.locator('[data-slot=history]').getByRole('listitem')
  // Whoever connects again keeps her history, so what tests before this one left may fill the rest of the page.
  await expect(events.first()).toHaveAttribute('data-event', 'connection.reauthorize')
  await expect(events.filter({ hasText: 'Connected LinkedIn as Mara Lindqvist.' }).first()).toBeVisible()
  const nav = page.getByRole('navigation', { name: 'Main' })
  await nav.getByRole('link', { name: 'Accounts' }).filter({ visible: true }).click()
  await page.waitForURL('**/accounts')
})

test('a refresh by hand', async ({ signedIn: page }) => {
  await connectMara(page)
  await fromMenu(page, 'Mara Lindqvist', 'Refresh now')
  await expect(toast(page, 'LinkedIn is refreshed')).toBeVisible()
})

test('disconnecting names what is lost, and says whether LinkedIn was told', async ({ signedIn: page, server }) => {
  await connectMara(page)
  await fromMenu(page, 'Mara Lindqvist', 'Disconnect…')
  const dialog = page.getByRole('dialog', { name: 'Disconnect LinkedIn?' })
  await expect(dialog).toContainText('3 accounts will be gone from here:')
  await expect(dialog).toContainText('Northwind Studio')
  await expect(dialog).toContainText('The history is kept')
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await expect(dialog).toBeHidden()

  await fromMenu(page, 'Mara Lindqvist', 'Disconnect…')
  await dialog.getByRole('button', { name: 'Disconnect', exact: true }).click()
  await expect(toast(page, 'LinkedIn is disconnected')).toContainText('LinkedIn was told')
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible()
  const { body } = await server.api('GET', '/connections?limit=200')
  expect((body as { data: { state: string }[] }).data.every((one) => one.state === 'disconnected')).toBe(true)

  await page.getByText(/disconnected connection/).click()
  // Others may have been disconnected on this server before.
  const hers = page.locator('[data-slot=disconnected] li').filter({ hasText: /LinkedIn.*Mara Lindqvist/ })
  await follow(page, hers.getByRole('link', { name: 'What happened' }), CONNECTION_PAGE)
  await expect(page.locator('[data-slot=history]')).toContainText('Connected LinkedIn as Mara Lindqvist.')
  await expect(page.getByText('Disconnected. Its history is kept.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Connect again' })).toBeVisible()
})

test('who was disconnected starts without accounts, and is asked anew', async ({ signedIn: page }) => {
  await connectMara(page)
  await fromMenu(page, 'Mara Lindqvist', 'Disconnect…')
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible()
  await connectMara(page, ['Acme Bakery'])
  await expect(page.getByText('1 connection, 1 account.')).toBeVisible()
})

test('the server that does not answer loses nothing, and is asked again', async ({ signedIn: page }) => {
  await connectMara(page)
  await page.route('**/api/v1/connections*', (route) => route.abort())
  await page.reload()
  await expect(page.getByRole('heading', { name: 'The server did not answer' })).toBeVisible()
  await page.unroute('**/api/v1/connections*')
  await expect(page.locator('[data-connection]')).toBeVisible({ timeout: 15_000 })
})
