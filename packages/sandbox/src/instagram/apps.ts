import { FIRST_APP } from './people/accounts.ts'
import { BASIC } from './scopes.ts'

/** "API setup with Instagram login" of an app: an Instagram App ID and secret, not those of the Meta app around it. */
export interface App {
  registration: string
  name: string
  /** Digits, as real ones are. */
  clientId: string
  clientSecret: string
  /** What the client that plays it asks for. */
  scopes: string[]
  /** Permissions that the app may ask for. */
  permissions: string[]
  /** "OAuth redirect URIs" of Business login settings, exact. */
  redirectUris: string[]
  /** "Require App Secret". */
  requireProof: boolean
  /** Published. Else only its testers get past the window. */
  live: boolean
  roles: string[]
  /** When true every secret is refused, as after a reset in the dashboard that nobody told us of. */
  secretRefused: boolean
  /** Where Instagram posts that somebody removed the app, or wants their data deleted. Empty: nowhere. */
  deauthorizeUrl: string
  dataDeletionUrl: string
}

const PUBLISHING = [BASIC, 'instagram_business_content_publish', 'instagram_business_manage_insights']

export const freshApp = {
  redirectUris: [],
  requireProof: false,
  live: true,
  roles: [],
  secretRefused: false,
  deauthorizeUrl: '',
  dataDeletionUrl: '',
}

export type PushUrls = Readonly<Record<string, Readonly<Record<string, string>>>>

export function readyApps(redirectUris: Record<string, readonly string[]>, pushUrls: PushUrls): App[] {
  const app: App = {
    ...freshApp,
    registration: 'instagram',
    name: 'Mooring demo',
    clientId: FIRST_APP,
    clientSecret: 'sandbox0instagram0not0real0sec01',
    scopes: [...PUBLISHING],
    permissions: [...PUBLISHING, 'instagram_business_manage_comments'],
  }
  return [
    {
      ...app,
      redirectUris: [...(redirectUris.instagram ?? [])],
      deauthorizeUrl: pushUrls.instagram?.deauthorize ?? '',
      dataDeletionUrl: pushUrls.instagram?.['data-deletion'] ?? '',
    },
  ]
}
