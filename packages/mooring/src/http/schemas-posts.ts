/** The shapes of publishing. */
import { z } from '@hono/zod-openapi'
import { FAULT_CLASSES, POST_FORMATS, VISIBILITIES } from '../provider-publishing.ts'
import { POST_STATES } from '../publishing/post-state.ts'
import { text } from './schema-parts.ts'
import { Paging, page } from './schemas.ts'
import { MediaItem } from './schemas-media.ts'

const time = z.iso.datetime()
/** The longest text that any platform takes (Facebook), with room for what people paste. */
const MOST_TEXT = 100_000
const MediaUse = z.object({
  id: z.uuid().toLowerCase(),
  alt: text().max(5000).optional().openapi({ description: 'For those who cannot see it.' }),
  title: text().max(500).optional().openapi({ description: 'Of a document.' }),
})
const media = z.array(MediaUse).max(30)
const PostPart = z.object({ text: text().max(MOST_TEXT).default(''), media: media.default([]) })
const fields = {
  text: text().max(MOST_TEXT),
  media,
  link: z.object({
    url: text().trim().min(1).max(4000),
    title: text().max(1000).optional(),
    description: text().max(4000).optional(),
    image: MediaUse.optional(),
  }),
  poll: z.object({
    question: text().max(1000),
    options: z.array(text().max(500)).max(20),
    minutes: z.number().int().min(1).max(525_600),
  }),
  thread: z.array(PostPart).max(100),
  firstComment: text().max(20_000),
  visibility: z.enum(VISIBILITIES),
  format: z.enum(POST_FORMATS),
  mentions: z.array(z.object({ name: text().min(1).max(300), id: text().min(1).max(300) })).max(100),
}
export const PostContent = z
  .object({
    text: fields.text.default(''),
    media: fields.media.default([]),
    link: fields.link.optional(),
    poll: fields.poll.optional(),
    thread: fields.thread.optional(),
    firstComment: fields.firstComment.optional(),
    visibility: fields.visibility.optional(),
    format: fields.format.optional(),
    mentions: fields.mentions.optional(),
  })
  .strict()
  .openapi('PostContent')
const Override = z
  .object({
    text: fields.text.nullable().optional(),
    media: fields.media.nullable().optional(),
    link: fields.link.nullable().optional(),
    poll: fields.poll.nullable().optional(),
    thread: fields.thread.nullable().optional(),
    firstComment: fields.firstComment.nullable().optional(),
    visibility: fields.visibility.nullable().optional(),
    format: fields.format.nullable().optional(),
    mentions: fields.mentions.nullable().optional(),
  })
  .strict()
  .openapi('PostOverride', {
    description: 'What differs for one account: each key that is there replaces the post’s; null takes it away.',
  })
const Target = z.object({ accountId: z.uuid().toLowerCase(), override: Override.optional() }).openapi('PostTarget')
const targets = z
  .array(Target)
  .max(200)
  .refine((all) => new Set(all.map((one) => one.accountId)).size === all.length, 'names an account twice')
const At = z.object({ local: text().max(40), zone: text().max(80) }).openapi('WallTime', {
  description: 'What a clock shows, and where: `2026-12-01T09:00`, `Europe/Rome`.',
})
const When = z
  .discriminatedUnion('how', [
    z.object({ how: z.literal('draft') }),
    z.object({ how: z.literal('now') }),
    z.object({ how: z.literal('slot') }),
    z.object({ how: z.literal('at'), at: At }),
  ])
  .openapi('When')
const version = z.number().int().min(1)

export const NewPost = z.object({ content: PostContent, targets, when: When }).openapi('NewPost')
export const DraftPost = z.object({ content: PostContent, targets }).openapi('DraftPost')
export const ChangePost = z
  .object({ version, content: PostContent.optional(), targets: targets.optional() })
  .openapi('ChangePost')
export const SchedulePost = z.object({ version, when: When }).openapi('SchedulePost')
export const Confirmation = z
  .object({
    live: z.boolean().openapi({ description: 'Somebody looked: it is there, or it is not and is sent again.' }),
    url: text().max(1000).optional().openapi({ description: 'Where it is, as copied from the platform.' }),
  })
  .openapi('Confirmation')
