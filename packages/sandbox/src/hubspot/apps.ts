/** An app of the simulated developer account. */
export interface App {
  registration: string
  name: string
  clientId: string
  clientSecret: string
  /** What the client that plays it asks for. */
  scopes: string[]
  /** Configured in the app: a request names all of these as `scope`, and as `optional_scope` none that is not in `optional`. */
  required: string[]
  optional: string[]
  redirectUris: string[]
  /** Accounts that may install it: 25 for an app that is not listed. Null: no end. */
  mostInstalls: number | null
  secretRefused: boolean
}

const REQUIRED = ['oauth', 'crm.objects.contacts.read']
const OPTIONAL = ['marketing.email.read', 'marketing.campaigns.read', 'forms']

export const freshApp = { redirectUris: [], optional: [], mostInstalls: 25, secretRefused: false }

export const readyApps = (redirectUris: Record<string, readonly string[]>): App[] => [
  {
    ...freshApp,
    registration: 'hubspot',
    name: 'Mooring demo',
    clientId: 'sandbox-hubspot-0000-0000-000000000000',
    clientSecret: 'sandbox-hubspot-not-a-real-secret-00',
    scopes: [...REQUIRED],
    required: [...REQUIRED],
    optional: [...OPTIONAL],
    redirectUris: [...(redirectUris.hubspot ?? [])],
  },
]
