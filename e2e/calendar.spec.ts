/** Posts on their days: moved by a pointer and without one, and what ends before them. */
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { accountOf, at, clearPosts, dayFrom, makePost, postNamed } from './support/posts.ts'
import { connectMara, goTo, toast } from './support/steps.ts'

const good = async (page: Page, what: string) => {
  await expectFits(page, what)
  await expectAccessible(page, what)
}
const day = (page: Page, date: string) => page.locator(`[data-day="${date}"]`)
const entry = (page: Page, text: string) => page.locator('[data-slot=entry]').filter({ hasText: text })

test.beforeEach(({ server }) => clearPosts(server))

test('a month, a week, a day, a list; moved by dragging and by a dialog', async ({
  signedIn: page,
  server,
  isMobile,
}) => {
  await connectMara(page, ['Mara Lindqvist'])
  const mara = await accountOf(server, 'linkedin')
  // Within one week, so that a week shows both days.
  const weekday = new Date(server.now()).getUTCDay() || 7
  const [first, second] = [dayFrom(server, 8 - weekday), dayFrom(server, 10 - weekday)]
  await makePost(server, 'Sunday bake', [mara], at(first, '09:00'))
  await makePost(server, `Long: ${'words '.repeat(40)}`, [mara], at(dayFrom(server, 9 - weekday), '09:00'))
  await server.api('PATCH', '/publishing/settings', { slots: [{ weekday: 2, time: '12:00' }] })

  await goTo(page, 'Calendar')
  await page.goto(`${server.url}/calendar?day=${first}`)
  await expect(day(page, first)).toContainText('Sunday bake')
  await good(page, 'the calendar')
  if (!isMobile) {
    await page.getByRole('button', { name: 'Week', exact: true }).click()
    await expect(page.locator('[data-slot=hours]')).toBeVisible()
    const [from, to] = [await entry(page, 'Sunday bake').boundingBox(), await day(page, second).boundingBox()]
    if (!from || !to) throw new Error('nothing to drag')
    await page.mouse.move(from.x + 20, from.y + 8)
    await page.mouse.down()
    await page.mouse.move(from.x + 40, from.y + 8, { steps: 4 })
    await page.mouse.move(to.x + 20, from.y + 8, { steps: 8 })
    await expect(day(page, second)).toHaveAttribute('data-over', 'true')
    await page.mouse.up()
    await expect(day(page, second)).toContainText('Sunday bake')
    await expect(toast(page, 'Moved to')).toBeVisible()
    await expect.poll(async () => (await postNamed(server, 'Sunday bake'))?.at?.local).toBe(`${second}T09:00`)
    await toast(page, 'Moved to').getByRole('button', { name: 'Undo' }).click()
    await expect(day(page, first)).toContainText('Sunday bake')
    await expect.poll(async () => (await postNamed(server, 'Sunday bake'))?.at?.local).toBe(`${first}T09:00`)
  }

  await entry(page, 'Sunday bake').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Sunday bake' })).toContainText('Mara Lindqvist')
  await page.getByRole('button', { name: 'Move…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Move it to' })
  await sheet.getByLabel('Day').fill(second)
  await sheet.getByLabel('Time', { exact: true }).fill('18:15')
  await sheet.getByRole('button', { name: 'Move it' }).click()
  await expect(day(page, second)).toContainText('18:15')
  await expect.poll(async () => (await postNamed(server, 'Sunday bake'))?.at?.local).toBe(`${second}T18:15`)

  if (isMobile) return
  await expect(page.locator('[data-slot=free]').first()).toContainText('12:00')
  await good(page, 'a week')
  await page.getByRole('button', { name: 'Day', exact: true }).click()
  await expect(page.getByRole('button', { name: 'The next day' })).toBeVisible()
  await page.getByRole('button', { name: 'List', exact: true }).click()
  await expect(day(page, second)).toContainText('18:15')
  await good(page, 'a list of days')
  // An empty slot is a beginning.
  await page.locator('[data-slot=free]').first().click()
  await expect(page.getByRole('button', { name: 'Change when it goes out' })).toContainText('12:00')
})

