/** The shapes of a workspace's own apps. */

export interface OwnRegistration {
  id: string
  /** The kind of app: the id of a registration of the server's. */
  app: string
  provider: string
  name: string
  clientId: string
  hasSecret: boolean
  redirectUri: string
  scopes: string[]
  settings: Record<string, string>
  setup: string[]
  /** How many rest on it. */
  connections: number
  createdAt: string
  createdBy: string
  changedAt: string
}

export interface NewOwnRegistration {
  app: string
  clientId: string
  clientSecret: string
}

export interface OwnCheck {
  what: 'client' | 'redirect' | 'scopes'
  /** `unknown`: it cannot be seen from here. */
  outcome: 'ok' | 'wrong' | 'unknown'
  message: string
}
