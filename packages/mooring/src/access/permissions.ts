/** Who may do what, as one table. `http` asks it through `requireScope`, and hands a person's own line to the console. */

export const SCOPES = [
  'connections:read',
  'connections:write',
  'tokens:read',
  'proxy',
  'metrics:read',
  'keys:write',
] as const
export type Scope = (typeof SCOPES)[number]

/** In a workspace, from most to least. */
export const ROLES = ['owner', 'admin', 'publisher', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** Never `tokens:read` and never `proxy`: only an API key ever sees a token or acts with one past us. */
export const PERMISSIONS: Readonly<Record<Role, readonly Scope[]>> = {
  owner: ['connections:read', 'connections:write'],
  admin: ['connections:read', 'connections:write'],
  publisher: ['connections:read'],
  viewer: ['connections:read'],
}

/** Whoever runs the server: what a workspace's owner may, and what is the whole server's. */
export const OPERATOR: readonly Scope[] = [...PERMISSIONS.owner, 'metrics:read', 'keys:write']
