/**
 * What comes next at Instagram: a container for each file, seen by nobody; waiting until all are finished; then the one call that
 * publishes. Containers live for a day. Source: "Content publishing", "IG container".
 */
import { list, need, number, text } from '../../../../provider.ts'
import type {
  Outcome,
  PostContent,
  PostMedia,
  Progress,
  PublishAs,
  Publisher,
  Step,
} from '../../../../provider-publishing.ts'
import { asText, at, type Call, form, get, said } from '../calls.ts'
import { bySubcode } from '../faults.ts'
import type { Stack } from './stack.ts'

const NO_COMMENT = 'The first comment was not made. Make it on Instagram.'
/** A little before Instagram forgets them. */
const LIFE_MS = 23 * 3_600_000
const HOUR = 3_600_000
/** "Once a minute, for at most five": files are ready in seconds mostly. */
const LOOKS_MS = [1_000, 2_000, 3_000, 5_000, 5_000, 10_000, 10_000, 15_000]
const LAST_LOOK_MS = 30_000
const MOST_LOOKS = 60

export const nextFor =
  (stack: Stack): Publisher['next'] =>
  (content, as, progress, now) =>
    containers(stack, content, as, progress, now) ??
    publish(stack, content, as, progress) ??
    address(stack, as, progress) ??
    comment(stack, content, as, progress) ?? {
      do: 'done',
      id: asText(progress.media) ?? null,
      url: asText(progress.url) ?? null,
    }

const isCarousel = ({ media }: PostContent): boolean => media.length > 1

/** Everything up to the container that is published, finished. */
function containers(
  stack: Stack,
  content: PostContent,
  as: PublishAs,
  progress: Progress,
  now: number,
): Step | undefined {
  if (progress.media !== undefined) return undefined
  if (progress.quota === undefined) return quota(stack, as)
  for (const [place, media] of content.media.entries()) {
    const step = container(stack, content, media, place, as, progress, now)
    if (step) return step
  }
  if (!isCarousel(content)) return undefined
  const key = 'parent'
  if (lives(progress, key, now)) return ready(stack, as, progress, key, 'the carousel')
  const children = content.media.map((_, place) => asText(progress[`c${place}`]) ?? '').join(',')
  return make(stack, as, key, 'Prepare the carousel', now, {
    media_type: 'CAROUSEL',
    children,
    caption: said(content.text),
  })
}

const lives = (progress: Progress, key: string, now: number): boolean =>
  asText(progress[key]) !== undefined && now - Number(progress[`${key}.at`] ?? 0) < LIFE_MS

function container(
  stack: Stack,
  content: PostContent,
  media: PostMedia,
  place: number,
  as: PublishAs,
  progress: Progress,
  now: number,
): Step | undefined {
  const key = `c${place}`
  const name = isCarousel(content)
    ? `file ${place + 1} of ${content.media.length}`
    : media.kind === 'video'
      ? 'the video'
      : 'the picture'
  const sends = media.kind === 'video' && stack.resumable
  if (!lives(progress, key, now))
    return make(stack, as, key, `Prepare ${name}`, now, {
      ...kindOf(content, media),
      ...(media.kind === 'video'
        ? sends
          ? { upload_type: 'resumable' }
          : { video_url: as.mediaUrl(media) }
        : { image_url: as.mediaUrl(media), alt_text: media.alt }),
      ...(isCarousel(content)
        ? { is_carousel_item: 'true' }
        : { caption: content.format === 'story' ? undefined : said(content.text) }),
    })
  if (sends && progress[`${key}.sent`] !== true) return upload(media, key, name, progress)
  return ready(stack, as, progress, key, name)
}

function kindOf({ format, media: all }: PostContent, { kind }: PostMedia): Record<string, string> {
  if (format === 'story') return { media_type: 'STORIES' }
  if (kind !== 'video') return {}
  return all.length > 1 ? { media_type: 'VIDEO' } : { media_type: 'REELS', share_to_feed: 'true' }
}

function make(
  stack: Stack,
  as: PublishAs,
  key: string,
  name: string,
  now: number,
  fields: Record<string, string | undefined>,
): Call {
  const clean = { [`${key}.ready`]: null, [`${key}.looks`]: null, [`${key}.sent`]: null }
  return {
    do: 'call',
    name,
    endpoint: at('POST', 'media'),
    request: form(stack.url(as, `${as.account.subject}/media`), fields),
    read: ({ body }) => {
      const uri = text(body, 'uri')
      const id = need(text(body, 'id'), 'Instagram', 'id')
      return {
        learnt: { ...clean, [key]: id, [`${key}.at`]: now, ...(uri === undefined ? {} : { [`${key}.uri`]: uri }) },
      }
    },
    assume: { [key]: `<${key}>`, [`${key}.at`]: now },
  }
}

function upload(media: PostMedia, key: string, name: string, progress: Progress): Call {
  const id = asText(progress[key]) ?? ''
  return {
    do: 'call',
    name: `Upload ${name}`,
    endpoint: at('POST', 'ig-api-upload'),
    request: {
      method: 'POST',
      url: asText(progress[`${key}.uri`]) ?? `https://rupload.facebook.com/ig-api-upload/${id}`,
      headers: { offset: '0', file_size: String(media.bytes) },
      authorization: 'OAuth',
      body: { bytes: { media: media.id } },
    },
    read: () => ({ learnt: { [`${key}.sent`]: true } }),
    assume: { [`${key}.sent`]: true },
  }
}

