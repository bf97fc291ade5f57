import type { StateOptions } from '../core/simulator.ts'
import { type App, readyApps } from './apps.ts'
import type { Comment } from './comments/comment.ts'
import { firstRoles, type Role } from './people/organizations.ts'
import type { ByText } from './posts/duplicates.ts'
import type { Post } from './posts/post.ts'
import { type Settings, settingsOf } from './settings.ts'
import type { KeptBytes } from './uploads/bytes.ts'
import type { Medium, MediumKind } from './uploads/medium.ts'
import type { WaitingParts } from './uploads/video-parts.ts'

/** A member's standing consent to one app. */
export interface Grant {
  clientId: string
  member: string
  scopes: string[]
  /** When the member pressed Allow: the year of a refresh token runs from here and is never extended. */
  consentedAt: number
  revoked: boolean
}

export interface Code {
  code: string
  clientId: string
  member: string
  scopes: string[]
  redirectUri: string
  createdAt: number
  used: boolean
  /** Set on the native flow only. */
  challenge?: string
}

export interface AccessToken {
  id: string
  token: string
  clientId: string
  member: string
  scopes: string[]
  authorizedAt: number
  createdAt: number
  expiresAt: number
  revoked: boolean
  /** API calls that still answer "revoked" although the token is good. */
  notYet: { calls: number; until: number }
}

export interface RefreshToken {
  id: string
  token: string
  clientId: string
  member: string
  scopes: string[]
  authorizedAt: number
  expiresAt: number
  revoked: boolean
  /** Issued to a native app, which has no secret to show. */
  native: boolean
}

export interface Session {
  member: string
  /** A browser that has not signed in is shown the first member, but never skips the consent page. */
  signedIn: boolean
  /** Consent pages that were shown and wait for a button: id to authorization request. */
  tickets: Map<string, { query: string; path: string; shownAt: number }>
}

export interface State {
  apps: App[]
  roles: Role[]
  grants: Grant[]
  codes: Map<string, Code>
  access: Map<string, AccessToken>
  refresh: Map<string, RefreshToken>
  sessions: Map<string, Session>
  /** Calls of the current UTC day, by endpoint, app and member. */
  usage: { day: string; counts: Map<string, number> }
  settings: Settings
  issued: number
  /** All that was ever published, by URN, oldest first; what was deleted, too. */
  posts: Map<string, Post>
  byText: ByText
  comments: Map<string, Comment>
  /** Files by URN. */
  media: Map<string, Medium>
  bytes: KeptBytes
  parts: WaitingParts
  failNext: { kind: MediumKind; times: number; reason: string }[]
  /** Numbers of posts and comments that were given out. */
  serial: number
}

export function createState(options: StateOptions<Settings>): State {
  return {
    apps: readyApps(options.redirectUris),
    roles: firstRoles(),
    grants: [],
    codes: new Map(),
    access: new Map(),
    refresh: new Map(),
    sessions: new Map(),
    usage: { day: '', counts: new Map() },
    settings: settingsOf(options.settings),
    issued: 0,
    posts: new Map(),
    byText: new Map(),
    comments: new Map(),
    media: new Map(),
    bytes: new Map(),
    parts: new Map(),
    failNext: [],
    serial: 0,
  }
}

export const appOf = (state: State, clientId: string | undefined): App | undefined =>
  state.apps.find((app) => app.clientId === clientId)

export const grantOf = (state: State, clientId: string, member: string): Grant | undefined =>
  state.grants.find((grant) => grant.clientId === clientId && grant.member === member && !grant.revoked)
