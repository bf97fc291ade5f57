/** Writing once for several networks: what each makes of it, what stays behind, and a draft that nobody loses. */
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { clearPosts, connectThree, postNamed } from './support/posts.ts'
import { connectMara, goTo, toast } from './support/steps.ts'

const good = async (page: Page, what: string) => {
  await expectFits(page, what)
  await expectAccessible(page, what)
}
const text = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true })
const saved = (page: Page) => expect(page.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible()

async function choose(page: Page, accounts: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Choose accounts' }).click()
  const sheet = page.getByRole('dialog', { name: 'Where does it go?' })
  for (const row of await sheet.getByRole('checkbox', { name: accounts }).all()) await row.check()
  await sheet.getByRole('button', { name: /^Use \d account/ }).click()
  await expect(sheet).toBeHidden()
}

test.beforeEach(({ server }) => clearPosts(server))

test('one text, an own text, an account that stays behind, and the rest goes out', async ({
  signedIn: page,
  server,
}) => {
  await connectThree(page)
  await goTo(page, 'Compose')
  await expect(page.getByText('Choose an account first.')).toBeVisible()
  await page.getByRole('button', { name: 'Choose accounts' }).click()
  await expect(page.getByRole('group', { name: 'Instagram' })).toBeVisible()
  await good(page, 'the choice of accounts')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Choose accounts' })).toBeFocused()
  await choose(page, /Mara Lindqvist|Northwind Studio/)

  await text(page).fill('Fresh rye from nine. #rye')
  const previews = page.locator('[data-slot=preview]')
  await expect(previews).toHaveCount(3)
  await expect(previews.first()).toContainText('Fresh rye from nine. #rye')
  // Each counts for itself.
  await expect(page.locator('[data-network=LinkedIn]').first()).toContainText('2,975')
  await expect(page.locator('[data-network=Instagram]').first()).toContainText('2,175')

  await page.getByRole('tab', { name: 'Facebook' }).click()
  await page.getByRole('textbox', { name: 'Text for Northwind Studio' }).fill('Fresh rye, for our neighbours.')
  await expect(page.getByRole('tab', { name: /Facebook.*own text/ })).toBeVisible()
  await expect(previews.filter({ hasText: 'for our neighbours' })).toHaveCount(1)
  await page.getByRole('button', { name: 'Back to shared' }).click()
  await expect(previews.filter({ hasText: 'for our neighbours' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(previews.filter({ hasText: 'for our neighbours' })).toHaveCount(1)

  const issues = page.getByRole('region', { name: 'Before it goes out' })
  await expect(issues.getByRole('listitem').filter({ hasText: 'Instagram takes no text alone' })).toBeVisible()
  await expect(page.getByText('Northwind Studio on Instagram stays behind until it is mended.')).toBeVisible()
  await saved(page)
  await good(page, 'the composer')
  await page.getByRole('button', { name: 'Post 2 of 3 now' }).click()

  await expect(toast(page, 'It goes out now')).toContainText('1 account stayed behind')
  await expect(page.getByRole('heading', { name: 'Fresh rye from nine. #rye' })).toBeVisible()
  await expect(page.locator('[data-delivery][data-state=published]')).toHaveCount(2)
  await expect(page.locator('[data-delivery][data-state=skipped]')).toHaveCount(1)
  expect((await postNamed(server, 'Fresh rye from nine. #rye'))?.state).toBe('partial')
})

test('at a time on a named clock, or in the next free slot, and changed where it is scheduled', async ({
  signedIn: page,
  server,
  isMobile,
}) => {
  await connectMara(page, ['Mara Lindqvist'])
  const slots = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '09:00' }))
  await server.api('PATCH', '/publishing/settings', { zone: 'UTC', slots })
  await goTo(page, 'Compose')
  // The one account that there is, is chosen.
  await expect(page.locator('[data-slot=composer-chip]')).toHaveCount(1)
  await text(page).fill('In the morning')
  await expect(page.getByRole('button', { name: 'Change when it goes out' })).toContainText('Next free slot, UTC')
  await page.getByRole('button', { name: 'Change when it goes out' }).click()
  const sheet = page.getByRole('dialog', { name: 'When does it go out?' })
  const day = new Date(server.now() + 3 * 86_400_000).toISOString().slice(0, 10)
  await sheet.getByLabel('Day').fill('2020-01-01')
  await expect(sheet.getByText('That time has passed.')).toBeVisible()
  await sheet.getByLabel('Day').fill(day)
  await sheet.getByLabel('Time', { exact: true }).fill('17:30')
  await sheet.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await expect(sheet.getByText('17:30, UTC+9')).toBeVisible()
  await good(page, 'the choice of a time')
  await sheet.getByRole('button', { name: 'Use this time' }).click()
  await page.getByRole('button', { name: 'Schedule', exact: true }).click()
  await expect(toast(page, '17:30')).toBeVisible()
  expect(await postNamed(server, 'In the morning')).toMatchObject({
    state: 'scheduled',
    at: { local: `${day}T17:30`, zone: 'Asia/Tokyo' },
  })

  // What is to go out is not changed by half a sentence.
  await page.getByRole('button', { name: 'More for In the morning' }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await text(page).fill('In the morning, at the corner')
  await expect(page.getByText('Not saved yet')).toBeVisible()
  expect(await postNamed(server, 'In the morning')).toBeDefined()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('heading', { name: 'In the morning, at the corner' })).toBeVisible()
  expect(await postNamed(server, 'In the morning, at the corner')).toMatchObject({ state: 'scheduled' })
  if (isMobile) await expectFits(page, 'a scheduled post')
})

test('files are sent, described, moved and removed', async ({ signedIn: page, isMobile }) => {
  test.skip(isMobile, 'what a phone shows of it, the first test sees')
  await connectMara(page, ['Mara Lindqvist'])
  await goTo(page, 'Compose')
  const names = ['bread', 'bag', 'arches']
  await page
    .locator('[data-slot=composer-files]')
    .setInputFiles(names.map((name) => ({ name: `${name}.png`, mimeType: 'image/png', buffer: PIXEL })))
  const tray = page.locator('[data-slot=media-tray]')
  const tile = (n: number) => tray.getByRole('button', { name: new RegExp(`^Picture ${n}, `) })
  await expect(tile(3)).toBeVisible()
  for (const [n, name] of names.entries())
    await expect(tile(n + 1)).toHaveAccessibleName(`Picture ${n + 1}, ${name}.png ALT missing`)
  await page.getByRole('button', { name: 'Add it' }).click()
  await expect(page.getByLabel('Alt text for file 1')).toBeFocused()
  await page.keyboard.type('A loaf under a sun')
  await expect(tile(1)).toHaveAccessibleName(/bread\.png ALT written$/)
  await tile(1).press('Alt+ArrowRight')
  await expect(tile(2)).toHaveAccessibleName(/bread\.png ALT written$/)
  await page.getByRole('button', { name: 'Move to the right' }).click()
  await expect(tile(3)).toHaveAccessibleName(/bread\.png ALT written$/)

  // By the pointer, back to the front.
  const [from, to] = [await tile(3).boundingBox(), await tile(1).boundingBox()]
  if (!from || !to) throw new Error('no tiles')
  await page.mouse.move(from.x + 30, from.y + 30)
  await page.mouse.down()
  await page.mouse.move(from.x - 20, from.y + 30, { steps: 4 })
  await page.mouse.move(to.x + 20, to.y + 30, { steps: 8 })
  await page.mouse.up()
  await expect(tile(1)).toHaveAccessibleName(/bread\.png ALT written$/)
  await expect(page.locator('[data-slot=preview] img')).toHaveCount(4)
  await good(page, 'the composer with files')
  await page.getByRole('button', { name: 'Remove this file' }).click()
  await expect(tile(3)).toBeHidden()
  await saved(page)
  await page.reload()
  await expect(tile(2)).toBeVisible()
})

test('two who write on one draft: neither’s words are lost', async ({ signedIn: page, server, isMobile }) => {
  test.skip(isMobile, 'the same at every width')
  await connectMara(page, ['Mara Lindqvist'])
  await goTo(page, 'Compose')
  await text(page).fill('Mine')
  await saved(page)
  const draft = await postNamed(server, 'Mine')
  await server.api('PATCH', `/posts/${draft?.id}`, { version: draft?.version, content: { text: 'Theirs', media: [] } })
  await text(page).fill('Mine, longer')
  const sheet = page.getByRole('dialog', { name: 'Somebody else changed this post' })
  await expect(sheet).toContainText('Theirs')
  await expectAccessible(page, 'the question of two writers')
  await sheet.getByRole('button', { name: 'Keep mine as a copy' }).click()
  await expect(sheet).toBeHidden()
  await expect.poll(async () => (await postNamed(server, 'Mine, longer'))?.state).toBe('draft')
  expect((await postNamed(server, 'Theirs'))?.id).toBe(draft?.id)

  const copy = await postNamed(server, 'Mine, longer')
  await server.api('PATCH', `/posts/${copy?.id}`, {
    version: copy?.version,
    content: { text: 'Theirs again', media: [] },
  })
  await text(page).fill('Mine, third try')
  await sheet.getByRole('button', { name: 'Take theirs' }).click()
  await expect(text(page)).toHaveValue('Theirs again')
})

test('what is written while the server is away is kept, and saved as one draft', async ({
  signedIn: page,
  server,
  isMobile,
}) => {
  test.skip(isMobile, 'the same at every width')
  await connectMara(page, ['Mara Lindqvist'])
  await goTo(page, 'Compose')
  // The first answer is lost on its way back: the draft is there, and nobody here knows.
  let lost = 0
  await page.route('**/api/v1/posts', async (route) => {
    if (route.request().method() !== 'POST' || lost++ > 0) return route.continue()
    await route.fetch()
    await route.abort()
  })
  await text(page).fill('Once')
  await expect(page.getByText('Not saved')).toBeVisible()
  await text(page).fill('Once, and no second time')
  await expect(page.getByText(/^Draft saved/)).toBeVisible({ timeout: 20_000 })
  await expect.poll(async () => (await postNamed(server, 'Once, and no second time'))?.state).toBe('draft')
  expect(await postNamed(server, 'Once')).toBeUndefined()
})

/** The smallest picture there is. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
