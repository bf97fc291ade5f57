/** Looking for a Page's post whose answer was lost: a video by its own node, all else in what the Page published since then, newest first. */
import { list, member, text } from '../../../provider.ts'
import type { Look, PostContent, Progress, PublishAs, Publisher, Sighting } from '../../../provider-publishing.ts'
import { graph } from '../graph.ts'
import { asText, at, get } from './calls.ts'
import { isBroken, phaseOf, placeOf } from './page-video.ts'
import { messageOf } from './page-words.ts'
import { likeness, SKEW_MS, timeOf } from './words.ts'

const PAGE = 50

export const pageReadBack: NonNullable<Publisher['readBack']> = (content, as, progress, { part, since, others }) => {
  if (part !== 'post') return undefined
  if (content.media[0]?.kind === 'video') return atVideo(content, as, progress, since, others)
  // Stories are in no list, and pictures without a word look all alike.
  if (messageOf(content).trim() === '') return undefined
  return inList(wantedOf(content, since, others), as, undefined)
}

interface Wanted {
  words: string
  from: number
  others: ReadonlySet<string>
  /** What is known of it beside its id. */
  known: Progress
  /** Where the list holds none like it. */
  otherwise: Sighting
}

const wantedOf = (
  content: PostContent,
  since: number,
  others: Wanted['others'],
  rest: Partial<Wanted> = {},
): Wanted => ({
  others,
  words: messageOf(content),
  from: since - SKEW_MS,
  known: {},
  otherwise: { absent: true },
  ...rest,
})

function atVideo(
  content: PostContent,
  as: PublishAs,
  progress: Progress,
  since: number,
  others: Wanted['others'],
): Look | undefined {
  const video = asText(progress.video)
  if (video === undefined) return undefined
  return {
    endpoint: at('GET', 'video'),
    request: get(graph(as.settings, `${video}?fields=status,post_id,permalink_url`)),
    read: ({ body }) => {
      const told = placeOf(body)
      if (told.post !== undefined) return { found: { finished: true, ...told } }
      const status = text(body, 'status', 'video_status')
      if (phaseOf(body) === 'complete') return { found: { finished: true } }
      if (isBroken(body) || (status === 'ready' && phaseOf(body) === 'not_started')) return { absent: true }
      // Uploaded and no more: what ends it did not arrive. All else may still become a post.
      const otherwise: Sighting =
        status === 'upload_complete' ? { absent: true } : { unsure: 'The video may still be made ready there.' }
      if (messageOf(content).trim() === '') return otherwise
      const known = { finished: true, shown: true }
      return { look: inList(wantedOf(content, since, others, { known, otherwise }), as, undefined) }
    },
  }
}

function inList(wanted: Wanted, as: PublishAs, after: string | undefined): Look {
  const { account, settings } = as
  const cursor = after === undefined ? '' : `&after=${encodeURIComponent(after)}`
  const path = `${account.subject}/published_posts?fields=id,message,created_time,permalink_url&limit=${PAGE}`
  return {
    endpoint: at('GET', 'published_posts'),
    request: get(graph(settings, path + cursor)),
    read: ({ body }) => {
      if (!Array.isArray(member(body, 'data'))) return { unsure: 'Facebook lists no posts.' }
      const posts = list(body, 'data')
      const seen = sightIn(posts, wanted)
      if (seen) return seen
      const next = text(body, 'paging', 'cursors', 'after')
      const reached = posts.some((one) => (timeOf(one, 'created_time') ?? wanted.from) < wanted.from)
      if (reached || text(body, 'paging', 'next') === undefined || next === undefined || next === after)
        return wanted.otherwise
      return { look: inList(wanted, as, next) }
    },
  }
}

/** The oldest since then that says the same. One that nearly does makes it unsure. */
function sightIn(posts: readonly unknown[], { words, from, known, others }: Wanted): Sighting | undefined {
  const young = posts.filter(
    (one) => (timeOf(one, 'created_time') ?? from) >= from && !others.has(text(one, 'id') ?? ''),
  )
  const alike = young.map((one) => [one, likeness(text(one, 'message'), words)] as const)
  const same = alike.findLast(([one, like]) => like === 'same' && timeOf(one, 'created_time') !== undefined)?.[0]
  const id = text(same, 'id')
  const url = text(same, 'permalink_url')
  if (id !== undefined) return { found: { ...known, post: id, ...(url === undefined ? {} : { url }) } }
  return alike.some(([, like]) => like !== 'other') ? { unsure: 'There is a post that could be this one.' } : undefined
}
