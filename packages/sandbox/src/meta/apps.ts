import { FIRST_APP } from './people/users.ts'

/** What a `config_id` stands for (developers.facebook.com, "Facebook Login for Business"). */
export interface Configuration {
  id: string
  permissions: string[]
  /** A person's token, or one of a Business Integration System User. */
  token: 'user' | 'system-user'
  /** What can be ticked on the consent page. */
  assets: Asset[]
  /** Life of a system user's token; null: without an end. */
  expiresInSeconds: number | null
}

export type Asset = 'pages' | 'instagram' | 'businesses'
export const ASSETS: readonly Asset[] = ['pages', 'instagram', 'businesses']

/** An app of the simulated App Dashboard. */
export interface App {
  registration: string
  name: string
  /** Digits, as real App IDs are. */
  clientId: string
  clientSecret: string
  /** What the client that plays it asks for. */
  scopes: string[]
  /** Permissions that passed App Review, or that its roles may try: others end in the dialog's error page. */
  permissions: string[]
  /** Of those, the ones with Standard Access alone: only people with a role on the app can give them. */
  standard: string[]
  /** "Valid OAuth Redirect URIs", exact. */
  redirectUris: string[]
  /** Facebook Login for Business: what a `config_id` stands for. Empty: classic Login. */
  configurations: Configuration[]
  /** Security, "Require App Secret". */
  requireProof: boolean
  /** Published. Else only people with a role on the app get past the dialog. */
  live: boolean
  /** Who has a role on it. */
  roles: string[]
  /** When true every secret is refused, as after a reset in the dashboard that nobody told us of. */
  secretRefused: boolean
  /** Where Meta posts that somebody removed the app, or wants their data deleted. Empty: nowhere. */
  deauthorizeUrl: string
  dataDeletionUrl: string
}

const PUBLISHING = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'read_insights',
  'business_management',
  'instagram_basic',
  'instagram_content_publish',
  'instagram_manage_insights',
]

/** For first comments. */
const COMMENTING = ['pages_manage_engagement', 'instagram_manage_comments']

export const freshApp = {
  redirectUris: [],
  standard: [],
  configurations: [],
  requireProof: false,
  live: true,
  roles: [],
  secretRefused: false,
  deauthorizeUrl: '',
  dataDeletionUrl: '',
}

export const configuration = (
  given: Pick<Configuration, 'id' | 'permissions'> & Partial<Configuration>,
): Configuration => ({ token: 'user', assets: [...ASSETS], expiresInSeconds: null, ...given })

export type PushUrls = Readonly<Record<string, Readonly<Record<string, string>>>>

export function readyApps(redirectUris: Record<string, readonly string[]>, pushUrls: PushUrls): App[] {
  const apps: App[] = [
    {
      ...freshApp,
      registration: 'meta',
      name: 'Mooring demo',
      clientId: FIRST_APP,
      clientSecret: 'sandbox0meta0not0a0real0secret01',
      scopes: [...PUBLISHING],
      permissions: [...PUBLISHING, 'public_profile', 'email', ...COMMENTING],
      requireProof: true,
    },
    {
      ...freshApp,
      registration: 'meta-business',
      name: 'Mooring demo (Login for Business)',
      clientId: '100000000000002',
      clientSecret: 'sandbox0meta0not0a0real0secret02',
      scopes: [...PUBLISHING],
      permissions: [...PUBLISHING, 'public_profile', ...COMMENTING],
      configurations: [
        configuration({ id: '200000000000001', permissions: [...PUBLISHING] }),
        configuration({ id: '200000000000002', permissions: [...PUBLISHING], token: 'system-user' }),
      ],
    },
  ]
  return apps.map((app) => ({
    ...app,
    redirectUris: [...(redirectUris[app.registration] ?? [])],
    deauthorizeUrl: pushUrls[app.registration]?.deauthorize ?? '',
    dataDeletionUrl: pushUrls[app.registration]?.['data-deletion'] ?? '',
  }))
}
