/** LinkedIn's refusals, judged. Sources: Microsoft Learn ("Authorization Code Flow", "Programmatic Refresh Tokens", "Error Handling") and captures in public issue threads. */
import { type ApiAnswer, number, type OAuthProvider, type Provider, text } from '../../provider.ts'

export const redirectErrors: OAuthProvider['redirectErrors'] = {
  user_cancelled_login: 'access_denied',
  user_cancelled_authorize: 'access_denied',
  access_denied: 'access_denied',
  // One scope that the app was not given fails the whole request.
  unauthorized_scope_error: 'scope_not_granted',
  invalid_scope_error: 'scope_not_granted',
  invalid_scope: 'scope_not_granted',
  server_error: 'provider_unavailable',
  temporarily_unavailable: 'provider_unavailable',
}

/**
 * The same failure carries different `error` values, so the status and the description count. A refresh token that is
 * over is 400 invalid_request with one certain sentence; a missing parameter is the same code and our own fault.
 */
export const judgeToken: OAuthProvider['judgeToken'] = ({ grant, status, error, description }) => {
  if (status === 429) return 'rate_limited'
  if (status >= 500) return 'retry'
  if (error === 'invalid_client' || error === 'invalid_client_id' || error === 'unauthorized_client')
    return 'misconfigured'
  if (/client_(id|secret)/i.test(description)) return 'misconfigured'
  if (/required parameter/i.test(description)) return 'ours'
  if (grant === 'refresh' && (error === 'invalid_grant' || /invalid, expired or revoked/i.test(description)))
    return 'reauthorize'
  if (
    grant === 'code' &&
    (error === 'invalid_grant' || error === 'invalid_redirect_uri' || error === 'invalid_request')
  )
    return 'reauthorize'
  if (status === 401 || status === 403) return grant === 'code' ? 'reauthorize' : 'misconfigured'
  return 'ours'
}

const serviceCode = (answer: ApiAnswer) => number(answer.body, 'serviceErrorCode')

export const judgeApi: Provider['judgeApi'] = (answer) => {
  if (answer.status === 429) return 'rate_limited'
  if (answer.status >= 500) return 'retry'
  if (answer.status === 401) return 'reauthorize'
  if (answer.status === 403) return 'permission'
  // A version that ended or is missing: the operator sets another.
  if (answer.status === 426 || text(answer.body, 'code') === 'VERSION_MISSING') return 'misconfigured'
  return 'ours'
}

export const apiCode: Provider['apiCode'] = (answer) =>
  text(answer.body, 'code') ?? text(answer.body, 'serviceErrorCode')

/** For some seconds a token that was just issued can be answered as revoked (65601) before it is known everywhere. */
export const notYetLive = (answer: ApiAnswer): boolean =>
  answer.status === 401 && (serviceCode(answer) === 65_601 || text(answer.body, 'code') === 'REVOKED_ACCESS_TOKEN')
