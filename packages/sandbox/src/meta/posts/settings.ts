import { z } from 'zod'

/** How publishing to Pages behaves where documents contradict each other or say nothing. The first value is the default. */
export const pageSettingsShape = {
  /** Text that is refused (506): as that of the last post, as any of a day, or never. */
  duplicates: z.enum(['last', 'day', 'off']),
  /** Photos of one post: ten in practice. */
  mostAttached: z.number().int().positive(),
  /** Days ahead that something may be scheduled: 30 in today's tools, 75 in older documents. */
  scheduleDays: z.number().int().positive(),
  /** How long a Page's video is processed, in ms of the sandbox's time, from when all of it is there. */
  pageVideoMs: z.number().int().nonnegative(),
  /** How long after that its `post_id` is told. */
  postIdMs: z.number().int().nonnegative(),
  /** The most that one chunk of a resumable upload is asked to hold. */
  chunkBytes: z.number().int().positive(),
  /** Reels of a Page in 24 hours. */
  reelsPerDay: z.number().int().nonnegative(),
  /** Whether `offset` and `file_size` are needed beside a `file_url`: not by the guide, but by what a client saw. */
  hostedOffset: z.enum(['optional', 'required']),
  /** `permalink_url` of a video: a path, as answered, or a whole address. */
  videoPermalink: z.enum(['path', 'whole']),
} as const

export type PageSettings = { [Name in keyof typeof pageSettingsShape]: z.output<(typeof pageSettingsShape)[Name]> }

export const pageSettings: PageSettings = {
  duplicates: 'last',
  mostAttached: 10,
  scheduleDays: 30,
  pageVideoMs: 3000,
  postIdMs: 5000,
  chunkBytes: 4 * 1024 * 1024,
  reelsPerDay: 30,
  hostedOffset: 'optional',
  videoPermalink: 'path',
}
