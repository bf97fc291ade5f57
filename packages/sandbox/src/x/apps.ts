/** An app of the simulated developer console. */
export interface App {
  registration: string
  name: string
  clientId: string
  /** Web apps and bots are confidential and have one; native apps and single-page apps are public and have none. */
  clientSecret: string | undefined
  /** What the client that plays it asks for. X lets any app ask for any scope it knows. */
  scopes: string[]
  /** At most ten, compared letter by letter (docs.x.com: developer apps). */
  redirectUris: string[]
  /** "User authentication settings" were filled in; without them the authorize page is an error. */
  oauth2: boolean
  /** In a package and the Production environment, or why not (docs.x.com OpenAPI: ClientForbiddenProblem). */
  enrolled: 'yes' | 'client-not-enrolled' | 'official-client-forbidden' | 'user-not-enrolled'
  /** Only Enterprise may quote, answer strangers and use more than one cashtag (docs.x.com changelog, 2026-02-23 and 2026-04-20). */
  tier: 'self-serve' | 'enterprise'
  /** US dollars left for calls. Null: no end. */
  credits: number | null
  /** The month's cap of the product is used up. */
  capped: boolean
  /** When true every secret is refused, as after "Regenerate" in the console that nobody told us of. */
  secretRefused: boolean
  /** The app's own bearer token, which stands for no user. */
  bearer: string
}

const PUBLISHING = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access']

export const freshApp = {
  redirectUris: [],
  oauth2: true,
  enrolled: 'yes',
  tier: 'self-serve',
  credits: null,
  capped: false,
  secretRefused: false,
} as const

/** The secrets hold `-` and `_` as real ones do: a client that escapes them in Basic meets a 401. */
export function readyApps(redirectUris: Record<string, readonly string[]>): App[] {
  const apps: App[] = [
    {
      ...freshApp,
      registration: 'x',
      name: 'Mooring demo',
      clientId: 'sandbox-x',
      clientSecret: 'SANDBOX_x-not-a-real_secret-0000000000000000-_',
      scopes: [...PUBLISHING],
      redirectUris: [],
      bearer: 'AAAAAAAAAAAAAAAAAAAAAsandbox-x-app-only',
    },
    {
      ...freshApp,
      registration: 'x-native',
      name: 'Mooring demo (native app)',
      clientId: 'sandbox-x-native',
      clientSecret: undefined,
      scopes: [...PUBLISHING],
      redirectUris: [],
      bearer: 'AAAAAAAAAAAAAAAAAAAAAsandbox-x-native-app-only',
    },
  ]
  return apps.map((app) => ({ ...app, redirectUris: [...(redirectUris[app.registration] ?? [])] }))
}
