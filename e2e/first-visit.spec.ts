import { expect, expectAccessible, test } from './support/fixtures.ts'

test('the printed link makes the owner and opens a ready workspace', async ({ page, server }) => {
  await page.goto(await server.signInLink())
  await page.waitForURL('**/accounts')
  expect(new URL(page.url()).hash).toBe('')
  await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Connect LinkedIn' })).toBeVisible()
  await expect(page).toHaveTitle('Accounts · Mooring')
  await expectAccessible(page, 'the first visit')
})

test('a link works once', async ({ page, browser, server }) => {
  const link = await server.signInLink()
  await page.goto(link)
  await page.waitForURL('**/accounts')
  const context = await browser.newContext()
  const second = await context.newPage()
  await second.goto(link)
  await expect(second.getByRole('heading', { name: 'That link did not work' })).toBeVisible()
  // It is out of the address bar all the same.
  expect(new URL(second.url()).hash).toBe('')
  await expect(second.getByText('npx mooring sign-in-link', { exact: true })).toBeVisible()
  await context.close()
})

test('whoever is not signed in reads how to get in, wherever they go', async ({ page, server }) => {
  for (const path of ['/', '/accounts', '/settings/security', '/setup']) {
    await page.goto(server.url + path)
    await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible()
    await expect(page.getByText('Open the sign-in link that the terminal printed.')).toBeVisible()
  }
  await expectAccessible(page, 'the signed-out page')
})

test('the bare address leads to Accounts, an unknown one says so', async ({ signedIn: page, server }) => {
  await page.goto(server.url)
  await page.waitForURL('**/accounts')
  await page.goto(`${server.url}/nowhere`)
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  await page.getByRole('link', { name: 'To your accounts' }).click()
  await page.waitForURL('**/accounts')
})

test('what is simulated says so, and what that means', async ({ signedIn: page }) => {
  await page
    .getByRole('button', { name: /^Simulated/ })
    .filter({ visible: true })
    .click()
  await expect(page.getByText('The sandbox on this machine plays every platform')).toBeVisible()
})
