/** What a post says for all accounts, and what for one of them. Pure. */
import type { MediaUse, PostContent, PostLink, PostOverride, TargetChoice } from '../api.ts'

/** What a composer holds: the post's text and all, and where it goes. */
export interface Draft {
  content: PostContent
  targets: TargetChoice[]
}

/** Whose text is written: everybody's, or one account's by its id. */
export type Scope = 'all' | (string & {})

export const EMPTY: Draft = { content: { text: '', media: [] }, targets: [] }

/** Each key of the override that is there replaces the post's; null takes it away. As the server merges. */
export function merged(content: PostContent, override: PostOverride | undefined): PostContent {
  const entries = Object.entries({ ...content, ...override }).filter(
    ([, value]) => value !== null && value !== undefined,
  )
  return { text: '', media: [], ...Object.fromEntries(entries) }
}

export const overrideOf = ({ targets }: Draft, scope: Scope): PostOverride | undefined =>
  targets.find((one) => one.accountId === scope)?.override

/** What an account would say, or what all say. */
export const contentOf = (draft: Draft, scope: Scope): PostContent => merged(draft.content, overrideOf(draft, scope))

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A new draft, with these parts as written for all or for one account; undefined takes one away. */
export function written(draft: Draft, scope: Scope, patch: PostOverride): Draft {
  if (scope === 'all') return { ...draft, content: merged(draft.content, nulled(patch)) }
  return withOverride(draft, scope, (before) => {
    const own: Record<string, unknown> = { ...before }
    for (const [key, value] of Object.entries(nulled(patch))) {
      const shared = draft.content[key as keyof PostContent]
      // What is the same as for all is nobody's own, and follows when all changes.
      if (same(value ?? undefined, shared)) delete own[key]
      else own[key] = value
    }
    return own as PostOverride
  })
}

const nulled = (patch: PostOverride): PostOverride =>
  Object.fromEntries(Object.entries(patch).map(([key, value]) => [key, value ?? null]))

function withOverride(draft: Draft, id: string, change: (before: PostOverride) => PostOverride): Draft {
  return {
    ...draft,
    targets: draft.targets.map((one) => {
      if (one.accountId !== id) return one
      const override = change(one.override ?? {})
      return Object.keys(override).length === 0 ? { accountId: id } : { accountId: id, override }
    }),
  }
}

/** What an account has of its own, by key. */
export const ownKeys = (draft: Draft, scope: Scope): (keyof PostContent)[] =>
  Object.keys(overrideOf(draft, scope) ?? {}) as (keyof PostContent)[]

/** Back to what all say; or, with an override, again to what it said before. */
export const sharedAgain = (draft: Draft, id: string, override: PostOverride = {}): Draft =>
  withOverride(draft, id, () => override)

/** With exactly these accounts; what those that stay have of their own stays, and that of those who were left out `before` comes back. */
export const withAccounts = (draft: Draft, ids: readonly string[], before: readonly TargetChoice[] = []): Draft => ({
  ...draft,
  targets: ids.map(
    (accountId) => [...draft.targets, ...before].find((one) => one.accountId === accountId) ?? { accountId },
  ),
})

/** Nothing that anybody wrote: there is no draft to keep. */
export function isEmpty({ content, targets }: Draft): boolean {
  const { text, media, link, poll, thread, firstComment } = content
  const own = targets.some((one) => one.override !== undefined)
  return (
    text.trim() === '' && media.length === 0 && !link?.url.trim() && !poll && !thread?.length && !firstComment && !own
  )
}

/** As the server takes it: a link whose address nobody has written yet is none. */
export function complete({ content, targets }: Draft): Draft {
  const { link, ...rest } = content
  return {
    content: isBare(link) ? rest : content,
    targets: targets.map((one) =>
      isBare(one.override?.link) ? { ...one, override: { ...one.override, link: null } } : one,
    ),
  }
}

const isBare = (link: PostLink | null | undefined) => link?.url.trim() === ''

/** A new list with one thing at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}

/** Every file that it names, in order, each once. */
export function filesOf({ content, targets }: Draft): MediaUse[] {
  const all = [content, ...targets.map((one) => merged(content, one.override))]
  const uses = all.flatMap(({ media, thread = [], link }) => [
    ...media,
    ...thread.flatMap((part) => part.media),
    ...(link?.image ? [link.image] : []),
  ])
  return uses.filter((use, place) => uses.findIndex((one) => one.id === use.id) === place)
}
