/** What the tests of a platform share: one sandbox a file, reset before each test at one moment, and requests by hand. */
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { ConsentOptions } from '../browser.ts'
import { type Reply, reply, START } from '../kit.ts'
import type { PlatformId } from '../platforms.ts'
import { type Sandbox, startSandbox } from '../sandbox.ts'

export type Fields = Record<string, string | undefined>

const defined = (fields: Fields): [string, string][] =>
  Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined)

export class Bench {
  sandbox!: Sandbox
  readonly platform: PlatformId
  constructor(platform: PlatformId) {
    this.platform = platform
  }

  get app() {
    const app = this.sandbox.apps.find((one) => one.provider === this.platform)
    if (!app) throw new Error(`no app of ${this.platform}`)
    return app
  }

  /** An address of a real origin, where it is played. */
  at = (url: string): string => {
    const { origin, pathname, search } = new URL(url)
    return `${this.sandbox.origins[origin]}${pathname}${search}`
  }

  /** A field given as undefined is left out. */
  address = (url: string, fields: Fields): string => `${url}?${new URLSearchParams(defined(fields))}`

  /** Where the browser is sent after a button, or the page that it is left on. */
  async visit(url: string, how: ConsentOptions = {}): Promise<{ back: URL | undefined; page: string }> {
    const screen = await this.sandbox.browser().consent(url, how)
    const back = screen.location === undefined ? undefined : new URL(screen.location)
    return { back, page: screen.html.replace(/<style>.*?<\/style>|<[^>]*>/gs, ' ').replace(/\s+/g, ' ') }
  }

  async post(url: string, fields: Fields, headers: Record<string, string> = {}): Promise<Reply> {
    const body = new URLSearchParams(defined(fields))
    return reply(await fetch(this.at(url), { method: 'POST', body, headers, redirect: 'manual' }))
  }

  async send(url: string, init: RequestInit): Promise<Reply> {
    return reply(await fetch(this.at(url), { redirect: 'manual', ...init }))
  }

  async get(url: string, token?: string): Promise<Reply> {
    return this.send(url, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })
  }
}

export function bench(platform: PlatformId, redirectUris: readonly string[]): Bench {
  const made = new Bench(platform)
  beforeAll(async () => {
    made.sandbox = await startSandbox({ only: [platform], redirectUris: { [platform]: redirectUris } })
  })
  beforeEach(() => made.sandbox.control.apply({ reset: true, clock: { set: START, freeze: true } }))
  afterAll(() => made.sandbox.stop())
  return made
}
