export interface Limits {
  application?: number | undefined
  member?: number | undefined
}

/** An app of the simulated developer portal. */
export interface App {
  registration: string
  name: string
  clientId: string
  clientSecret: string
  /** Scopes of the products the app holds. */
  scopes: string[]
  /** Exact redirect URIs; a query is ignored when matching (Microsoft Learn: authorization-code-flow). */
  redirectUris: string[]
  /** Refresh tokens are for approved partners only (Microsoft Learn: programmatic-refresh-tokens). */
  refreshTokens: boolean
  /** PKCE for native apps is switched on by a LinkedIn contact, app by app (Microsoft Learn: authorization-code-flow-native). */
  nativePkce: boolean
  /** The access tier of the Community Management API. On `development` BATCH_GET is off and quotas are small. */
  tier: 'development' | 'standard'
  /** Daily requests of each endpoint, and of single ones by their names; numbers as Microsoft Learn gives them for the products, absent where it gives none. */
  quota: Limits & { endpoints?: Record<string, Limits> | undefined }
  /** When true every secret is refused, as after a rotation in the portal that nobody told us of. */
  secretRefused: boolean
}

const community = ['w_member_social', 'w_organization_social', 'r_organization_social', 'rw_organization_admin']

/** Microsoft Learn: marketing/increasing-access, of August 2026. */
export const DEVELOPMENT_QUOTA = { application: 500, member: 100 }

/** Microsoft Learn: share-on-linkedin. */
const SHARE_QUOTA = { application: 100_000, member: 150 }

const plain = { redirectUris: [], nativePkce: false, tier: 'standard', quota: {}, secretRefused: false } as const

/** The ready-made apps. The secrets hold `/`, `+` and `=` as real ones can: a client that forgets to encode them meets a 401. */
export function readyApps(redirectUris: Record<string, readonly string[]>): App[] {
  const apps: App[] = [
    {
      ...plain,
      registration: 'linkedin',
      name: 'Mooring demo',
      clientId: 'sandbox-linkedin',
      clientSecret: 'SANDBOX.linkedin/not+a/real+secret==',
      scopes: [
        'openid',
        'profile',
        'email',
        'w_member_social',
        'rw_organization_admin',
        'r_organization_social',
        'w_organization_social',
      ],
      redirectUris: [],
      refreshTokens: true,
      quota: {},
    },
    {
      ...plain,
      registration: 'linkedin-community',
      name: 'Mooring demo (pages)',
      clientId: 'sandbox-linkedin-community',
      clientSecret: 'SANDBOX.community/not+a/real+secret==',
      scopes: ['r_basicprofile', ...community],
      redirectUris: [],
      refreshTokens: true,
      quota: {},
    },
    {
      ...plain,
      registration: 'linkedin-selfserve',
      name: 'Mooring demo (self-serve)',
      clientId: 'sandbox-linkedin-selfserve',
      clientSecret: 'SANDBOX.selfserve/not+a/real+secret==',
      scopes: ['openid', 'profile', 'email', 'w_member_social'],
      redirectUris: [],
      refreshTokens: false,
      quota: SHARE_QUOTA,
    },
  ]
  return apps.map((app) => ({ ...app, redirectUris: [...(redirectUris[app.registration] ?? [])] }))
}
