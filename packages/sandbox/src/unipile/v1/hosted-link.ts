import { z } from 'zod'
import { json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { isWrong, read } from '../body.ts'
import { linkUrl, makeLink } from '../hosted/links.ts'
import { DSN } from '../origins.ts'
import type { World } from '../world.ts'
import { seatV1 } from './accounts.ts'
import { disabledFeatures } from './connect.ts'
import { failed, notFound, wrongBody } from './errors.ts'
import { httpUrl } from './webhooks.ts'

const linkBody = z.object({
  type: z.enum(['create', 'reconnect']),
  providers: z.union([z.literal('*'), z.array(z.string()).min(1)]).optional(),
  api_url: z.string().refine((url) => url === DSN, 'is not the address of this API'),
  expiresOn: z.iso.datetime({ precision: 3 }),
  reconnect_account: z.string().min(1).optional(),
  name: z.string().optional(),
  notify_url: httpUrl.optional(),
  success_redirect_url: httpUrl.optional(),
  failure_redirect_url: httpUrl.optional(),
  disabled_features: disabledFeatures.optional(),
  sync_limit: z.object({}).optional(),
})

/** `POST /hosted/accounts/link` */
export function hostedLink({ state, clock }: World, ask: Ask): Answer {
  const body = read(ask, linkBody)
  if (isWrong(body)) return wrongBody(body)
  const expiresAt = Date.parse(body.expiresOn)
  if (expiresAt <= clock.now()) return failed('invalid_parameters', 'expiresOn: it is past')
  const { type, providers, reconnect_account: reconnects } = body
  if (type === 'create' && providers === undefined) return failed('missing_parameters', 'providers: required')
  if (type === 'create' && providers !== '*' && !providers?.includes('LINKEDIN'))
    return failed('feature_not_implemented', 'The sandbox plays LINKEDIN alone.')
  if (type === 'reconnect' && reconnects === undefined)
    return failed('missing_parameters', 'reconnect_account: required')
  if (type === 'reconnect' && !seatV1(state, reconnects)) return notFound('Account')
  const link = makeLink(state, clock.now(), {
    generation: 'v1',
    reconnects: type === 'reconnect' ? reconnects : undefined,
    name: body.name,
    notifyUrl: body.notify_url,
    success: body.success_redirect_url,
    failure: body.failure_redirect_url,
    disabled: body.disabled_features ?? [],
    expiresAt,
  })
  return json(201, { object: 'HostedAuthURL', url: linkUrl(link) })
}
