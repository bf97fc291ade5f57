import { z } from 'zod'

/** Who may answer a post; the first is what a post has that says nothing, and no value that may be sent. */
export const REPLY_SETTINGS = ['everyone', 'following', 'mentionedUsers', 'subscribers', 'verified'] as const

/** A post as it is kept from one start to the next. */
export const postSchema = z.strictObject({
  id: z.string(),
  /** The user's key. */
  author: z.string(),
  /** As it was sent. What an answer shows is made of it. */
  text: z.string(),
  at: z.number(),
  replyTo: z.string().nullable(),
  /** The id of the post that all of its conversation hangs on. */
  conversation: z.string(),
  quoted: z.string().nullable(),
  media: z.array(z.string()),
  tagged: z.array(z.string()),
  poll: z.strictObject({ id: z.string(), options: z.array(z.string()), minutes: z.number() }).nullable(),
  replySettings: z.enum(REPLY_SETTINGS),
  /** What the author says of it. */
  labels: z.array(z.enum(['made_with_ai', 'paid_partnership'])),
  /** Every version of an edited post, the oldest first; of one that was not, its own id. */
  versions: z.array(z.string()),
  deleted: z.boolean(),
})

export type Post = z.output<typeof postSchema>

export const isLatest = (post: Post): boolean => post.versions.at(-1) === post.id
