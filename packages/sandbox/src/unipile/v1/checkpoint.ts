import { z } from 'zod'
import { json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { isWrong, read } from '../body.ts'
import { resend, solve } from '../intents.ts'
import type { World } from '../world.ts'
import { answered } from './connect.ts'
import { failed, refusal, wrongBody } from './errors.ts'

const solveBody = z.object({
  provider: z.enum(['LINKEDIN', 'INSTAGRAM', 'TWITTER', 'MESSENGER']),
  account_id: z.string().min(1),
  code: z.string().min(1),
})

/** `POST /accounts/checkpoint` */
export function solveCheckpoint({ state, clock }: World, ask: Ask): Answer {
  const body = read(ask, solveBody)
  if (isWrong(body)) return wrongBody(body)
  if (body.provider !== 'LINKEDIN') return failed('invalid_parameters', 'provider: the account is of another provider')
  return answered(solve(state, body.account_id, 'v1', body.code, clock.now()), state.settings, true)
}

const resendBody = z.object({
  provider: z.enum(['LINKEDIN', 'INSTAGRAM', 'MESSENGER']),
  account_id: z.string().min(1),
})

/** `POST /accounts/checkpoint/resend` */
export function resendCheckpoint({ state, clock }: World, ask: Ask): Answer {
  const body = read(ask, resendBody)
  if (isWrong(body)) return wrongBody(body)
  if (body.provider !== 'LINKEDIN') return failed('invalid_parameters', 'provider: the account is of another provider')
  const sent = resend(state, body.account_id, 'v1', clock.now())
  if (typeof sent === 'string') return refusal(sent, state.settings)
  return json(200, { object: 'CheckpointResend', account_id: sent.id, success: true })
}
