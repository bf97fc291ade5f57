import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { connectMara, goTo, toast } from './support/steps.ts'

test('an API key is shown once, works, and is refused after it is deleted', async ({ signedIn: page, server }) => {
  await page.goto(`${server.url}/settings/api-keys`)
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByRole('button', { name: 'Make the key' }).click()
  await expect(page.getByText('Give it a name, so that you know it again.')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('Website')
  await page.getByRole('checkbox', { name: /tokens:read/ }).check()
  await page.getByRole('button', { name: 'Make the key' }).click()

  const shown = page.getByRole('dialog', { name: 'The key for Website' })
  const key = (await shown.locator('code').innerText()).trim()
  expect(key).toMatch(/^mk_/)
  const asked = () => fetch(`${server.url}/api/v1/connections`, { headers: { authorization: `Bearer ${key}` } })
  expect((await asked()).status).toBe(200)
  // A stray press loses nothing that cannot be shown again.
  await page.keyboard.press('Escape')
  await expect(shown).toBeVisible()
  await shown.getByRole('button', { name: 'I have copied it' }).click()
  await expect(page.getByText(key)).toBeHidden()

  const line = page.getByRole('row').filter({ hasText: 'Website' })
  await expect(line.getByText('tokens:read')).toBeVisible()
  await line.getByRole('button', { name: 'Delete the key Website' }).click()
  await page.getByRole('button', { name: 'Delete the key', exact: true }).click()
  await expect(toast(page, 'The key Website is deleted')).toBeVisible()
  await expect(line).toBeHidden()
  expect((await asked()).status).toBe(401)
})

test('a key of one workspace ends by itself, and is told as ended', async ({ signedIn: page, server }) => {
  await page.goto(`${server.url}/settings/api-keys`)
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('Name', { exact: true }).fill('For a season')
  await expect(page.getByRole('checkbox', { name: /keys:write/ })).toBeVisible()
  await page.getByLabel('For', { exact: true }).selectOption('workspace')
  // What is the whole server's cannot be given away with one workspace.
  await expect(page.getByRole('checkbox', { name: /keys:write/ })).toBeHidden()
  await page.getByLabel('Ends', { exact: true }).selectOption('30')
  await page.getByRole('button', { name: 'Make the key' }).click()
  const shown = page.getByRole('dialog', { name: 'The key for For a season' })
  const key = (await shown.locator('code').innerText()).trim()
  expect(key).toMatch(/^mk_test_[0-9A-Za-z]{39}$/)
  await shown.getByRole('button', { name: 'I have copied it' }).click()
  const line = page.getByRole('row').filter({ hasText: 'For a season' })
  await expect(line).toContainText('One workspace')
  await expect(line).toContainText('in 30 days')
  await page.clock.setFixedTime(Date.now() + 31 * 86_400_000)
  await page.reload()
  await expect(line).toContainText('Ended')
})

test('the facts of this server', async ({ signedIn: page, server }) => {
  await goTo(page, 'Settings')
  await page.waitForURL('**/settings/profile')
  await page.getByRole('link', { name: 'This server' }).click()
  await expect(page.getByText(server.url)).toBeVisible()
  await expect(page.getByText(server.dataDir)).toBeVisible()
  await expect(page).toHaveTitle('This server · Mooring')
})

test('a business profile is written, and a website that is none is told at its field', async ({
  signedIn: page,
  server,
}) => {
  await page.goto(`${server.url}/settings/profile`)
  const card = page.locator('[data-slot=profile]')
  await card.getByRole('button', { name: 'Change' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Website').fill('javascript:alert(1)')
  await dialog.getByLabel('Ideal customer').fill('Founders of small software companies')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('That is no address of a website.')).toBeVisible()
  await expectAccessible(page, 'a wrong website')
  await dialog.getByLabel('Website').fill('harbour.example')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(toast(page, 'The business profile is saved')).toBeVisible()
  await expect(card.getByRole('link')).toHaveAttribute('href', 'https://harbour.example')
  await expect(card).toContainText('Founders of small software companies')
  await expectFits(page, 'Business profile')
  await expectAccessible(page, 'Business profile')
})

test('letters are chosen, and stay chosen', async ({ signedIn: page, server }) => {
  await page.goto(`${server.url}/settings/notifications`)
  const box = page.getByRole('checkbox', { name: /^Somebody disconnected an account/ })
  await expect(page.getByRole('checkbox', { name: /^A connection needs somebody/ })).toBeChecked()
  const before = await box.isChecked()
  await box.click()
  await expect(box).toBeChecked({ checked: !before })
  await expect(box).toBeEnabled()
  await page.reload()
  await expect(box).toBeChecked({ checked: !before })
  await expectFits(page, 'Notifications')
  await expectAccessible(page, 'Notifications')
})

test('dates are shown in the zone and language of the reader', async ({ signedIn: page, server }) => {
  await page.goto(`${server.url}/settings/preferences`)
  const example = page.locator('[data-slot=date-example]')
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await expect(toast(page, 'Saved')).toBeVisible()
  await page.getByLabel('Language of dates').selectOption('it-IT')
  const expected = new Intl.DateTimeFormat('it-IT', {
    timeZone: 'Asia/Tokyo',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  // The server's clock may be ahead, the page's is the browser's.
  await expect(example).toContainText(expected.format(Date.now()))
  await page.reload()
  await expect(page.getByLabel('Time zone')).toHaveValue('Asia/Tokyo')
  await expectFits(page, 'Preferences')
  await expectAccessible(page, 'Preferences')
  await page.getByLabel('Time zone').selectOption('browser')
  await page.getByLabel('Language of dates').selectOption('en-GB')
  await expect(page.getByLabel('Language of dates')).toHaveValue('en-GB')
})

test('accounts stand under Settings, too', async ({ signedIn: page, server }) => {
  await page.goto(`${server.url}/settings/accounts`)
  await expect(page.getByText('No accounts yet.')).toBeVisible()
  await page.goto(`${server.url}/accounts`)
  await connectMara(page)
  await page.goto(`${server.url}/settings/accounts`)
  await expect(page.locator('[data-slot=connection-list]')).toContainText('LinkedIn')
  await expectFits(page, 'Accounts, under Settings')
  await expectAccessible(page, 'Accounts, under Settings')
})

test('a chosen theme wins over the system’s and stays', async ({ signedIn: page }) => {
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
  expect(await scheme()).toBe('light dark')
  const theme = page.getByRole('button', { name: /^Theme/ }).filter({ visible: true })
  await theme.click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  expect(await scheme()).toBe('dark')
  await page.reload()
  await expect(theme).toBeVisible()
  expect(await scheme()).toBe('dark')
  await theme.click()
  await page.getByRole('menuitemradio', { name: 'As the system' }).click()
  expect(await scheme()).toBe('light dark')
})

test('signing out ends it', async ({ signedIn: page, server }) => {
  await page.goto(`${server.url}/settings/security`)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible()
  await page.goto(`${server.url}/accounts`)
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible()
})