test('let go where the hours were scrolled under it, it lands where it is seen', async ({
  signedIn: page,
  server,
  isMobile,
}) => {
  test.skip(isMobile, 'a phone has no hours to drag over')
  await connectMara(page, ['Mara Lindqvist'])
  const weekday = new Date(server.now()).getUTCDay() || 7
  const date = dayFrom(server, 10 - weekday)
  await makePost(server, 'Carried down', [await accountOf(server, 'linkedin')], at(date, '09:00'))
  await page.goto(`${server.url}/calendar?day=${date}&look=week`)
  const hours = page.getByRole('region', { name: 'By the hour' })
  const [from, frame] = [await entry(page, 'Carried down').boundingBox(), await hours.boundingBox()]
  if (!from || !frame) throw new Error('nothing to drag')
  const scrolled = () => hours.evaluate((here) => here.scrollTop)
  const start = await scrolled()
  const x = from.x + 20
  await page.mouse.move(x, from.y + 8)
  await page.mouse.down()
  const low = frame.y + frame.height - 70
  await expect(async () => {
    await page.mouse.move(x, low, { steps: 4 })
    await page.mouse.move(x, low + 4, { steps: 4 })
    expect(await scrolled()).toBeGreaterThan(start + 100)
  }).toPass()
  const middle = frame.y + frame.height / 2
  await page.mouse.move(x, middle, { steps: 8 })
  await page.mouse.up()
  await expect(toast(page, 'Moved to')).toBeVisible()
  const landed = await entry(page, 'Carried down').boundingBox()
  // To the nearest quarter of an hour.
  expect(Math.abs((landed?.y ?? 0) - (middle - 8))).toBeLessThan(14)
})

test('a free month says so, and a post begins from it', async ({ signedIn: page, server }) => {
  // What earlier tests sent stays in its month.
  await page.goto(`${server.url}/calendar?day=${dayFrom(server, 70)}`)
  await expect(page.getByRole('link', { name: 'New post' })).toBeVisible()
  await good(page, 'an empty calendar')
  if ((page.viewportSize()?.width ?? 0) < 800) return
  await expect(page.getByText(/^[A-Z][a-z]+ is free\./)).toBeVisible()
  await page.getByRole('link', { name: 'Write the first post.' }).click()
  await expect(page).toHaveURL(/\/compose/)
})

test('what ends is laid over the days, and a post is not moved past it without a question', async ({
  signedIn: page,
  server,
  isMobile,
}) => {
  await server.control({
    linkedin: { app: { registration: 'linkedin', refreshTokens: false } },
    fault: { endpoint: 'linkedin.token', kind: 'set', fields: { expires_in: 5 * 86_400 } },
  })
  await connectMara(page, ['Mara Lindqvist'])
  const mara = await accountOf(server, 'linkedin')
  const [before, after] = [dayFrom(server, 3), dayFrom(server, 7)]
  await makePost(server, 'In time', [mara], at(before, '09:00'))
  await makePost(server, 'Too late', [mara], at(after, '09:00'))
  await page.goto(`${server.url}/calendar?day=${after}`)
  const banner = page.locator('[data-slot=banner]').filter({ hasText: 'falls after this connection ends' })
  await expect(banner).toContainText('1 post falls after this connection ends. LinkedIn, Mara Lindqvist')
  await expect(banner.getByRole('button', { name: 'Reconnect LinkedIn' })).toBeVisible()
  await expect(entry(page, 'Too late')).toHaveAttribute('data-look', 'At risk')
  await good(page, 'the calendar with what ends')
  await page.getByRole('button', { name: '1 at risk' }).click()
  await expect(entry(page, 'Too late')).toBeVisible()
  await expect(entry(page, 'In time')).toBeHidden()

  await page.goto(`${server.url}/calendar?day=${before}${isMobile ? '' : '&look=week'}`)
  await entry(page, 'In time').click()
  await page.getByRole('button', { name: 'Move…' }).click()
  await page.getByRole('dialog', { name: 'Move it to' }).getByLabel('Day').fill(after)
  await page.getByRole('button', { name: 'Move it' }).click()
  const question = page.getByRole('dialog', { name: 'Move it past the end of LinkedIn?' })
  await expect(question).toContainText('waits then until somebody reconnects')
  await question.getByRole('button', { name: 'Leave it' }).click()
  expect((await postNamed(server, 'In time'))?.at?.local).toBe(`${before}T09:00`)

  await page.goto(`${server.url}/accounts`)
  await expect(page.locator('[data-slot=posts-line]')).toContainText('1 post falls after its end')
})

test('slots, the clock and what is missed are set', async ({ signedIn: page, server }) => {
  await page.goto(`${server.url}/settings/publishing`)
  await expect(page.getByText('No slots yet.')).toBeVisible()
  const slots = page.locator('[data-slot=slots]')
  await slots.getByLabel('Time', { exact: true }).fill('08:30')
  await slots.getByLabel('On', { exact: true }).selectOption({ label: 'Monday to Friday' })
  await slots.getByRole('button', { name: 'Add' }).click()
  await expect(slots.getByRole('button', { name: /^Remove .*, 08:30$/ })).toHaveCount(5)
  await slots.getByRole('button', { name: 'Remove Wednesday, 08:30' }).click()
  await expect(slots.getByRole('button', { name: /08:30$/ })).toHaveCount(4)
  await page.getByLabel('Time zone').selectOption('Europe/Rome')
  await page.getByText('Drop it', { exact: true }).click()
  await expect
    .poll(async () => (await server.api('GET', '/publishing/settings')).body)
    .toMatchObject({ zone: 'Europe/Rome', missed: { policy: 'drop' }, slots: { length: 4 } })
  await good(page, 'Settings, publishing')
})
