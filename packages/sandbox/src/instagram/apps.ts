/** The Instagram product of an app: its own id and secret, apart from the App ID. */
export interface App {
  registration: string
  name: string
  clientId: string
  clientSecret: string
  scopes: string[]
  redirectUris: string[]
  secretRefused: boolean
  deauthorizeUrl: string
  dataDeletionUrl: string
}

const PUBLISHING = [
  'instagram_business_basic',
  'instagram_business_content_publish',
  'instagram_business_manage_insights',
]

export const freshApp = { redirectUris: [], secretRefused: false, deauthorizeUrl: '', dataDeletionUrl: '' }

export const readyApps = (
  redirectUris: Record<string, readonly string[]>,
  pushUrls: Readonly<Record<string, Readonly<Record<string, string>>>>,
): App[] => [
  {
    ...freshApp,
    registration: 'instagram',
    name: 'Mooring demo',
    clientId: '100000000000009',
    clientSecret: 'sandbox0instagram0not0a0secret01',
    scopes: [...PUBLISHING],
    redirectUris: [...(redirectUris.instagram ?? [])],
    deauthorizeUrl: pushUrls.instagram?.deauthorize ?? '',
    dataDeletionUrl: pushUrls.instagram?.['data-deletion'] ?? '',
  },
]
