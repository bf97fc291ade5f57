/** An app of the simulated developer account. */
export interface App {
  registration: string
  name: string
  clientId: string
  clientSecret: string
  /** What the client that plays it asks for. */
  scopes: string[]
  /** Configured in the app: requests must ask for all of these, and for nothing that is in neither list. */
  required: string[]
  optional: string[]
  redirectUris: string[]
  secretRefused: boolean
}

const REQUIRED = ['oauth', 'crm.objects.contacts.read']
const OPTIONAL = ['marketing.email.read', 'marketing.campaigns.read', 'forms']

export const freshApp = { redirectUris: [], optional: [], secretRefused: false }

export const readyApps = (redirectUris: Record<string, readonly string[]>): App[] => [
  {
    registration: 'hubspot',
    name: 'Mooring demo',
    clientId: 'sandbox-hubspot-0000-0000-000000000000',
    clientSecret: 'sandbox-hubspot-not-a-real-secret-00',
    scopes: [...REQUIRED],
    required: [...REQUIRED],
    optional: [...OPTIONAL],
    redirectUris: [...(redirectUris.hubspot ?? [])],
    secretRefused: false,
  },
]
