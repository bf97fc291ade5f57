import { z } from 'zod'
import { json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { isWrong, read } from '../body.ts'
import { type Credentials, type Outcome, start } from '../intents.ts'
import type { Step } from '../people.ts'
import type { Settings } from '../settings.ts'
import type { Wishes } from '../state.ts'
import type { World } from '../world.ts'
import { failed, notFound, refusal, wrongBody } from './errors.ts'

/** Networks of v1 that this sandbox does not play. */
const OTHERS = ['WHATSAPP', 'INSTAGRAM', 'MESSENGER', 'TELEGRAM', 'TWITTER', 'MAIL', 'SLACK', 'EXCHANGE', 'ICLOUD']

export const disabledFeatures = z.array(
  z.enum(['linkedin_recruiter', 'linkedin_sales_navigator', 'linkedin_organizations_mailboxes']),
)

const connectBody = z.object({
  provider: z.enum(['LINKEDIN', ...OTHERS]),
  username: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  access_token: z.string().min(1).optional(),
  premium_token: z.string().min(1).optional(),
  user_agent: z.string().min(1).optional(),
  country: z.string().length(2).optional(),
  ip: z.ipv4().optional(),
  proxy: z
    .object({
      protocol: z.enum(['http', 'https', 'socks5']),
      host: z.string().min(1),
      port: z.number().int().min(1).max(65_535),
      username: z.string().optional(),
      password: z.string().optional(),
    })
    .optional(),
  recruiter_contract_id: z.string().optional(),
  disabled_features: disabledFeatures.optional(),
  sync_limit: z.object({ chats: z.unknown().optional(), messages: z.unknown().optional() }).optional(),
})
type ConnectBody = z.output<typeof connectBody>

function credentialsOf({ username, password, access_token }: ConnectBody): Credentials | undefined {
  if (username !== undefined && password !== undefined) return { username, password }
  return access_token === undefined ? undefined : { cookie: access_token }
}

const wishesOf = (body: ConnectBody, credentials: Credentials): Wishes => ({
  method: 'cookie' in credentials ? 'cookie' : 'credentials',
  country: body.country?.toUpperCase() ?? null,
  premium: body.premium_token !== undefined,
  disabled: body.disabled_features ?? [],
  state: null,
})

/** `POST /accounts`, and `POST /accounts/{id}`, which links the same account anew. */
export function connect({ state, clock }: World, ask: Ask): Answer {
  const seat = state.seats.get(ask.params.id ?? '')
  if (ask.params.id !== undefined && seat?.generation !== 'v1') return notFound('Account')
  const body = read(ask, connectBody)
  if (isWrong(body)) return wrongBody(body)
  if (body.provider !== 'LINKEDIN') return failed('feature_not_implemented', 'The sandbox plays LinkedIn alone.')
  const credentials = credentialsOf(body)
  if (!credentials) return failed('missing_parameters', 'Give username and password, or access_token.')
  const wishes = wishesOf(body, credentials)
  return answered(start(state, { generation: 'v1', credentials, wishes, seat }, clock.now()), state.settings)
}

export function answered(outcome: Outcome, settings: Settings, solved = false): Answer {
  switch (outcome.kind) {
    case 'refused':
      return refusal(outcome.why, settings)
    case 'asks': {
      const checkpoint = checkpointOf(outcome.step, settings)
      return json(settings.checkpointStatus, { object: 'Checkpoint', account_id: outcome.intent.id, checkpoint })
    }
    case 'linked': {
      const again = solved ? settings.reconnectSolved : 'AccountReconnected'
      const object = outcome.again ? again : 'AccountCreated'
      const answer = json(201, { object, account_id: outcome.seat.id })
      return { ...answer, afterMs: outcome.afterMs }
    }
  }
}

function checkpointOf(step: Step, { source }: Settings): object {
  const told = step.type === '2FA' && (source === 'sent' || (source === 'app' && step.source === 'APP'))
  return { type: step.type, ...(told && { source: step.source }) }
}
