import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { consent, leaveForPlatform, row } from './support/steps.ts'

const pick = async (page: Page, member: string) => {
  await leaveForPlatform(page)
  await consent(page, member, 'Allow')
  await page.waitForURL('**/connect/*/accounts')
}

test.beforeEach(async ({ signedIn: page, server }, { title }) => {
  if (title.includes('500')) await server.control({ linkedin: { pages: { member: 'mara', count: 500 } } })
  if (!title.includes('Facebook')) await pick(page, title.includes('500') ? 'Mara Lindqvist' : 'Priya Raman')
})

test('with the keyboard alone: search, arrows, space, a range with shift, all', async ({ page }) => {
  const boxes = page.getByRole('group', { name: 'Accounts' }).getByRole('checkbox')
  const chosen = boxes.and(page.locator(':checked:not([aria-disabled=true])'))
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

const status = (page: Page) => page.getByRole('status', { name: 'Part of the list' })
const boxes = (page: Page) => page.getByRole('group', { name: 'Accounts' }).getByRole('checkbox')
const good = async (page: Page, what: string) => {
  await expectFits(page, what)
  await expectAccessible(page, what)
}

test('500 pages: a page at a time, all on it, all that are found, all there are', async ({ page }) => {
  await expect(status(page)).toHaveText('1 to 50 of 502')
  await expect(boxes(page)).toHaveCount(50)
  await good(page, 'the picker with 500')

  await page.getByRole('checkbox', { name: 'Select this page' }).click()
  await expect(page.getByRole('button', { name: 'Connect 50 accounts' })).toBeVisible()
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(status(page)).toHaveText('51 to 100 of 502')
  await expect(boxes(page).first()).toBeInViewport()
  await expect(boxes(page).and(page.locator(':checked'))).toHaveCount(0)
  await good(page, 'the second page of 500')

  await page.getByRole('searchbox').fill('lodz')
  await expect(page.getByRole('checkbox', { name: /^Select the \d+ found$/ })).toBeVisible()
  await expect(status(page)).toBeHidden()
  const [found, already] = [await boxes(page).count(), await boxes(page).and(page.locator(':checked')).count()]
  expect(found).toBe(20)
  // Every 25th of the agency's is not to be posted on.
  const usable = await boxes(page).and(page.locator('[aria-disabled=false]')).count()
  await page.getByRole('checkbox', { name: `Select the ${usable} found` }).click()
  const chosen = 50 + usable - already
  await expect(page.getByRole('button', { name: `Connect ${chosen} accounts` })).toBeVisible()
  await good(page, 'found among 500')

  await page.getByRole('searchbox').fill('')
  await page.getByRole('button', { name: 'Show chosen' }).click()
  await expect(status(page)).toHaveText(`1 to 50 of ${chosen} chosen`)
  await page.getByRole('button', { name: 'Show all' }).click()

  await page.getByRole('button', { name: /^Select all \d+ you can use$/ }).click()
  const connect = page.getByRole('button', { name: /^Connect 48\d accounts$/ })
  await expect(connect).toBeVisible()
  await good(page, '500 chosen')
  await connect.click()
  await page.waitForURL('**/accounts')
  await expect(page.getByText(/^1 connection, 48\d accounts\./)).toBeVisible()
})

test('500 pages with the keyboard alone: over the pages, a range, letters', async ({ page }) => {
  await page.getByRole('searchbox').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await expect(boxes(page).last()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(status(page)).toHaveText('51 to 100 of 502')
  await expect(boxes(page).first()).toBeFocused()
  await page.keyboard.press('Shift+ArrowUp')
  await expect(status(page)).toHaveText('1 to 50 of 502')
  await expect(boxes(page).last()).toBeFocused()
  await expect(page.getByRole('button', { name: 'Connect 2 accounts' })).toBeVisible()

  // From here a range to a row two pages on.
  await page.keyboard.press('PageDown')
  await page.keyboard.press('PageDown')
  await expect(status(page)).toHaveText('101 to 150 of 502')
  await page.keyboard.press('Shift+Space')
  await expect(page.getByRole('button', { name: 'Connect 52 accounts' })).toBeVisible()

  await page.keyboard.type('lisbon')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await expect(page.getByRole('searchbox')).toHaveValue('lisbon')
  await expect(boxes(page)).toHaveCount(20)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('searchbox')).toHaveValue('')
  await expect(page.getByRole('button', { name: 'Connect 52 accounts' })).toBeVisible()
})

test('of 500 the taken ones are dimmed, can be reached, and say who has them', async ({ page, server }) => {
  await page.getByRole('searchbox').fill('bakery')
  await page.getByRole('checkbox', { name: /^Select the \d+ found$/ }).click()
  await page.getByRole('button', { name: /^Connect \d+ accounts$/ }).click()
  await page.waitForURL('**/accounts')
  // A colleague with roles on the same pages.
  await server.control({ linkedin: { pages: { member: 'tomas', count: 500 }, signOut: true } })
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Connect LinkedIn', exact: true }).filter({ visible: true }).click()
  await consent(page, 'Tomas Brandl', 'Allow')
  await page.waitForURL('**/connect/*/accounts')
  await page.getByRole('searchbox').fill('bakery aarhus')
  const taken = page.getByRole('checkbox', { name: 'Bakery Aarhus' })
  await expect(taken).toBeChecked()
  await expect(taken).toHaveAttribute('aria-disabled', 'true')
  await expect(taken).toHaveAccessibleDescription(/^Already connected on .* by Owner, as Mara Lindqvist\.$/)
  await page.getByRole('searchbox').press('ArrowDown')
  await expect(taken).toBeFocused()
  await page.keyboard.press('Space')
  await expect(taken).toBeChecked()
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toHaveAttribute('aria-disabled', 'true')
  await good(page, 'taken ones')
})

test('pictures of Facebook Pages come through Mooring when they are in sight, and from nowhere else', async ({
  page,
  server,
}) => {
  const ofConsole: URL[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    // What the page of the platform shows is the platform's own.
    const byConsole = request.frame().url().startsWith(server.url) && !request.isNavigationRequest()
    if (byConsole) ofConsole.push(url)
  })
  const pictures = () => ofConsole.filter((url) => url.pathname.startsWith('/api/v1/pictures/'))
  await page.getByRole('button', { name: 'Connect Facebook', exact: true }).click()
  await expect(page.getByText('This is not Facebook')).toBeVisible()
  await page.getByRole('combobox').selectOption('priya')
  await page.getByRole('button', { name: 'Switch account' }).click()
  await expect(page.getByText(/(Continue|Signed in) as Priya Raman/)).toBeVisible()
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await page.waitForURL('**/connect/*/accounts')
  await expect(status(page)).toHaveText(/^1 to 50 of 5\d\d$/)

  const shown = page.locator('[data-slot=picker-row] [data-slot=avatar][data-state=there] img')
  await expect(shown.first()).toBeVisible()
  expect(await shown.first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(96)
  for (const image of await page.locator('[data-slot=picker-row] img').all()) {
    await expect(image).toHaveAttribute('loading', 'lazy')
    await expect(image).toHaveAttribute('width', '32')
    await expect(image).toHaveAttribute('height', '32')
  }
  // Of 500 no more than the page that is drawn were asked for.
  expect(new Set(pictures().map(String)).size).toBeLessThanOrEqual(50)
  await good(page, 'the picker with pictures')

  // A picture that its platform has no more gives way to letters.
  await page.route('**/api/v1/pictures/**', (route) => route.fulfill({ status: 404 }))
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(page.locator('[data-slot=picker-row]').first().locator('img')).toHaveCount(0)
  await expect(page.locator('[data-slot=picker-row]').first().locator('[data-slot=initials]')).toBeVisible()
  await page.unroute('**/api/v1/pictures/**')

  await page.getByRole('checkbox', { name: 'Select this page' }).click()
  await page.getByRole('button', { name: /^Connect \d+ accounts$/ }).click()
  await page.waitForURL('**/accounts')
  await expect(page.getByText(/^1 connection, \d+ accounts\./)).toBeVisible()
  expect(pictures().length).toBeGreaterThan(0)
  expect(new Set(ofConsole.map((url) => url.origin))).toEqual(new Set([server.url]))
})

test('an empty list is told, and a lost server is told, too', async ({ page }) => {
  const flow = page.url()
  await page.route('**/api/v1/flows/**', (route) => route.fulfill({ status: 503, body: 'away' }))
  await page.goto(flow)
  await expect(page.getByRole('button', { name: 'Try now' })).toBeVisible()
  await good(page, 'the picker without a server')
  await page.unroute('**/api/v1/flows/**')
  await page.route('**/api/v1/flows/*', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), candidates: [] } })
  })
  await page.goto(flow)
  await expect(page.getByText('LinkedIn shows no pages for you.')).toBeVisible()
  await expect(page.getByText('There is nothing here that you can choose.')).toBeVisible()
  await good(page, 'the picker without anything')
})
