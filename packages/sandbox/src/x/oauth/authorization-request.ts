import { field, repeated } from '../../core/ask.ts'
import type { App } from '../apps.ts'
import { isScope } from '../scopes.ts'
import type { Settings } from '../settings.ts'
import { isRegistered } from './redirect-uri.ts'

export interface AuthorizationRequest {
  app: App
  redirectUri: string
  scopes: string[]
  state: string
  challenge: string
  method: 'S256' | 'plain'
}

const MOST_STATE = 500
const CHALLENGE = { S256: /^[A-Za-z0-9_-]{43}$/, plain: /^[A-Za-z0-9._~-]{43,128}$/ }

/**
 * The request, or why it is refused. X shows its own page for every fault and sends nobody back
 * (twitter-api-typescript-sdk 38, arctic 137); the rules are those of docs.x.com, "OAuth 2.0 Authorization Code Flow with PKCE".
 */
export function judgeAuthorization(
  query: URLSearchParams,
  apps: readonly App[],
  settings: Settings,
): AuthorizationRequest | string {
  const twice = repeated(query)
  if (twice) return `"${twice}" was sent more than once.`
  const app = apps.find((known) => known.clientId === field(query, 'client_id'))
  if (!app) return 'No app has this client_id.'
  if (!app.oauth2) return 'User authentication settings are not set up for this app.'
  const redirectUri = field(query, 'redirect_uri') ?? ''
  if (!isRegistered(redirectUri, app.redirectUris, settings.localhost))
    return 'redirect_uri is not, letter by letter, a callback URL of this app.'
  if (field(query, 'response_type') !== 'code') return 'response_type must be "code".'
  const state = field(query, 'state')
  if (!state) return 'state is missing.'
  if (state.length > MOST_STATE) return `state is longer than ${MOST_STATE} characters.`
  // A library that is widely used sends it in lower case (node-twitter-api-v2).
  const method = { S256: 'S256', s256: 'S256', plain: 'plain' }[query.get('code_challenge_method') ?? ''] as
    | 'S256'
    | 'plain'
    | undefined
  if (!method) return 'code_challenge_method must be "S256" or "plain".'
  const challenge = field(query, 'code_challenge') ?? ''
  if (!CHALLENGE[method].test(challenge)) return 'code_challenge is missing or is none.'
  const scopes = [...new Set((field(query, 'scope') ?? '').split(' ').filter(Boolean))]
  if (scopes.length === 0) return 'scope is missing.'
  const foreign = scopes.find((scope) => !isScope(scope))
  if (foreign !== undefined) return `"${foreign}" is not a scope. Scopes are parted by blanks.`
  return { app, redirectUri, scopes, state, challenge, method }
}
