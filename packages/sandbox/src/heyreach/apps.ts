/** A workspace as its API key opens it. HeyReach is no OAuth platform: the key stands where a client secret would. */
export interface App {
  registration: string
  name: string
  clientId: string
  clientSecret: string
  scopes: string[]
  redirectUris: string[]
  secretRefused: boolean
}

export const readyApps = (): App[] => [
  {
    registration: 'heyreach',
    name: 'HeyReach workspace',
    clientId: 'sandbox',
    clientSecret: 'sandbox-heyreach-not-a-real-key-0000',
    scopes: [],
    redirectUris: [],
    secretRefused: false,
  },
]
