import type { Answer } from '../../core/ask.ts'
import { challenged, graphError } from '../../graph/errors.ts'

export const tokenDead = (expired: boolean): Answer => {
  const message = expired
    ? 'Error validating access token: Session has expired.'
    : 'Invalid OAuth access token - Cannot parse access token'
  return challenged(graphError(400, { message, code: 190, ...(expired && { subcode: 463 }) }), 'invalid_token', message)
}

export const wrong = (message: string, code = 100, subcode?: number): Answer =>
  graphError(400, { message, code, ...(subcode !== undefined && { subcode }) })

export const unsupported = (method: string): Answer =>
  graphError(400, { message: `Unsupported ${method.toLowerCase()} request.`, type: 'GraphMethodException', code: 100 })

export const limited = (): Answer =>
  graphError(400, { message: '(#4) Application request limit reached', code: 4, transient: true })
