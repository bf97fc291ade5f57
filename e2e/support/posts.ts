/** Posts in a browser test: accounts to post as, posts that are there, what became of them. */
import { expect, type Page } from '@playwright/test'
import type { Server } from './server.ts'
import { connectMara, toast } from './steps.ts'

interface Target {
  account: { id: string; label: string; provider: string; kind: string }
}
export interface PostView {
  id: string
  state: string
  version: number
  content: { text: string }
  at: { local: string; zone: string } | null
  deliveries: { id: string; state: string; permalink: string | null; account: { label: string; provider: string } }[]
}

/** LinkedIn's person, a Page of Facebook and the Instagram account behind it. */
export async function connectThree(page: Page): Promise<void> {
  await connectMara(page, ['Mara Lindqvist'])
  await page.getByRole('button', { name: 'Connect Facebook', exact: true }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  const northwind = page.getByRole('checkbox', { name: 'Northwind Studio' })
  await northwind.first().click()
  await northwind.last().click()
  await page.getByRole('button', { name: /^Connect 2/ }).click()
  await expect(toast(page, 'Facebook is connected')).toBeVisible()
}

/** The account's id, by its provider and kind. */
export async function accountOf(server: Server, provider: string, kind?: string): Promise<string> {
  const { body } = await server.api('GET', '/publishing/targets')
  const { data } = body as { data: Target[] }
  const found = data.find(
    ({ account }) => account.provider === provider && (kind === undefined || account.kind === kind),
  )
  expect(found, `an account of ${provider} to post as`).toBeDefined()
  return found?.account.id ?? ''
}

export async function makePost(
  server: Server,
  text: string,
  accounts: readonly string[],
  when: unknown,
): Promise<PostView> {
  const { status, body } = await server.api('POST', '/posts', {
    content: { text, media: [] },
    targets: accounts.map((accountId) => ({ accountId })),
    when,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body as PostView
}

export async function postNamed(server: Server, text: string): Promise<PostView | undefined> {
  const { body } = await server.api('GET', '/posts?limit=200')
  return (body as { data: PostView[] }).data.find((one) => one.content.text === text)
}

/** Nothing is to go out, and no draft is there. */
export async function clearPosts(server: Server): Promise<void> {
  const { body } = await server.api('GET', '/posts?limit=200')
  for (const { id, state } of (body as { data: PostView[] }).data)
    if (['draft', 'scheduled', 'cancelled'].includes(state)) await server.api('DELETE', `/posts/${id}`)
}

/** A day from now on the workspace's calendar, which these tests keep in UTC: `2026-12-01`. */
export const dayFrom = (server: Server, days: number): string =>
  new Date(server.now() + days * 86_400_000).toISOString().slice(0, 10)

export const at = (day: string, time: string) => ({ how: 'at', at: { local: `${day}T${time}`, zone: 'UTC' } })
