import type { Session } from '../core/sessions.ts'
import type { StateOptions } from '../core/simulator.ts'
import { type Book, emptyBook } from '../graph/instagram/book.ts'
import type { Subcode } from '../graph/instagram/errors.ts'
import type { Posted } from '../graph/signed-request.ts'
import type { Told } from '../graph/told.ts'
import type { Usage } from '../graph/usage.ts'
import { type App, readyApps } from './apps.ts'
import { ACCOUNTS, type Kind } from './people/accounts.ts'
import { type Settings, settingsOf } from './settings.ts'

/** Why every token of a grant is dead: Meta's subcodes of 190. */
export type Ended = 458 | 459 | 460

/** What an account gave an app. */
export interface Grant {
  id: string
  clientId: string
  member: string
  permissions: string[]
  ended: Ended | null
}

export interface Code {
  code: string
  clientId: string
  grant: string
  redirectUri: string
  createdAt: number
  used: boolean
}

export interface Token {
  id: string
  kind: 'short' | 'long'
  token: string
  grant: string
  issuedAt: number
  expiresAt: number
  /** Ended by itself. */
  revoked: boolean
}

export interface State {
  apps: App[]
  grants: Map<string, Grant>
  codes: Map<string, Code>
  tokens: Map<string, Token>
  sessions: Map<string, Session>
  /** What kind of account each is now: it can be changed in the settings of Instagram. */
  kinds: Map<string, Kind>
  posted: Posted[]
  usage: Map<string, Usage>
  settings: Settings
  issued: number
  /** What was published. */
  book: Book
  refusals: Told<Subcode>[]
}

export const createState = ({ redirectUris, pushUrls = {}, settings }: StateOptions<Settings>): State => ({
  apps: readyApps(redirectUris, pushUrls),
  grants: new Map(),
  codes: new Map(),
  tokens: new Map(),
  sessions: new Map(),
  kinds: new Map(ACCOUNTS.map((one) => [one.key, one.kind])),
  posted: [],
  usage: new Map(),
  settings: settingsOf(settings),
  issued: 0,
  book: emptyBook(),
  refusals: [],
})

export const appOf = (state: State, clientId: string | undefined): App | undefined =>
  state.apps.find((app) => app.clientId === clientId)

export const grantOf = (state: State, clientId: string, member: string): Grant | undefined =>
  [...state.grants.values()].find((one) => one.clientId === clientId && one.member === member)

export const isProfessional = (state: State, member: string): boolean =>
  (state.kinds.get(member) ?? 'PERSONAL') !== 'PERSONAL'

/** Why this token does not work now, as a subcode of 190; undefined where it works. */
export function deathOf(state: State, token: Token, now: number): number | undefined {
  const grant = state.grants.get(token.grant)
  if (!grant) return 458
  if (grant.ended !== null) return grant.ended
  if (token.expiresAt <= now) return 463
  return token.revoked ? 467 : undefined
}
