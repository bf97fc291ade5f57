/** Facebook, Instagram, Google Analytics and HubSpot in a real browser: the platform's page, the choice, what is missing, how it ends. */
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { card, idOf, toast } from './support/steps.ts'

/** To the platform's page: by the card, or by the dialog where the card is not the first of its kind. */
async function leaveFor(page: Page, name: string, says: string): Promise<void> {
  await page.getByRole('button', { name: `Connect ${name}`, exact: true }).click()
  await expect(page.getByText(says)).toBeVisible()
}

test('Facebook: a Page and the Instagram account behind it are chosen, with help for a Page that is not there', async ({
  signedIn: page,
  server,
}) => {
  await leaveFor(page, 'Facebook', 'This is not Facebook')
  await expectFits(page, 'the dialog of Facebook')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Choose what to connect' })).toBeVisible()
  await expect(
    page.getByText('tick the Page: what is not ticked there is not shown here').filter({ visible: true }),
  ).toBeVisible()
  await expect(page.getByText('Your role on this Page cannot post')).toBeVisible()
  await expectFits(page, 'the choice of Pages')
  await expectAccessible(page, 'the choice of Pages')
  const northwind = page.getByRole('checkbox', { name: 'Northwind Studio' })
  await northwind.first().click()
  await northwind.last().click()
  await page.getByRole('button', { name: /^Connect 2/ }).click()
  await expect(toast(page, 'Facebook is connected')).toBeVisible()
  const mara = await card(page, 'Mara Lindqvist')
  await expect(mara).toContainText('Connected')

  // The person removes the app on Facebook, which tells us: the card asks for them.
  const id = await idOf(server, 'Mara Lindqvist')
  await server.control({ meta: { endGrant: { why: 'removed' } } })
  await expect
    .poll(async () => ((await server.api('GET', `/connections/${id}`)).body as { state: string }).state, {
      timeout: 60_000,
    })
    .toBe('reauthorize')
  await page.reload()
  await expect((await card(page, 'Mara Lindqvist')).getByRole('button', { name: /^Reconnect/ })).toBeVisible()
})

test('Google Analytics: an unticked box is said with what it costs, and one press asks again', async ({
  signedIn: page,
}) => {
  await leaveFor(page, 'Google Analytics', 'This is not Google')
  await page.getByRole('checkbox', { name: /See and download your Google Analytics data/ }).uncheck()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(toast(page, 'Google Analytics is connected')).toBeVisible()
  const mara = await card(page, 'Mara Lindqvist')
  await expect(mara).toContainText('No numbers can be read.')
  await expectFits(page, 'a connection with a permission missing')
  await expectAccessible(page, 'a connection with a permission missing')
  await mara.getByRole('button', { name: 'Ask Google Analytics again' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Choose what to connect' })).toBeVisible()
  await page.getByRole('checkbox', { name: /northwind\.example/ }).click()
  await page.getByRole('button', { name: /^Connect 1/ }).click()
  await expect(await card(page, 'Mara Lindqvist')).toContainText('Renews itself')
})

test('Instagram and HubSpot: one account each, taken without a question', async ({ signedIn: page }) => {
  await leaveFor(page, 'Instagram', 'This is not Instagram')
  await page.getByRole('button', { name: 'Allow' }).click()
  await expect(toast(page, 'Instagram is connected')).toContainText('Northwind Studio')
  await leaveFor(page, 'HubSpot', 'This is not HubSpot')
  await page.getByRole('button', { name: 'Connect app' }).click()
  await expect(toast(page, 'HubSpot is connected')).toContainText('northwind.example')
  await expect(await card(page, 'northwind.example')).toContainText('Connected')
  await expectFits(page, 'accounts of several platforms')
  await expectAccessible(page, 'accounts of several platforms')
})