export const PostQuery = Paging.extend({
  view: z.enum(['draft', 'queue', 'sent', 'attention']).optional(),
  from: time.optional(),
  to: time.optional(),
  accountId: z.uuid().toLowerCase().optional(),
})
export const IdempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .optional()
    .openapi({
      description:
        'The same key with the same request is carried out once, and answered with the same post. 1 to 200 characters.',
    }),
})

export const PostAccount = z
  .object({
    id: z.uuid(),
    provider: z.string(),
    providerName: z.string(),
    kind: z.string(),
    label: z.string(),
    handle: z.string().nullable(),
    picture: z.string().nullable(),
  })
  .openapi('PostAccount')
const Issue = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  at: z.string(),
})
const Counter = z.object({ at: z.string(), used: z.number(), limit: z.number() })
const checks = {
  accounts: z.array(
    z.object({ accountId: z.uuid(), ok: z.boolean(), issues: z.array(Issue), counters: z.array(Counter) }),
  ),
}
export const PostCheck = z.object(checks).openapi('PostCheck')
export const DryRun = z
  .object({
    ...checks,
    requests: z.array(
      z.object({
        accountId: z.uuid(),
        steps: z.array(
          z.object({
            name: z.string(),
            method: z.string(),
            url: z.string(),
            headers: z.record(z.string(), z.string()),
            body: z.string().nullable(),
            publishes: z.boolean(),
          }),
        ),
      }),
    ),
  })
  .openapi('DryRun')

export const DELIVERY_STATES = [
  'scheduled',
  'queued',
  'sending',
  'processing',
  'waiting',
  'published',
  'failed',
  'unknown',
  'skipped',
  'missed',
  'cancelled',
  'removed',
] as const
const delivery = {
  id: z.uuid(),
  postId: z.uuid(),
  account: PostAccount,
  connectionId: z.uuid().nullable(),
  state: z.enum(DELIVERY_STATES),
  dueAt: time.nullable(),
  nextTryAt: time.nullable(),
  publishedAt: time.nullable(),
  externalId: z.string().nullable(),
  permalink: z.string().nullable(),
  warning: z.string().nullable(),
  problem: z
    .object({ class: z.enum(FAULT_CLASSES), providerCode: z.string().nullable(), message: z.string() })
    .nullable(),
  atRisk: z.string().nullable().openapi({ description: 'Why it may not go out at its time.' }),
  actions: z.array(z.enum(['retry', 'confirm', 'cancel', 'remove', 'reconnect'])),
  updatedAt: time,
}
export const Delivery = z.object(delivery).openapi('Delivery')
const Attempt = z
  .object({
    id: z.uuid(),
    number: z.number().int(),
    part: z.string(),
    startedAt: time,
    endedAt: time.nullable(),
    outcome: z.enum(['sending', 'accepted', 'refused', 'unknown', 'confirmed', 'absent']),
    status: z.number().int().nullable(),
    providerCode: z.string().nullable(),
    message: z.string().nullable(),
    excerpt: z.string().nullable(),
  })
  .openapi('Attempt')
const StoredContent = z.record(z.string(), z.unknown()).openapi({ description: 'As `PostContent`.' })
export const DeliveryDetail = z
  .object({
    ...delivery,
    content: StoredContent,
    attempts: z.array(Attempt),
    steps: z.array(
      z.object({ at: time, name: z.string(), status: z.number().int().nullable(), message: z.string().nullable() }),
    ),
  })
  .openapi('DeliveryDetail')
export const Post = z
  .object({
    id: z.uuid(),
    state: z.enum(POST_STATES),
    content: StoredContent,
    targets: z.array(z.object({ accountId: z.uuid(), override: StoredContent.optional() })),
    at: At.nullable(),
    dueAt: time.nullable(),
    version: z.number().int(),
    media: z.array(MediaItem),
    deliveries: z.array(Delivery),
    createdAt: time,
    createdBy: z.string(),
    updatedAt: time,
  })
  .openapi('Post')
export const Posts = page(Post, 'Posts')
