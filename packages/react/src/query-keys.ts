/** Everything that Mooring keeps in the query client lies under `mooring`, so that a host can drop it in one call. */
export const keys = {
  session: ['mooring', 'session'] as const,
  providers: ['mooring', 'providers'] as const,
  connections: ['mooring', 'connections'] as const,
  connection: (id: string) => ['mooring', 'connections', id] as const,
  events: (id: string) => ['mooring', 'connections', id, 'events'] as const,
  availableAccounts: (id: string) => ['mooring', 'available-accounts', id] as const,
  flow: (id: string) => ['mooring', 'flows', id] as const,
  /** Every span of days. */
  forecasts: ['mooring', 'forecast'] as const,
  forecast: (days: number) => ['mooring', 'forecast', days] as const,
  alerts: ['mooring', 'alerts'] as const,
  vault: ['mooring', 'vault'] as const,
  apiKeys: ['mooring', 'api-keys'] as const,
  me: ['mooring', 'me'] as const,
  notifications: ['mooring', 'notifications'] as const,
  workspace: ['mooring', 'workspace'] as const,
  ownSessions: ['mooring', 'own-sessions'] as const,
  members: ['mooring', 'members'] as const,
  audit: (filter: object) => ['mooring', 'audit', filter] as const,
  invitations: ['mooring', 'invitations'] as const,
  signInWays: ['mooring', 'sign-in-ways'] as const,
}
