import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { ConsentOptions } from './browser.ts'
import type { CommandInput } from './control/command.ts'
import type { Settings } from './linkedin/settings.ts'
import { type Sandbox, type SandboxApp, type SandboxOptions, startSandbox } from './sandbox.ts'

/** What the tests of this package share: one sandbox a file, reset before each test, and a well-behaved client. */
export const REDIRECT = 'http://localhost:8003/callback/one'
export const WWW = 'https://www.linkedin.com'
export const API = 'https://api.linkedin.com'

export interface Reply {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what it takes the answer for
  json: any
}

export interface Tokens {
  access_token: string
  refresh_token: string
  expires_in: number
  refresh_token_expires_in: number
  scope: string
  id_token: string
}

type Fields = Record<string, string | undefined>
type Who = ConsentOptions & { registration?: string; scope?: string; authorize?: Fields }

const defined = (fields: Fields): [string, string][] =>
  Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined)

export async function reply(response: Response): Promise<Reply> {
  const text = await response.text()
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    json = undefined
  }
  return { status: response.status, headers: response.headers, text, json }
}

export class Kit {
  sandbox!: Sandbox

  app(registration = 'linkedin'): SandboxApp {
    const app = this.sandbox.apps.find((one) => one.registration === registration)
    if (!app) throw new Error(`no app ${registration}`)
    return app
  }

  www = (path: string): string => `${this.sandbox.origins[WWW]}${path}`
  api = (path: string): string => `${this.sandbox.origins[API]}${path}`
  steer = (command: CommandInput): void => this.sandbox.control.apply(command)
  settings = (settings: Partial<Omit<Settings, 'freshToken'>>): void => this.steer({ linkedin: { settings } })

  /** A right authorize URL; a field given as undefined is left out. */
  authorizeUrl({ registration, scope, authorize = {} }: Who = {}): string {
    const app = this.app(registration)
    const fields = {
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: REDIRECT,
      scope: scope ?? app.scopes.join(' '),
      state: 'state-1',
      ...authorize,
    }
    return `${WWW}/oauth/v2/authorization?${new URLSearchParams(defined(fields))}`
  }

  /** Where the browser is sent after consent. */
  async back(who: Who = {}, browser = this.sandbox.browser()): Promise<URL> {
    const screen = await browser.consent(this.authorizeUrl(who), who)
    if (screen.location === undefined) throw new Error(`no redirect but ${screen.status}: ${screen.html}`)
    return new URL(screen.location)
  }

  async code(who: Who = {}, browser = this.sandbox.browser()): Promise<string> {
    const url = await this.back(who, browser)
    return url.searchParams.get('code') ?? `no code in ${url}`
  }

  async post(path: string, fields: Fields | string, headers: Record<string, string> = {}): Promise<Reply> {
    const body = typeof fields === 'string' ? fields : new URLSearchParams(defined(fields)).toString()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return reply(
      await fetch(this.www(path), { method: 'POST', redirect: 'manual', headers: { ...type, ...headers }, body }),
    )
  }

  /** A right exchange, changed by `fields`. */
  exchange(
    code: string,
    fields: Fields = {},
    headers: Record<string, string> = {},
    registration?: string,
  ): Promise<Reply> {
    const { clientId, clientSecret } = this.app(registration)
    const right = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT,
      client_id: clientId,
      client_secret: clientSecret,
    }
    return this.post('/oauth/v2/accessToken', { ...right, ...fields }, headers)
  }

  refresh(refreshToken: string, fields: Fields = {}, registration?: string): Promise<Reply> {
    const { clientId, clientSecret } = this.app(registration)
    const right = {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      client_secret: clientSecret,
    }
    return this.post('/oauth/v2/accessToken', { ...right, ...fields })
  }

  async tokens(who: Who = {}, browser = this.sandbox.browser()): Promise<Tokens> {
    const answer = await this.exchange(await this.code(who, browser), {}, {}, who.registration)
    if (answer.status !== 200) throw new Error(`no tokens: ${answer.text}`)
    return answer.json as Tokens
  }

  /** A right API call, changed by `headers`; a header given as undefined is left out. */
  async get(path: string, token: string, headers: Fields = {}): Promise<Reply> {
    const right: Fields = {
      authorization: `Bearer ${token}`,
      'linkedin-version': '202609',
      'x-restli-protocol-version': '2.0.0',
      ...headers,
    }
    return reply(await fetch(this.api(path), { headers: defined(right), redirect: 'manual' }))
  }
}

/** The moment the tests' clock starts at: versions 202601 to 202609 are live then. */
export const START = Date.UTC(2026, 10, 21, 12)

export function kit(options: SandboxOptions = {}): Kit {
  const made = new Kit()
  const uris = [REDIRECT, 'https://app.example/callback/two']
  const redirectUris = { linkedin: uris, 'linkedin-community': uris, 'linkedin-selfserve': uris }
  beforeAll(async () => {
    made.sandbox = await startSandbox({ redirectUris, ...options })
  })
  beforeEach(() => made.steer({ reset: true, clock: { set: START, freeze: true } }))
  afterAll(() => made.sandbox.stop())
  return made
}

export const DAY = 24 * 3600
