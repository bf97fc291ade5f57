/** The Provider contract: all that the engine may know of a platform. A frozen record; what data cannot say is a function of it, never an `if` in the engine. */

import type { CredentialsPort } from './provider-credentials.ts'
import type { GrantParts, GrantRequest, Introspection, TokenRefusal } from './provider-grants.ts'
import { isHostPattern, type PictureSource } from './provider-pictures.ts'
import type { Publisher } from './provider-publishing.ts'
import type { Push } from './provider-push.ts'
import type { Notice, Retirement } from './provider-versions.ts'

export * from './provider-fields.ts'
export type { GrantParts, GrantRequest, Introspection, TokenRefusal } from './provider-grants.ts'
export type { Notice, Retirement } from './provider-versions.ts'

/** Which of the four failures a platform's answer means. `retry` is passing; the rest need somebody. */
export type Verdict = 'reauthorize' | 'misconfigured' | 'permission' | 'rate_limited' | 'retry' | 'ours'

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Absolute https address; its origin must be one of the provider's `apiOrigins`. */
  url: string
  headers?: Record<string, string>
  body?: string
}

/** What came back from a platform: already read, bounded in size, JSON where it was JSON. */
export interface ApiAnswer {
  status: number
  headers: Headers
  /** The parsed body, or undefined when the body was not JSON. Unknown shape: use the `field` helpers. */
  body: unknown
}

/** One authenticated request to the provider's API. Throws MooringError `provider_unavailable` when nothing answered. */
export type ApiCall = (request: ApiRequest) => Promise<ApiAnswer>

export interface ApiContext {
  call: ApiCall
  /** The scopes that this authorization holds. */
  scopes: readonly string[]
  /** The values of the provider's own settings (see `Provider.settings`). */
  settings: Readonly<Record<string, string>>
  /** What the platform said of the token, where it was asked about it. */
  known?: Introspection | undefined
  /** Which kind of app (`AppKind.id`) asks. */
  app?: string | undefined
  /** Of a provider by credentials: the id of the seat that it is about. */
  seat?: string | undefined
}

/** Who authorized: the outside identity that a connection stands for. */
export interface Identity {
  /** The platform's stable id for this person or portal, unique inside one registration. Never an e-mail. */
  subject: string
  label: string
  handle?: string | undefined
  email?: string | undefined
  picture?: string | undefined
  /** As of accounts, where the same answer says them: a second call could cost money. */
  traits?: Readonly<Record<string, string>> | undefined
  /** When the platform ends its consent to the person's data, whatever the token's end is, in ms since 1970. */
  dataAccessEndsAt?: number | undefined
}

/** Something that a connection can act as or read, as the platform lists it. */
export interface DiscoveredAccount {
  kind: string
  /** The platform's id, e.g. a URN. Unique inside one connection. */
  subject: string
  label: string
  handle?: string | undefined
  picture?: string | undefined
  /** A short line for the person: their role there, or "Your own profile". */
  note?: string | undefined
  /** Set when it cannot be chosen, with the reason for the person. */
  unusable?: string | undefined
  /** Its own access token, where the platform gives each one (see `Provider.accountTokens`). Sealed, never stored in the clear. */
  token?: string | undefined
  /** What the rules of publishing depend on, e.g. a paid plan. Small; no secrets. */
  traits?: Readonly<Record<string, string>> | undefined
}

export interface ScopeInfo {
  /** What it allows, for the person: "Post as you". */
  allows: string
  /** What will not work when it is missing: "Posting as you does not work." */
  without: string
}

/** A kind of app that people register at this provider. Its id is the registration's id and its callback's last part. */
export interface AppKind {
  id: string
  name: string
  /** Prefix of its environment variables: `ACME` reads `ACME_CLIENT_ID`, `ACME_CLIENT_SECRET`, … */
  envPrefix: string
  /** Asked for when the operator names none. */
  scopes: readonly string[]
  /** What to do at the provider, one step a line. `{redirectUri}` stands for the exact address to copy. */
  setup: readonly string[]
  /** When this kind is the right one. */
  when: string
}

export interface Setting {
  /** Suffix of the environment variable: `API_VERSION` reads `<envPrefix>_API_VERSION`. */
  name: string
  default: string
  pattern: RegExp
  describe: string
}

/**
 * How the client shows who it is at the token endpoint. `none`: a public client, PKCE alone. Signed assertions are not
 * among them: made for one server's audience, they can be turned against another (RFC 9700, audience injection).
 */
export type ClientAuth = (typeof CLIENT_AUTH)[number]
const CLIENT_AUTH = ['post', 'basic', 'none'] as const

