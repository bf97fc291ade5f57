/** A person in a flow by credentials: what they type, and what they see until something is to be done. */
import { expect } from 'vitest'
import type { Json, TestBrowser, World } from './world.ts'

export const PASSWORD = 'sandbox-password'
export const mail = (person: string): string => `${person}@sandbox.example`

export interface Seated {
  browser: TestBrowser
  id: string
  /** The flow as its own page sees it: by the cookie, and without any session. */
  look(): Promise<Json>
  post(path: string, body?: unknown): Promise<{ status: number; body: Json }>
  /** Looks again and again, as the page does, until it is not `connecting`. */
  settled(): Promise<Json>
  /** Signs in and waits for what comes of it. */
  signIn(person: string, password?: string): Promise<Json>
  code(code: string): Promise<Json>
}

export async function seatFlow(
  world: World,
  input: Record<string, unknown> = { provider: 'unipile' },
  browser: TestBrowser = world.browser(),
): Promise<Seated> {
  const started = await browser.start(input)
  expect(started.status, JSON.stringify(started.body)).toBe(201)
  return seated(browser, started.body.id)
}

export function seated(browser: TestBrowser, id: string): Seated {
  const post = (path: string, body?: unknown) => browser.send('POST', `/flows/${id}${path}`, body)
  const look = async () => (await browser.send('GET', `/flows/${id}`)).body
  const settled = async () => {
    for (;;) {
      const flow = await look()
      if (flow.state !== 'connecting') return flow
      await new Promise((next) => setTimeout(next, 20))
    }
  }
  const and = async (answer: { status: number; body: Json }) => {
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return settled()
  }
  return {
    browser,
    id,
    look,
    post,
    settled,
    signIn: async (person, password = PASSWORD) =>
      and(await post('/credentials', { username: mail(person), password })),
    code: async (code) => and(await post('/checkpoint', { code })),
  }
}
