import type { Session } from '../core/sessions.ts'
import type { StateOptions } from '../core/simulator.ts'
import { type App, readyApps } from './apps.ts'
import { type Settings, settingsOf } from './settings.ts'

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
  grant: string
  scopes: string[]
  redirectUri: string
  challenge: string | undefined
  method: 'S256' | 'plain'
  /** A refresh token comes with it: offline, and the consent page was shown. */
  offline: boolean
  createdAt: number
  used: boolean
}

export interface Token {
  id: string
  kind: 'access' | 'refresh'
  token: string
  grant: string
  scopes: string[]
  /** Null: no end of its own. */
  expiresAt: number | null
  /** Access tokens name the refresh token beside them: revoking one ends both. */
  family: string
  revoked: boolean
}

export interface State {
  apps: App[]
  grants: Map<string, Grant>
  codes: Map<string, Code>
  tokens: Map<string, Token>
  sessions: Map<string, Session>
  settings: Settings
  issued: number
}

export const createState = ({ redirectUris, settings }: StateOptions<Settings>): State => ({
  apps: readyApps(redirectUris),
  grants: new Map(),
  codes: new Map(),
  tokens: new Map(),
  sessions: new Map(),
  settings: settingsOf(settings),
  issued: 0,
})

export const appOf = (state: State, clientId: string | undefined): App | undefined =>
  state.apps.find((app) => app.clientId === clientId)

/** The grant behind a token that works now. */
export function liveGrant(state: State, token: Token | undefined, now: number): Grant | undefined {
  if (!token || token.revoked || (token.expiresAt !== null && token.expiresAt <= now)) return undefined
  const grant = state.grants.get(token.grant)
  return grant?.revoked ? undefined : grant
}
