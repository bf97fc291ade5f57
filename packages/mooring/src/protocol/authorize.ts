/** The address that asks for consent, and PKCE's two halves (RFC 7636). Pure but for `random`. */
import { createHash } from 'node:crypto'
import type { OAuthShape } from '../provider.ts'

export interface Client {
  clientId: string
  clientSecret: string | undefined
  redirectUri: string
}

export interface AuthorizeParts {
  oauth: OAuthShape
  client: Client
  scopes: readonly string[]
  separator: ' ' | ','
  state: string
  /** Of the verifier; required where the platform takes PKCE, and refused where it does not. */
  challenge?: string
}

/** Throws TypeError when PKCE would be left out where it belongs, or sent where it breaks the exchange. */
export function authorizationUrl(parts: AuthorizeParts): string {
  const { oauth, client, scopes, separator, state, challenge } = parts
  if ((oauth.pkce === 'S256') !== (challenge !== undefined)) throw new TypeError('PKCE does not fit the provider')
  const url = new URL(oauth.authorizeUrl)
  url.searchParams.set('response_type', 'code')
  url.searchParams.set('client_id', client.clientId)
  url.searchParams.set('redirect_uri', client.redirectUri)
  if (!oauth.fixedScopes) url.searchParams.set('scope', scopes.join(separator))
  if (oauth.optionalScopes?.length) url.searchParams.set('optional_scope', oauth.optionalScopes.join(separator))
  url.searchParams.set('state', state)
  if (challenge !== undefined) {
    url.searchParams.set('code_challenge', challenge)
    url.searchParams.set('code_challenge_method', 'S256')
  }
  // A space as %20, which every platform documents; `+` is only understood by those that read the query as a form.
  url.search = url.searchParams.toString().replaceAll('+', '%20')
  return url.href
}

/** 256 bits; 43 characters of the unreserved alphabet. */
export const newVerifier = (random: (bytes: number) => Buffer): string => random(32).toString('base64url')

export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')
