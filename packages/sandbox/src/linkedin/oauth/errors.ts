import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'

/** The token endpoint's bodies. Microsoft Learn: authorization-code-flow, programmatic-refresh-tokens. */
export const oauthError = (status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description }, { 'cache-control': 'no-store' })

export const missing = (name: string): Answer =>
  oauthError(400, 'invalid_request', `A required parameter "${name}" is missing`)

export const repeatedParameter = (name: string): Answer =>
  oauthError(400, 'invalid_request', `The parameter "${name}" was sent more than once`)

/** Also the answer to a stray code_verifier (UsefulSoftwareCo/executor issue 2087). */
export const clientRefused = (): Answer => oauthError(401, 'invalid_client', 'Client authentication failed')

export const codeNotFound = (): Answer =>
  oauthError(401, 'invalid_request', 'Unable to retrieve access token: authorization code not found')

/** One text for many faults; `error` differs between captures (Microsoft Learn; linkedin_login issues 75 and 77). */
export const codeMismatch = (error: 'invalid_request' | 'invalid_redirect_uri' = 'invalid_request'): Answer =>
  oauthError(
    400,
    error,
    'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists',
  )

export const refreshRefused = (): Answer =>
  oauthError(400, 'invalid_request', 'The provided authorization grant or refresh token is invalid, expired or revoked')
