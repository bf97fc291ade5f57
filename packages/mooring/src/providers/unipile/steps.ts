/** What an answer of connecting means: by `object`, and never by the status, which the documents tell in two ways (201, 202). Pure. */
import { type ApiAnswer, isOk, member, text } from '../../provider.ts'
import {
  type Checkpoint,
  type CodeBy,
  isRefused,
  type Refused,
  type SeatStanding,
  type Step,
} from '../../provider-credentials.ts'
import { UNREADABLE } from '../seats.ts'
import { refused } from './errors.ts'

const V1: Can = { resend: true, anotherWay: true }
/** Its "Request Checkpoint" asks for another type; how is not known. */
const V2: Can = { resend: false, anotherWay: false }

interface Can {
  resend: boolean
  anotherWay: boolean
}

export function stepOf(answer: ApiAnswer): Step {
  const { body } = answer
  if (!isOk(answer)) return refused(answer)
  switch (text(body, 'object')) {
    case 'AccountCreated':
    case 'AccountReconnected':
      return connected(text(body, 'account_id'))
    case 'Account':
      return connected(text(body, 'id'))
    case 'Checkpoint':
      return asked(text(body, 'account_id'), member(body, 'checkpoint'), V1)
    case 'AuthenticationCheckpoint':
      return asked(text(body, 'intent_id'), member(body, 'checkpoint'), V2)
    default:
      return UNREADABLE
  }
}

const connected = (seat: string | undefined): Step => (seat === undefined ? UNREADABLE : { is: 'connected', seat })

const asked = (attempt: string | undefined, checkpoint: unknown, can: Can): Step =>
  attempt === undefined ? UNREADABLE : { is: 'checkpoint', attempt, checkpoint: checkpointOf(checkpoint, can) }

const BY: Readonly<Record<string, CodeBy>> = { SMS: 'sms', APP: 'authenticator', WHATSAPP: 'whatsapp', EMAIL: 'email' }

function checkpointOf(checkpoint: unknown, can: Can): Checkpoint {
  const by = BY[(text(checkpoint, 'source') ?? text(checkpoint, 'platform') ?? '').toUpperCase()]
  switch (text(checkpoint, 'type')) {
    case '2FA':
      return { type: 'code', by }
    case 'OTP':
      return { type: 'code', by, resend: can.resend }
    case 'IN_APP_VALIDATION':
      return { type: 'approval', anotherWay: can.anotherWay }
    case 'OTP_OR_IN_APP_VALIDATION':
      return { type: 'code_or_approval', by, resend: can.resend }
    case 'PHONE_REGISTER':
      return { type: 'phone' }
    // CAPTCHA, and whatever comes to be.
    default:
      return { type: 'hosted' }
  }
}

/** Of a code: the attempt may be gone, or was cancelled by a later one. A 401 without a type is "wrong solution" here. */
export function solvedOf(answer: ApiAnswer): Step {
  const step = stepOf(answer)
  if (step.is !== 'refused') return step
  if (step.why === 'gone' || answer.status === 409) return { ...step, why: 'expired' }
  return answer.status === 401 && step.code === undefined ? { ...step, why: 'code' } : step
}

/** Of TRY_ANOTHER_WAY, which is answered as a wrong code where there is none. */
export function otherWayOf(answer: ApiAnswer): Step {
  const step = solvedOf(answer)
  return step.is === 'refused' && step.why === 'code' ? { ...step, why: 'unsolvable' } : step
}

/** Of looking at the account while its person approves. It may be hidden until then. */
export function polledOf(attempt: string, standing: SeatStanding | Refused): Step {
  if (isRefused(standing)) return standing
  return standing === 'ok' ? { is: 'connected', seat: attempt } : { is: 'waiting' }
}
