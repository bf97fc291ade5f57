import type { Answer } from '../../core/ask.ts'
import type { Field } from '../fields.ts'
import { mimeOf } from '../media/facts.ts'
import { paged } from '../paged.ts'
import { isAnswer, project } from '../project.ts'
import { graphTime, windowIn } from '../time.ts'
import { type Actor, type Book, childrenIn, type Stage } from './book.ts'
import { type Container, DAY_MS, type Media, type Status, statusOf } from './container.ts'

const WORDS: Record<Exclude<Status, 'ERROR'>, string> = {
  IN_PROGRESS: 'In Progress: Media is still being processed.',
  FINISHED: 'Finished: Media has been uploaded and it is ready to be published.',
  PUBLISHED: 'Published: Media has been successfully published.',
  EXPIRED: 'Expired: Media was expired. Please try uploading again.',
}

type Node = Record<string, unknown> | Answer

export function containerNode({ book, now }: Stage, container: Container, asked: readonly Field[]): Node {
  const { status, failure } = statusOf(container, childrenIn(book), now)
  return project(
    'IGContainer',
    {
      id: () => container.id,
      status_code: () => status,
      status: () => (status === 'ERROR' ? `Error: Media upload has failed with error code ${failure}` : WORDS[status]),
    },
    asked,
    ['id'],
  )
}

/** Stories go after a day; everything else stays. */
export const isShown = ({ type, at }: Media, now: number): boolean => type !== 'STORIES' || now < at + DAY_MS

const SHOWN_TYPES: Partial<Record<Media['type'], string>> = {
  CAROUSEL: 'CAROUSEL_ALBUM',
  REELS: 'VIDEO',
  VIDEO: 'VIDEO',
}
const PRODUCTS: Partial<Record<Media['type'], string>> = { REELS: 'REELS', STORIES: 'STORY' }

const typeOf = (type: Media['type'], file: Media['file']): string =>
  SHOWN_TYPES[type] ?? (file?.facts.kind === 'video' ? 'VIDEO' : 'IMAGE')

export function permalinkOf({ type, shortcode, id }: Media, { username }: Pick<Actor, 'username'>): string {
  if (type === 'STORIES') return `https://www.instagram.com/stories/${username}/${id}`
  return `https://www.instagram.com/${type === 'REELS' ? 'reel' : 'p'}/${shortcode}/`
}

/** Where people see a media, or what a comment is on. */
export function permalinkIn(book: Book, id: string, usernameOf: (account: string) => string): string | undefined {
  const media = book.media.get(book.comments.get(id)?.media ?? id)
  return media && permalinkOf(media, { username: usernameOf(media.account) })
}

/** Where a file can be seen, by what it is of. */
export const fileUrl = ({ files }: Pick<Stage, 'files'>, { sha256, facts }: NonNullable<Media['file']>): string =>
  `${files}/o1/${sha256}.${mimeOf(facts).split('/')[1]}`

function childNode(stage: Stage, media: Media, child: Media['children'][number], asked: readonly Field[]): Node {
  return project(
    'IGMedia',
    {
      id: () => child.id,
      media_type: () => typeOf('IMAGE', child.file),
      media_url: () => fileUrl(stage, child.file),
      alt_text: () => child.alt ?? undefined,
      timestamp: () => graphTime(media.at),
    },
    asked,
    ['id'],
  )
}

export function mediaNode(stage: Stage, actor: Actor, media: Media, asked: readonly Field[]): Node {
  const { caption, alt, at, file, type } = media
  const comments = () => [...stage.book.comments.values()].filter((one) => one.media === media.id)
  return project(
    'IGMedia',
    {
      id: () => media.id,
      caption: () => caption || undefined,
      alt_text: () => alt ?? undefined,
      media_type: () => typeOf(type, file),
      media_product_type: () => PRODUCTS[type] ?? 'FEED',
      media_url: () => (file ? fileUrl(stage, file) : undefined),
      thumbnail_url: () => (file?.facts.kind === 'video' ? fileUrl(stage, file) : undefined),
      permalink: () => permalinkOf(media, actor),
      shortcode: () => media.shortcode,
      timestamp: () => graphTime(at),
      username: () => actor.username,
      owner: () => ({ id: actor.account }),
      is_comment_enabled: () => true,
      comments_count: () => comments().length,
      like_count: () => 0,
      children: ({ fields }) => children(stage, media, fields),
    },
    asked,
    ['id'],
  )
}

function children(stage: Stage, media: Media, asked: readonly Field[]): unknown {
  if (media.children.length === 0) return undefined
  const data: unknown[] = []
  for (const child of media.children) {
    const shown = childNode(stage, media, child, asked)
    if (isAnswer(shown)) return shown
    data.push(shown)
  }
  return { data }
}

/** `GET /{account}/media` and `/{account}/stories`: newest first. */
export function mediaList(
  stage: Stage,
  actor: Actor,
  edge: 'media' | 'stories',
  params: URLSearchParams,
  asked: readonly Field[],
): Answer {
  const window = windowIn(params, stage.now)
  if (isAnswer(window)) return window
  const all = [...stage.book.media.values()]
    .filter((one) => one.account === actor.account && (one.type === 'STORIES') === (edge === 'stories'))
    .filter((one) => isShown(one, stage.now) && one.at >= window.since && one.at <= window.until)
    .reverse()
  return paged(`${stage.address}/${actor.account}/${edge}`, params, all, (one) => mediaNode(stage, actor, one, asked))
}
