import { z } from 'zod'
import { json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import { isWrong, read } from '../body.ts'
import type { Hook, State } from '../state.ts'
import { EVENTS } from '../tell.ts'
import type { World } from '../world.ts'
import { APPLICATION, paged } from './accounts.ts'
import { failed, notFound, wrongBody } from './errors.ts'

const hookBody = z.object({
  url: z.url({ protocol: /^https?$/ }),
  trigger_events: z.array(z.enum(Object.values(EVENTS))).min(1),
  account_ids: z.array(z.string()).default([]),
  description: z.string().optional(),
})

const shown = (hook: Hook): object => ({
  object: 'WebhookEndpoint',
  id: hook.id,
  application_id: APPLICATION,
  url: hook.url,
  description: hook.name ?? '',
  trigger_events: hook.triggers,
  enabled: hook.enabled,
  secret: hook.secret,
})

const mine = ({ hooks }: State): Hook[] => [...hooks.values()].filter((one) => one.generation === 'v2')

/** `POST /webhooks/endpoints/` */
export function createEndpoint({ state }: World, ask: Ask): Answer {
  const body = read(ask, hookBody)
  if (isWrong(body)) return wrongBody(body)
  const hook: Hook = {
    ...{ id: opaque(24, 'we_'), generation: 'v2', url: body.url, name: body.description ?? null, headers: [] },
    ...{ accountIds: body.account_ids, enabled: true, secret: opaque(40, 'whsec_'), triggers: body.trigger_events },
  }
  state.hooks.set(hook.id, hook)
  return json(200, shown(hook))
}

/** `GET /webhooks/endpoints/` */
export function listEndpoints({ state }: World, ask: Ask): Answer {
  const page = paged(ask, mine(state))
  if (!page) return failed('api/invalid_parameters', 'offset, limit: out of range')
  return json(200, { object: 'WebhookEndpoints', ...page, data: page.data.map(shown) })
}

const named = (state: State, ask: Ask): Hook | undefined => mine(state).find((one) => one.id === ask.params.id)

/** `GET /webhooks/endpoints/{id}` */
export function getEndpoint({ state }: World, ask: Ask): Answer {
  const hook = named(state, ask)
  return hook ? json(200, shown(hook)) : notFound('Webhook Endpoint')
}

/** `DELETE /webhooks/endpoints/{id}` */
export function deleteEndpoint({ state }: World, ask: Ask): Answer {
  const hook = named(state, ask)
  if (!hook) return notFound('Webhook Endpoint')
  state.hooks.delete(hook.id)
  return json(200, { success: true })
}
