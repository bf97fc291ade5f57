/**
 * The one error class. `message` is for the person and is safe to show anywhere; `detail` is for the operator.
 * It never carries a `cause`: a response, a token or a query's parameters could ride along in one.
 */

/** Every code that the product can answer with, and the HTTP status it maps to. The codes are stable: outsiders match on them. */
export const ERROR_STATUS = {
  // the caller
  invalid_request: 400,
  invalid_json: 400,
  return_to_refused: 400,
  origin_refused: 400,
  unauthorized: 401,
  push_refused: 401,
  cross_site: 403,
  forbidden: 403,
  not_found: 404,
  provider_not_configured: 404,
  method_not_allowed: 405,
  conflict: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  // a sign-in
  sign_in_failed: 401,
  sign_in_again: 403,
  weak_password: 422,
  link_over: 410,
  mail_failed: 502,
  // a flow
  access_denied: 400,
  scope_not_granted: 400,
  flow_expired: 410,
  flow_finished: 409,
  flow_other_browser: 403,
  flow_other_person: 403,
  registration_mismatch: 400,
  issuer_mismatch: 400,
  callback_invalid: 400,
  code_refused: 400,
  wrong_identity: 409,
  completion_refused: 400,
  connect_session_used: 409,
  connect_session_expired: 410,
  accounts_refused: 422,
  // a flow by credentials
  credentials_refused: 422,
  checkpoint_refused: 422,
  checkpoint_unsolvable: 409,
  attempt_expired: 410,
  attempt_interrupted: 503,
  attempt_busy: 409,
  account_locked: 403,
  too_soon: 429,
  redirect_uri_mismatch: 500,
  // a post
  post_refused: 422,
  post_begun: 409,
  stale_write: 409,
  idempotency_key_reused: 422,
  delivery_state: 409,
  time_refused: 422,
  // a file of a post, a link in one
  media_refused: 422,
  media_in_use: 409,
  range_refused: 416,
  link_unreachable: 422,
  // a connection
  reauthorize: 409,
  disconnected: 409,
  misconfigured: 503,
  failing: 503,
  permission: 403,
  // the platform
  provider_unavailable: 502,
  provider_timeout: 504,
  provider_rate_limited: 503,
  provider_answer_invalid: 502,
  // ourselves
  vault_unknown_key: 500,
  vault_tampered: 500,
  config_invalid: 500,
  database_unavailable: 503,
  database_locked: 500,
  database_version: 500,
  database_missing: 500,
  storage_full: 507,
  storage_unavailable: 503,
  internal: 500,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

export interface ErrorParts {
  /** For the operator: what happened and how to mend it. Never a token, code, password or key. */
  detail?: string | undefined
  /** The platform's own code, as it sent it (already cut to a safe length). */
  providerCode?: string | undefined
  /** Seconds until it makes sense to try again. */
  retryAfter?: number | undefined
  /** The faults of a rejected input, one a field. */
  fields?: { path: string; message: string }[] | undefined
}

export class MooringError extends Error {
  override readonly name = 'MooringError'
  readonly code: ErrorCode
  readonly detail: string | undefined
  readonly providerCode: string | undefined
  readonly retryAfter: number | undefined
  readonly fields: { path: string; message: string }[] | undefined

  constructor(code: ErrorCode, message: string, parts: ErrorParts = {}) {
    super(message)
    this.code = code
    this.detail = parts.detail
    this.providerCode = parts.providerCode
    this.retryAfter = parts.retryAfter
    this.fields = parts.fields
  }

  get status(): number {
    return ERROR_STATUS[this.code]
  }
}

export const isMooringError = (value: unknown): value is MooringError => value instanceof MooringError

/** The name and code of something unknown that was thrown: never its message, which may hold a query's parameters. */
export function unknownFault(value: unknown): string {
  if (isMooringError(value)) return value.code
  if (value instanceof Error) {
    const code = (value as { code?: unknown }).code
    return typeof code === 'string' && /^[A-Za-z0-9_-]{1,40}$/.test(code) ? `${value.name} ${code}` : value.name
  }
  return typeof value
}