function ready(stack: Stack, as: PublishAs, progress: Progress, key: string, name: string): Call | undefined {
  const done = `${key}.ready`
  if (progress[done] === true) return undefined
  const looks = Number(progress[`${key}.looks`] ?? 0)
  const id = asText(progress[key]) ?? ''
  return {
    do: 'call',
    name: `Is ${name} ready?`,
    endpoint: at('GET', 'container'),
    request: get(stack.url(as, `${id}?fields=status_code,status`)),
    read: ({ body }): Outcome => {
      const status = text(body, 'status_code')
      if (status === 'FINISHED' || status === 'PUBLISHED') return { learnt: { [done]: true } }
      if (status === 'ERROR') return { fault: { ...whyOf(text(body, 'status')), learnt: { [key]: null } } }
      if (status === 'EXPIRED')
        return {
          fault: {
            ...{
              class: 'media',
              code: status,
              message: 'What was prepared at Instagram has expired. It is prepared anew.',
              againAfterMs: 1000,
            },
            learnt: { [key]: null },
          },
        }
      if (looks >= MOST_LOOKS)
        return {
          fault: {
            ...{ class: 'platform', message: 'Instagram takes too long to make this file ready. Send it again later.' },
            learnt: { [key]: null },
          },
        }
      return { wait: LOOKS_MS[looks] ?? LAST_LOOK_MS, learnt: { [`${key}.looks`]: looks + 1 } }
    },
    assume: { [done]: true },
  }
}

/** `Error: Media upload has failed with error code 2207026`. */
function whyOf(status: string | undefined) {
  const subcode = /\b(22\d{5})\b/.exec(status ?? '')?.[1]
  const known = subcode === undefined ? undefined : bySubcode(Number(subcode))
  return (
    known ??
    ({
      class: 'media',
      code: subcode ?? 'ERROR',
      message: 'Instagram could not make this file ready. Use another, or save it anew.',
    } as const)
  )
}

/** Documents name 25, 50 and 100 posts a day: the account's own number is asked for. */
function quota(stack: Stack, as: PublishAs): Call {
  const fallback = { quota: 0 }
  return {
    do: 'call',
    name: 'How many posts are left today?',
    endpoint: at('GET', 'content_publishing_limit'),
    request: get(stack.url(as, `${as.account.subject}/content_publishing_limit?fields=config,quota_usage`)),
    read: ({ body }): Outcome => {
      const [one] = list(body, 'data')
      const used = number(one, 'quota_usage') ?? 0
      const total = number(one, 'config', 'quota_total') ?? Number(as.settings.DAILY_POSTS ?? 50)
      if (used < total) return { learnt: { quota: used } }
      return {
        fault: {
          class: 'rate',
          message: `Instagram takes ${total} posts a day from this account. It goes out when there is room.`,
          againAfterMs: HOUR,
        },
      }
    },
    otherwise: fallback,
    assume: fallback,
  }
}

function publish(stack: Stack, content: PostContent, as: PublishAs, progress: Progress): Call | undefined {
  if (progress.media !== undefined) return undefined
  const key = isCarousel(content) ? 'parent' : 'c0'
  return {
    do: 'call',
    name: 'Publish',
    endpoint: at('POST', 'media_publish'),
    request: form(stack.url(as, `${as.account.subject}/media_publish`), { creation_id: asText(progress[key]) }),
    create: { part: 'post' },
    read: ({ body }) => ({ learnt: { media: need(text(body, 'id'), 'Instagram', 'id') } }),
    assume: { media: '<media>' },
  }
}

function address(stack: Stack, as: PublishAs, progress: Progress): Call | undefined {
  const media = asText(progress.media)
  if (media === undefined || progress.url !== undefined) return undefined
  return {
    do: 'call',
    name: 'Where is it?',
    endpoint: at('GET', 'media'),
    request: get(stack.url(as, `${media}?fields=permalink,shortcode`)),
    read: ({ body }) => ({ learnt: { url: text(body, 'permalink') ?? '' } }),
    otherwise: { url: '' },
    assume: { url: '<address>' },
  }
}

function comment(
  stack: Stack,
  { firstComment, format }: PostContent,
  as: PublishAs,
  progress: Progress,
): Call | undefined {
  const media = asText(progress.media)
  if (firstComment === undefined || format === 'story' || progress.comment !== undefined || media === undefined)
    return undefined
  return {
    do: 'call',
    name: 'Comment',
    endpoint: at('POST', 'comments'),
    request: form(stack.url(as, `${media}/comments`), { message: firstComment }),
    create: { part: 'comment', optional: { learnt: { comment: 'none' }, warning: NO_COMMENT } },
    read: ({ body }) => ({ learnt: { comment: need(text(body, 'id'), 'Instagram', 'id') } }),
    assume: { comment: '<comment>' },
  }
}
