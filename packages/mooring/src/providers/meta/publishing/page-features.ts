/** What a Facebook Page takes. Sources: "Pages API: posts", "Reels publishing" (2026-07-30), limits that clients keep to. */
import type { Features } from '../../../provider-publishing.ts'

const MB = 1024 * 1024

export const LIMITS = {
  text: 63_206,
  photos: 10,
  /** Subcode 1366046. */
  photoBytes: 4 * MB,
  /** None is stated: our own. */
  altText: 1000,
  reelMs: [3_000, 90_000] as const,
  storyMs: [3_000, 60_000] as const,
  /** Of reels, and of stories made of a video. */
  upright: { width: 540, height: 960, rate: [24, 60] as const },
  /** None is stated: our own. */
  comment: 8_000,
}

export const features: Features = {
  text: { limit: LIMITS.text, weighted: false },
  images: LIMITS.photos,
  videos: 1,
  documents: 0,
  mixed: false,
  needsMedia: false,
  altText: LIMITS.altText,
  link: 'plain',
  poll: null,
  thread: false,
  firstComment: true,
  visibility: ['public'],
  formats: ['feed', 'reel', 'story'],
  mentions: 'none',
  deletes: true,
}
