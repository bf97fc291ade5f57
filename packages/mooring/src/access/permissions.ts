/** Who may do what, as one table. `http` asks it through `requireScope`, and hands a person's own line to the console. */

export const SCOPES = [
  'connections:read',
  'connections:write',
  'tokens:read',
  'proxy',
  'posts:read',
  'posts:write',
  'members:read',
  'members:write',
  'workspace:write',
  'registrations:write',
  'webhooks:write',
  'audit:read',
  'metrics:read',
  'keys:write',
] as const
export type Scope = (typeof SCOPES)[number]

/** In a workspace, from most to least. */
export const ROLES = ['owner', 'admin', 'publisher', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** Never `tokens:read` and never `proxy`: only an API key ever sees a token or acts with one past us. */
export const PERMISSIONS: Readonly<Record<Role, readonly Scope[]>> = {
  owner: [
    'connections:read',
    'connections:write',
    'posts:read',
    'posts:write',
    'members:read',
    'members:write',
    'workspace:write',
    'registrations:write',
    'webhooks:write',
    'audit:read',
  ],
  admin: [
    'connections:read',
    'connections:write',
    'posts:read',
    'posts:write',
    'members:read',
    'members:write',
    'registrations:write',
    'webhooks:write',
    'audit:read',
  ],
  publisher: ['connections:read', 'posts:read', 'posts:write', 'members:read'],
  viewer: ['connections:read', 'posts:read', 'members:read'],
}

/** Whoever runs the server, beside what their role in a workspace lets them: what is the whole server's. */
export const OPERATOR: readonly Scope[] = ['metrics:read', 'keys:write']

/** Who may give or take which role: an admin none of an owner's. */
export const mayGive = (own: Role, role: Role): boolean => own === 'owner' || (own === 'admin' && role !== 'owner')
