import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { startServer } from './support/server.ts'
import { card, idOf, toast } from './support/steps.ts'

const freeCard = (page: Page) => page.locator('[data-provider=hubspot]')

/** The card's button, the install page. */
async function atHubSpot(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connect HubSpot', exact: true }).click()
  await expect(page.getByText('This is not HubSpot')).toBeVisible()
}

async function signInAs(page: Page, member: string): Promise<void> {
  await page.getByLabel('Sign in as another simulated user').selectOption(member)
  await page.getByRole('button', { name: 'Switch account' }).click()
}

test('HubSpot is connected as the account that the person picks; another one is refused at a reconnect', async ({
  signedIn: page,
  server,
}) => {
  await expectFits(page, 'the card of HubSpot')
  await atHubSpot(page)
  await expect(page.getByText('Connect Mooring demo to HubSpot')).toBeVisible()
  await expectFits(page, 'the install page of HubSpot')
  await page.getByRole('button', { name: 'Connect app' }).click()
  await expect(toast(page, 'HubSpot is connected')).toContainText('northwind.example')
  const northwind = await card(page, 'northwind.example')
  await expect(northwind).toContainText('Connected')
  await expect(northwind).toContainText('Renews itself')
  await expectAccessible(page, 'a connected account of HubSpot')

  // Who authorized it stands on its own page.
  const id = await idOf(server, 'northwind.example')
  await page.goto(`${server.url}/accounts/${id}`)
  await expect(page.getByText('mara@northwind.example')).toBeVisible()
  await expectFits(page, 'the page of an account of HubSpot')
  await page.goto(`${server.url}/accounts`)

  // An admin takes the app out; a test finds out.
  await server.control({ hubspot: { uninstall: { member: 'mara' } } })
  await server.api('POST', `/connections/${id}/test`)
  await page.reload()
  await (await card(page, 'northwind.example')).getByRole('button', { name: /^Reconnect/ }).click()
  await page.getByLabel('Account', { exact: true }).selectOption('8800102')
  await page.getByRole('button', { name: 'Connect app' }).click()
  await expect(toast(page, 'Sign in there as northwind.example')).toBeVisible()
  await (await card(page, 'northwind.example')).getByRole('button', { name: /^Reconnect/ }).click()
  await page.getByRole('button', { name: 'Connect app' }).click()
  await expect(await card(page, 'northwind.example')).toContainText('Connected')
})

test('somebody whose data lie in Europe is moved by HubSpot, and comes back', async ({ signedIn: page }) => {
  await atHubSpot(page)
  const before = new URL(page.url()).origin
  await signInAs(page, 'priya')
  await expect(page.getByText('priya@raman.example')).toBeVisible()
  expect(new URL(page.url()).origin).not.toBe(before)
  await page.getByRole('button', { name: 'Connect app' }).click()
  await expect(toast(page, 'HubSpot is connected')).toContainText('raman.example')
})

test('no at HubSpot changes nothing and says so', async ({ signedIn: page }) => {
  await atHubSpot(page)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(toast(page, 'You said no on HubSpot')).toContainText('Nothing was changed.')
  await expect(freeCard(page)).toBeVisible()
})

test('what a plan has not is said with what it costs, and is no reason to mend anything', async ({ context }) => {
  const server = await startServer({ HUBSPOT_OPTIONAL_SCOPES: 'marketing.email.read marketing.campaigns.read' })
  try {
    const page = await context.newPage()
    await page.goto(await server.signInLink())
    await page.waitForURL('**/accounts')
    await atHubSpot(page)
    await signInAs(page, 'ines')
    await page.getByRole('button', { name: 'Connect app' }).click()
    const ines = await card(page, 'ines.example')
    await expect(ines).toContainText('Numbers of e-mails are not shown.')
    await expect(ines).toContainText('Campaigns are not shown.')
    await expect(ines).toContainText('Connected')
    await expectFits(page, 'an account of HubSpot whose plan lacks something')
    await expectAccessible(page, 'an account of HubSpot whose plan lacks something')
  } finally {
    await server.stop()
  }
})

test('without an app of ours the card says what to create, with the exact address', async ({ context }) => {
  const bare = await startServer({}, ['--no-sandbox'])
  try {
    const page = await context.newPage()
    await page.goto(await bare.signInLink())
    const hubspot = page.getByRole('region', { name: 'HubSpot', exact: true })
    await expect(hubspot.getByText('Not configured')).toBeVisible()
    await expect(hubspot.getByText(`${bare.url}/callback/hubspot`, { exact: true })).toBeVisible()
    for (const name of ['HUBSPOT_CLIENT_ID', 'HUBSPOT_CLIENT_SECRET'])
      await expect(hubspot.getByText(name, { exact: true })).toBeVisible()
  } finally {
    await bare.stop()
  }
})
