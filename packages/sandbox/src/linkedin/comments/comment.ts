import { z } from 'zod'
import { authorSchema } from '../posts/post.ts'

export const commentSchema = z.strictObject({
  /** `urn:li:comment:(urn:li:activity:A,C)`. */
  urn: z.string(),
  id: z.string(),
  /** The post's own URN, and the comment that it answers. */
  post: z.string(),
  parent: z.string().nullable(),
  clientId: z.string(),
  member: z.string(),
  actor: authorSchema,
  text: z.string(),
  attributes: z.array(z.unknown()),
  createdAt: z.number(),
  deleted: z.boolean(),
})

export type Comment = z.output<typeof commentSchema>
