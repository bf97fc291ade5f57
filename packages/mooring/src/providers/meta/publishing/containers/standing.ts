/** How far containers are, by what is known: `c0` to `c9` for the files, `parent` for a carousel; each with its time, upload and readiness. */
import type { PostContent, PostMedia, Progress, PublishAs, PublishFault } from '../../../../provider-publishing.ts'
import { asText, said } from '../calls.ts'
import type { Stack } from './stack.ts'

export const CAROUSEL = 'parent'
/** Instagram forgets them after a day: a little before. */
const LIFE_MS = 23 * 3_600_000
/** What is published is asked about just before: it may have been published by a call whose answer was lost. */
const FRESH_MS = 60_000

export const isCarousel = ({ media }: PostContent): boolean => media.length > 1
/** The container that is published. */
export const lastKey = (content: PostContent): string => (isCarousel(content) ? CAROUSEL : 'c0')

export const lives = (progress: Progress, key: string, now: number): boolean =>
  asText(progress[key]) !== undefined && now - madeAt(progress, key) < LIFE_MS

export const madeAt = (progress: Progress, key: string): number => Number(progress[`${key}.at`] ?? 0)
export const isSent = (progress: Progress, key: string): boolean => progress[`${key}.sent`] === true
export const wasReady = (progress: Progress, key: string): boolean => typeof progress[`${key}.ready`] === 'number'
export const isFresh = (progress: Progress, key: string, now: number): boolean =>
  wasReady(progress, key) && now - Number(progress[`${key}.ready`]) < FRESH_MS

/** Not found (24, 100/33), expired. */
export const isGone = ({ code }: PublishFault): boolean => /^24(\/|$)|^100\/33$|\/2207020$/.test(code ?? '')

const BLANK = ['', '.at', '.uri', '.sent', '.ready', '.looks']
/** A container is of no use any more: it is made anew. */
export const without = (...keys: string[]): Progress =>
  Object.fromEntries(keys.flatMap((key) => BLANK.map((part) => [key + part, null])))
/** Nobody tells which file of a carousel was at fault: none of them is used again. */
export const withoutAny = (files: number): Progress =>
  without(CAROUSEL, ...Array.from({ length: files }, (_, place) => `c${place}`))

export function nameOf({ media }: PostContent, place: number): string {
  if (media.length > 1) return `file ${place + 1} of ${media.length}`
  return media[0]?.kind === 'video' ? 'the video' : 'the picture'
}

export function fieldsOf(stack: Stack, content: PostContent, media: PostMedia, as: PublishAs) {
  const file =
    media.kind !== 'video'
      ? { image_url: as.mediaUrl(media), alt_text: content.format === 'story' ? undefined : said(media.alt) }
      : stack.resumable
        ? { upload_type: 'resumable' }
        : { video_url: as.mediaUrl(media) }
  const caption = content.format === 'story' ? undefined : said(content.text)
  return { ...kindOf(content, media), ...file, ...(isCarousel(content) ? { is_carousel_item: 'true' } : { caption }) }
}

function kindOf({ format, media: all }: PostContent, { kind }: PostMedia): Record<string, string> {
  if (format === 'story') return { media_type: 'STORIES' }
  if (kind !== 'video') return {}
  return all.length > 1 ? { media_type: 'VIDEO' } : { media_type: 'REELS', share_to_feed: 'true' }
}
