import type { Session } from '../core/sessions.ts'
import type { StateOptions } from '../core/simulator.ts'
import { type App, readyApps } from './apps.ts'
import { type Settings, settingsOf } from './settings.ts'

/** An app in an account, by the user who installed it: a colleague's install is another. */
export interface Grant {
  id: string
  clientId: string
  member: string
  /** The account's id. */
  portal: number
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
  /** S256, where one was sent and is honoured. */
  challenge: string | undefined
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
  /** When the calls of the running window came, by what is counted. */
  usage: Map<string, number[]>
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

/** Takes an app out of an account, whoever put it there. */
export function uninstall(state: State, { clientId, portal }: Pick<Grant, 'clientId' | 'portal'>): void {
  for (const grant of state.grants.values())
    if (grant.clientId === clientId && grant.portal === portal) grant.uninstalled = true
}

/** The accounts that have an app. */
export const portalsWith = (state: State, clientId: string): Set<number> =>
  new Set(
    [...state.grants.values()].filter((one) => one.clientId === clientId && !one.uninstalled).map((one) => one.portal),
  )
