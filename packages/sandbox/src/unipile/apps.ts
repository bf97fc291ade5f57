import type { Generation } from './state.ts'

/** An API key of the dashboard of v1 or of v2. No OAuth: the key is handed out as a client's secret. */
export interface App {
  registration: string
  name: string
  clientId: string
  clientSecret: string
  scopes: string[]
  redirectUris: string[]
  secretRefused: boolean
  generation: Generation
}

const fresh = { scopes: [], redirectUris: [], secretRefused: false }

export const readyApps = (): App[] => [
  {
    ...structuredClone(fresh),
    registration: 'unipile',
    name: 'Mooring demo',
    clientId: 'sandbox',
    clientSecret: 'sandbox.unipile.v1.not-a-secret',
    generation: 'v1',
  },
  {
    ...structuredClone(fresh),
    registration: 'unipile-v2',
    name: 'Mooring demo, v2',
    clientId: 'sandbox-v2',
    clientSecret: 'sandbox.unipile.v2.not-a-secret',
    generation: 'v2',
  },
]
