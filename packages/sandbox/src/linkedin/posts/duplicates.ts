import type { Settings } from '../settings.ts'
import { sameAuthor } from './author.ts'
import type { Draft, Post } from './post.ts'

/** Same author and same text; posts that have none are told apart by what else they hold. */
const alike = (a: Draft, b: Draft): boolean =>
  a.text === b.text &&
  sameAuthor(a.author, b.author) &&
  (a.text !== '' || JSON.stringify([a.content, a.reshareOf]) === JSON.stringify([b.content, b.reshareOf]))

/** Posts by each text that they ever had, so that ten thousand of them are not looked through for every new one. */
export type ByText = Map<string, Post[]>

export function remember(byText: ByText, post: Post): void {
  const known = byText.get(post.text)
  if (known) known.push(post)
  else byText.set(post.text, [post])
}

/** The URN that a refusal names, where a draft may not be published because it is there already: the latest such post. */
export function duplicateOf(byText: ByText, draft: Draft, now: number, settings: Settings): string | undefined {
  const since = now - settings.duplicateSeconds * 1000
  const found = byText
    .get(draft.text)
    ?.findLast(
      (post) =>
        post.createdAt > since && (!post.deleted || settings.duplicateOfDeleted === 'refused') && alike(post, draft),
    )
  return settings.duplicateNames === 'activity' ? found?.activity : found?.urn
}