export interface OAuthShape {
  authorizeUrl: string
  tokenUrl: string
  revokeUrl?: string | undefined
  clientAuth: ClientAuth
  /** Beside HTTP Basic, the client's id goes into the body, too. */
  idInBody?: boolean
  pkce: 'S256' | 'unsupported'
  /** Asked for as `optional_scope` (HubSpot's): the platform drops what it cannot give, and the rest goes on. */
  optionalScopes?: readonly string[]
  /** What is granted is set up at the platform (Meta's configurations): no `scope` is sent. */
  fixedScopes?: boolean
  /** Only loopback redirect addresses are accepted. */
  loopbackOnly?: boolean
}

/** `pictureHosts`: from where this server may fetch pictures of people and pages, without a token. */
export interface Provider extends PictureSource {
  id: string
  name: string
  /** People sign in with e-mail and password, through a service: then there is no OAuth, and a connection keeps the id of a seat. */
  credentials?: CredentialsPort
  /** The value that `iss` must equal when the platform sends one (RFC 9207). */
  issuer?: string
  /** The platform is known to send `iss`: an answer without it is refused (RFC 9207 §2.4). */
  issRequired?: boolean
  oauth?: OAuthShape
  /** The shape under the operator's settings, where they change it. */
  oauthFor?: (settings: Readonly<Record<string, string>>) => OAuthShape
  /** Origins that API calls may reach. Nothing else is ever called with a token. */
  apiOrigins: readonly string[]
  /** The same under the operator's settings, where each customer has a host of their own. */
  originsFor?: (settings: Readonly<Record<string, string>>) => readonly string[]
  apps: readonly AppKind[]
  settings: readonly Setting[]
  scopes: {
    /** Between scopes in the authorize request. */
    separator: ' ' | ','
    info: Readonly<Record<string, ScopeInfo>>
  }
  refresh: {
    /** `self`: there is no refresh token; an access token that lives is exchanged for one that lives longer (`longLived`). */
    how: 'refresh_token' | 'self' | 'none'
    /** A refresh token is good for one use. */
    rotates: boolean
    /** A token younger than this is not renewed, because the platform refuses to, or answers with the same end. Seconds. */
    notBeforeSeconds?: number
    /** A refresh token that is given for less than this has a reason, which the forecast says with what to do. */
    shortLife?: { belowSeconds: number; why: string }
  }
  /** With `refresh.how: 'self'`: the token of a code for a long-lived one, and that again later. Pure. */
  longLived?: {
    exchange: (parts: GrantParts) => GrantRequest
    renew: (parts: GrantParts) => GrantRequest
  }
  /** Asking the platform about a token: for its scopes where the token answer has none, and for the health. Pure. */
  introspection?: {
    request: (parts: GrantParts) => GrantRequest
    /** Of an answer with a status of 2xx. */
    read: (answer: ApiAnswer) => Introspection
    /** A refusal to tell is no fault: the token answer and the API say enough, and nobody knows how a dead token is answered. */
    mayRefuse?: boolean
  }
  /** Ending a grant, where the platform has no revocation endpoint (RFC 7009). Pure. */
  revocation?: (parts: GrantParts) => GrantRequest
  /** What each API call bears in its query beside the token, e.g. a proof of the client secret. Pure. */
  callParams?: (parts: { accessToken: string; clientSecret: string }) => Readonly<Record<string, string>>
  /**
   * The platform keeps one authorization for each app and person: a new one ends the tokens of the one before, in whatever
   * workspace they are. People are told before they leave for it, and the connection that ended says why.
   */
  oneGrant?: boolean
  lifetime: {
    /** Assumed when the platform does not say, in seconds. */
    accessSeconds: number
    /** Refreshed this long before the end, in seconds. */
    renewBeforeSeconds: number
  }
  /** Redirect error → our code. What is not named here is `callback_invalid`. */
  redirectErrors?: Readonly<
    Record<string, 'access_denied' | 'scope_not_granted' | 'misconfigured' | 'provider_unavailable'>
  >
  /** What a refused token request means. Pure. */
  judgeToken?: (refusal: TokenRefusal) => Verdict
  /** What a refused API answer means. Pure. */
  judgeApi: (answer: ApiAnswer) => Verdict
  /** The platform's own code in an API answer, for the operator. Pure. */
  apiCode: (answer: ApiAnswer) => string | undefined
  /** The sentence for the person, where the platform's answer says more than its verdict. Ends with what to do. Pure. */
  apiSentence?: (answer: ApiAnswer) => string | undefined
  /** When a full rate limit opens again, in ms since 1970, where the platform does not say it by Retry-After. Pure. */
  limitedUntil?: (answer: ApiAnswer, now: number) => number | undefined
  /** A token that was just issued may be refused for some seconds: true when this answer looks like that. Pure. */
  notYetLive?: (answer: ApiAnswer) => boolean
  identity: (context: ApiContext) => Promise<Identity>
  /**
   * The subject that `identity` would answer with, from an id as other systems keep it; undefined for what is no id of a
   * subject (a page's, say). For imports without the platform's word. Without this function none is believed. Pure.
   */
  subjectFrom?: (id: string) => string | undefined
  accounts: (context: ApiContext, identity: Identity) => Promise<DiscoveredAccount[]>
  /** Accounts have tokens of their own (`DiscoveredAccount.token`), which live on when the connection's ends by its time. */
  accountTokens?: boolean
  /** What to try where an account is not listed, a sentence each; shown beside the choice. */
  notListed?: readonly string[]
  /** What the operator should know of the configured values, e.g. an API version that ends soon. Pure. */
  notices?: (settings: Readonly<Record<string, string>>, now: number) => Notice[]
  /** What ends on a known day whatever people do (an API version), for the forecast. Pure. */
  retires?: (settings: Readonly<Record<string, string>>) => Retirement[]
  /** How posts go out as its accounts. */
  publishing?: Publisher
  /** What the platform may tell us unasked, by the last part of its address. */
  pushes?: Readonly<Record<string, Push>>
  /** Address of its guide on this server; shown on the card. */
  docs: string
}

