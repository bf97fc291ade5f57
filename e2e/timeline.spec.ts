/** What ends in the next 7, 30 and 90 days. */
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test, watchHosts } from './support/fixtures.ts'
import { type Server, startServer } from './support/server.ts'
import { CONNECTION_PAGE, connectMara, consent, goTo, leaveForPlatform } from './support/steps.ts'

const DAY = 86_400

/** LinkedIn gives nothing to renew with, and an access that ends in so many days. */
const endsIn = (server: Server, days: number) =>
  server.control({
    linkedin: { app: { registration: 'linkedin', refreshTokens: false } },
    fault: { endpoint: 'linkedin.token', kind: 'set', fields: { expires_in: days * DAY } },
  })

const open = async (page: Page) => {
  await goTo(page, 'Timeline')
  await expect(page.getByRole('heading', { name: 'Timeline', level: 1 })).toBeVisible()
}
const span = (page: Page, name: string) => page.getByRole('radio', { name })

test('is glad where nothing ends, and says who is next', async ({ signedIn: page }) => {
  await open(page)
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible()
  await page.getByRole('link', { name: 'Accounts' }).filter({ visible: true }).first().click()
  await connectMara(page)
  await open(page)
  await expect(page.getByRole('heading', { name: 'Nothing ends in the next 90 days' })).toBeVisible()
  await expect(page.getByText(/The first to need you is/)).toContainText(/LinkedIn, Mara Lindqvist.*in \d+ days/)
  await page.getByRole('link', { name: 'LinkedIn, Mara Lindqvist' }).click()
  await page.waitForURL(CONNECTION_PAGE)
})

test('counts what ends, filters by it, and reconnects from there', async ({ signedIn: page, server }) => {
  await endsIn(server, 20)
  await connectMara(page)
  await open(page)
  await expect(page.locator('[data-span=in7]')).toContainText('0')
  await expect(page.locator('[data-span=in30]')).toContainText('1')
  const row = page.locator('[data-slot=ending]')
  await expect(row).toContainText('In 20 days')
  await expect(row).toContainText('Then reconnect, it takes a minute.')
  await span(page, '7 days').press('Space')
  await expect(page.getByRole('heading', { name: 'Nothing ends in the next 7 days' })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(row).toBeVisible()

  await server.control({ linkedin: { app: { registration: 'linkedin', refreshTokens: true } } })
  // The consent stands, so LinkedIn sends the browser straight back.
  await page.getByRole('button', { name: 'Reconnect LinkedIn, Mara Lindqvist' }).click()
  await page.waitForURL('**/accounts')
  await open(page)
  await expect(page.getByRole('heading', { name: 'Nothing ends in the next 90 days' })).toBeVisible()
})

test('each mark leads to its line, with the keyboard too', async ({ signedIn: page, server }) => {
  await endsIn(server, 9)
  await connectMara(page)
  await open(page)
  await span(page, '7 days').press('Space')
  await expect(page.locator('[data-slot=ending]')).toHaveCount(0)
  const mark = page.locator('[data-spot=person]')
  await expect(mark).toHaveAccessibleName(/LinkedIn, Mara Lindqvist, \d+ \w+ \d{4}, in 9 days/)
  await mark.focus()
  await page.keyboard.press('Enter')
  // What the filter left out is brought back.
  await expect(page.locator('[data-slot=ending]')).toBeFocused()
})

test('tells the operator’s matters apart', async ({ context, isMobile }) => {
  // LinkedIn's versions end in the middle of their month, a year on.
  const soon = new Date(Date.now() + 45 * DAY * 1000)
  const version = `${soon.getUTCFullYear() - 1}${String(soon.getUTCMonth() + 1).padStart(2, '0')}`
  const server = await startServer({ LINKEDIN_API_VERSION: version })
  const page = await context.newPage()
  const strangers = watchHosts(page, server)
  try {
    await page.goto(await server.signInLink())
    await page.waitForURL('**/accounts')
    await endsIn(server, 3)
    await leaveForPlatform(page)
    await consent(page, 'Ines Okafor', 'Allow')
    await page.waitForURL('**/accounts')
    await open(page)
    const ours = page.locator('[data-slot=ending][data-who=operator]')
    await expect(ours).toContainText(`LinkedIn API version ${version}`)
    await expect(ours.getByRole('link', { name: 'What to do' })).toHaveAttribute('href', '/docs/providers/linkedin')
    await expect(ours.getByRole('button')).toHaveCount(0)
    await expect(page.locator('[data-spot=operator]')).toHaveCount(1)
    await expect(page.locator('[data-spot=person]')).toHaveCount(1)
    // The counts are of connections.
    await expect(page.locator('[data-span=in90]')).toContainText('1')
    const [list, axis] = [page.locator('[data-slot=ending]').first(), page.locator('[data-slot=timeline-axis]')]
    const [listBox, axisBox] = [await list.boundingBox(), await axis.boundingBox()]
    expect((listBox?.y ?? 0) < (axisBox?.y ?? 0)).toBe(isMobile)
    await expectFits(page, 'the timeline')
    await expectAccessible(page, 'the timeline')
    expect(strangers, 'requests to other hosts').toEqual([])
  } finally {
    await server.stop()
  }
})

test('a server that does not answer is asked again', async ({ signedIn: page, server }) => {
  await page.route('**/api/v1/forecast*', (route) => route.abort())
  await page.goto(`${server.url}/timeline`)
  await expect(page.getByRole('heading', { name: 'The server did not answer' })).toBeVisible()
  await page.unroute('**/api/v1/forecast*')
  await expect(page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible({ timeout: 15_000 })
})
