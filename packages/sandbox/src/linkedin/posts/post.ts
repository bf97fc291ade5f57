import { z } from 'zod'
import type { State } from '../state.ts'
import { type Author, parseUrn } from './author.ts'
import { remember } from './duplicates.ts'

export const authorSchema: z.ZodType<Author> = z.union([
  z.strictObject({ member: z.string() }),
  z.strictObject({ organization: z.number() }),
])

export const postSchema = z.strictObject({
  /** `urn:li:share:N`, or `urn:li:ugcPost:N` for what holds a video or a poll. */
  urn: z.string(),
  /** `urn:li:activity:N`, by which comments and some refusals know it. */
  activity: z.string(),
  /** The app that sent it, and the member whose token it was. */
  clientId: z.string(),
  member: z.string(),
  author: authorSchema,
  kind: z.enum(['text', 'article', 'image', 'video', 'document', 'multiImage', 'poll', 'reshare']),
  /** As a GET hands it back, and as people read it. */
  commentary: z.string(),
  text: z.string(),
  /** What else a GET shows. */
  content: z.record(z.string(), z.unknown()).nullable(),
  distribution: z.record(z.string(), z.unknown()),
  visibility: z.string(),
  isReshareDisabledByAuthor: z.boolean(),
  reshareOf: z.string().nullable(),
  contentLandingPage: z.string().nullable(),
  contentCallToActionLabel: z.string().nullable(),
  media: z.array(
    z.strictObject({
      urn: z.string(),
      kind: z.enum(['image', 'video', 'document']),
      alt: z.string().nullable(),
      title: z.string().nullable(),
      sha256: z.string(),
    }),
  ),
  link: z.string().nullable(),
  createdAt: z.number(),
  lastModifiedAt: z.number(),
  edited: z.boolean(),
  deleted: z.boolean(),
})

export type Post = z.output<typeof postSchema>
export type PostMedia = Post['media'][number]

/** All of a post that is decided before it is published. */
export type Draft = Omit<Post, 'urn' | 'activity' | 'createdAt' | 'lastModifiedAt' | 'edited' | 'deleted'>

/** Numbers as LinkedIn's are: the moment in the upper bits. They never come twice, whatever the clock does. */
export function nextNumber(state: State, now: number): string {
  state.serial += 1
  return String((BigInt(Math.floor(now)) << 22n) + BigInt(state.serial))
}

export function publish(state: State, draft: Draft, now: number): Post {
  const type = draft.kind === 'video' || draft.kind === 'poll' ? 'ugcPost' : 'share'
  const urn = `urn:li:${type}:${nextNumber(state, now)}`
  const activity = `urn:li:activity:${nextNumber(state, now)}`
  const post: Post = {
    ...draft,
    ...{ urn, activity, createdAt: now, lastModifiedAt: now, edited: false, deleted: false },
  }
  state.posts.set(urn, post)
  remember(state.byText, post)
  return post
}

/** A post by its own URN or its activity's, also one that is deleted. */
export function postNamed(state: State, urn: string): Post | undefined {
  if (parseUrn(urn)?.type !== 'activity') return state.posts.get(urn)
  return [...state.posts.values()].find((one) => one.activity === urn)
}

/** A post that people can still see. */
export function livePost(state: State, urn: string): Post | undefined {
  const post = postNamed(state, urn)
  return post?.deleted ? undefined : post
}
