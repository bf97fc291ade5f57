/** What every browser test has: a server for its worker, a signed-in page, and eyes for accessibility and for requests that leave. */
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, type Cookie, expect, type Page } from '@playwright/test'
import { type Server, startServer } from './server.ts'

interface Fixtures {
  /** A page that is signed in and stands on Accounts. */
  signedIn: Page
}

export const test = base.extend<Fixtures, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const server = await startServer()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  page: async ({ page, server }, use) => {
    await fresh(server)
    await onServersTime(page, server)
    const strangers = watchHosts(page, server)
    const faults = watchFaults(page)
    await use(page)
    expect(strangers, 'requests to other hosts').toEqual([])
    expect(faults, 'faults in the page').toEqual([])
  },
  signedIn: async ({ page, server }, use) => {
    await signIn(page, server)
    await use(page)
  },
})

/** By the session of the test before, while it lives: making a link starts a process. That links sign in is a matter of `first-visit.spec.ts`. */
async function signIn(page: Page, server: Server): Promise<void> {
  const context = page.context()
  await context.addCookies(sessions.get(server) ?? [])
  const lives = (await context.request.get(`${server.url}/api/v1/session`)).ok()
  await page.goto(lives ? `${server.url}/accounts` : await server.signInLink())
  await page.waitForURL('**/accounts')
  sessions.set(server, await context.cookies(server.url))
}
const sessions = new WeakMap<Server, Cookie[]>()

export { expect } from '@playwright/test'

/** An earlier test may have put the server's clock ahead: over midnight, or by weeks, the page would count other days than it. */
async function onServersTime(page: Page, server: Server): Promise<void> {
  await page.addInitScript((ahead) => {
    const now = Date.now.bind(Date)
    Date.now = () => now() + ahead
  }, server.now() - Date.now())
}

/** As at the start: nothing connected, the sandbox as it began. */
async function fresh(server: Server): Promise<void> {
  const { body } = await server.api('GET', '/connections?limit=200')
  for (const { id, state } of (body as { data: { id: string; state: string }[] }).data)
    if (state !== 'disconnected') await server.api('DELETE', `/connections/${id}`)
  await server.control({ reset: true })
}

/** Collects what the page throws, and what the content policy or React complains of. */
function watchFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    // A refused request is noted by the browser itself; whether it was expected, the test says.
    const refused = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !refused) faults.push(message.text())
  })
  return faults
}

/** Collects every request that goes neither to the server nor to a platform that the sandbox plays on loopback. */
export function watchHosts(page: Page, server: Server): string[] {
  const strangers: string[] = []
  page.context().on('request', (request) => {
    const url = new URL(request.url())
    const ours =
      url.origin === server.url || url.hostname === '127.0.0.1' || url.protocol === 'data:' || url.protocol === 'blob:'
    if (!ours) strangers.push(request.url())
  })
  return strangers
}

/** No finding of axe at all on what is shown now, at WCAG 2.2 AA. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // Half-faded, everything has too little contrast; and a message may begin to leave while axe looks.
  const still = await page.addStyleTag({
    content: '*, *::before, *::after { animation: none !important; transition: none !important }',
  })
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  await still.evaluate((tag) => (tag as Element).remove())
  const found = violations.map(
    (one) => `${one.id}: ${one.help} (${one.nodes.map((node) => node.target.join(' ')).join(', ')})`,
  )
  expect(found, `axe on ${what}`).toEqual([])
}

/** Nothing sticks out sideways. */
export async function expectFits(page: Page, what: string): Promise<void> {
  const [content, view] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ])
  expect(content, `${what} is wider than the window`).toBeLessThanOrEqual(view ?? 0)
}
