import { z } from 'zod'
import { mediaFileSchema } from '../media/facts.ts'

export const TYPES = ['IMAGE', 'VIDEO', 'REELS', 'STORIES', 'CAROUSEL'] as const

/** What `POST /{account}/media` makes: not published, and gone after a day. */
export const containerSchema = z.strictObject({
  id: z.string(),
  /** The account's id for publishing. */
  account: z.string(),
  clientId: z.string(),
  type: z.enum(TYPES),
  caption: z.string(),
  alt: z.string().nullable(),
  /** A part of a carousel, which is not published alone. */
  item: z.boolean(),
  /** Ids of a carousel's parts, in their order. */
  children: z.array(z.string()),
  shareToFeed: z.boolean(),
  collaborators: z.array(z.string()),
  /** In ms. */
  thumbOffset: z.number(),
  /** Null until it came: a carousel has none of its own. */
  file: mediaFileSchema.nullable(),
  /** In ms since 1970. */
  createdAt: z.number(),
  /** When its processing ends; null while an upload is awaited. */
  readyAt: z.number().nullable(),
  /** The subcode that its processing ends in. */
  failure: z.number().nullable(),
  /** The media that it became, and when. */
  published: z.strictObject({ media: z.string(), at: z.number() }).nullable(),
})

export type Container = z.output<typeof containerSchema>

/** A published post, reel or story. */
export const mediaSchema = z.strictObject({
  id: z.string(),
  shortcode: z.string(),
  container: z.string(),
  account: z.string(),
  clientId: z.string(),
  type: z.enum(TYPES),
  caption: z.string(),
  alt: z.string().nullable(),
  file: mediaFileSchema.nullable(),
  /** Of a carousel: what it shows, each with an id of its own. */
  children: z.array(
    z.strictObject({ id: z.string(), container: z.string(), alt: z.string().nullable(), file: mediaFileSchema }),
  ),
  at: z.number(),
})

export type Media = z.output<typeof mediaSchema>

export const commentSchema = z.strictObject({
  id: z.string(),
  media: z.string(),
  account: z.string(),
  text: z.string(),
  at: z.number(),
})

export type Comment = z.output<typeof commentSchema>

export const DAY_MS = 24 * 3600_000

export type Status = 'IN_PROGRESS' | 'FINISHED' | 'ERROR' | 'EXPIRED' | 'PUBLISHED'

/** Where a container stands, and the subcode of an error. */
export function statusOf(
  container: Container,
  childrenOf: (one: Container) => readonly Container[],
  now: number,
): { status: Status; failure: number | null } {
  if (container.published) return { status: 'PUBLISHED', failure: null }
  if (now >= container.createdAt + DAY_MS) return { status: 'EXPIRED', failure: null }
  const parts = childrenOf(container).map((child) => statusOf(child, childrenOf, now))
  const broken = parts.find(({ status }) => status === 'ERROR')
  if (broken) return broken
  if (parts.some(({ status }) => status === 'EXPIRED')) return { status: 'ERROR', failure: 2207020 }
  const waits = container.readyAt === null || now < container.readyAt
  if (waits || parts.some(({ status }) => status === 'IN_PROGRESS')) return { status: 'IN_PROGRESS', failure: null }
  return container.failure === null
    ? { status: 'FINISHED', failure: null }
    : { status: 'ERROR', failure: container.failure }
}
