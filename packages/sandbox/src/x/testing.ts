import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { ConsentOptions } from '../browser.ts'
import { type Reply, reply, START } from '../kit.ts'
import { type Sandbox, type SandboxApp, type SandboxOptions, startSandbox } from '../sandbox.ts'
import type { XCommand } from './control/command.ts'
import { API, WWW } from './origins.ts'

/** What the tests of X share: one sandbox a file, reset before each test, and a well-behaved client. */
export const REDIRECT = 'http://127.0.0.1:8003/callback/x'
export const VERIFIER = 'v'.repeat(43)
export const s256 = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

export interface Tokens {
  token_type: string
  expires_in: number
  access_token: string
  refresh_token: string
  scope: string
}

type Fields = Record<string, string | undefined>
type Who = ConsentOptions & { registration?: string; scope?: string; authorize?: Fields }

const defined = (fields: Fields): [string, string][] =>
  Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined)

export class XKit {
  sandbox!: Sandbox

  app(registration = 'x'): SandboxApp {
    const app = this.sandbox.apps.find((one) => one.registration === registration)
    if (!app) throw new Error(`no app ${registration}`)
    return app
  }

  steer = (x: Partial<XCommand>): void => this.sandbox.control.apply({ x })
  shown = () => this.sandbox.control.state().x

  basic = (registration = 'x', secret = this.app(registration).clientSecret): string =>
    `Basic ${Buffer.from(`${this.app(registration).clientId}:${secret}`).toString('base64')}`

  /** A right authorize URL; a field given as undefined is left out. */
  authorizeUrl({ registration, scope, authorize = {} }: Who = {}): string {
    const app = this.app(registration)
    const fields = {
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: REDIRECT,
      scope: scope ?? app.scopes.join(' '),
      state: 'state-1',
      code_challenge: s256(VERIFIER),
      code_challenge_method: 'S256',
      ...authorize,
    }
    return `${WWW}/i/oauth2/authorize?${new URLSearchParams(defined(fields))}`
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

  async post(path: string, fields: Fields | string, headers: Fields = {}): Promise<Reply> {
    const body = typeof fields === 'string' ? fields : new URLSearchParams(defined(fields)).toString()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return reply(
      await fetch(`${this.sandbox.origins[API]}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: defined({ ...type, ...headers }),
        body,
      }),
    )
  }

  /** The header of this app; none for a public one. */
  private shows(registration?: string): Fields {
    return this.app(registration).clientSecret === '' ? {} : { authorization: this.basic(registration) }
  }

  /** A right exchange, changed by `fields` and `headers`. */
  exchange(code: string, fields: Fields = {}, headers: Fields = {}, registration?: string): Promise<Reply> {
    const right = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT,
      client_id: this.app(registration).clientId,
      code_verifier: VERIFIER,
    }
    return this.post('/2/oauth2/token', { ...right, ...fields }, { ...this.shows(registration), ...headers })
  }

  refresh(refreshToken: string, fields: Fields = {}, headers: Fields = {}, registration?: string): Promise<Reply> {
    const right = {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: this.app(registration).clientId,
    }
    return this.post('/2/oauth2/token', { ...right, ...fields }, { ...this.shows(registration), ...headers })
  }

  revoke(token: string, fields: Fields = {}, headers: Fields = {}): Promise<Reply> {
    return this.post(
      '/2/oauth2/revoke',
      { token, client_id: this.app().clientId, ...fields },
      { ...this.shows(), ...headers },
    )
  }

  async tokens(who: Who = {}): Promise<Tokens> {
    const answer = await this.exchange(await this.code(who), {}, {}, who.registration)
    if (answer.status !== 200) throw new Error(`no tokens: ${answer.text}`)
    return answer.json as Tokens
  }

  async get(path: string, token?: string): Promise<Reply> {
    const headers = token === undefined ? [] : defined({ authorization: `Bearer ${token}` })
    return reply(await fetch(`${this.sandbox.origins[API]}${path}`, { headers, redirect: 'manual' }))
  }

  /** A call with a body of JSON, or with parts of a form. */
  async send(method: string, path: string, token: string, body?: unknown, headers: Fields = {}): Promise<Reply> {
    const isForm = body instanceof FormData
    const type = isForm || body === undefined ? {} : { 'content-type': 'application/json' }
    return reply(
      await fetch(`${this.sandbox.origins[API]}${path}`, {
        method,
        headers: defined({ authorization: `Bearer ${token}`, ...type, ...headers }),
        ...(body !== undefined && { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    )
  }

  /** The token of one who lets the app do all it asks for. */
  token = async (member = 'mara', scope?: string): Promise<string> =>
    (await this.tokens({ member, ...(scope !== undefined && { scope }) })).access_token

  create = (token: string, body: unknown): Promise<Reply> => this.send('POST', '/2/tweets', token, body)

  /** The id of a post that was made. */
  async posted(token: string, body: unknown): Promise<string> {
    const made = await this.create(token, body)
    if (made.status !== 201) throw new Error(`not posted: ${made.text}`)
    return made.json.data.id
  }

  read = (token: string, id: string, query = ''): Promise<Reply> => this.get(`/2/tweets/${id}${query}`, token)
  remove = (token: string, id: string): Promise<Reply> => this.send('DELETE', `/2/tweets/${id}`, token)
  ledger = () => this.sandbox.control.ledger('x')

  me = (token: string, query = ''): Promise<Reply> => this.get(`/2/users/me${query}`, token)
}

export function xKit(options: SandboxOptions = {}): XKit {
  const made = new XKit()
  const uris = [REDIRECT, 'https://app.example/callback/x']
  beforeAll(async () => {
    made.sandbox = await startSandbox({ redirectUris: { x: uris, 'x-native': uris }, ...options })
  })
  beforeEach(() => made.sandbox.control.apply({ reset: true, clock: { set: START, freeze: true } }))
  afterAll(() => made.sandbox.stop())
  return made
}
