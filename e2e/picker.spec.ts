import { expect, test } from './support/fixtures.ts'
import { consent, leaveForPlatform, row } from './support/steps.ts'

test.beforeEach(async ({ signedIn: page }) => {
  await leaveForPlatform(page)
  await consent(page, 'Priya Raman', 'Allow')
  await page.waitForURL('**/connect/*/accounts')
})

test('with the keyboard alone: search, arrows, space, a range with shift, all', async ({ page }) => {
  const boxes = page.getByRole('group', { name: 'Accounts' }).getByRole('checkbox')
  const chosen = boxes.and(page.locator(':checked:enabled'))
  await page.getByRole('searchbox').focus()
  await page.keyboard.press('ArrowDown')
  await expect(boxes.first()).toBeFocused()
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: 'Connect 1 account' })).toBeVisible()
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+Space')
  await expect(page.getByRole('button', { name: 'Connect 5 accounts' })).toBeVisible()
  await page.keyboard.press('End')
  await page.keyboard.press('Home')
  await expect(boxes.first()).toBeFocused()
  expect(await chosen.count()).toBe(5)

  const all = page.getByRole('checkbox', { name: /^Select all \d+ you can use$/ })
  expect(await all.evaluate((box: HTMLInputElement) => box.indeterminate)).toBe(true)
  await all.press('Space')
  await expect(all).toBeChecked()
  await all.press('Space')
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByText('Choose at least one account.')).toBeVisible()
})

test('a click with shift takes the rows between, also in what the search left', async ({ page }) => {
  const rows = page.locator('[data-slot=picker-row][data-off=false]')
  await rows.nth(1).click()
  await rows.nth(6).click({ modifiers: ['Shift'] })
  await expect(page.getByRole('button', { name: 'Connect 6 accounts' })).toBeVisible()
  await rows.nth(3).click()
  await expect(page.getByRole('button', { name: 'Connect 5 accounts' })).toBeVisible()

  await page.getByRole('searchbox').fill('there is no such page')
  await expect(page.getByText('Nothing found for “there is no such page”.')).toBeVisible()
  await page.getByRole('searchbox').fill('')
  await expect(page.getByRole('button', { name: 'Connect 5 accounts' })).toBeVisible()
})

test('leaving keeps the connection and asks for the choice on its card', async ({ page }) => {
  await page.getByRole('button', { name: 'Cancel and go to your accounts' }).filter({ visible: true }).click()
  await page.waitForURL('**/accounts')
  await expect(page.getByText('No accounts chosen.')).toBeVisible()
  await page.getByRole('button', { name: 'Choose accounts' }).click()
  await row(page, 'Priya Raman').click()
  await page.getByRole('button', { name: 'Connect 1 account' }).click()
  await expect(page.getByText('1 connection, 1 account.')).toBeVisible()
})

test('the list can be loaded anew', async ({ page }) => {
  await row(page, 'Priya Raman').click()
  const again = page.getByRole('button', { name: 'Load the list again' }).filter({ visible: true })
  const answer = page.waitForResponse((response) => response.url().endsWith('/candidates'))
  await again.click()
  expect((await answer).status()).toBe(200)
  // What was chosen stays chosen.
  await expect(page.getByRole('button', { name: 'Connect 1 account' })).toBeVisible()
})
