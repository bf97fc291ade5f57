import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { ConsentOptions } from '../browser.ts'
import { type Reply, reply, START } from '../kit.ts'
import { type Sandbox, type SandboxApp, type SandboxOptions, startSandbox } from '../sandbox.ts'
import type { InstagramCommand } from './control/command.ts'
import { API, GRAPH, WWW } from './origins.ts'

/** What the tests of Instagram share: one sandbox a file, reset before each test, and a well-behaved client. */
export const REDIRECT = 'http://localhost:8003/callback/instagram'
export const OTHER_REDIRECT = 'https://app.example/callback/instagram'
export const PUBLISH = 'instagram_business_content_publish'
export const INSIGHTS = 'instagram_business_manage_insights'
export const BASIC = 'instagram_business_basic'
/** Of mara's account: for publishing, and app-scoped. */
export const NORTHWIND = '17841400000001001'
export const SCOPED = '25400000000000101'
export const DAY = 24 * 3600

type Fields = Record<string, string | undefined>
type Who = ConsentOptions & { registration?: string; scope?: string; authorize?: Fields }

export const defined = (fields: Fields): [string, string][] =>
  Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined)

export class InstagramKit {
  sandbox!: Sandbox

  app(registration = 'instagram'): SandboxApp {
    const app = this.sandbox.apps.find((one) => one.registration === registration)
    if (!app) throw new Error(`no app ${registration}`)
    return app
  }

  steer = (instagram: Partial<InstagramCommand>): void => this.sandbox.control.apply({ instagram })
  shown = () => this.sandbox.control.state().instagram
  advance = (seconds: number): void => this.sandbox.control.advance(seconds)

  /** A right authorize URL; a field given as undefined is left out. */
  authorizeUrl({ registration, scope, authorize = {} }: Who = {}): string {
    const app = this.app(registration)
    const fields = {
      client_id: app.clientId,
      redirect_uri: REDIRECT,
      response_type: 'code',
      scope: scope ?? app.scopes.join(','),
      state: 'state-1',
      ...authorize,
    }
    return `${WWW}/oauth/authorize?${new URLSearchParams(defined(fields))}`
  }

  /** Where the browser is sent after consent. */
  async back(who: Who = {}, browser = this.sandbox.browser()): Promise<URL> {
    const screen = await browser.consent(this.authorizeUrl(who), who)
    if (screen.location === undefined) throw new Error(`no redirect but ${screen.status}: ${screen.html}`)
    return new URL(screen.location)
  }

  async code(who: Who = {}): Promise<string> {
    const url = await this.back(who)
    return url.searchParams.get('code') ?? `no code in ${url}`
  }

  /** A right exchange, changed by `fields`; `body` makes something else of them. */
  async exchange(
    code: string,
    fields: Fields = {},
    body: (right: [string, string][]) => RequestInit = (right) => ({ body: new URLSearchParams(right) }),
  ): Promise<Reply> {
    const { clientId, clientSecret } = this.app()
    const right = {
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT,
      code,
      ...fields,
    }
    const url = `${this.sandbox.origins[API]}/oauth/access_token`
    return reply(await fetch(url, { method: 'POST', ...body(defined(right)) }))
  }

  async graph(path: string, query: Fields = {}, init: RequestInit = {}): Promise<Reply> {
    const url = `${this.sandbox.origins[GRAPH]}${path}?${new URLSearchParams(defined(query))}`
    return reply(await fetch(url, { redirect: 'manual', ...init }))
  }

  /** A short token, straight from a consent. */
  async short(who: Who = {}): Promise<string> {
    const { status, text, json } = await this.exchange(await this.code(who))
    if (status !== 200) throw new Error(`no token: ${text}`)
    return (json.data?.[0] ?? json).access_token
  }

  lengthen = (access_token: string, query: Fields = {}): Promise<Reply> =>
    this.graph('/access_token', {
      grant_type: 'ig_exchange_token',
      client_secret: this.app().clientSecret,
      access_token,
      ...query,
    })

  async long(who: Who = {}): Promise<string> {
    return (await this.lengthen(await this.short(who))).json.access_token
  }

  refresh = (access_token: string, query: Fields = {}): Promise<Reply> =>
    this.graph('/refresh_access_token', { grant_type: 'ig_refresh_token', access_token, ...query })

  me = (access_token: string, fields?: string): Promise<Reply> => this.graph('/v26.0/me', { access_token, fields })
}

export function instagramKit(options: SandboxOptions = {}): InstagramKit {
  const made = new InstagramKit()
  beforeAll(async () => {
    made.sandbox = await startSandbox({ redirectUris: { instagram: [REDIRECT, OTHER_REDIRECT] }, ...options })
  })
  beforeEach(() => made.sandbox.control.apply({ reset: true, clock: { set: START, freeze: true } }))
  afterAll(() => made.sandbox.stop())
  return made
}
