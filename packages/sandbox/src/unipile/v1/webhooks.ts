import { z } from 'zod'
import { json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { isWrong, read } from '../body.ts'
import type { Hook, State } from '../state.ts'
import type { World } from '../world.ts'
import { failed, notFound, wrongBody } from './errors.ts'

const SOURCE = 'account_status'
/** Sources of v1 that this sandbox has nothing to tell of. */
const OTHERS = ['messaging', 'email', 'email_tracking', 'users', 'calendar_event']

export const httpUrl = z.url({ protocol: /^https?$/ })

const hookBody = z.object({
  source: z.enum([SOURCE, ...OTHERS]),
  request_url: httpUrl,
  name: z.string().optional(),
  /** Names as RFC 9110 has them (5.6.2), values without control characters. */
  headers: z
    .array(z.object({ key: z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/), value: z.string().regex(/^[\t\x20-\x7e]*$/) }))
    .default([]),
  account_ids: z.array(z.string()).default([]),
  enabled: z.boolean().default(true),
})

/** `POST /webhooks` */
export function createWebhook({ state }: World, ask: Ask): Answer {
  const body = read(ask, hookBody)
  if (isWrong(body)) return wrongBody(body)
  if (body.source !== SOURCE) return failed('feature_not_implemented', `The sandbox plays ${SOURCE} alone.`)
  const id = `we_${opaque(22)}`
  const { request_url: url, name = null, headers, account_ids: accountIds, enabled } = body
  state.hooks.set(id, { id, generation: 'v1', url, name, headers, accountIds, enabled, secret: null, triggers: [] })
  return json(201, { object: 'WebhookCreated', webhook_id: id })
}

const mine = ({ hooks }: State): Hook[] => [...hooks.values()].filter((one) => one.generation === 'v1')

/** `GET /webhooks` */
export const listWebhooks = ({ state }: World): Answer =>
  json(200, {
    object: 'WebhookList',
    items: mine(state).map(({ id, url, name, headers, accountIds, enabled }) => ({
      ...{ object: 'Webhook', id, source: SOURCE, name, headers, enabled },
      ...{ request_url: url, account_ids: accountIds },
    })),
    cursor: null,
  })

/** `DELETE /webhooks/{id}` */
export function deleteWebhook({ state }: World, ask: Ask): Answer {
  const hook = mine(state).find((one) => one.id === ask.params.id)
  if (!hook) return notFound('Webhook')
  state.hooks.delete(hook.id)
  return json(200, { object: 'WebhookDeleted' })
}
