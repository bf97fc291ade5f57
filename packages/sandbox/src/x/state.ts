import type { StateOptions } from '../core/simulator.ts'
import { type App, readyApps } from './apps.ts'
import { type Settings, settingsOf } from './settings.ts'

/** What a user gave an app: one live one for each app and user, the newest. */
export interface Grant {
  id: string
  clientId: string
  member: string
  scopes: string[]
  grantedAt: number
  revoked: boolean
}

export interface Code {
  code: string
  clientId: string
  member: string
  scopes: string[]
  redirectUri: string
  challenge: string
  method: 'S256' | 'plain'
  createdAt: number
  used: boolean
}

export interface Token {
  id: string
  kind: 'access' | 'refresh'
  token: string
  grant: string
  /** Null where nobody knows it: no end of a refresh token was ever published. */
  expiresAt: number | null
  revoked: boolean
  /** A refresh token that was used. */
  spent: boolean
}

export interface Session {
  member: string
  signedIn: boolean
  /** Consent pages that were shown and wait for a button: id to query. */
  tickets: Map<string, { query: string; shownAt: number }>
}

export interface State {
  apps: App[]
  grants: Map<string, Grant>
  codes: Map<string, Code>
  tokens: Map<string, Token>
  sessions: Map<string, Session>
  /** Users whose account is suspended. */
  suspended: Set<string>
  /** Calls in the current window of so many ms, by key. */
  usage: Map<string, { startedAt: number; count: number }>
  settings: Settings
  issued: number
}

export const createState = (options: StateOptions<Settings>): State => ({
  apps: readyApps(options.redirectUris),
  grants: new Map(),
  codes: new Map(),
  tokens: new Map(),
  sessions: new Map(),
  suspended: new Set(),
  usage: new Map(),
  settings: settingsOf(options.settings),
  issued: 0,
})

export const appOf = (state: State, clientId: string | undefined): App | undefined =>
  state.apps.find((app) => app.clientId === clientId)

/** The grant behind a token that works now. */
export function liveGrant(state: State, token: Token, now: number): Grant | undefined {
  const over = token.revoked || token.spent || (token.expiresAt !== null && token.expiresAt <= now)
  const grant = over ? undefined : state.grants.get(token.grant)
  return grant?.revoked ? undefined : grant
}

/** Ends grants with all their tokens. */
export function endGrants(state: State, isMeant: (grant: Grant) => boolean): number {
  let ended = 0
  for (const grant of state.grants.values()) {
    if (grant.revoked || !isMeant(grant)) continue
    grant.revoked = true
    ended += 1
  }
  return ended
}
