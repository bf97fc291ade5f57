/** What a person does, in words. */
import { expect, type Locator, type Page } from '@playwright/test'
import type { Server } from './server.ts'

export const CONNECTION_PAGE = /\/accounts\/[0-9a-f-]{36}$/
export const MARA = ['Mara Lindqvist', 'Northwind Studio', 'Acme Bakery']

/** Presses the card's button and waits for the platform's page. */
export async function leaveForPlatform(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connect LinkedIn', exact: true }).click()
  await expect(page.getByText('This is not LinkedIn')).toBeVisible()
}

/** At the platform: as whom, and yes or no. */
export async function consent(page: Page, member: string, press: 'Allow' | 'Cancel'): Promise<void> {
  await expect(page.getByText('This is not LinkedIn')).toBeVisible()
  const as = page.getByText(new RegExp(`(Continue|Signed in) as ${member}`))
  if (!(await as.isVisible())) {
    const choice = page.getByRole('combobox')
    const value = await choice.locator('option', { hasText: member }).getAttribute('value')
    await choice.selectOption(value)
    await page.getByRole('button', { name: 'Switch member' }).click()
    await expect(as).toBeVisible()
  }
  await page.getByRole('button', { name: press }).click()
}

export const row = (page: Page, name: string): Locator =>
  page.locator('[data-slot=picker-row]').filter({ has: page.getByText(name, { exact: true }) })

export async function choose(page: Page, names: readonly string[]): Promise<void> {
  await page.waitForURL('**/connect/*/accounts')
  for (const name of names) await row(page, name).click()
  const accounts = names.length === 1 ? '1 account' : `${names.length} accounts`
  await page.getByRole('button', { name: `Connect ${accounts}` }).click()
  await page.waitForURL('**/accounts')
}

/** From an empty Accounts page to Mara's person and two organizations. */
export async function connectMara(page: Page, names: readonly string[] = MARA): Promise<void> {
  await leaveForPlatform(page)
  await consent(page, 'Mara Lindqvist', 'Allow')
  await choose(page, names)
  await expect(toast(page, 'LinkedIn is connected')).toBeVisible()
}

export const toast = (page: Page, text: string | RegExp): Locator =>
  page.locator('[data-slot=toast]').filter({ hasText: text })

/**
 * Follows a link at the foot of a page, where messages come and go over it: a press that met a message instead, or a row
 * that had just moved, is pressed again.
 */
export async function follow(page: Page, link: Locator, to: RegExp): Promise<void> {
  await expect(async () => {
    // A message on which the pointer rests stays: that is how it is meant for whoever reads it.
    await page.mouse.move(0, 0)
    if (!to.test(page.url())) await link.click({ timeout: 10_000 })
    await page.waitForURL(to, { timeout: 10_000 })
  }).toPass()
}

/** The card of a connection, opened where a phone folds it. */
export async function card(page: Page, identity: string): Promise<Locator> {
  const any = page.locator('[data-connection]').filter({ hasText: identity })
  await expect(any).toBeVisible()
  if ((await any.getAttribute('data-slot')) === 'folded-card') await any.click()
  const open = page.locator('[data-slot=card][data-connection]').filter({ hasText: identity })
  await expect(open).toBeVisible()
  return open
}

/** An entry of the card's menu. */
export async function fromMenu(page: Page, identity: string, entry: string): Promise<void> {
  await (await card(page, identity)).getByRole('button', { name: /^More for/ }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}

/** The server's own view of whoever is connected under this name. */
export async function idOf(server: Server, identity: string): Promise<string> {
  const { body } = await server.api('GET', '/connections?limit=200')
  const all = (body as { data: { id: string; state: string; identity: { label: string } }[] }).data
  const found = all.find((one) => one.identity.label === identity && one.state !== 'disconnected')
  expect(found, `${identity} is connected`).toBeDefined()
  return found?.id ?? ''
}

/** Opens the page of a connection by the name on its card. */
export async function openPage(page: Page, identity: string, provider = 'LinkedIn'): Promise<void> {
  const one = await card(page, identity)
  await one.getByRole('link', { name: provider, exact: true }).click()
  await page.waitForURL(CONNECTION_PAGE)
  await expect(page.getByText(`as ${identity}`).first()).toBeVisible()
}

/** To a place of the menu; a phone keeps some of them under More. */
export async function goTo(page: Page, name: string): Promise<void> {
  const menu = page.getByRole('navigation', { name: 'Main' })
  const words = new RegExp(`^${name}`)
  await expect(menu.getByRole('link').first()).toBeVisible()
  const link = menu.getByRole('link', { name: words })
  if (await link.isVisible()) return link.click()
  await menu.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('dialog', { name: 'More' }).getByRole('link', { name: words }).click()
}
