/** What the operator must mend: the platform refuses the app, and nobody is asked to reconnect for it. */
import { expect, test } from './support/fixtures.ts'
import { card, connectMara, consent, fromMenu, goTo, idOf, toast } from './support/steps.ts'

const secret = (refused: boolean) => ({ linkedin: { app: { registration: 'linkedin', secretRefused: refused } } })

test('a refused client secret is told on every page, and goes when it is mended', async ({
  signedIn: page,
  server,
}) => {
  await connectMara(page)
  await server.control(secret(true))
  await fromMenu(page, 'Mara Lindqvist', 'Refresh now')
  const alert = page.locator('[data-slot=alert]')
  await expect(alert).toContainText('LinkedIn refuses the app “LinkedIn” of this server.')
  await expect(alert).toContainText('invalid_client')
  await expect(alert).toContainText(/Since \d\d:\d\d, 1 try\./)

  // A failure stays until it is closed, and lies over the page on a phone.
  const told = toast(page, 'We have to fix this, not you')
  await told.getByRole('button', { name: 'Close' }).click()
  await expect(told).toBeHidden()

  const mara = await card(page, 'Mara Lindqvist')
  await expect(mara).toContainText('We have to fix this, not you.')
  await expect(mara).toContainText('Misconfigured')
  await expect(mara.getByRole('button', { name: 'Reconnect' })).toBeHidden()
  await mara.getByRole('button', { name: /^More for/ }).click()
  await expect(page.getByRole('menuitem', { name: 'Refresh now' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Reconnect' })).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(page.getByText('1 needs you.')).toBeHidden()

  await goTo(page, 'Timeline')
  await expect(alert).toBeVisible()
  await alert.getByRole('button', { name: 'How to set it up' }).click()
  await expect(page.getByRole('dialog')).toContainText(`${server.url}/callback/linkedin`)
  await page.keyboard.press('Escape')

  // Put aside, it stays so for this tab, and is listed.
  await alert.getByRole('button', { name: 'Put aside for now' }).click()
  await expect(alert).toBeHidden()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Timeline', level: 1 })).toBeVisible()
  await expect(alert).toBeHidden()
  await page.goto(`${server.url}/settings/server`)
  await expect(page.locator('[data-slot=alerts]')).toContainText('LinkedIn refuses the app')

  await server.control(secret(false))
  await page.goto(`${server.url}/accounts`)
  await fromMenu(page, 'Mara Lindqvist', 'Refresh now')
  await expect(toast(page, 'LinkedIn is refreshed')).toBeVisible()
  await expect(await card(page, 'Mara Lindqvist')).toContainText('Connected')
  await page.goto(`${server.url}/settings/server`)
  await expect(page.getByRole('heading', { name: 'This server' })).toBeVisible()
  await expect(page.locator('[data-slot=alerts]')).toBeHidden()
})

test('nor is anybody asked whose access ends meanwhile', async ({ signedIn: page, server }) => {
  await connectMara(page)
  await server.control({
    linkedin: { app: { registration: 'linkedin', refreshTokens: false }, settings: { skipConsent: false } },
    fault: { endpoint: 'linkedin.token', kind: 'set', fields: { expires_in: 3 * 86_400 } },
  })
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  const gallery = page.getByRole('dialog')
  await gallery.getByRole('button', { name: 'Connect LinkedIn', exact: true }).filter({ visible: true }).click()
  await consent(page, 'Ines Okafor', 'Allow')
  await page.waitForURL('**/accounts')
  const ines = await card(page, 'Ines Okafor')
  await expect(ines.getByRole('button', { name: 'Reconnect' })).toBeVisible()

  await server.control({ linkedin: { app: { registration: 'linkedin', refreshTokens: true, secretRefused: true } } })
  await server.api('POST', `/connections/${await idOf(server, 'Mara Lindqvist')}/refresh`)
  await page.reload()
  await expect(ines).toContainText('3 days left')
  await expect(ines).toContainText('We have to fix this, not you.')
  await expect(ines.getByRole('button', { name: 'Reconnect' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Reconnect LinkedIn, Ines Okafor' })).toBeHidden()
  await page.goto(`${server.url}/timeline`)
  await expect(page.locator('[data-slot=ending]')).toContainText('Waits for the operator')

  await server.control(secret(false))
  await server.api('POST', `/connections/${await idOf(server, 'Mara Lindqvist')}/refresh`)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Reconnect LinkedIn, Ines Okafor' })).toBeVisible()
})
