/** What the engine and a provider tell each other about a platform's OAuth endpoints. */

/** What a refused token request said. */
export interface TokenRefusal {
  grant: 'code' | 'refresh'
  /** The HTTP status. */
  status: number
  /** The body's code and sentence; empty where it has none. */
  error: string
  description: string
  /** A second code, where the platform sends one beside `error`. */
  also?: string
}

/** What a request of ours to a platform's OAuth endpoints is made of, beside the code: the token that it is about, and who we are. */
export interface GrantParts {
  token: string
  kind: 'access_token' | 'refresh_token'
  clientId: string
  /** Empty for a public client. */
  clientSecret: string
  /** The values of the provider's own settings. */
  settings: Readonly<Record<string, string>>
}

/** Sent as it is: no header of ours is added. A GET's `params` become its query, a POST's its form. */
export interface GrantRequest {
  method: 'GET' | 'POST' | 'DELETE'
  url: string
  params: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>>
}

/** What a platform says of a token when it is asked about it. */
export interface Introspection {
  active: boolean
  /** All that the token may do; undefined where the platform does not say. */
  scopes?: string[] | undefined
  /** When the platform ends its consent to the person's data, whatever the token's end is, in ms since 1970. */
  dataAccessEndsAt?: number | undefined
  /** Of whom it is, where only this answer says so. */
  label?: string | undefined
  email?: string | undefined
  /** Why it is not active, in the platform's own code. */
  code?: string | undefined
  /** The sentence for the person, where it is not active and the platform says more. */
  sentence?: string | undefined
}
