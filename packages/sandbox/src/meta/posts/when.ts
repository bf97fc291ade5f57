import { type Answer, field } from '../../core/ask.ts'
import { badParameter } from '../../graph/errors.ts'
import { readTime } from '../../graph/time.ts'

/** When something is to be seen: at once, at a time, or not at all. */
export interface When {
  /** In ms since 1970; null: unpublished. */
  at: number | null
  scheduled: boolean
}

const LEAST_MS = 10 * 60_000
const DAY_MS = 24 * 3600_000

export const isUnpublished = (params: URLSearchParams): boolean => /^(false|0)$/i.test(field(params, 'published') ?? '')

/** Judges a time that something is scheduled for; in ms since 1970. */
export function scheduledTime(text: string, now: number, days: number): number | Answer {
  const at = readTime(text, now)
  const fits = at !== undefined && at >= now + LEAST_MS && at <= now + days * DAY_MS
  return fits ? at : badParameter('The specified scheduled publish time is invalid.')
}

/** From `published`, `scheduled_publish_time` and `unpublished_content_type`. */
export function readWhen(params: URLSearchParams, now: number, days: number): When | Answer {
  const hidden = isUnpublished(params)
  const time = field(params, 'scheduled_publish_time')
  const type = field(params, 'unpublished_content_type')
  if (time === undefined)
    return type === 'SCHEDULED'
      ? badParameter('The specified scheduled publish time is invalid.')
      : { at: hidden ? null : now, scheduled: false }
  if (!hidden) return badParameter('You cannot specify a scheduled publish time on a published post')
  if (type !== undefined && type !== 'SCHEDULED') return { at: null, scheduled: false }
  const at = scheduledTime(time, now, days)
  return typeof at === 'number' ? { at, scheduled: true } : at
}
