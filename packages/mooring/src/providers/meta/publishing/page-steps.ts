/** What comes next for a Page: staged pictures first, then the post; videos in parts, then what ends them; a comment at last. */
import { need, text } from '../../../provider.ts'
import type { PostContent, PostMedia, Progress, PublishAs, Publisher, Step } from '../../../provider-publishing.ts'
import { graph } from '../graph.ts'
import { permalink } from './addresses.ts'
import { asText, at, type Call, form, formWithFile, said, undoing } from './calls.ts'
import { isOfFiles, judge } from './judging.ts'
import { videoNext } from './page-video.ts'
import { messageOf } from './page-words.ts'

const NO_COMMENT = 'The first comment was not made. Make it on Facebook.'

export const pageNext: Publisher['next'] = (content, as, progress, now) =>
  post(content, as, progress, now) ?? comment(content, as, progress) ?? done(content, progress)

function post(content: PostContent, as: PublishAs, progress: Progress, now: number): Step | undefined {
  const [first] = content.media
  if (first?.kind === 'video') return videoNext(content, first, as, progress, now)
  if (progress.post !== undefined) return undefined
  const staged = content.media.length > 1 || content.format === 'story' ? content.media : []
  for (const [place, media] of staged.entries())
    if (asText(progress[`photo.${place}`]) === undefined) return stage(media, place, content, as)
  const call = content.format === 'story' ? photoStory(as, progress) : create(content, as, progress)
  const photos = Object.fromEntries(staged.map((_, place) => [`photo.${place}`, null]))
  return undoing(call, judge, now, (fault) => (isOfFiles(fault) ? { ...fault, learnt: photos } : fault))
}

const edge = ({ account, settings }: PublishAs, name: string): string => graph(settings, `${account.subject}/${name}`)
const whole = ({ id, fileName, mime }: PostMedia) => ({ id, fileName, mime })

/** Not published: nobody sees it. */
function stage(media: PostMedia, place: number, { media: all }: PostContent, as: PublishAs): Call {
  const name = all.length === 1 ? 'picture' : `picture ${place + 1} of ${all.length}`
  const told = { published: 'false', alt_text_custom: said(media.alt) }
  return {
    do: 'call',
    name: `Upload ${name}`,
    endpoint: at('POST', 'photos'),
    request: formWithFile(edge(as, 'photos'), told, 'source', whole(media)),
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

function create(content: PostContent, as: PublishAs, progress: Progress): Call {
  const message = said(messageOf(content))
  const [only] = content.media
  const base = {
    do: 'call',
    name: 'Publish',
    create: { part: 'post' },
    assume: { post: '<post>', url: '<address>' },
    read: ({ body }: Parameters<Call['read']>[0]) => {
      const url = text(body, 'permalink_url')
      const post = need(text(body, 'post_id') ?? text(body, 'id'), 'Facebook', 'id')
      return { learnt: { post, ...(url === undefined ? {} : { url }) } }
    },
  } as const
  if (only && content.media.length === 1) {
    const told = { message, alt_text_custom: said(only.alt) }
    return {
      ...base,
      endpoint: at('POST', 'photos'),
      request: formWithFile(edge(as, 'photos'), told, 'source', whole(only)),
    }
  }
  const attached = content.media.map((_, place) => ({ media_fbid: asText(progress[`photo.${place}`]) ?? '' }))
  return {
    ...base,
    endpoint: at('POST', 'feed'),
    // What is wanted back is asked for at once: read after write.
    request: form(edge(as, 'feed?fields=id,permalink_url'), {
      message,
      link: content.media.length === 0 ? content.link?.url : undefined,
      attached_media: attached.length === 0 ? undefined : JSON.stringify(attached),
    }),
  }
}

const wantsComment = ({ firstComment, format }: PostContent, progress: Progress): boolean =>
  said(firstComment) !== undefined && format !== 'story' && progress.comment === undefined

function comment(content: PostContent, { settings }: PublishAs, progress: Progress): Call | undefined {
  const post = asText(progress.post)
  if (post === undefined || !wantsComment(content, progress)) return undefined
  return {
    do: 'call',
    name: 'Comment',
    endpoint: at('POST', 'comments'),
    request: form(graph(settings, `${post}/comments`), { message: content.firstComment }),
    create: { part: 'comment', optional: { learnt: { comment: 'none' }, warning: NO_COMMENT } },
    read: ({ body }) => ({ learnt: { comment: need(text(body, 'id'), 'Facebook', 'id') } }),
    assume: { comment: '<comment>' },
  }
}

/** Of a video that was never told of as a post nobody knows where to comment. */
function done(content: PostContent, progress: Progress): Step {
  const id = asText(progress.post) ?? asText(progress.video) ?? null
  const url = asText(progress.url) ?? (id === null ? null : permalink(id))
  return { do: 'done', id, url, ...(wantsComment(content, progress) ? { warning: NO_COMMENT } : {}) }
}
