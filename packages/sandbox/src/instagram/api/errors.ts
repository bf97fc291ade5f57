import type { Answer } from '../../core/ask.ts'
import { challenged, graphError } from '../../graph/errors.ts'
import type { Settings } from '../settings.ts'

const WORDS: Record<number, string> = {
  458: 'The user has not authorized application.',
  459: 'The user is in a checkpointed state and needs to log in to www.instagram.com.',
  460: 'The session has been invalidated because the user changed their password or Instagram has changed the session for security reasons.',
  463: 'Session has expired.',
  467: 'The session is invalid because the user logged out.',
}

/** What is answered to whatever this API does not know, and by some accounts to a dead token. */
export const unsupported = (method: string): Answer =>
  graphError(400, {
    message: `Unsupported request - method type: ${method.toLowerCase()}`,
    type: 'IGApiException',
    code: 100,
  })

export function tokenDead({ deadToken, tokenStatus }: Settings, method: string, subcode?: number): Answer {
  if (deadToken === 100) return unsupported(method)
  const message =
    subcode === undefined
      ? 'Invalid OAuth access token - Cannot parse access token'
      : `Error validating access token: ${WORDS[subcode] ?? ''}`
  const more = subcode === undefined ? {} : { subcode }
  return challenged(graphError(tokenStatus, { message, code: 190, ...more }), 'invalid_token', message)
}

export function noToken(): Answer {
  const message = 'Access token is required'
  return challenged(graphError(400, { message, code: 104 }), 'invalid_token', message)
}

export const noPermission = (permission: string): Answer =>
  graphError(400, { message: `(#10) Application does not have permission for this action: ${permission}`, code: 10 })

const LIMITS = {
  app: { code: 4, message: '(#4) Application request limit reached', transient: true },
  'use-case': {
    code: 80002,
    message: '(#80002) There have been too many calls to this Instagram account. Wait a bit and try again.',
    transient: false,
  },
} as const

export const limited = (kind: keyof typeof LIMITS, { limitStatus }: Settings): Answer =>
  graphError(limitStatus, LIMITS[kind])

export const failure = (code: 1 | 2): Answer =>
  graphError(500, {
    message:
      code === 1
        ? 'An unknown error has occurred.'
        : 'An unexpected error has occurred. Please retry your request later.',
    code,
    transient: code === 2,
  })
