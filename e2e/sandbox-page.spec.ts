/** The sandbox's own page beside Mooring: what a person disturbs there, the console copes with. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, expectFits, test } from './support/fixtures.ts'
import { card, connectMara, idOf } from './support/steps.ts'

const platform = (page: Page, id: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: new RegExp(`^${id}\\b`) }) })

/** Its policy allows no style but its own, which is what `expectAccessible` would add. */
async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)).toEqual([])
}

test('an outage passes without a trace, and a grant that is taken back asks for a person', async ({
  signedIn: page,
  server,
}) => {
  await connectMara(page)
  const id = await idOf(server, 'Mara Lindqvist')
  const stateAfterTest = async () => {
    await server.api('POST', `/connections/${id}/test`)
    return ((await server.api('GET', `/connections/${id}`)).body as { state: string }).state
  }

  const sandbox = await page.context().newPage()
  await sandbox.goto(server.sandbox)
  await expect(sandbox.getByRole('heading', { name: 'linkedin: who gave what' })).toBeVisible()
  await expectFits(sandbox, 'the sandbox’s page')
  await expectNoViolations(sandbox)

  await sandbox.getByRole('button', { name: 'Outage: linkedin', exact: true }).click()
  await expect(sandbox.getByRole('status')).toContainText('out of order')
  await expect(platform(sandbox, 'linkedin')).toContainText('Out of order')
  expect(await stateAfterTest()).toBe('connected')
  await sandbox.getByRole('button', { name: 'End the outage: linkedin' }).click()
  await expect(platform(sandbox, 'linkedin')).toContainText('Works')
  expect(await stateAfterTest()).toBe('connected')

  await sandbox.getByRole('button', { name: 'Take back: mara at linkedin' }).click()
  await expect(sandbox.getByText('Taken back', { exact: true })).toBeVisible()
  await expectNoViolations(sandbox)
  expect(await stateAfterTest()).toBe('reauthorize')
  await page.reload()
  await expect((await card(page, 'Mara Lindqvist')).getByRole('button', { name: /^Reconnect/ })).toBeVisible()
})

test('its buttons are reached and pressed by the keyboard', async ({ page, server }) => {
  await page.goto(server.sandbox)
  const button = page.getByRole('button', { name: 'Fill the limit: x' })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText('The limit is full')
  await expect(platform(page, 'x')).toContainText('Limit full')
})
