import { z } from 'zod'
import { byId } from '../../graph/instagram/kept.ts'
import { commentSchema, emptyPages, type PageBook, photoSchema, postSchema, videoSchema } from './book.ts'

/** What is known of posts and files after a restart: all but the bytes, and uploads that were under way. */
export const keptPages = z.strictObject({
  serial: z.number().int().nonnegative(),
  posts: z.array(postSchema),
  photos: z.array(photoSchema),
  videos: z.array(videoSchema),
  comments: z.array(commentSchema),
})

export type KeptPages = z.output<typeof keptPages>

export const keepPages = ({ serial, posts, photos, videos, comments }: PageBook): KeptPages => ({
  serial,
  posts: [...posts.values()],
  photos: [...photos.values()],
  videos: [...videos.values()],
  comments: [...comments.values()],
})

/** Absent in a file that is older than publishing. */
export const restoredPages = (kept: KeptPages | undefined): PageBook =>
  kept
    ? {
        ...emptyPages(),
        ...{ serial: kept.serial, posts: byId(kept.posts), photos: byId(kept.photos) },
        ...{ videos: byId(kept.videos), comments: byId(kept.comments) },
      }
    : emptyPages()
