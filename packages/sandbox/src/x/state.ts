import type { StateOptions } from '../core/simulator.ts'
import { type App, readyApps } from './apps.ts'
import type { Failure, Media } from './media/media.ts'
import type { User } from './people/users.ts'
import { PostBook } from './posts/book.ts'
import { type Settings, settingsOf } from './settings.ts'
import type { Pieces } from './upload/pieces.ts'

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
  posts: PostBook
  /** By id. */
  media: Map<string, Media>
  /** The bytes of pictures, by the id of the media. In memory alone. */
  pictures: Map<string, Uint8Array>
  /** Files that come in pieces and are not whole yet. They do not outlive a restart. */
  uploads: Map<string, Pieces>
  /** How the next media that are processed fail, one each. */
  failures: Failure[]
  /** Subscriptions that control has changed, by the user's key. */
  subscriptions: Map<string, User['subscriptionType']>
  /** Posts that an app has paid to read on a day (UTC). */
  paidReads: { day: number; seen: Set<string> }
  /** Of posts and media. */
  lastId: string
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
  posts: new PostBook(),
  media: new Map(),
  pictures: new Map(),
  uploads: new Map(),
  failures: [],
  subscriptions: new Map(),
  paidReads: { day: 0, seen: new Set() },
  lastId: '0',
})

/** What a user pays X for, by which posts may be longer and videos, too. */
export const subscriptionOf = (state: State, user: User): User['subscriptionType'] =>
  state.subscriptions.get(user.key) ?? user.subscriptionType

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
