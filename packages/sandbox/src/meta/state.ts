import type { Session } from '../core/sessions.ts'
import type { StateOptions } from '../core/simulator.ts'
import { type Book, emptyBook } from '../graph/instagram/book.ts'
import type { Subcode } from '../graph/instagram/errors.ts'
import type { Posted } from '../graph/signed-request.ts'
import type { Told } from '../graph/told.ts'
import type { Usage } from '../graph/usage.ts'
import { type App, readyApps } from './apps.ts'
import { firstRoles, type Role } from './people/pages.ts'
import { emptyPages, type PageBook } from './posts/book.ts'
import type { PageRefusal } from './posts/refusals.ts'
import { type Settings, settingsOf } from './settings.ts'

/** Why every token of a grant is dead: Meta's subcodes of 190. */
export type Ended = 458 | 459 | 460 | 464

/** What a person gave an app: one for each, changed by every consent. */
export interface Grant {
  id: string
  clientId: string
  member: string
  granted: string[]
  declined: string[]
  /** The Pages, Instagram accounts and business portfolios that were ticked. */
  pages: string[]
  instagrams: string[]
  businesses: string[]
  grantedAt: number
  /** 90 days after the person was last there. */
  dataAccessEndsAt: number
  ended: Ended | null
}

export interface Code {
  code: string
  clientId: string
  grant: string
  redirectUri: string
  /** The configuration of Login for Business it came from. */
  configuration: string | null
  createdAt: number
  used: boolean
}

export interface Token {
  id: string
  /** `system`: of a Business Integration System User. */
  kind: 'user' | 'page' | 'system'
  token: string
  grant: string
  page: string | null
  issuedAt: number
  /** Null: never. */
  expiresAt: number | null
  /** Of 60 days or without an end, or made from such a one. */
  long: boolean
  /** A system user's, or of a Page by one: it is the business's, and has no 90 days. */
  ofSystem: boolean
  /** Ended by itself. */
  revoked: boolean
}

/** A refusal that control can ask for. */
export type Refusal = PageRefusal | Subcode | 'no-video-permission'

export interface State {
  apps: App[]
  roles: Role[]
  grants: Map<string, Grant>
  codes: Map<string, Code>
  tokens: Map<string, Token>
  sessions: Map<string, Session>
  posted: Posted[]
  usage: Map<string, Usage>
  settings: Settings
  issued: number
  /** What Pages published. */
  pages: PageBook
  /** What was published to the Instagram accounts behind them. */
  instagram: Book
  refusals: Told<Refusal>[]
}

export const createState = ({ redirectUris, pushUrls = {}, settings }: StateOptions<Settings>): State => ({
  apps: readyApps(redirectUris, pushUrls),
  roles: firstRoles(),
  grants: new Map(),
  codes: new Map(),
  tokens: new Map(),
  sessions: new Map(),
  posted: [],
  usage: new Map(),
  settings: settingsOf(settings),
  issued: 0,
  pages: emptyPages(),
  instagram: emptyBook(),
  refusals: [],
})

export const appOf = (state: State, clientId: string | undefined): App | undefined =>
  state.apps.find((app) => app.clientId === clientId)

export const grantOf = (state: State, clientId: string, member: string): Grant | undefined =>
  [...state.grants.values()].find((one) => one.clientId === clientId && one.member === member)

export const roleOn = (state: State, member: string, page: string): Role | undefined =>
  state.roles.find((one) => one.member === member && one.page === page)

/** Why this token does not work now, as a subcode of 190; undefined where it works. */
export function deathOf(state: State, token: Token, now: number): number | undefined {
  const grant = state.grants.get(token.grant)
  if (!grant) return 458
  if (grant.ended !== null) return grant.ended
  if (token.expiresAt !== null && token.expiresAt <= now) return 463
  if (token.revoked) return 467
  if (token.page !== null && !roleOn(state, grant.member, token.page)) return 492
  return undefined
}
