import { randomUUID } from 'node:crypto'
import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import type { Settings } from '../settings.ts'

interface Refusal {
  /** RFC 6749's code. */
  error: string
  /** HubSpot's older one. Of these BAD_REFRESH_TOKEN and BAD_AUTH_CODE were captured; the rest is of the same kind. */
  status: string
  message: string
  http?: number
}

/** Says no in the shape that this endpoint has. */
export type Refuse = (refusal: Refusal) => Answer

/** RFC 6749's fields beside the old ones, the old ones alone, or the body of the data APIs (changelog, "New OAuth v3 API endpoints and standardized error responses"). */
export const refuseAs =
  (shape: Settings['errorShape']): Refuse =>
  ({ error, status, message, http = 400 }) => {
    const plain = { status, message }
    const bodies: Record<Settings['errorShape'], object> = {
      both: { error, error_description: message, ...plain },
      old: plain,
      general: { status: 'error', message, correlationId: randomUUID(), category: status },
    }
    return json(http, bodies[shape], { 'cache-control': 'no-store' })
  }

export const isAnswer = (value: object): value is Answer => 'body' in value && 'headers' in value
