import type { ConsentOptions } from '../browser.ts'
import { type Bench, bench, type Fields } from '../core/testing.ts'
import { type Reply, reply } from '../kit.ts'
import type { Sandbox } from '../sandbox.ts'
import type { HubSpotCommand } from './control/command.ts'
import { API, APP } from './origins.ts'

/** What the tests of HubSpot share: the bench, and a well-behaved client. */
export const REDIRECT = 'http://localhost:8003/callback/hubspot'
export const OTHER_REDIRECT = 'https://app.example/callback/hubspot'
/** Of mara and tomas; mara's second; ines's free one; priya's in Europe. */
export const NORTHWIND = 8800101
export const PRACTICE = 8800102
export const FREE = 8800103
export const RAMAN = 144000104
export const CONTACTS = 'crm.objects.contacts.read'
export const OPTIONAL = 'marketing.email.read marketing.campaigns.read forms'
export const VERSIONS = ['2026-03', '2026-09', 'v3'] as const

/** Another app, for `addApp`, and what it shows at the token endpoint. */
export const OWN = {
  registration: 'own',
  clientId: 'own-id',
  clientSecret: 'own-secret',
  required: ['oauth'],
  redirectUris: [OTHER_REDIRECT],
}
export const OWN_CLIENT = { client_id: OWN.clientId, client_secret: OWN.clientSecret }

type Who = ConsentOptions & { account?: number; authorize?: Fields }
type Body = (right: [string, string][]) => RequestInit

export const defined = (fields: Fields): [string, string][] =>
  Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined)

export class HubSpotKit {
  readonly #bench: Bench
  constructor(on: Bench) {
    this.#bench = on
  }

  get sandbox(): Sandbox {
    return this.#bench.sandbox
  }
  app = () => this.#bench.app

  steer = (hubspot: Partial<HubSpotCommand>): void => this.sandbox.control.apply({ hubspot })
  settings = (settings: NonNullable<HubSpotCommand['settings']>): void => this.steer({ settings })
  shown = () => this.sandbox.control.state().hubspot
  advance = (seconds: number): void => this.sandbox.control.advance(seconds)

  /** A right authorize URL; a field given as undefined is left out. */
  authorizeUrl({ account, authorize = {} }: Who = {}): string {
    const app = this.app()
    const fields = {
      client_id: app.clientId,
      redirect_uri: REDIRECT,
      scope: app.scopes.join(' '),
      state: 'state-1',
      ...authorize,
    }
    return `${APP}/oauth/${account === undefined ? '' : `${account}/`}authorize?${new URLSearchParams(defined(fields))}`
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

  client() {
    const { clientId, clientSecret = '' } = this.app()
    return { client_id: clientId, client_secret: clientSecret }
  }

  /** A form to the API's origin; `body` makes something else of its fields. */
  async post(
    path: string,
    fields: Fields,
    body: Body = (right) => ({ body: new URLSearchParams(right) }),
  ): Promise<Reply> {
    const url = `${this.sandbox.origins[API]}${path}`
    return reply(await fetch(url, { method: 'POST', redirect: 'manual', ...body(defined(fields)) }))
  }

  /** A right exchange, changed by `fields`. */
  exchange(code: string, fields: Fields = {}, path = '/oauth/2026-03/token', body?: Body): Promise<Reply> {
    const right = { ...this.client(), grant_type: 'authorization_code', redirect_uri: REDIRECT, code }
    return this.post(path, { ...right, ...fields }, body)
  }

  refresh(refresh_token: string, fields: Fields = {}, path = '/oauth/2026-03/token'): Promise<Reply> {
    return this.post(path, { ...this.client(), grant_type: 'refresh_token', refresh_token, ...fields })
  }

  introspect(token: string, fields: Fields = {}, path = '/oauth/2026-03/token/introspect'): Promise<Reply> {
    return this.post(path, { ...this.client(), token, token_type_hint: 'access_token', ...fields })
  }

  revoke(token: string, fields: Fields = {}): Promise<Reply> {
    return this.post('/oauth/2026-03/token/revoke', { ...this.client(), token, ...fields })
  }

  async tokens(who: Who = {}): Promise<{ access_token: string; refresh_token: string; scopes: string[] }> {
    const answer = await this.exchange(await this.code(who))
    if (answer.status !== 200) throw new Error(`no tokens: ${answer.text}`)
    return answer.json
  }

  async call(path: string, token: string | undefined, init: RequestInit = {}): Promise<Reply> {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const headers = { ...authorization, ...(init.headers as Record<string, string> | undefined) }
    return reply(await fetch(`${this.sandbox.origins[API]}${path}`, { redirect: 'manual', ...init, headers }))
  }

  details = (token: string | undefined, version = '2026-03'): Promise<Reply> =>
    this.call(`/account-info/${version}/details`, token)

  search = (token: string, body: unknown, type = 'application/json'): Promise<Reply> =>
    this.call('/crm/objects/2026-09/contacts/search', token, {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
}

export const hubspotKit = (): HubSpotKit => new HubSpotKit(bench('hubspot', [REDIRECT, OTHER_REDIRECT]))
