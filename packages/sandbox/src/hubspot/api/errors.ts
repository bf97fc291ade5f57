/** The general body of the data APIs; every field is optional to those who read it (error-handling page). */
import { randomUUID } from 'node:crypto'
import { json, withHeaders } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import type { Settings } from '../settings.ts'

interface Fault {
  status: number
  category: string
  message: string
  more?: object
}

const problem = ({ status, category, message, more }: Fault): Answer =>
  json(status, { status: 'error', message, correlationId: randomUUID(), category, ...more })

export const noToken = (): Answer =>
  problem({ status: 401, category: 'INVALID_AUTHENTICATION', message: 'Authentication credentials not found.' })

export const deadToken = (): Answer =>
  problem({
    status: 401,
    category: 'EXPIRED_AUTHENTICATION',
    message: 'The OAuth token used to make this call is expired or invalid.',
  })

export const missingScopes = (scopes: readonly string[]): Answer =>
  problem({
    status: 403,
    category: 'MISSING_SCOPES',
    message: "This app hasn't been granted all required scopes to make this call.",
    more: {
      errors: [
        { message: 'One or more of the following scopes are required.', context: { requiredGranularScopes: scopes } },
      ],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
    },
  })

export const invalid = (message: string, status = 400): Answer =>
  problem({ status, category: 'VALIDATION_ERROR', message })

export const notFound = (): Answer =>
  problem({ status: 404, category: 'OBJECT_NOT_FOUND', message: 'resource not found' })

export const locked = (): Answer => problem({ status: 423, category: 'LOCKED', message: 'The resource is locked.' })

/** HubSpot's own status, with the seconds to wait. */
export const migrating = (): Answer =>
  withHeaders(problem({ status: 477, category: 'MIGRATION_IN_PROGRESS', message: 'The account is being moved.' }), {
    'retry-after': '60',
  })

/** No Retry-After. One client saw a category in the place of type and policy. */
export function tooMany(policyName: Exclude<Settings['limited'], false>, { limitBody }: Settings): Answer {
  const message = `You have reached your ${policyName.toLowerCase()} limit.`
  if (limitBody === 'category') return problem({ status: 429, category: 'RATE_LIMITS', message })
  return json(429, { status: 'error', message, errorType: 'RATE_LIMIT', correlationId: randomUUID(), policyName })
}
