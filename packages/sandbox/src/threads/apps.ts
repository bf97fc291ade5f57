/** The Threads use case of an app: its own id and secret, apart from the App ID. */
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

const PUBLISHING = ['threads_basic', 'threads_content_publish', 'threads_manage_insights']

export const freshApp = { redirectUris: [], secretRefused: false, deauthorizeUrl: '', dataDeletionUrl: '' }

export const readyApps = (
  redirectUris: Record<string, readonly string[]>,
  pushUrls: Readonly<Record<string, Readonly<Record<string, string>>>>,
): App[] => [
  {
    ...freshApp,
    registration: 'threads',
    name: 'Mooring demo',
    clientId: '100000000000012',
    clientSecret: 'sandbox0threads0not0a0secret01',
    scopes: [...PUBLISHING],
    redirectUris: [...(redirectUris.threads ?? [])],
    deauthorizeUrl: pushUrls.threads?.deauthorize ?? '',
    dataDeletionUrl: pushUrls.threads?.['data-deletion'] ?? '',
  },
]
