/** What became of a post: seen as it happens, answered where nobody else can, found again in the lists. */
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { accountOf, at, clearPosts, dayFrom, makePost, type PostView, postNamed } from './support/posts.ts'
import type { Server } from './support/server.ts'
import { connectMara, goTo, toast } from './support/steps.ts'

const good = async (page: Page, what: string) => {
  await expectFits(page, what)
  await expectAccessible(page, what)
}
const row = (page: Page, text: string) => page.locator('[data-post]').filter({ hasText: text })
const open = (page: Page, server: Server, post: PostView) => page.goto(`${server.url}/posts/${post.id}`)
const now = { how: 'now' }

test.beforeEach(({ server }) => clearPosts(server))

test('an outcome that nobody knows: it is live, or it is not', async ({ signedIn: page, server }) => {
  await connectMara(page, ['Mara Lindqvist'])
  const mara = await accountOf(server, 'linkedin')
  // It is made, and the answer is lost on the way.
  const lost = { fault: { endpoint: 'linkedin.post-create', kind: 'reset', when: 'after' } }
  await server.control(lost)
  const first = await makePost(server, 'The arch mark', [mara], now)
  await open(page, server, first)
  const question = page.locator('[data-slot=question]')
  await expect(question).toContainText('Is it on LinkedIn, at Mara Lindqvist?')
  await expect(page.getByRole('list', { name: 'What was done' })).toContainText('Attempt 1 written down, then sent')
  await good(page, 'an outcome that is not known')

  await question.getByRole('button', { name: 'It is not, send again' }).click()
  const warning = page.getByRole('dialog', { name: 'Send it to Mara Lindqvist again?' })
  await expect(warning).toContainText('will have it twice on LinkedIn')
  await expectAccessible(page, 'the warning before it is sent again')
  await warning.getByRole('button', { name: 'Look again' }).click()
  await question.getByRole('button', { name: 'It is live' }).click()
  const live = page.getByRole('dialog', { name: 'It is live' })
  await live.getByLabel(/^Its address/).fill('https://northwind.example/nothing')
  await live.getByRole('button', { name: 'It is live' }).click()
  await expect(live.getByText('That is not the address of a post there.')).toBeVisible()
  await live.getByLabel(/^Its address/).fill('')
  await live.getByRole('button', { name: 'It is live' }).click()
  await expect(page.locator('[data-delivery]')).toHaveAttribute('data-state', 'published')
  await expect(question).toBeHidden()
})

test('a refusal says why; tried again it changes under one’s eyes, and is taken down', async ({
  signedIn: page,
  server,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await connectMara(page, ['Mara Lindqvist'])
  const mara = await accountOf(server, 'linkedin')
  await server.control({
    fault: {
      endpoint: 'linkedin.post-create',
      kind: 'answer',
      status: 400,
      body: { status: 400, code: 'INVALID', message: 'No.' },
    },
  })
  const post = await makePost(server, 'Rye week recap', [mara], now)
  await open(page, server, post)
  const delivery = page.locator('[data-delivery]')
  await expect(delivery).toHaveAttribute('data-state', 'failed')
  await expect(page.getByRole('list', { name: 'What was done' })).toContainText('400')
  await good(page, 'a post that failed')
  await page.getByRole('button', { name: 'Copy diagnostics' }).click()
  await expect(toast(page, 'Diagnostics copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`Post ${post.id}`)

  await page.getByRole('button', { name: 'Edit and retry for Mara Lindqvist' }).click()
  await expect(page.getByRole('textbox', { name: 'Text', exact: true })).toHaveValue('Rye week recap')
  await open(page, server, post)
  await page.getByRole('button', { name: 'Try again for Mara Lindqvist' }).click()
  await expect(delivery).toHaveAttribute('data-state', 'published')
  await expect(page.getByRole('link', { name: /^View post/ })).toHaveAttribute('href', /linkedin/)
  await page.getByRole('button', { name: 'More for Mara Lindqvist' }).click()
  await page.getByRole('menuitem', { name: 'Take it down…' }).click()
  await page.getByRole('button', { name: 'Take it down', exact: true }).click()
  await expect(delivery).toHaveAttribute('data-state', 'removed')
})

test('deleted from its own page, the way leads to the lists', async ({ signedIn: page, server, isMobile }) => {
  test.skip(isMobile, 'the same at every width')
  await connectMara(page, ['Mara Lindqvist'])
  const mara = await accountOf(server, 'linkedin')
  const post = await makePost(server, 'Called off', [mara], at(dayFrom(server, 2), '09:00'))
  await open(page, server, post)
  await page.getByRole('button', { name: 'More for Called off' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete it' }).click()
  await expect(toast(page, 'The post is removed')).toBeVisible()
  await expect(page).toHaveURL(/\/posts(\?.*)?$/)
  expect(await postNamed(server, 'Called off')).toBeUndefined()
})

test('lists: queue, drafts, sent; moved, copied, taken back, deleted', async ({ signedIn: page, server, isMobile }) => {
  await connectMara(page, ['Mara Lindqvist'])
  const mara = await accountOf(server, 'linkedin')
  await goTo(page, 'Posts')
  await expect(page.getByRole('heading', { name: 'The queue is empty.' })).toBeVisible()
  // It comes by itself: another hand made it.
  await makePost(server, 'Brand hours', [mara], at(dayFrom(server, 2), '09:00'))
  await expect(row(page, 'Brand hours')).toContainText('Scheduled')
  await good(page, 'the queue')
  await row(page, 'Brand hours').getByRole('button', { name: 'More for Brand hours' }).click()
  await page.getByRole('menuitem', { name: 'Back to drafts' }).click()
  await expect(row(page, 'Brand hours')).toBeHidden()
  expect((await postNamed(server, 'Brand hours'))?.state).toBe('draft')

  await page.getByRole('link', { name: 'Drafts' }).click()
  await expect(row(page, 'Brand hours')).toContainText('Draft')
  if (isMobile) return
  await row(page, 'Brand hours').getByRole('button', { name: 'More for Brand hours' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(page.getByRole('textbox', { name: 'Text', exact: true })).toHaveValue('Brand hours')
  await goTo(page, 'Posts')
  await page.getByRole('link', { name: 'Drafts' }).click()
  await expect(row(page, 'Brand hours')).toHaveCount(2)
  await row(page, 'Brand hours').first().getByRole('button', { name: 'More for Brand hours' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete it' }).click()
  await expect(row(page, 'Brand hours')).toHaveCount(1)
  await page.getByRole('link', { name: 'Sent' }).click()
  await expect(page.getByRole('link', { name: 'Sent' })).toHaveAttribute('aria-current', 'page')
  await page.goto(`${server.url}/posts/00000000-0000-4000-8000-000000000000`)
  await expect(page.getByRole('heading', { name: 'There is no such post' })).toBeVisible()
})
