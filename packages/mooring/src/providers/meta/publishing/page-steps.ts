/** What comes next for a Page: staged pictures first, then the post; videos in parts, then what ends them; a comment at last. */
import { need, text } from '../../../provider.ts'
import type { PostContent, PostMedia, Progress, PublishAs, Publisher, Step } from '../../../provider-publishing.ts'
import { graph } from '../graph.ts'
import { asText, at, type Call, form, formWithFile, said } from './calls.ts'
import { videoNext } from './page-video.ts'

const NO_COMMENT = 'The first comment was not made. Make it on Facebook.'

export const pageNext: Publisher['next'] = (content, as, progress, now) =>
  post(content, as, progress, now) ?? comment(content, as, progress) ?? done(progress)

function post(content: PostContent, as: PublishAs, progress: Progress, now: number): Step | undefined {
  const [first] = content.media
  if (first?.kind === 'video') return videoNext(content, first, as, progress, now)
  if (progress.post !== undefined) return undefined
  const staged = content.media.length > 1 || content.format === 'story'
  for (const [place, media] of staged ? content.media.entries() : [])
    if (progress[`photo.${place}`] === undefined) return stage(media, place, content, as)
  return content.format === 'story' ? photoStory(as, progress) : create(content, as, progress)
}

const edge = ({ account, settings }: PublishAs, name: string): string => graph(settings, `${account.subject}/${name}`)
const whole = ({ id, fileName, mime }: PostMedia) => ({ id, fileName, mime })

/** Not published: nobody sees it, and what is left over goes by itself. */
function stage(media: PostMedia, place: number, { media: all }: PostContent, as: PublishAs): Call {
  const name = all.length === 1 ? 'picture' : `picture ${place + 1} of ${all.length}`
  return {
    do: 'call',
    name: `Upload ${name}`,
    endpoint: at('POST', 'photos'),
    request: formWithFile(
      edge(as, 'photos'),
      { published: 'false', alt_text_custom: media.alt },
      'source',
      whole(media),
    ),
    read: ({ body }) => ({ learnt: { [`photo.${place}`]: need(text(body, 'id'), 'Facebook', 'id') } }),
    assume: { [`photo.${place}`]: `<${name}>` },
  }
}

function photoStory(as: PublishAs, progress: Progress): Call {
  return {
    do: 'call',
    name: 'Publish the story',
    endpoint: at('POST', 'photo_stories'),
    request: form(edge(as, 'photo_stories'), { photo_id: asText(progress['photo.0']) }),
    create: { part: 'post' },
    read: ({ body }) => ({ learnt: { post: need(text(body, 'post_id'), 'Facebook', 'post_id') } }),
    assume: { post: '<story>' },
  }
}

/** Beside files the address stands in the text: Facebook makes no card then. */
export const messageOf = ({ text: words, link, media }: PostContent): string =>
  link && media.length > 0 && !words.includes(link.url) ? `${words}\n\n${link.url}`.trim() : words

function create(content: PostContent, as: PublishAs, progress: Progress): Call {
  const message = said(messageOf(content))
  const [only] = content.media
  const base = {
    do: 'call',
    name: 'Publish',
    create: { part: 'post' },
    assume: { post: '<post>', url: '<address>' },
  } as const
  // What is wanted back is asked for at once: read after write.
  const fields = 'fields=id,permalink_url'
  const learnt: Call['read'] = ({ body }) => ({
    learnt: {
      post: need(text(body, 'post_id') ?? text(body, 'id'), 'Facebook', 'id'),
      ...(text(body, 'permalink_url') === undefined ? {} : { url: text(body, 'permalink_url') ?? '' }),
    },
  })
  if (only && content.media.length === 1) {
    const told = { message, alt_text_custom: only.alt }
    return {
      ...base,
      endpoint: at('POST', 'photos'),
      request: formWithFile(edge(as, 'photos'), told, 'source', whole(only)),
      read: learnt,
    }
  }
  const attached = content.media.map((_, place) => ({ media_fbid: asText(progress[`photo.${place}`]) ?? '' }))
  return {
    ...base,
    endpoint: at('POST', 'feed'),
    request: form(`${edge(as, 'feed')}?${fields}`, {
      message,
      link: content.media.length === 0 ? content.link?.url : undefined,
      attached_media: attached.length === 0 ? undefined : JSON.stringify(attached),
    }),
    read: learnt,
  }
}

function comment({ firstComment, format }: PostContent, { settings }: PublishAs, progress: Progress): Call | undefined {
  const post = asText(progress.post)
  if (firstComment === undefined || format === 'story' || progress.comment !== undefined || post === undefined)
    return undefined
  return {
    do: 'call',
    name: 'Comment',
    endpoint: at('POST', 'comments'),
    request: form(graph(settings, `${post}/comments`), { message: firstComment }),
    create: { part: 'comment', optional: { learnt: { comment: 'none' }, warning: NO_COMMENT } },
    read: ({ body }) => ({ learnt: { comment: need(text(body, 'id'), 'Facebook', 'id') } }),
    assume: { comment: '<comment>' },
  }
}

export const permalink = (id: string): string => `https://www.facebook.com/${id}`

function done(progress: Progress): Step {
  const id = asText(progress.post) ?? asText(progress.video) ?? null
  return { do: 'done', id, url: asText(progress.url) ?? (id === null ? null : permalink(id)) }
}
