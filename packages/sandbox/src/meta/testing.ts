import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { ConsentOptions } from '../browser.ts'
import type { CommandInput } from '../control/command.ts'
import { type Reply, reply, START } from '../kit.ts'
import { type Sandbox, type SandboxApp, type SandboxOptions, startSandbox } from '../sandbox.ts'
import { GRAPH, WWW } from './origins.ts'

/** What the tests of Meta share: one sandbox a file, reset before each test, and a well-behaved client. */
export const REDIRECT = 'http://localhost:8003/callback/meta'
export const OTHER_REDIRECT = 'https://app.example/callback/meta'
export const DAY = 24 * 3600
export const CONFIG = '200000000000001'
export const SYSTEM_CONFIG = '200000000000002'

export const MARA = '10228845610000101'
export const NORTHWIND = '61550000001001'
export const CERAMICS = '61550000001002'
export const HARBOUR = '61550000001003'
export const NORTHWIND_IG = '17841400000001001'
export const HARBOUR_IG = '17841400000001003'
/** Tomas's, owned by a business and given to it. */
export const BRANDL = '61550000002001'
export const KESTREL = '61550000002002'
export const BRANDL_BUSINESS = '701000000000001'

type Fields = Record<string, string | undefined>
type Who = ConsentOptions & { registration?: string; scope?: string; authorize?: Fields; version?: string }
type Called = { method?: string; proof?: boolean; version?: string; registration?: string }

export const defined = (fields: Fields): [string, string][] =>
  Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined)

export class MetaKit {
  sandbox!: Sandbox

  app(registration = 'meta'): SandboxApp {
    const app = this.sandbox.apps.find((one) => one.registration === registration)
    if (!app) throw new Error(`no app ${registration}`)
    return app
  }

  steer = (meta: NonNullable<CommandInput['meta']>): void => this.sandbox.control.apply({ meta })
  shown = () => this.sandbox.control.state().meta
  advance = (seconds: number): void => this.sandbox.control.advance(seconds)
  grant = () => this.shown().grants.at(-1)

  /** A right address of the dialog; a field given as undefined is left out. */
  dialogUrl({ registration, scope, authorize = {}, version = '/v26.0' }: Who = {}): string {
    const app = this.app(registration)
    const business = registration === 'meta-business'
    const fields = {
      client_id: app.clientId,
      redirect_uri: REDIRECT,
      state: 'state-1',
      response_type: 'code',
      ...(business ? { config_id: CONFIG } : { scope: scope ?? app.scopes.join(',') }),
      ...authorize,
    }
    return `${WWW}${version}/dialog/oauth?${new URLSearchParams(defined(fields))}`
  }

  /** Where the browser is sent after consent. */
  async back(who: Who = {}, browser = this.sandbox.browser()): Promise<URL> {
    const screen = await browser.consent(this.dialogUrl(who), who)
    if (screen.location === undefined) throw new Error(`no redirect but ${screen.status}: ${screen.html}`)
    return new URL(screen.location)
  }

  async code(who: Who = {}, browser = this.sandbox.browser()): Promise<string> {
    const url = await this.back(who, browser)
    return url.searchParams.get('code') ?? `no code in ${url}`
  }

  /** Any call of graph.facebook.com, with these parameters in its address. */
  async raw(path: string, query: Fields = {}, init: RequestInit = {}): Promise<Reply> {
    const url = `${this.sandbox.origins[GRAPH]}${path}?${new URLSearchParams(defined(query))}`
    return reply(await fetch(url, { redirect: 'manual', ...init }))
  }

  private shows(registration?: string): Fields {
    const { clientId, clientSecret } = this.app(registration)
    return { client_id: clientId, client_secret: clientSecret }
  }

  /** A right exchange, changed by `fields`. */
  exchange = (code: string, fields: Fields = {}, registration?: string): Promise<Reply> =>
    this.raw('/v26.0/oauth/access_token', { ...this.shows(registration), redirect_uri: REDIRECT, code, ...fields })

  lengthen = (token: string, fields: Fields = {}, registration?: string): Promise<Reply> =>
    this.raw('/v26.0/oauth/access_token', {
      ...{ ...this.shows(registration), grant_type: 'fb_exchange_token', fb_exchange_token: token },
      ...fields,
    })

  async short(who: Who = {}, browser = this.sandbox.browser()): Promise<string> {
    const answer = await this.exchange(await this.code(who, browser), {}, who.registration)
    if (answer.status !== 200) throw new Error(`no token: ${answer.text}`)
    return answer.json.access_token
  }

  async long(who: Who = {}, browser = this.sandbox.browser()): Promise<string> {
    return (await this.lengthen(await this.short(who, browser), {}, who.registration)).json.access_token
  }

  proof = (token: string, registration?: string): string =>
    createHmac('sha256', this.app(registration).clientSecret).update(token).digest('hex')

  /** A right call, with the token in the header and its proof. */
  call(path: string, token: string, query: Fields = {}, called: Called = {}): Promise<Reply> {
    const { method = 'GET', proof = true, version = '/v26.0', registration } = called
    const shown = proof ? { appsecret_proof: this.proof(token, registration) } : {}
    return this.raw(
      `${version}${path}`,
      { ...shown, ...query },
      { method, headers: { authorization: `Bearer ${token}` } },
    )
  }

  accounts = (token: string, query: Fields = {}): Promise<Reply> => this.call('/me/accounts', token, query)

  /** The token of one Page. */
  async page(token: string, id = NORTHWIND): Promise<string> {
    return (await this.call(`/${id}`, token, { fields: 'access_token' })).json.access_token
  }

  debug(input_token: string | undefined, registration?: string, query: Fields = {}): Promise<Reply> {
    const { clientId, clientSecret } = this.app(registration)
    return this.raw('/v26.0/debug_token', { input_token, access_token: `${clientId}|${clientSecret}`, ...query })
  }
}

export function metaKit(options: SandboxOptions = {}): MetaKit {
  const made = new MetaKit()
  const uris = [REDIRECT, OTHER_REDIRECT]
  beforeAll(async () => {
    made.sandbox = await startSandbox({ redirectUris: { meta: uris, 'meta-business': uris }, ...options })
  })
  beforeEach(() => made.sandbox.control.apply({ reset: true, clock: { set: START, freeze: true } }))
  afterAll(() => made.sandbox.stop())
  return made
}
