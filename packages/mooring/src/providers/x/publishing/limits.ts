/**
 * What X takes, by the posting person's plan, and how often. Sources: docs.x.com, "Media best practices" (after 2026-09-01),
 * changelog, "Counting characters", "Rate limits"; limits of media are looked at again when the post is made.
 */
import type { ApiAnswer } from '../../../provider.ts'
import type { PublishAs, Publisher, Quota, Usage } from '../../../provider-publishing.ts'

const MB = 1024 * 1024
const MINUTE = 60_000

interface Plan {
  text: number
  video: { ms: readonly [number, number]; longSide: number; shortSide: number }
}

export const EVERYBODY: Plan = {
  text: 280,
  video: { ms: [500, 20 * MINUTE], longSide: 1280, shortSide: 1024 },
}
export const SUBSCRIBERS: Plan = {
  text: 25_000,
  video: { ms: [500, 125 * MINUTE], longSide: 1920, shortSide: 1080 },
}
/** X names Premium alone for longer videos. */
const BASIC: Plan = {
  ...SUBSCRIBERS,
  video: { ...SUBSCRIBERS.video, ms: EVERYBODY.video.ms },
}

export function planOf({ traits: { plan = 'none' } }: PublishAs): Plan {
  if (plan === 'none') return EVERYBODY
  return plan === 'basic' ? BASIC : SUBSCRIBERS
}

export const LIMITS = {
  images: 4,
  altText: 1000,
  imageBytes: 5 * MB,
  gif: { bytes: 15 * MB, width: 1280, height: 1080, frames: 350, pixels: 300_000_000 },
  video: { leastSide: 32, aspect: 3, framesPerSecond: 60 },
  /** Counted from 0 to 999 in `segment_index`; together they hold less than the 8 GB, or 16 with Premium, of a video. */
  pieces: { count: 1000, bytes: 8 * MB, advised: 5 * MB },
  poll: { options: [2, 4], option: 25, minutes: { least: 5, most: 10_080 } },
  cashtags: 1,
} as const

export const API = 'https://api.x.com'
export const POSTS = 'POST /2/tweets'

const QUARTER = 15 * MINUTE
const DAY = 86_400_000
const known = (endpoint: string, user: number, app?: number): Quota[] => [
  { of: 'connection', endpoint, limit: user, window: QUARTER },
  ...(app === undefined ? [] : [{ of: 'registration', endpoint, limit: app, window: DAY } as const]),
]

const QUOTAS: readonly Quota[] = [
  ...known(POSTS, 100, 10_000),
  ...known('DELETE /2/tweets', 50),
  ...known('GET /2/users/:id/tweets', 900),
  ...known('POST /2/media/upload', 500, 50_000),
  ...['initialize', 'append', 'finalize'].flatMap((what) => known(`POST /2/media/upload/${what}`, 1875, 180_000)),
  ...known('GET /2/media/upload', 1000),
  ...known('POST /2/media/metadata', 500),
]

export const quotas: NonNullable<Publisher['quotas']> = () => QUOTAS

/** The day's windows are not documented; a quarter of an hour may have room while one of them is full. */
const WINDOWS = [
  ['connection', 'x-rate-limit'],
  ['connection', 'x-user-limit-24hour'],
  ['registration', 'x-app-limit-24hour'],
] as const

/** One for each holder, the one that holds back longest: a full one, else the one with the least left. */
export const usage: NonNullable<Publisher['usage']> = (answer): Usage[] => {
  const told = WINDOWS.flatMap(([of, name]) => windowIn(answer, of, name))
  return (['connection', 'registration'] as const).flatMap((of) => {
    const own = told.filter((one) => one.of === of)
    const full = own.filter(({ remaining }) => remaining === 0).toSorted((a, b) => b.resetsAt - a.resetsAt)
    return [...full, ...own.toSorted((a, b) => a.remaining - b.remaining)].slice(0, 1)
  })
}

function windowIn({ headers }: ApiAnswer, of: Usage['of'], name: string): Usage[] {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((last) => {
    const value = headers.get(`${name}-${last}`)
    return value !== null && /^\d{1,12}$/.test(value) ? Number(value) : undefined
  })
  if (remaining === undefined || reset === undefined) return []
  return [{ of, limit, remaining, resetsAt: reset * 1000 }]
}
