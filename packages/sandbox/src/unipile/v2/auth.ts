import { z } from 'zod'
import { json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { isWrong, read } from '../body.ts'
import { linkUrl, makeLink } from '../hosted/links.ts'
import { type Outcome, solve, start } from '../intents.ts'
import type { Step } from '../people.ts'
import type { Settings } from '../settings.ts'
import { statusOf } from '../state.ts'
import type { World } from '../world.ts'
import { accountObject, seatV2 } from './accounts.ts'
import { failed, notFound, refusal, wrongBody } from './errors.ts'

const PRODUCTS = ['classic', 'recruiter', 'sales_navigator', 'company'] as const

const config = z
  .object({
    custom_proxy: z.object({}).optional(),
    auto_proxy_config: z.object({ country: z.string().length(2).optional() }).optional(),
    products: z.array(z.enum(PRODUCTS)).min(1).optional(),
  })
  .optional()

const intentBody = z.object({
  provider: z.literal('linkedin'),
  credentials: z.union([
    z.object({ username: z.string().min(1), password: z.string().min(1) }),
    z.object({ access_token: z.string().min(1), premium_access_token: z.string().min(1).optional() }),
  ]),
  config,
  user_agent: z.string().optional(),
  user_timezone: z.string().optional(),
  state: z.string().optional(),
  account_id: z.string().min(1).optional(),
})
type IntentBody = z.output<typeof intentBody>

const wishesOf = ({ credentials, config: how, state }: IntentBody) => ({
  method: 'username' in credentials ? ('credentials' as const) : ('cookie' as const),
  country: how?.auto_proxy_config?.country?.toUpperCase() ?? null,
  premium: 'access_token' in credentials && credentials.premium_access_token !== undefined,
  disabled: how?.products && !how.products.includes('sales_navigator') ? ['linkedin_sales_navigator'] : [],
  state: state ?? null,
})

/** `POST /auth/intent` */
export function startIntent({ state, clock }: World, ask: Ask): Answer {
  const body = read(ask, intentBody)
  if (isWrong(body)) return wrongBody(body)
  const seat = seatV2(state, body.account_id)
  if (body.account_id !== undefined && !seat) return notFound('Account')
  if (seat && statusOf(seat) !== 'CREDENTIALS') return failed('api/conflict', 'The account is not disconnected.')
  const { credentials: given } = body
  const credentials = 'username' in given ? given : { cookie: given.access_token }
  const outcome = start(state, { generation: 'v2', credentials, wishes: wishesOf(body), seat }, clock.now())
  return answered(outcome, state.settings)
}

const solveBody = z.object({ intent_id: z.string().min(1), code: z.string().min(1) })

/** `POST /auth/checkpoint` */
export function solveIntent({ state, clock }: World, ask: Ask): Answer {
  const body = read(ask, solveBody)
  if (isWrong(body)) return wrongBody(body)
  return answered(solve(state, body.intent_id, 'v2', body.code, clock.now()), state.settings)
}

function answered(outcome: Outcome, settings: Settings): Answer {
  switch (outcome.kind) {
    case 'refused':
      return refusal(outcome.why, settings)
    case 'asks': {
      const checkpoint = checkpointOf(outcome.step)
      return json(200, { object: 'AuthenticationCheckpoint', intent_id: outcome.intent.id, checkpoint })
    }
    case 'linked':
      return { ...json(200, accountObject(outcome.seat, settings)), afterMs: outcome.afterMs }
  }
}

function checkpointOf(step: Step): object {
  switch (step.type) {
    case '2FA':
      return { type: '2FA', platform: step.source }
    case 'IN_APP_VALIDATION':
      return { type: step.otherWay ? 'OTP_OR_IN_APP_VALIDATION' : 'IN_APP_VALIDATION' }
    case 'CAPTCHA':
      return { type: 'CAPTCHA', public_key: '00000000-SANDBOX-0000', data: 'sandbox' }
    default:
      return { type: step.type }
  }
}

const linkBody = z.object({
  expires_on: z.iso.datetime({ precision: 3 }),
  redirect_uri: z.url({ protocol: /^https?$/ }),
  providers: z.union([z.literal('*'), z.array(z.string()).min(1)]).optional(),
  account_id: z.string().min(1).optional(),
  state: z.string().optional(),
  domain: z.string().optional(),
  config,
})

/** `POST /auth/link` */
export function createLink({ state, clock }: World, ask: Ask): Answer {
  const body = read(ask, linkBody)
  if (isWrong(body)) return wrongBody(body)
  const { providers, account_id: reconnects } = body
  const expiresAt = Date.parse(body.expires_on)
  if (expiresAt <= clock.now()) return failed('api/invalid_parameters', 'expires_on: it is past')
  if (body.domain !== undefined) return failed('api/invalid_parameters', 'domain: it is not verified')
  if (reconnects === undefined && providers !== '*' && !providers?.includes('linkedin'))
    return failed('api/invalid_parameters', 'providers: give linkedin, or an account_id')
  if (reconnects !== undefined && !seatV2(state, reconnects)) return notFound('Account')
  const link = makeLink(state, clock.now(), {
    ...{ generation: 'v2', reconnects, name: body.state, success: body.redirect_uri, expiresAt },
    ...{ notifyUrl: undefined, failure: undefined, disabled: [] },
  })
  return json(200, { object: 'HostedAuthLink', link: linkUrl(link) })
}
