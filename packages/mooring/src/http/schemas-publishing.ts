/** The shapes of how a workspace publishes: targets, settings, slots, budgets. */
import { z } from '@hono/zod-openapi'
import { POST_FORMATS, VISIBILITIES } from '../provider-publishing.ts'
import { text } from './schema-parts.ts'
import { page } from './schemas.ts'
import { PostAccount } from './schemas-posts.ts'

const time = z.iso.datetime()
const Features = z
  .object({
    text: z.object({ limit: z.number().int(), weighted: z.boolean() }),
    images: z.number().int(),
    videos: z.number().int(),
    documents: z.number().int(),
    mixed: z.boolean(),
    needsMedia: z.boolean(),
    altText: z.number().int(),
    link: z.enum(['card', 'plain', 'none']),
    poll: z
      .object({
        options: z.number().int(),
        optionLength: z.number().int(),
        questionLength: z.number().int(),
        minutes: z.union([z.array(z.number().int()), z.object({ least: z.number().int(), most: z.number().int() })]),
      })
      .nullable(),
    thread: z.boolean(),
    firstComment: z.boolean(),
    visibility: z.array(z.enum(VISIBILITIES)),
    formats: z.array(z.enum(POST_FORMATS)),
    mentions: z.enum(['id', 'handle', 'none']),
    deletes: z.boolean(),
  })
  .openapi('PublishingFeatures')
const PublishTarget = z
  .object({
    account: PostAccount,
    connection: z.object({ id: z.uuid(), state: z.string(), label: z.string() }),
    unusable: z.string().nullable(),
    needsPersonAt: time.nullable(),
    features: Features,
  })
  .openapi('PublishTarget')
export const PublishTargets = page(PublishTarget, 'PublishTargets')

const zone = text().min(1).max(80)
const slots = z
  .array(
    z.object({
      weekday: z.number().int().min(1).max(7).openapi({ description: '1 Monday … 7 Sunday.' }),
      time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    }),
  )
  .max(500)
const missed = z.object({
  policy: z.enum(['late', 'ask', 'drop']),
  afterMinutes: z.number().int().min(1).max(43_200),
})
export const PublishingSettings = z.object({ zone, slots, missed }).openapi('PublishingSettings')
export const ChangePublishingSettings = z
  .object({ zone: zone.optional(), slots: slots.optional(), missed: missed.optional() })
  .openapi('ChangePublishingSettings')
export const NextSlots = z
  .object({ data: z.array(z.object({ at: z.object({ local: z.string(), zone: z.string() }), dueAt: time })) })
  .openapi('NextSlots')
export const Budgets = page(
  z
    .object({
      provider: z.string(),
      registration: z.string(),
      connectionId: z.uuid().nullable(),
      accountId: z.uuid().nullable(),
      endpoint: z.string().openapi({ description: '`*`: all calls together.' }),
      limit: z.number().int().nullable(),
      remaining: z.number().int(),
      resetsAt: time,
      known: z.enum(['told', 'counted']).openapi({
        description: '`told` by the platform, or `counted` by us against a limit that it publishes.',
      }),
    })
    .openapi('Budget'),
  'Budgets',
)
