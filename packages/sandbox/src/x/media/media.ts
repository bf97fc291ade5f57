import { z } from 'zod'

export const CATEGORIES = [
  'amplify_video',
  'tweet_gif',
  'tweet_image',
  'tweet_video',
  'dm_gif',
  'dm_image',
  'dm_video',
  'subtitles',
] as const

export type Category = (typeof CATEGORIES)[number]

/** A file that was uploaded whole, as it is kept from one start to the next. */
export const mediaSchema = z.strictObject({
  id: z.string(),
  key: z.string(),
  /** The user's key. */
  owner: z.string(),
  /** Ids of other users who may post it. */
  additionalOwners: z.array(z.string()),
  category: z.enum(CATEGORIES),
  type: z.string(),
  size: z.number(),
  sha256: z.string(),
  /** Null where it is not known: subtitles, and what could not be read. */
  width: z.number().nullable(),
  height: z.number().nullable(),
  durationMs: z.number().nullable(),
  framesPerSecond: z.number().nullable(),
  frames: z.number().nullable(),
  /** In ms since 1970. After that no new post can have it. */
  expiresAt: z.number(),
  /** When its processing began and is over; null for what needs none. */
  processing: z.strictObject({ from: z.number(), until: z.number() }).nullable(),
  /** How its processing ends, where it fails. */
  failure: z.strictObject({ code: z.number(), name: z.string(), message: z.string() }).nullable(),
  alt: z.string().nullable(),
})

export type Media = z.output<typeof mediaSchema>
export type Failure = NonNullable<Media['failure']>

/** As real keys begin: 3 for pictures, 7 for videos, 13 for Amplify's, 16 for GIFs (docs.x.com and public fixtures). */
const KEYS: Record<Category, string> = {
  amplify_video: '13',
  tweet_gif: '16',
  tweet_image: '3',
  tweet_video: '7',
  dm_gif: '16',
  dm_image: '3',
  dm_video: '7',
  subtitles: '2',
}

export const keyOf = (category: Category, id: string): string => `${KEYS[category]}_${id}`

/** What stands in a post; undefined for subtitles, which never do. */
export function kindOf(category: Category): 'image' | 'gif' | 'video' | undefined {
  if (category === 'subtitles') return undefined
  if (category.endsWith('gif')) return 'gif'
  return category.endsWith('image') ? 'image' : 'video'
}

export type ProcessingState = 'pending' | 'in_progress' | 'succeeded' | 'failed'

/** Undefined for what is ready as soon as it is uploaded. */
export function processingState(media: Media, now: number): ProcessingState | undefined {
  if (!media.processing) return undefined
  const { from, until } = media.processing
  if (now >= until) return media.failure ? 'failed' : 'succeeded'
  return now < from + (until - from) / 4 ? 'pending' : 'in_progress'
}
