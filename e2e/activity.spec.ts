/** What was done is there to read, to filter and to take along; who may not read it does not see that it is there. */
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { card, connectMara, goTo, toast } from './support/steps.ts'

const good = async (page: Page, what: string) => {
  await expectFits(page, what)
  await expectAccessible(page, what)
}

test('a test of a connection stands in the activity, and leads to it', async ({ signedIn: page }) => {
  await connectMara(page)
  await (await card(page, 'Mara Lindqvist')).getByRole('button', { name: 'Test', exact: true }).click()
  await expect(toast(page, /works|answered/i).first()).toBeVisible()
  await goTo(page, 'Activity')
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible()
  const tested = page.locator('[data-entry="connection.tested"]').first()
  await expect(tested).toContainText('Owner tested a connection')
  await good(page, 'Activity')
  await page.getByLabel('What was done').selectOption('session.link')
  await expect(page.locator('[data-entry="session.link"]').first()).toBeVisible()
  await expect(tested).toBeHidden()
  await page.getByLabel('How it ended').selectOption('refused')
  await expect(page.getByText('Nothing of that kind happened here yet.')).toBeVisible()
  await good(page, 'Activity, with nothing to show')
  await page.getByLabel('What was done').selectOption('connection.tested')
  await page.getByLabel('How it ended').selectOption('all')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  expect((await download).suggestedFilename()).toBe('activity.csv')
  // All that was done to one thing, by the name that it had.
  await tested.getByRole('button', { name: 'All about this connection' }).click()
  await page.getByLabel('What was done').selectOption('all')
  const only = page.getByRole('button', { name: /^Only this connection/ })
  await expect(only).toBeVisible()
  await expect(page.locator('[data-entry="session.link"]')).toHaveCount(0)
  await good(page, 'Activity, of one connection')
  await only.click()
  await expect(page.locator('[data-entry="session.link"]').first()).toBeVisible()
  await tested.getByRole('link', { name: 'Look at it' }).click()
  await expect(page.getByText('as Mara Lindqvist').first()).toBeVisible()
})

test('a server that does not answer is asked again', async ({ signedIn: page, server }) => {
  await page.route('**/api/v1/audit?*', (route) => route.abort())
  await page.route('**/api/v1/audit', (route) => route.abort())
  await page.goto(`${server.url}/activity`)
  await expect(page.getByText('The server did not answer')).toBeVisible()
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(page.locator('[data-slot=activity] li').first()).toBeVisible()
})
