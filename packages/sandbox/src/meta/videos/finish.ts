import { type Answer, field } from '../../core/ask.ts'
import { badParameter, graphError } from '../../graph/errors.ts'
import { isAnswer } from '../../graph/project.ts'
import { addPost, type PageBook, type Post, type Video } from '../posts/book.ts'
import { scheduledTime, type When } from '../posts/when.ts'
import type { State } from '../state.ts'

const DAY_MS = 24 * 3600_000
/** A reel may be scheduled for 29 days ahead at most. */
const REEL_DAYS = 29

/** What becomes of a reel: `video_state`, and a time where it is scheduled. */
export function readState(params: URLSearchParams, now: number): { state: Video['state']; when: When } | Answer {
  const time = field(params, 'scheduled_publish_time')
  const state = field(params, 'video_state')
  switch (state) {
    case 'DRAFT':
      return { state, when: { at: null, scheduled: false } }
    case 'PUBLISHED':
      return time === undefined
        ? { state, when: { at: now, scheduled: false } }
        : badParameter('You cannot specify a scheduled publish time on a published post')
    case 'SCHEDULED': {
      const at = scheduledTime(time ?? '', now, REEL_DAYS)
      return isAnswer(at) ? at : { state, when: { at, scheduled: true } }
    }
    case undefined:
      return badParameter('Missing parameter: video_state')
    default:
      return badParameter('Param video_state must be one of {DRAFT, PUBLISHED, SCHEDULED}')
  }
}

export const stateOf = ({ at, scheduled }: When): 'DRAFT' | 'SCHEDULED' | 'PUBLISHED' =>
  scheduled ? 'SCHEDULED' : at === null ? 'DRAFT' : 'PUBLISHED'

/** Thirty in a moving day, of what is published by the API. */
export function tooManyReels({ pages, settings }: State, page: string, now: number): Answer | undefined {
  const reels = [...pages.videos.values()].filter(
    (one) =>
      one.kind === 'reel' && one.page === page && one.state === 'PUBLISHED' && (one.finishedAt ?? 0) > now - DAY_MS,
  )
  return reels.length < settings.reelsPerDay
    ? undefined
    : graphError(400, { message: '(#613) Calls to this api have exceeded the rate limit.', code: 613 })
}

/** A video that is whole gets its post, which people see once it is processed; one that fails there gets none that they see. */
export function finish(book: PageBook, video: Video, state: Video['state'], when: When, now: number): Post {
  video.state = state
  video.finishedAt = now
  video.scheduledAt = when.scheduled ? when.at : null
  const ready = video.readyAt ?? now
  const at = when.at === null || video.failure !== null ? null : Math.max(when.at, ready)
  const { page, clientId, kind, description: message } = video
  return addPost(book, {
    page,
    clientId,
    kind,
    message,
    video: video.id,
    createdAt: now,
    at,
    scheduled: when.scheduled,
  })
}