/** A platform at which people authorize by OAuth 2.0. */
export type OAuthProvider = Provider & Required<Pick<Provider, 'oauth' | 'issuer' | 'redirectErrors' | 'judgeToken'>>
/** A service at which people sign in with e-mail and password. */
export type SeatProvider = Provider & Required<Pick<Provider, 'credentials'>>

/** Freezes a provider and checks what a type cannot: https, ids that fit an address, how the client shows itself. Throws on a programmer's mistake. */
export function defineProvider<P extends OAuthProvider | SeatProvider>(provider: P): P {
  const { oauth } = provider
  const urls = oauth ? [oauth.authorizeUrl, oauth.tokenUrl, provider.issuer ?? ''] : []
  for (const url of [...urls, ...provider.apiOrigins]) {
    if (!url.startsWith('https://')) throw new TypeError(`${provider.id}: ${url} is not https`)
  }
  for (const id of [provider.id, ...provider.apps.map((app) => app.id), ...Object.keys(provider.pushes ?? {})]) {
    if (!/^[a-z][a-z0-9-]{0,40}$/.test(id)) throw new TypeError(`${id} does not fit an address`)
  }
  const odd = provider.pictureHosts?.find((host) => !isHostPattern(host))
  if (odd !== undefined) throw new TypeError(`${provider.id}: ${odd} is no host of pictures`)
  if (oauth && !CLIENT_AUTH.includes(oauth.clientAuth))
    throw new TypeError(`${provider.id}: a client shows itself by ${CLIENT_AUTH.join(', ')} alone`)
  if (provider.apps.length === 0) throw new TypeError(`${provider.id}: no kind of app`)
  return Object.freeze(provider)
}

/** Our app at a provider, as the operator configured it, or as the sandbox plays it. */
export interface Registration {
  /** Also the last part of its callback's path. */
  id: string
  provider: Provider
  app: AppKind
  /** Undefined: not configured, which is a normal state. */
  client: { clientId: string; clientSecret: string | undefined } | undefined
  simulated: boolean
  /** A workspace's own app, and not the operator's. */
  own?: true
  scopes: readonly string[]
  settings: Readonly<Record<string, string>>
  redirectUri: string
  issuer: string
  /** Its environment variables and which of them are set, for the set-up steps. */
  env: readonly { name: string; required: boolean; set: boolean }[]
}

/** Throws for a provider by credentials, of which nobody asks this. */
export function oauthOf({ provider, settings }: Pick<Registration, 'provider' | 'settings'>): OAuthShape {
  const shape = provider.oauthFor?.(settings) ?? provider.oauth
  if (!shape) throw new TypeError(`${provider.id} has no OAuth`)
  return shape
}

export const apiOriginsOf = ({ provider, settings }: Pick<Registration, 'provider' | 'settings'>): readonly string[] =>
  provider.originsFor?.(settings) ?? provider.apiOrigins

/** A scope with what it allows and what is missing without it; a scope that nobody described explains itself by its name. */
export function describeScope(provider: Provider, scope: string): { scope: string } & ScopeInfo {
  const info = provider.scopes.info[scope]
  return { scope, allows: info?.allows ?? scope, without: info?.without ?? `What needs ${scope} does not work.` }
}

/** What a person should know before they leave for the platform; null where there is nothing. */
export const beforeConnect = ({ name, oneGrant }: Provider): string | null =>
  oneGrant
    ? `${name} keeps one authorization for each app and person. Connecting the same ${name} account through this app again, here or anywhere else, ends the earlier one.`
    : null
