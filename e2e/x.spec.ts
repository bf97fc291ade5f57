import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { startServer } from './support/server.ts'
import { card, idOf, toast } from './support/steps.ts'

/** The card's button, the platform's page, one of its buttons. */
async function atX(page: Page, press: 'Authorize app' | 'Cancel'): Promise<void> {
  await page.getByRole('button', { name: 'Connect X', exact: true }).click()
  await expect(page.getByText('This is not X')).toBeVisible()
  await page.getByRole('button', { name: press }).click()
}

const freeCard = (page: Page) => page.locator('[data-provider=x]')

test('X is connected by a press and a yes; the card says before what a new authorization ends', async ({
  signedIn: page,
  server,
}) => {
  await expect(freeCard(page)).toContainText('X keeps one authorization for each app and person.')
  await expect(freeCard(page)).toContainText('Stay connected until you take it back')
  await expectFits(page, 'the card of X')
  await expectAccessible(page, 'the card of X')
  await page.getByRole('button', { name: 'Connect X', exact: true }).click()
  await expect(page.getByText('Mooring demo wants to access your X account.')).toBeVisible()
  await expectFits(page, 'the consent of X')
  await page.getByRole('button', { name: 'Authorize app' }).click()
  await expect(toast(page, 'X is connected')).toContainText('You are there as Mara Lindqvist.')
  const mara = await card(page, 'Mara Lindqvist')
  await expect(mara).toContainText('Connected')
  await expect(mara).toContainText('Renews itself')
  await expect(mara.getByRole('list', { name: 'Accounts' })).toContainText('Mara Lindqvist')

  // The person takes it back at X; a test finds out, and a reconnect mends it.
  const id = await idOf(server, 'Mara Lindqvist')
  await server.control({ x: { revokeGrant: { member: 'mara' } } })
  await server.api('POST', `/connections/${id}/test`)
  await page.reload()
  const ended = await card(page, 'Mara Lindqvist')
  await ended.getByRole('button', { name: /^Reconnect/ }).click()
  await page.getByRole('button', { name: 'Authorize app' }).click()
  await expect(toast(page, 'X')).toBeVisible()
  await expect(await card(page, 'Mara Lindqvist')).toContainText('Connected')
})

test('without an app of ours the card says what to create, with the exact address', async ({ context }) => {
  const bare = await startServer({}, ['--no-sandbox'])
  try {
    const page = await context.newPage()
    await page.goto(await bare.signInLink())
    const x = page.getByRole('region', { name: 'X', exact: true })
    await expect(x.getByText('Not configured')).toBeVisible()
    await expect(x.getByText(`${bare.url}/callback/x`, { exact: true })).toBeVisible()
    for (const name of ['X_CLIENT_ID', 'X_CLIENT_SECRET'])
      await expect(x.getByText(name, { exact: true })).toBeVisible()
  } finally {
    await bare.stop()
  }
})

test('no at X changes nothing and says so', async ({ signedIn: page }) => {
  await atX(page, 'Cancel')
  await expect(toast(page, 'You said no on X')).toContainText('Nothing was changed.')
  await expect(freeCard(page)).toBeVisible()
})

test('an app without credits says whose matter it is', async ({ signedIn: page, server }) => {
  await server.control({ x: { app: { registration: 'x', credits: 0 } } })
  await atX(page, 'Authorize app')
  await expect(toast(page, 'no credits left at X')).toBeVisible()
})
