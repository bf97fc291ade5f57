import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { graphError } from '../../meta/api/errors.ts'
import type { State } from '../state.ts'

/** The token endpoint's own shape ("Business Login for Instagram"). */
export const oauthError = (message: string, code = 400): Answer =>
  json(code, { error_type: 'OAuthException', code, error_message: message })

/** GET on what takes POST alone, and some dead tokens (NangoHQ/nango 5531, in2code-de/instagram 41). */
export const unsupported = (method: string): Answer =>
  graphError(400, {
    message: `Unsupported request - method type: ${method.toLowerCase()}`,
    type: 'IGApiException',
    code: 100,
  })

export function tokenDead({ settings }: State, expired: boolean): Answer {
  if (settings.deadToken === 100) return unsupported('get')
  const message = expired
    ? 'Error validating access token: Session has expired.'
    : 'Invalid OAuth access token - Cannot parse access token'
  return graphError(400, { message, code: 190, ...(expired && { subcode: 463 }) })
}

export const missing = (name: string): Answer =>
  graphError(400, { message: `(#100) The parameter ${name} is required`, type: 'IGApiException', code: 100 })

export const limited = (): Answer =>
  graphError(400, { message: '(#4) Application request limit reached', code: 4, transient: true })
