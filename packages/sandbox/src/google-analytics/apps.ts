/** An OAuth client of the simulated Cloud Console, with the consent screen of its project. */
export interface App {
  registration: string
  name: string
  clientId: string
  clientSecret: string
  scopes: string[]
  redirectUris: string[]
  /** "Testing": refresh tokens last seven days. */
  publishing: 'production' | 'testing'
  /** The Google Analytics Admin API is enabled in the project. */
  adminApi: boolean
  secretRefused: boolean
}

const AUTH = 'https://www.googleapis.com/auth/'

export const freshApp = {
  redirectUris: [],
  publishing: 'production',
  adminApi: true,
  secretRefused: false,
} as const

export const readyApps = (redirectUris: Record<string, readonly string[]>): App[] => [
  {
    ...freshApp,
    registration: 'google-analytics',
    name: 'Mooring demo',
    clientId: 'sandbox-google-analytics.apps.googleusercontent.com',
    clientSecret: 'SANDBOX-google_not-a-real-secret',
    scopes: ['openid', `${AUTH}userinfo.email`, `${AUTH}userinfo.profile`, `${AUTH}analytics.readonly`],
    redirectUris: [...(redirectUris['google-analytics'] ?? [])],
  },
]
