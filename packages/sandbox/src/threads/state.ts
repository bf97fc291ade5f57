import type { Session } from '../core/sessions.ts'
import type { StateOptions } from '../core/simulator.ts'
import type { Posted } from '../graph/signed-request.ts'
import { type App, readyApps } from './apps.ts'
import { type Settings, settingsOf } from './settings.ts'

export interface Grant {
  id: string
  clientId: string
  member: string
  granted: string[]
  grantedAt: number
  ended: boolean
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
  revoked: boolean
}

export interface State {
  apps: App[]
  grants: Map<string, Grant>
  codes: Map<string, Code>
  tokens: Map<string, Token>
  sessions: Map<string, Session>
  posted: Posted[]
  settings: Settings
  issued: number
}

export const createState = ({ redirectUris, pushUrls = {}, settings }: StateOptions<Settings>): State => ({
  apps: readyApps(redirectUris, pushUrls),
  grants: new Map(),
  codes: new Map(),
  tokens: new Map(),
  sessions: new Map(),
  posted: [],
  settings: settingsOf(settings),
  issued: 0,
})

export const appOf = (state: State, clientId: string | undefined): App | undefined =>
  state.apps.find((app) => app.clientId === clientId)

/** The grant behind a token that works now. */
export function liveGrant(state: State, token: Token | undefined, now: number): Grant | undefined {
  if (!token || token.revoked || token.expiresAt <= now) return undefined
  const grant = state.grants.get(token.grant)
  return grant?.ended ? undefined : grant
}
