/** The shapes of webhooks. */
import { z } from '@hono/zod-openapi'
import { WEBHOOK_TYPES } from '../events/kinds.ts'
import { text } from './schema-parts.ts'
import { page } from './schemas.ts'

const time = z.iso.datetime()
const url = text().trim().min(1).max(1000)
const events = z
  .array(z.enum(WEBHOOK_TYPES))
  .min(1)
  .max(WEBHOOK_TYPES.length)
  .nullable()
  .openapi({ description: 'Null: all but `connection.refreshed`, which is routine.' })

export const Webhook = z
  .object({
    id: z.uuid(),
    url: z.string(),
    events: z.array(z.string()).nullable(),
    state: z.enum(['active', 'failing', 'paused']),
    failingSince: time.nullable().openapi({ description: 'Nothing has arrived there since.' }),
    pausedAt: time.nullable(),
    pausedWhy: z.enum(['person', 'failing', 'gone']).nullable().openapi({
      description: '`failing`: nothing arrived for three days. `gone`: the endpoint answered 410.',
    }),
    createdAt: time,
    createdBy: z.string(),
  })
  .openapi('Webhook')
export const Webhooks = z.object({ data: z.array(Webhook), nextCursor: z.null() }).openapi('Webhooks')
export const NewWebhook = z
  .object({
    url: url.openapi({ description: 'https; in development also a program on this machine.' }),
    events: events.optional(),
  })
  .openapi('NewWebhook')
export const CreatedWebhook = Webhook.extend({
  secret: z.string().openapi({ description: 'Shown once. What the signatures are checked with.', example: 'whsec_…' }),
}).openapi('CreatedWebhook')
export const ChangeWebhook = z
  .object({
    url: url.optional(),
    events: events.optional(),
    paused: z.boolean().optional().openapi({ description: 'What happens in a pause is held, and sent after it.' }),
  })
  .openapi('ChangeWebhook')
export const WebhookTest = z
  .object({
    ok: z.boolean(),
    status: z.number().int().nullable().openapi({ description: 'What the endpoint answered; null: nothing.' }),
    fault: z.string().nullable().openapi({
      description:
        'Why it did not arrive: `status` (anything but 2xx), `timeout`, `connection_refused`, `name_not_found`, `certificate`, `address_refused` (a private network), `no_answer`.',
    }),
  })
  .openapi('WebhookTest')
export const WebhookDelivery = z
  .object({
    id: z.uuid(),
    eventId: z.uuid().nullable().openapi({ description: 'The `webhook-id` of the message. Null: a test.' }),
    type: z.string(),
    state: z.enum(['waiting', 'held', 'delivered', 'failed']).openapi({ description: '`held`: until the pause ends.' }),
    tries: z.number().int(),
    status: z.number().int().nullable(),
    fault: z.string().nullable(),
    createdAt: time,
    lastTriedAt: time.nullable(),
    nextTryAt: time.nullable(),
  })
  .openapi('WebhookDelivery')
export const WebhookDeliveries = page(WebhookDelivery, 'WebhookDeliveries')

const connection = z.object({
  id: z.uuid(),
  provider: z.string(),
  identity: z.object({ subject: z.string(), label: z.string(), handle: z.string().nullable() }),
})
const posted = z.object({
  id: z.uuid(),
  postId: z.uuid(),
  accountId: z.uuid().nullable(),
  provider: z.string(),
  state: z.string(),
  externalId: z.string().nullable(),
  permalink: z.string().nullable(),
  problem: z.object({ class: z.string(), message: z.string().nullable() }).nullable(),
})
/** What arrives at an endpoint. */
export const WebhookMessage = z
  .object({
    type: z.enum([...WEBHOOK_TYPES, 'webhook.test']),
    timestamp: time.openapi({ description: 'When it happened.' }),
    data: z.object({
      workspaceId: z.uuid(),
      externalId: z.string().nullable().openapi({ description: 'Your own id of the customer.' }),
      connection: connection.nullable().optional(),
      delivery: posted.optional().openapi({ description: 'Of a post: as it was when this was sent.' }),
      actor: z.string().optional(),
      message: z.string(),
    }),
  })
  .openapi('WebhookMessage')
