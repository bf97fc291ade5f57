/** A second workspace: made, switched to, kept apart, renamed, taken along, erased. */
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { connectMara, toast } from './support/steps.ts'

const good = async (page: Page, what: string) => {
  await expectFits(page, what)
  await expectAccessible(page, what)
}
const menu = (page: Page) => page.getByRole('button', { name: /switch workspace$/ }).filter({ visible: true })

test('a workspace of its own shows nothing of another, and goes without a trace', async ({
  signedIn: page,
  server,
}) => {
  await connectMara(page)
  const name = `Harbour ${Date.now()}`
  await menu(page).click()
  await page.getByRole('menuitem', { name: 'New workspace…' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill(name)
  await good(page, 'a new workspace')
  await page.getByRole('button', { name: 'Make the workspace' }).click()
  // Its owner is greeted with the first steps, and need not take them.
  await page.getByRole('button', { name: 'Leave for now, to your accounts' }).click()
  await expect(menu(page)).toContainText(/Harbour|H/)
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible()

  await page.goto(`${server.url}/settings/profile`)
  const card = page.locator('[data-slot=workspace-card]')
  await card.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill(`${name} Ltd`)
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
  await expect(toast(page, 'The workspace is called')).toBeVisible()
  await expect(card).toContainText(`${name} Ltd`)

  const download = page.waitForEvent('download')
  await card.getByRole('button', { name: 'Export' }).click()
  expect((await download).suggestedFilename()).toContain('.ndjson')

  // There and back again: each has its own accounts.
  await menu(page).click()
  await good(page, 'the menu of workspaces')
  await page.getByRole('menuitemradio', { name: 'My workspace' }).click()
  await expect(page.locator('[data-connection]').first()).toBeVisible()
  await menu(page).click()
  await page.getByRole('menuitemradio', { name: `${name} Ltd` }).click()
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible()

  await page.goto(`${server.url}/settings/profile`)
  await card.getByRole('button', { name: 'Erase…' }).click()
  await page.getByLabel(/^Type Harbour/).fill(`${name} Ltd`)
  await good(page, 'erasing a workspace')
  await page.getByRole('button', { name: 'Erase for good' }).click()
  await expect(page.getByRole('dialog')).toContainText('0 are left')
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect(page.locator('[data-connection]').first()).toBeVisible()
  await menu(page).click()
  await expect(page.getByRole('menuitemradio')).toHaveCount(1)
})
