/** What Instagram takes. Sources: "Content publishing", its error table, and a digest of the guides of 2026-09-19. */
import type { Features, PublishAs, Quota } from '../../../../provider-publishing.ts'

/** Of pictures Instagram says MiB; of videos it says MB, which nobody explains: the smaller is taken either way. */
const MIB = 1024 * 1024
export const MB = 1_000_000

export const LIMITS = {
  caption: 2200,
  hashtags: 30,
  mentions: 20,
  altText: 1000,
  carousel: 10,
  imageBytes: 8 * MIB,
  /** Wider ones are made smaller before. */
  width: [320, 1440] as const,
  aspect: [4 / 5, 1.91] as const,
  video: {
    mimes: ['video/mp4', 'video/quicktime'],
    codecs: ['avc', 'hevc'],
    width: 1920,
    rate: [23, 60] as const,
    audioHz: 48_000,
  },
  reel: { ms: [3_000, 15 * 60_000] as const, bytes: 300 * MB },
  story: { ms: [3_000, 60_000] as const, bytes: 100 * MB },
  /** A video of a carousel. */
  item: { ms: [3_000, 60_000] as const, bytes: 100 * MB },
  /** None is stated: as of captions. */
  comment: 2200,
}

export const features: Features = {
  text: { limit: LIMITS.caption, weighted: false },
  images: LIMITS.carousel,
  videos: LIMITS.carousel,
  documents: 0,
  mixed: true,
  needsMedia: true,
  altText: LIMITS.altText,
  link: 'none',
  poll: null,
  thread: false,
  firstComment: true,
  visibility: ['public'],
  formats: ['feed', 'reel', 'story'],
  mentions: 'handle',
  // Whether an app may delete was not confirmed by any source.
  deletes: false,
}

/** "400 containers in 24 hours". Posts a day are asked for before each: documents contradict each other (25, 50, 100). */
export const quotas = (_as: PublishAs): readonly Quota[] => [
  { of: 'account', endpoint: 'POST /media', limit: 400, window: 86_400_000 },
]
