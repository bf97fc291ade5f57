import type { Session } from '../core/sessions.ts'
import type { StateOptions } from '../core/simulator.ts'
import { type App, readyApps } from './apps.ts'
import { type Settings, settingsOf } from './settings.ts'

/** An app in a portal, by the user who installed it. */
export interface Grant {
  id: string
  clientId: string
  member: string
  scopes: string[]
  grantedAt: number
  /** The app was uninstalled: its tokens are over. */
  uninstalled: boolean
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
  kind: 'access' | 'refresh'
  token: string
  grant: string
  expiresAt: number | null
  revoked: boolean
}

export interface State {
  apps: App[]
  grants: Map<string, Grant>
  codes: Map<string, Code>
  tokens: Map<string, Token>
  sessions: Map<string, Session>
  /** Calls of ten seconds, by portal. */
  usage: Map<string, { window: number; calls: number }>
  settings: Settings
  issued: number
}

export const createState = ({ redirectUris, settings }: StateOptions<Settings>): State => ({
  apps: readyApps(redirectUris),
  grants: new Map(),
  codes: new Map(),
  tokens: new Map(),
  sessions: new Map(),
  usage: new Map(),
  settings: settingsOf(settings),
  issued: 0,
})

export const appOf = (state: State, clientId: string | undefined): App | undefined =>
  state.apps.find((app) => app.clientId === clientId)

/** The grant behind a token that works now. */
export function liveGrant(state: State, token: Token | undefined, now: number): Grant | undefined {
  if (!token || token.revoked || (token.expiresAt !== null && token.expiresAt <= now)) return undefined
  const grant = state.grants.get(token.grant)
  return grant?.uninstalled ? undefined : grant
}
