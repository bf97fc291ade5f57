/** Looking for a Page's post whose answer was lost: what it published since then, newest first. */
import { list, text } from '../../../provider.ts'
import type { Look, Publisher, Sighting } from '../../../provider-publishing.ts'
import { graph } from '../graph.ts'
import { asText, at } from './calls.ts'
import { messageOf } from './page-steps.ts'

/** Their clock and ours. */
const SKEW_MS = 120_000
const PAGE = 50

export const pageReadBack: NonNullable<Publisher['readBack']> = (
  content,
  { account, settings },
  progress,
  { part, since },
) => {
  if (part !== 'post' || content.format === 'story') return undefined
  const words = smooth(messageOf(content))
  const isVideo = content.media[0]?.kind === 'video'
  // Pictures without a word look all alike.
  if (words === '' && !isVideo) return undefined
  const path = `${account.subject}/published_posts?fields=id,message,created_time,permalink_url&limit=${PAGE}`
  const from = since - SKEW_MS
  const found = (post: unknown): Sighting => ({
    found: {
      ...(isVideo ? { finished: true, shown: true } : {}),
      post: text(post, 'id') ?? '',
      ...(text(post, 'permalink_url') === undefined ? {} : { url: text(post, 'permalink_url') ?? '' }),
    },
  })
  const look = (after: string | undefined): Look => ({
    endpoint: at('GET', 'published_posts'),
    request: {
      method: 'GET',
      url: graph(settings, `${path}${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`),
    },
    read: ({ body }) => {
      const posts = list(body, 'data')
      const young = posts.filter((one) => madeAt(one) >= from)
      const same = young.findLast((one) => words !== '' && smooth(text(one, 'message') ?? '') === words)
      if (same) return found(same)
      const next = text(body, 'paging', 'cursors', 'after')
      if (young.length === posts.length && posts.length > 0 && text(body, 'paging', 'next') !== undefined && next)
        return { look: look(next) }
      // A video that is being made ready is in no list yet.
      return isVideo ? { unsure: 'The video may still be made ready there.' } : { absent: true }
    },
  })
  if (!isVideo || asText(progress.video) === undefined) return look(undefined)
  return {
    endpoint: at('GET', 'video'),
    request: { method: 'GET', url: graph(settings, `${progress.video}?fields=status,post_id,permalink_url`) },
    read: ({ body }) => {
      const post = text(body, 'post_id')
      return post === undefined
        ? { look: look(undefined) }
        : found({ id: post, permalink_url: text(body, 'permalink_url') })
    },
  }
}

/** `2026-11-28T10:00:00+0000`: an offset without a colon. */
const madeAt = (post: unknown): number =>
  Date.parse((text(post, 'created_time') ?? '').replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) || 0

const smooth = (words: string): string => words.normalize('NFC').replace(/\s+/g, ' ').trim()
