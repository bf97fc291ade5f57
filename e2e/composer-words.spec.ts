/** Words that nobody loses: on the way out, as a session ends, where another hand was faster, where the time comes. */
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, test } from './support/fixtures.ts'
import { accountOf, at, clearPosts, dayFrom, makePost, postNamed } from './support/posts.ts'
import { connectMara, goTo } from './support/steps.ts'

const text = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true })
const saved = (page: Page) => expect(page.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible()

test.beforeEach(({ server, isMobile }) => {
  test.skip(isMobile, 'the same at every width')
  return clearPosts(server)
})

test('left within the console, a draft is saved, and what is not is asked about', async ({
  signedIn: page,
  server,
}) => {
  await connectMara(page, ['Mara Lindqvist'])
  await goTo(page, 'Compose')
  await text(page).fill('Left early')
  await goTo(page, 'Calendar')
  await expect.poll(async () => (await postNamed(server, 'Left early'))?.state).toBe('draft')
  await expect(page).toHaveURL(/\/calendar/)

  const post = await makePost(
    server,
    'To go out',
    [await accountOf(server, 'linkedin')],
    at(dayFrom(server, 3), '09:00'),
  )
  await page.goto(`${server.url}/compose/${post.id}`)
  await text(page).fill('To go out, half a sen')
  await expect(page.getByText('Not saved yet')).toBeVisible()
  await goTo(page, 'Calendar')
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await expectAccessible(page, 'the question before it is left')
  await question.getByRole('button', { name: 'Go on writing' }).click()
  await expect(text(page)).toHaveValue('To go out, half a sen')
  await goTo(page, 'Calendar')
  await question.getByRole('button', { name: 'Leave without it' }).click()
  await expect(page).toHaveURL(/\/calendar/)
  expect((await postNamed(server, 'To go out'))?.state).toBe('scheduled')
  await page.goto(`${server.url}/compose/${post.id}`)
  await expect(text(page)).toHaveValue('To go out')
})

test('a session that ends takes no words along', async ({ signedIn: page, server, context }) => {
  await connectMara(page, ['Mara Lindqvist'])
  await goTo(page, 'Compose')
  await text(page).fill('Before')
  await saved(page)
  const draft = await postNamed(server, 'Before')
  await context.clearCookies()
  await text(page).fill('Before, and after')
  await expect(page.getByRole('heading', { name: /^Sign in/ })).toBeVisible()
  await page.goto(await server.signInLink())
  await page.waitForURL('**/accounts')
  await page.goto(`${server.url}/compose/${draft?.id}`)
  await expect(text(page)).toHaveValue('Before, and after')
  await expect.poll(async () => (await postNamed(server, 'Before, and after'))?.id).toBe(draft?.id)
})

test('back to the drafts, it is saved as it is written', async ({ signedIn: page, server }) => {
  await connectMara(page, ['Mara Lindqvist'])
  const mara = await accountOf(server, 'linkedin')
  const post = await makePost(server, 'Too soon', [mara], at(dayFrom(server, 3), '09:00'))
  await page.goto(`${server.url}/compose/${post.id}`)
  await page.getByRole('button', { name: 'Back to drafts' }).click()
  await expect(page.getByRole('heading', { name: 'Draft', exact: true })).toBeVisible()
  await text(page).fill('Too soon, so it waits')
  await saved(page)
  await expect.poll(async () => (await postNamed(server, 'Too soon, so it waits'))?.state).toBe('draft')
})

test('another hand’s change is asked about also by the button that sends', async ({ signedIn: page, server }) => {
  await connectMara(page, ['Mara Lindqvist'])
  const draft = await makePost(server, 'Mine', [await accountOf(server, 'linkedin')], { how: 'draft' })
  await page.goto(`${server.url}/compose/${draft.id}`)
  await expect(text(page)).toHaveValue('Mine')
  await server.api('PATCH', `/posts/${draft.id}`, { version: draft.version, content: { text: 'Theirs', media: [] } })
  // A draft that is opened again goes out at no press by mistake.
  const send = page.getByRole('button', { name: 'Schedule', exact: true })
  await send.click()
  await page
    .getByRole('dialog', { name: 'Somebody else changed this post' })
    .getByRole('button', { name: 'Take theirs' })
    .click()
  await expect(text(page)).toHaveValue('Theirs')

  await server.api('DELETE', `/posts/${draft.id}`)
  await send.click()
  const gone = page.getByRole('dialog', { name: 'This post is gone' })
  await gone.getByRole('button', { name: 'Keep mine as a copy' }).click()
  await saved(page)
  expect((await postNamed(server, 'Theirs'))?.id).not.toBe(draft.id)
})

test('a post whose time comes while somebody writes stays under their hands', async ({ signedIn: page, server }) => {
  await connectMara(page, ['Mara Lindqvist'])
  const mara = await accountOf(server, 'linkedin')
  const post = await makePost(server, 'On time', [mara], at(dayFrom(server, 3), '09:00'))
  await page.goto(`${server.url}/compose/${post.id}`)
  await text(page).fill('On time, and more')
  const { version } = (await postNamed(server, 'On time')) ?? post
  await server.api('POST', `/posts/${post.id}/schedule`, { when: { how: 'now' }, version })
  const note = page.locator('[data-slot=composer-begun]')
  await expect(note).toBeVisible()
  await expectFits(page, 'a post that has begun')
  await expectAccessible(page, 'a post that has begun')
  await expect(text(page)).toHaveValue('On time, and more')
  await note.getByRole('button', { name: 'Keep yours as a copy' }).click()
  await saved(page)
  await expect(note).toBeHidden()
  expect((await postNamed(server, 'On time, and more'))?.id).not.toBe(post.id)
})

test('a link card that was taken off stays off', async ({ signedIn: page }) => {
  await connectMara(page, ['Mara Lindqvist'])
  await goTo(page, 'Compose')
  await text(page).fill('See https://northwind.example/rye')
  const card = page.locator('[data-slot=link-card]')
  await expect(card).toBeVisible()
  await saved(page)
  await page.getByRole('button', { name: 'Remove the link' }).click()
  await expect(card).toBeHidden()
  await saved(page)
  await page.reload()
  // What rests long enough to be saved has rested long enough for a card.
  await text(page).fill('See https://northwind.example/rye there')
  await expect(page.getByText('Saving…')).toBeVisible()
  await saved(page)
  await expect(card).toBeHidden()
})
