import { json } from '../../core/answer.ts'
import { type Answer, field } from '../../core/ask.ts'
import { badFields } from '../../graph/errors.ts'
import { type Field, parseFields } from '../../graph/fields.ts'
import { mimeOf } from '../../graph/media/facts.ts'
import { isAnswer, project } from '../../graph/project.ts'
import { graphTime } from '../../graph/time.ts'
import { MEDIA } from '../origins.ts'
import { pageOf } from '../people/pages.ts'
import type { World } from '../world.ts'
import { type Comment, isSeen, type Photo, type Post } from './book.ts'
import { permalinkOf } from './permalinks.ts'

export type Node = Record<string, unknown> | Answer

const BY_PAGE = (id: string) => ({ id, name: pageOf(id)?.name })

export const photoUrl = ({ file }: Pick<Photo, 'file'>): string =>
  `${MEDIA}/o1/${file.sha256}.${mimeOf(file.facts).split('/')[1]}`

/** `.limit(0).summary(true)`: the number, and as many of them as asked. */
function counted({ modifiers }: Field, all: readonly Record<string, unknown>[]) {
  const limit = Number(/limit\((\d+)\)/.exec(modifiers)?.[1] ?? 25)
  const summary = /summary\((true|1|total_count)\)/.test(modifiers)
  return { data: all.slice(0, limit), ...(summary && { summary: { total_count: all.length } }) }
}

const photoAttachment = (photo: Photo) => ({
  media_type: 'photo',
  type: 'photo',
  url: `https://www.facebook.com/photo/?fbid=${photo.id}`,
  target: { id: photo.id },
  media: { image: { src: photoUrl(photo), ...sides(photo) } },
  ...(photo.alt !== null && { description: photo.alt }),
})

const sides = ({ file: { facts } }: Pick<Photo, 'file'>) =>
  facts.kind === 'other' ? {} : { height: facts.height, width: facts.width }

function attachments({ state }: World, post: Post): unknown {
  const photos = post.photos.flatMap((id) => state.pages.photos.get(id) ?? [])
  const [first] = photos
  if (first && photos.length === 1) return { data: [photoAttachment(first)] }
  if (first)
    return {
      data: [
        {
          ...photoAttachment(first),
          media_type: 'album',
          type: 'album',
          subattachments: { data: photos.map(photoAttachment) },
        },
      ],
    }
  if (post.video !== null) {
    const url = permalinkOf(post)
    return { data: [{ media_type: 'video', type: 'video_inline', url, target: { id: post.video, url } }] }
  }
  return post.link === null
    ? undefined
    : { data: [{ media_type: 'link', type: 'share', url: post.link, title: post.link, target: { url: post.link } }] }
}

export function postNode(world: World, post: Post, asked: readonly Field[]): Node {
  const { state, clock } = world
  const time = post.at ?? post.createdAt
  const said = () =>
    [...state.pages.comments.values()]
      .filter((one) => one.post === post.id && !one.deleted)
      .map(({ id, message, at }) => ({ id, message, created_time: graphTime(at) }))
  return project(
    'Post',
    {
      id: () => post.id,
      message: () => post.message || undefined,
      created_time: () => graphTime(time),
      updated_time: () => graphTime(post.editedAt ?? time),
      permalink_url: () => permalinkOf(post),
      from: () => BY_PAGE(post.page),
      is_published: () => isSeen(post, clock.now()),
      scheduled_publish_time: () => (post.scheduled && post.at !== null ? post.at / 1000 : undefined),
      status_type: () =>
        post.video ? 'added_video' : post.photos.length > 0 ? 'added_photos' : 'mobile_status_update',
      attachments: () => attachments(world, post),
      full_picture: () => {
        const first = state.pages.photos.get(post.photos[0] ?? '')
        return first && photoUrl(first)
      },
      comments: (field) => counted(field, said()),
      reactions: (field) => counted(field, []),
      likes: (field) => counted(field, []),
      shares: () => undefined,
    },
    asked,
    ['created_time', 'message', 'id'],
  )
}

export const photoNode = (photo: Photo, asked: readonly Field[]): Node =>
  project(
    'Photo',
    {
      id: () => photo.id,
      name: () => photo.caption || undefined,
      alt_text: () => photo.alt ?? undefined,
      alt_text_custom: () => photo.alt ?? undefined,
      created_time: () => graphTime(photo.createdAt),
      link: () => `https://www.facebook.com/photo/?fbid=${photo.id}`,
      from: () => BY_PAGE(photo.page),
      images: () => [{ source: photoUrl(photo), ...sides(photo) }],
      page_story_id: () => photo.post ?? undefined,
    },
    asked,
    ['created_time', 'name', 'id'],
  )

export const commentNode = (one: Comment, asked: readonly Field[]): Node =>
  project(
    'Comment',
    {
      id: () => one.id,
      message: () => one.message,
      created_time: () => graphTime(one.at),
      from: () => BY_PAGE(one.page),
    },
    asked,
    ['created_time', 'from', 'message', 'id'],
  )

/** What a creating call answers: the id, and what it asks for beside it by `fields`. */
export function answerPost(world: World, post: Post, params: URLSearchParams): Answer {
  const asked = field(params, 'fields')
  if (asked === undefined) return json(200, { id: post.id })
  const fields = parseFields(asked)
  const shown = fields ? postNode(world, post, fields) : badFields()
  return isAnswer(shown) ? shown : json(200, shown)
}
