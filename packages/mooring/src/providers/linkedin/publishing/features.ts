import type { Features, Publisher } from '../../../provider-publishing.ts'
import { isLegacy } from './settings.ts'
import { mayComment, visibilities } from './standing.ts'

/** Microsoft Learn: "Posts API", "MultiImage", "Poll", "Images", "Videos", "Documents" (2026). The text's is the UGC page's: the Posts page names none. */
export const LIMITS = {
  text: 3000,
  images: 20,
  altText: 4086,
  pixels: 36_152_320,
  frames: 250,
  video: { bytes: [75 * 1024, 500 * 1024 * 1024], ms: [3000, 30 * 60_000] },
  document: { bytes: 100 * 1024 * 1024, pages: 300 },
  poll: { question: 140, option: 30, options: [2, 4], minutes: [1440, 4320, 10_080, 20_160] },
  /** Of LinkedIn's own pages; the API's is not published. */
  comment: 1250,
} as const

export const features: Publisher['features'] = (as): Features => ({
  text: { limit: LIMITS.text, weighted: false },
  images: LIMITS.images,
  videos: 1,
  documents: isLegacy(as) ? 0 : 1,
  mixed: false,
  needsMedia: false,
  altText: isLegacy(as) ? 0 : LIMITS.altText,
  link: 'card',
  poll: isLegacy(as)
    ? null
    : {
        options: LIMITS.poll.options[1],
        optionLength: LIMITS.poll.option,
        questionLength: LIMITS.poll.question,
        minutes: LIMITS.poll.minutes,
      },
  thread: false,
  firstComment: mayComment(as),
  visibility: visibilities(as),
  formats: ['feed'],
  mentions: isLegacy(as) ? 'none' : 'id',
  deletes: true,
})
