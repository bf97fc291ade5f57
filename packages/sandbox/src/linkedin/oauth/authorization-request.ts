import { field, repeated } from '../../core/ask.ts'
import { escapeHtml } from '../../core/page.ts'
import type { App } from '../apps.ts'
import { isNativeRedirect, isRegistered } from './redirect-uri.ts'

export interface AuthorizationRequest {
  app: App
  redirectUri: string
  scopes: string[]
  state: string | undefined
  prompt: string | undefined
  /** Present on the native flow. */
  challenge?: string
}

/** What became of a request: a page that stays here, an error that goes back, or a question for the member. */
export type Finding =
  | { kind: 'page'; status: 400 | 401; reason: string }
  | { kind: 'refuse'; redirectUri: string; state: string | undefined; error: string; description: string }
  | { kind: 'ask'; request: AuthorizationRequest }

export type FlowKind = 'standard' | 'native'

const CHALLENGE = /^[A-Za-z0-9_-]{43}$/

/**
 * Judges an authorization request. Microsoft Learn: authorization-code-flow; a wrong client_id or redirect_uri never
 * redirects, everything found after those two does, with `state` (postiz issue 844).
 */
export function judgeAuthorization(query: URLSearchParams, apps: readonly App[], flow: FlowKind): Finding {
  const page = (status: 400 | 401, reason: string): Finding => ({ kind: 'page', status, reason })
  for (const name of ['client_id', 'redirect_uri']) {
    if (query.getAll(name).length > 1) return page(400, `The parameter "${name}" was sent more than once.`)
    if (!field(query, name)) return page(400, `A required parameter "${name}" is missing.`)
  }
  const app = apps.find((known) => known.clientId === field(query, 'client_id'))
  if (!app) return page(401, "Client_id doesn't match. The passed in client_id is invalid.")
  const redirectUri = field(query, 'redirect_uri') ?? ''
  if (flow === 'native' && !app.nativePkce)
    return page(401, 'This application is not enabled for the native PKCE flow.')
  const known = flow === 'native' ? isNativeRedirect(redirectUri) : isRegistered(redirectUri, app.redirectUris)
  if (!known) return page(401, "Redirect_uri doesn't match. The redirect_uri does not match the registered value.")

  const state = query.getAll('state').length === 1 ? query.get('state') || undefined : undefined
  const refuse = (error: string, description: string): Finding => ({
    kind: 'refuse',
    redirectUri,
    state,
    error,
    description,
  })
  const twice = repeated(query)
  if (twice) return refuse('invalid_request', `The parameter "${twice}" was sent more than once`)
  const responseType = field(query, 'response_type')
  if (!responseType) return refuse('invalid_request', 'You need to pass the "response_type" parameter')
  if (responseType !== 'code') return refuse('unsupported_response_type', 'The response_type must be "code"')
  const scopes = [...new Set((field(query, 'scope') ?? '').split(' ').filter(Boolean))]
  if (scopes.length === 0) return refuse('invalid_request', 'You need to pass the "scope" parameter')

  const challenge = field(query, 'code_challenge')
  if (flow === 'native') {
    if (!challenge) return refuse('invalid_request', 'You need to pass the "code_challenge" parameter')
    if (field(query, 'code_challenge_method') !== 'S256' || !CHALLENGE.test(challenge)) {
      return refuse('invalid_request', 'The code_challenge_method must be "S256"')
    }
  }
  // OpenID scopes are refused on the native flow; clients there read /v2/me.
  const usable =
    flow === 'native' ? app.scopes.filter((scope) => !['openid', 'profile', 'email'].includes(scope)) : app.scopes
  const foreign = scopes.find((scope) => !usable.includes(scope))
  if (foreign !== undefined) {
    // The description really arrives HTML-escaped inside the URL encoding (postiz 844, lucia 971, appwrite 6212).
    return refuse('unauthorized_scope_error', escapeHtml(`Scope "${foreign}" is not authorized for your application`))
  }
  const request = { app, redirectUri, scopes, state, prompt: field(query, 'prompt') }
  // A challenge on the standard flow was never seen to matter without its verifier; it is not kept.
  return { kind: 'ask', request: flow === 'native' && challenge ? { ...request, challenge } : request }
}
