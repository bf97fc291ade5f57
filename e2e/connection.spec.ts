/** One connection's page. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { connectMara, consent, idOf, leaveForPlatform, openPage, toast } from './support/steps.ts'

/** What happened since it was connected the last time, newest first: who connects anew keeps the history. */
async function sinceConnected(page: Page): Promise<string[]> {
  const types = await page.locator('[data-event]').evaluateAll((all) => all.map((one) => one.dataset.event ?? ''))
  const connected = types.findIndex((type) => /\.(connected|updated)$/.test(type))
  return types.slice(0, connected === -1 ? undefined : connected)
}

test('says how long each part of it lasts, and what it is for', async ({ signedIn: page, server }) => {
  await connectMara(page)
  await openPage(page, 'Mara Lindqvist')
  await expect(page).toHaveTitle('Mara Lindqvist · Mooring')
  await expect(page.locator('[data-life=access]')).toContainText(/\d+ \w+ \d{4}in \d+ days/)
  await expect(page.locator('[data-life=access]')).toContainText('Renews itself before it ends.')
  await expect(page.locator('[data-life=access]')).toContainText(/renews \d+ \w+/)
  await expect(page.locator('[data-life=renewal]')).toContainText('Until then nobody is needed.')
  await expect(page.getByRole('list', { name: 'Accounts' }).getByRole('listitem')).toHaveCount(3)
  await expect(page.getByText(await idOf(server, 'Mara Lindqvist'), { exact: true })).toBeVisible()
})

test('is tested and renewed from there, and the history shows it by itself', async ({ signedIn: page, server }) => {
  await connectMara(page)
  await openPage(page, 'Mara Lindqvist')
  const history = page.locator('[data-slot=history]')
  await expect(history.getByRole('heading', { name: 'Today' })).toBeVisible()
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(toast(page, 'LinkedIn answered')).toBeVisible()
  await expect(page.getByText('Last tested').locator('..')).toContainText('just now')
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect.poll(() => sinceConnected(page)).toEqual(['connection.refreshed'])
  // Somebody else renews it: nobody presses anything here.
  await server.api('POST', `/connections/${await idOf(server, 'Mara Lindqvist')}/refresh`)
  await expect.poll(() => sinceConnected(page)).toEqual(['connection.refreshed', 'connection.refreshed'])
  await expect(history.locator('time').first()).toHaveAttribute('title', /\d+ \w+ \d{4}, \d\d:\d\d:\d\d/)
})

test('an outage counts down to the next try, and asks nobody to reconnect', async ({ signedIn: page, server }) => {
  await connectMara(page)
  await openPage(page, 'Mara Lindqvist')
  await server.control({ outage: true })
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Failing')
  const timer = page.getByRole('timer')
  await expect(timer).toContainText(/in \d+ s/)
  const first = await timer.innerText()
  await expect(timer).not.toHaveText(first)
  await expect(page.getByText('LinkedIn is not answering.', { exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'For the operator' })).toContainText('503')
  await expect(page.getByRole('button', { name: 'Reconnect' })).toBeHidden()
  await server.control({ outage: false })
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Connected')
  await expect(timer).toBeHidden()
})

test('what LinkedIn renews no more works on, says until when, and is reconnected', async ({
  signedIn: page,
  server,
}) => {
  await connectMara(page)
  await openPage(page, 'Mara Lindqvist')
  await server.control({ linkedin: { token: { do: 'revoke', kind: 'refresh' } } })
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('days left')
  await expect(page.getByText('LinkedIn does not renew this any more.', { exact: true })).toBeVisible()
  await expect(page.locator('[data-life=renewal]')).toContainText('LinkedIn ended it.')
  await expect(page.getByRole('button', { name: 'Refresh now' })).toBeHidden()
  // The consent stands, so LinkedIn sends the browser straight back.
  await page.getByRole('button', { name: 'Reconnect', exact: true }).click()
  await expect(toast(page, 'LinkedIn is connected')).toBeVisible()
  await openPage(page, 'Mara Lindqvist')
  await expect(page.locator('[data-life=renewal]')).toContainText('Until then nobody is needed.')
})

test('older events come when asked for, under their days', async ({ signedIn: page, server }) => {
  await connectMara(page)
  const id = await idOf(server, 'Mara Lindqvist')
  for (let time = 0; time < 52; time += 1) await server.api('POST', `/connections/${id}/refresh`)
  await openPage(page, 'Mara Lindqvist')
  const events = page.locator('[data-event]')
  await expect(events.first()).toBeVisible()
  const connected = page.locator('[data-event="connection.connected"], [data-event="connection.updated"]')
  await expect(connected).toBeHidden()
  const before = await events.count()
  await page.getByRole('button', { name: 'Show older' }).click()
  await expect(connected.first()).toBeVisible()
  expect(await events.count()).toBeGreaterThan(before)
})

test('is disconnected from there, and keeps its history', async ({ signedIn: page }) => {
  await connectMara(page)
  await openPage(page, 'Mara Lindqvist')
  await page.getByRole('button', { name: /^More for/ }).click()
  await page.getByRole('menuitem', { name: 'Disconnect…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Disconnected')
  await expect(page.locator('[data-life]')).toHaveCount(0)
  await expect.poll(() => sinceConnected(page)).toEqual(['connection.disconnected'])
})

test('an id that is nobody’s leads back', async ({ signedIn: page, server }) => {
  for (const id of ['00000000-0000-4000-8000-000000000000', 'mistyped']) {
    await page.goto(`${server.url}/accounts/${id}`)
    await expect(page.getByRole('heading', { name: 'There is no such connection' })).toBeVisible()
  }
  await page.getByRole('link', { name: 'To your accounts' }).click()
  await page.waitForURL('**/accounts')
})

test('a server that does not answer is asked again', async ({ signedIn: page, server }) => {
  await leaveForPlatform(page)
  await consent(page, 'Ines Okafor', 'Allow')
  await page.waitForURL('**/accounts')
  const id = await idOf(server, 'Ines Okafor')
  await page.route(`**/api/v1/connections/${id}`, (route) => route.abort())
  await page.goto(`${server.url}/accounts/${id}`)
  await expect(page.getByRole('heading', { name: 'The server did not answer' })).toBeVisible()
  await page.unroute(`**/api/v1/connections/${id}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('LinkedIn', { timeout: 15_000 })
})
