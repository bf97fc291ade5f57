import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import type { Settings } from '../settings.ts'

/** google.rpc.Status as JSON; older answers have `errors` with a `reason` beside or instead of `details`. */
export function rpcError(
  settings: Settings,
  status: number,
  name: string,
  message: string,
  reason?: { google: string; old: string },
): Answer {
  const { errorShape } = settings
  const details = reason && {
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: reason.google,
        domain: 'googleapis.com',
        metadata: { service: 'analyticsadmin.googleapis.com' },
      },
    ],
  }
  const errors = reason && { errors: [{ message, domain: 'global', reason: reason.old }] }
  return json(status, {
    error: {
      code: status,
      message,
      status: name,
      ...(errorShape !== 'errors' && details),
      ...(errorShape !== 'details' && errors),
    },
  })
}

export const unauthenticated = (settings: Settings): Answer => ({
  ...rpcError(
    settings,
    401,
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
    { google: 'ACCESS_TOKEN_EXPIRED', old: 'authError' },
  ),
})

export const scopeMissing = (settings: Settings): Answer =>
  rpcError(settings, 403, 'PERMISSION_DENIED', 'Request had insufficient authentication scopes.', {
    google: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
    old: 'insufficientPermissions',
  })

export const disabled = (settings: Settings): Answer =>
  rpcError(
    settings,
    403,
    'PERMISSION_DENIED',
    'Google Analytics Admin API has not been used in project 100000000000 before or it is disabled.',
    { google: 'SERVICE_DISABLED', old: 'accessNotConfigured' },
  )

export const exhausted = (settings: Settings): Answer =>
  rpcError(
    settings,
    settings.quotaStatus,
    settings.quotaStatus === 429 ? 'RESOURCE_EXHAUSTED' : 'PERMISSION_DENIED',
    'Quota exceeded for quota metric.',
    {
      google: 'RATE_LIMIT_EXCEEDED',
      old: 'rateLimitExceeded',
    },
  )

export const notFound = (settings: Settings): Answer => rpcError(settings, 404, 'NOT_FOUND', 'Method not found.')

export const invalid = (settings: Settings, message: string): Answer =>
  rpcError(settings, 400, 'INVALID_ARGUMENT', message)
