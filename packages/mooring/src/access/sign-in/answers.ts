/** What the library's refusals mean to a person. Pure. */
import { type ErrorCode, MooringError } from '../../error.ts'

const again = 'Sign in again: too much time has passed for the second step.'
const MEANINGS: Record<string, [ErrorCode, string]> = {
  INVALID_EMAIL_OR_PASSWORD: ['sign_in_failed', 'That e-mail address and password do not belong together.'],
  INVALID_EMAIL: ['sign_in_failed', 'That e-mail address and password do not belong together.'],
  INVALID_PASSWORD: ['sign_in_failed', 'That is not your password.'],
  CREDENTIAL_ACCOUNT_NOT_FOUND: ['conflict', 'You have no password yet.'],
  INVALID_CODE: ['sign_in_failed', 'That code is not right, or not any more. Take the newest.'],
  INVALID_BACKUP_CODE: ['sign_in_failed', 'That backup code is not right, or was used already.'],
  INVALID_TWO_FACTOR_COOKIE: ['sign_in_failed', again],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ['sign_in_failed', 'Too many wrong codes. Sign in again from the beginning.'],
  ACCOUNT_TEMPORARILY_LOCKED: ['rate_limited', 'Too many wrong codes. Wait a quarter of an hour.'],
  TOTP_ALREADY_ENABLED: ['conflict', 'An authenticator app is set up already. Turn it off first.'],
  TOTP_NOT_ENABLED: ['conflict', 'No authenticator app is set up.'],
  BACKUP_CODES_NOT_ENABLED: ['conflict', 'No authenticator app is set up.'],
  TWO_FACTOR_NOT_ENABLED: ['conflict', 'No authenticator app is set up.'],
  SESSION_NOT_FRESH: ['sign_in_again', 'For this, sign in again first: you did so over a day ago.'],
  INVALID_TOKEN: ['link_over', 'This link was used already, or is too old. Ask for a new one.'],
  USER_NOT_FOUND: ['link_over', 'This link was used already, or is too old. Ask for a new one.'],
  PROVIDER_NOT_FOUND: [
    'provider_unavailable',
    'That sign-in does not answer. Try again in a minute, or come in another way.',
  ],
  CHALLENGE_NOT_FOUND: ['sign_in_failed', 'That took too long. Try again.'],
  PASSKEY_NOT_FOUND: ['sign_in_failed', 'This passkey is not known here.'],
  AUTHENTICATION_FAILED: ['sign_in_failed', 'This passkey was not accepted.'],
  FAILED_TO_VERIFY_REGISTRATION: ['sign_in_failed', 'This passkey was not accepted.'],
  PREVIOUSLY_REGISTERED: ['conflict', 'This passkey is set up already.'],
}

/** A lock of the library's own lasts so long, in seconds. */
const LOCK_SECONDS = 900

export function refusal(status: number, body: unknown, retryAfter: string | null): MooringError {
  if (status === 429 && retryAfter !== null)
    return new MooringError('rate_limited', 'Too many tries. Wait a moment.', { retryAfter: Number(retryAfter) || 60 })
  const code = codeIn(body)
  const [ours, message] = MEANINGS[code] ?? []
  if (ours !== undefined && message !== undefined)
    return new MooringError(ours, message, ours === 'rate_limited' ? { retryAfter: LOCK_SECONDS } : {})
  const detail = `The sign-in library answered ${status} ${code}.`
  if (status === 401) return new MooringError('unauthorized', 'Sign in first.', { detail })
  if (status < 500) return new MooringError('invalid_request', 'Something in the request is not right.', { detail })
  return new MooringError('internal', 'The server made a mistake. Nothing was lost.', { detail })
}

function codeIn(body: unknown): string {
  const code = typeof body === 'object' && body !== null ? (body as { code?: unknown }).code : undefined
  return typeof code === 'string' && /^[A-Za-z_]{1,60}$/.test(code) ? code.toUpperCase() : 'UNKNOWN'
}
