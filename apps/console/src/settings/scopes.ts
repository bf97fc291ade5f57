import type { ApiKeyScope } from '@mooring/react'

export interface ScopeChoice {
  scope: ApiKeyScope
  says: string
  /** Whoever holds such a key can act as the person without Mooring. */
  amber?: true
  /** The whole server's: no key of one workspace can have it. */
  server?: true
}

export const SCOPES: readonly ScopeChoice[] = [
  { scope: 'connections:read', says: 'See connections, accounts and their health' },
  { scope: 'connections:write', says: 'Connect, refresh, test, choose accounts and disconnect' },
  { scope: 'tokens:read', says: 'Read live tokens. Whoever holds this key can act as you.', amber: true },
  { scope: 'proxy', says: 'Call the platforms as you. Whoever holds this key can act as you.', amber: true },
  { scope: 'posts:read', says: 'See posts, their files and what became of them' },
  { scope: 'posts:write', says: 'Write posts, upload files, publish, schedule and cancel' },
  { scope: 'members:read', says: 'See who belongs to the workspace' },
  { scope: 'members:write', says: 'Invite people, give roles, put members out' },
  { scope: 'workspace:write', says: 'Rename the workspace or delete it' },
  { scope: 'registrations:write', says: 'Enter, change and remove apps of the workspace’s own' },
  { scope: 'webhooks:write', says: 'Enter and change where events are told of' },
  { scope: 'audit:read', says: 'See who did what' },
  { scope: 'metrics:read', says: 'Read the numbers for Prometheus', server: true },
  { scope: 'keys:write', says: 'Make and delete API keys', server: true },
]

export const isOfServer = (scope: ApiKeyScope): boolean => SCOPES.some((one) => one.scope === scope && one.server)
