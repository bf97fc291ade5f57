import { type User, userOf } from '../people/users.ts'
import type { Post } from '../posts/post.ts'

/** Nobody of the simulated X follows anybody: what is protected is its author's alone. */
export const maySee = (viewer: User, post: Pick<Post, 'author'>): boolean =>
  post.author === viewer.key || userOf(post.author)?.protected === false
