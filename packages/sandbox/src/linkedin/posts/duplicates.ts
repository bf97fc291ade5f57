import type { Settings } from '../settings.ts'
import { sameAuthor } from './author.ts'
import type { Draft, Post } from './post.ts'

/** Same author and same text; posts that have none are told apart by what else they hold. */
const alike = (a: Draft, b: Draft): boolean =>
  sameAuthor(a.author, b.author) &&
  a.text === b.text &&
  (a.text !== '' || JSON.stringify([a.content, a.reshareOf]) === JSON.stringify([b.content, b.reshareOf]))

/** The URN that a refusal names, where a draft may not be published because it is there already. */
export function duplicateOf(posts: Iterable<Post>, draft: Draft, now: number, settings: Settings): string | undefined {
  const since = now - settings.duplicateSeconds * 1000
  const found = [...posts].findLast(
    (post) =>
      post.createdAt > since && (!post.deleted || settings.duplicateOfDeleted === 'refused') && alike(post, draft),
  )
  return settings.duplicateNames === 'activity' ? found?.activity : found?.urn
}
