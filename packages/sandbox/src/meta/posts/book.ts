import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { mediaFileSchema } from '../../graph/media/facts.ts'
import type { Shelf } from '../../graph/media/shelf.ts'
import type { Upload } from '../../graph/media/upload.ts'

const time = z.number()

export const postSchema = z.strictObject({
  /** `{page}_{number}`. */
  id: z.string(),
  page: z.string(),
  clientId: z.string(),
  kind: z.enum(['post', 'video', 'reel', 'story']),
  message: z.string(),
  link: z.string().nullable(),
  /** Ids, in their order. */
  photos: z.array(z.string()),
  video: z.string().nullable(),
  createdAt: time,
  /** When people see it: a scheduled one later than it is made, an unpublished one never. */
  at: time.nullable(),
  scheduled: z.boolean(),
  editedAt: time.nullable(),
  deleted: z.boolean(),
})

export const photoSchema = z.strictObject({
  id: z.string(),
  page: z.string(),
  clientId: z.string(),
  alt: z.string().nullable(),
  caption: z.string(),
  file: mediaFileSchema,
  createdAt: time,
  /** The post that shows it; null while it is staged. */
  post: z.string().nullable(),
  deleted: z.boolean(),
})

export const videoSchema = z.strictObject({
  id: z.string(),
  page: z.string(),
  clientId: z.string(),
  kind: z.enum(['video', 'reel', 'story']),
  title: z.string(),
  description: z.string(),
  /** Of a resumable upload to `/videos`. */
  session: z.string().nullable(),
  /** As announced, in bytes. */
  size: z.number().nullable(),
  file: mediaFileSchema.nullable(),
  createdAt: time,
  /** When its processing ends; null until all of it is there. */
  readyAt: time.nullable(),
  failure: z.strictObject({ code: z.number(), message: z.string() }).nullable(),
  /** What is to become of it; null until that is told. */
  state: z.enum(['DRAFT', 'SCHEDULED', 'PUBLISHED']).nullable(),
  finishedAt: time.nullable(),
  scheduledAt: time.nullable(),
  post: z.string().nullable(),
  deleted: z.boolean(),
})

export const commentSchema = z.strictObject({
  /** `{number of the post}_{number}`. */
  id: z.string(),
  page: z.string(),
  post: z.string(),
  message: z.string(),
  file: mediaFileSchema.nullable(),
  at: time,
  deleted: z.boolean(),
})

export type Post = z.output<typeof postSchema>
export type Photo = z.output<typeof photoSchema>
export type Video = z.output<typeof videoSchema>
export type Comment = z.output<typeof commentSchema>

/** All that Pages have published, staged and begun. What was deleted stays, marked. */
export interface PageBook {
  posts: Map<string, Post>
  photos: Map<string, Photo>
  videos: Map<string, Video>
  comments: Map<string, Comment>
  /** Files that are on their way, by video. */
  uploads: Map<string, Upload>
  pictures: Shelf
  /** Processing that is told to fail next. */
  failNext: { message: string; code: number; times: number }[]
  serial: number
}

export const emptyPages = (): PageBook => ({
  posts: new Map(),
  photos: new Map(),
  videos: new Map(),
  comments: new Map(),
  uploads: new Map(),
  pictures: new Map(),
  failNext: [],
  serial: randomInt(10 ** 9) * 1000,
})

const DIGITS = { post: '12', photo: '13', video: '14', comment: '15', session: '16' }

export function nextNumber(book: PageBook, kind: keyof typeof DIGITS): string {
  book.serial += 1
  return `${DIGITS[kind]}${String(book.serial).padStart(14, '0')}`
}

/** Stories go after a day. */
const STORY_MS = 24 * 3600_000

/** Whether people see it. */
export function isSeen({ kind, at, deleted }: Post, now: number): boolean {
  if (deleted || at === null || at > now) return false
  return kind !== 'story' || now < at + STORY_MS
}

/** Adds a post, and tells its photos and its video of it. */
export function addPost(
  book: PageBook,
  fields: Pick<Post, 'page' | 'clientId' | 'kind' | 'message' | 'createdAt' | 'at'> & Partial<Post>,
): Post {
  const id = `${fields.page}_${nextNumber(book, 'post')}`
  const post: Post = {
    ...{ id, link: null, photos: [], video: null, scheduled: false, editedAt: null, deleted: false },
    ...fields,
  }
  book.posts.set(id, post)
  for (const photo of post.photos) {
    const shown = book.photos.get(photo)
    if (shown) shown.post = id
  }
  const video = post.video === null ? undefined : book.videos.get(post.video)
  if (video) video.post = id
  return post
}
