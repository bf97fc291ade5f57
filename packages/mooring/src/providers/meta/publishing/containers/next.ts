/**
 * What comes next at Instagram: a container for each file, seen by nobody; waiting until all are finished; then the one call that
 * publishes. Sources: "Content publishing", "IG container".
 */
import type { PostContent, Progress, PublishAs, Publisher, Step } from '../../../../provider-publishing.ts'
import { asText, said } from '../calls.ts'
import { make, ready, send } from './container.ts'
import { address, comment, locate, publish, quota } from './publish.ts'
import type { Stack } from './stack.ts'
import { CAROUSEL, fieldsOf, isCarousel, isFresh, isSent, lives, nameOf, wasReady } from './standing.ts'

const NO_COMMENT = 'The first comment was not made. Make it on Instagram.'

export const nextFor =
  (stack: Stack): Publisher['next'] =>
  (content, as, progress, now) => {
    if (progress.media !== undefined) return after(stack, content, as, progress)
    // Stories are in no list.
    if (progress.published !== undefined && content.format === 'story') return { do: 'done', id: null, url: null }
    if (typeof progress.published === 'number') return locate(stack, content, as, progress, progress.published)
    if (progress.quota === undefined) return quota(stack, as)
    return prepared(stack, content, as, progress, now) ?? publish(stack, content, as, progress, now)
  }

/** Everything up to the container that is published, finished a moment ago. */
function prepared(stack: Stack, content: PostContent, as: PublishAs, progress: Progress, now: number) {
  const last = { stack, as, progress, now, key: CAROUSEL, name: 'the carousel', all: content.media.length }
  if (!isCarousel(content)) return container(stack, content, 0, as, progress, now)
  if (!lives(progress, CAROUSEL, now)) {
    for (const place of content.media.keys()) {
      const step = container(stack, content, place, as, progress, now)
      if (step) return step
    }
    const children = content.media.map((_, place) => asText(progress[`c${place}`]) ?? '').join(',')
    return make(last, { media_type: 'CAROUSEL', children, caption: said(content.text) })
  }
  return isFresh(progress, CAROUSEL, now) ? undefined : ready(last, true)
}

function container(
  stack: Stack,
  content: PostContent,
  place: number,
  as: PublishAs,
  progress: Progress,
  now: number,
): Step | undefined {
  const media = content.media[place]
  if (!media) return undefined
  const key = `c${place}`
  const one = { stack, as, progress, now, key, name: nameOf(content, place), all: content.media.length }
  if (!lives(progress, key, now)) return make(one, fieldsOf(stack, content, media, as))
  if (media.kind === 'video' && stack.resumable && !isSent(progress, key)) return send(one, media)
  const isLast = !isCarousel(content)
  const isReady = isLast ? isFresh(progress, key, now) : wasReady(progress, key)
  return isReady ? undefined : ready(one, isLast)
}

/** It is there. What it is called may not be known, where an answer was lost: then nothing can be said under it. */
function after(stack: Stack, content: PostContent, as: PublishAs, progress: Progress): Step {
  const media = asText(progress.media)
  const words = content.format === 'story' || progress.comment !== undefined ? undefined : said(content.firstComment)
  if (media !== undefined && progress.url === undefined) return address(stack, as, media)
  if (media !== undefined && words !== undefined) return comment(stack, as, media, words, NO_COMMENT)
  const warning = words === undefined ? {} : { warning: NO_COMMENT }
  return { do: 'done', id: media ?? null, url: asText(progress.url) ?? null, ...warning }
}
