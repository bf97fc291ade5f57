import { expect, expectFits, test } from './support/fixtures.ts'
import { card, choose, connectMara, consent, leaveForPlatform, MARA, row, toast } from './support/steps.ts'

test('allow, choose a person and two organizations, and they are there', async ({ signedIn: page, isMobile }) => {
  await leaveForPlatform(page)
  await consent(page, 'Mara Lindqvist', 'Allow')
  await page.waitForURL('**/connect/*/accounts')
  await expect(page.getByText('LinkedIn said yes for Mara Lindqvist. Pick any number of accounts.')).toBeVisible()
  // On a phone the focus would bring the keyboard up, over the very list.
  if (!isMobile) await expect(page.getByRole('searchbox')).toBeFocused()
  await expectFits(page, 'the picker')
  await choose(page, MARA)

  const done = toast(page, 'LinkedIn is connected')
  await expect(done).toContainText('3 accounts added.')
  const mara = await card(page, 'Mara Lindqvist')
  for (const name of MARA) await expect(mara.getByRole('list', { name: 'Accounts' })).toContainText(name)
  await expect(mara).toContainText('Connected')
  await expect(mara).toContainText(/Access until \d+ \w+ \d{4}, in \d+ days/)
  await expect(mara).toContainText(/Renews itself until \d+ \w+ \d{4}, in \d+ days/)
  await expect(page.getByText('1 connection, 3 accounts.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Expiry forecast' })).toBeVisible()
  // Success goes by itself.
  await expect(done).toBeHidden({ timeout: 10_000 })
})

test('a single possible account is taken without asking', async ({ signedIn: page }) => {
  await leaveForPlatform(page)
  await consent(page, 'Ines Okafor', 'Allow')
  await expect(toast(page, 'LinkedIn is connected')).toContainText('You are there as Ines Okafor.')
  await expect(await card(page, 'Ines Okafor')).toContainText('Person')
})

test('no at the consent changes nothing, says so, and starts again from there', async ({ signedIn: page }) => {
  await leaveForPlatform(page)
  await consent(page, 'Mara Lindqvist', 'Cancel')
  const no = toast(page, 'You said no on LinkedIn')
  await expect(no).toContainText('Nothing was changed.')
  await no.getByText('What happened').click()
  await expect(no).toContainText('access_denied')
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible()
  // A failure stays until somebody closes it, or does something about it.
  await page.waitForTimeout(6000)
  await no.getByRole('button', { name: 'Try again' }).click()
  await consent(page, 'Mara Lindqvist', 'Allow')
  await page.waitForURL('**/connect/*/accounts')
})

test('a permission that the app was not given is the operator’s matter, and named', async ({
  signedIn: page,
  server,
}) => {
  await server.control({ linkedin: { app: { registration: 'linkedin', scopes: ['openid', 'profile'] } } })
  await page.getByRole('button', { name: 'Connect LinkedIn', exact: true }).click()
  const refused = toast(page, 'What happened')
  await refused.getByText('What happened').click()
  await expect(refused).toContainText('scope_not_granted')
  await refused.getByRole('button', { name: 'Close' }).click()
  await expect(refused).toBeHidden()
})

test('over ten minutes at the platform is too late', async ({ signedIn: page, server }) => {
  await leaveForPlatform(page)
  await server.advance(11 * 60_000)
  await consent(page, 'Mara Lindqvist', 'Allow')
  await expect(toast(page, 'That took over 10 minutes')).toContainText('Please start again.')
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible()
})

test('connecting what is connected refreshes it and says so', async ({ signedIn: page }) => {
  await connectMara(page)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Connect LinkedIn', exact: true })
    .filter({ visible: true })
    .click()
  // The platform knows this consent and sends the browser straight back.
  await expect(toast(page, 'Already connected')).toContainText('We refreshed it.')
  await expect(page.getByText('1 connection, 3 accounts.')).toBeVisible()
})

test('what was left out can be added later, and taken off', async ({ signedIn: page }) => {
  await connectMara(page, ['Mara Lindqvist', 'Northwind Studio'])
  await (await card(page, 'Mara Lindqvist')).getByRole('button', { name: 'Add accounts' }).click()
  await expect(page.getByRole('button', { name: 'Save' })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByText('Nothing changed yet.')).toBeVisible()
  await row(page, 'Acme Bakery').click()
  await page.getByRole('button', { name: 'Add 1 account' }).click()
  await expect(toast(page, '1 account added')).toBeVisible()
  await expect(page.getByText('1 connection, 3 accounts.')).toBeVisible()

  await (await card(page, 'Mara Lindqvist')).getByRole('button', { name: 'Add accounts' }).click()
  await row(page, 'Northwind Studio').click()
  await page.getByRole('button', { name: 'Remove 1 account' }).click()
  await expect(page.getByText('1 connection, 2 accounts.')).toBeVisible()
})
