/** The one shape that all assumed endpoints answer with: every field is there, null where nothing is known. */
import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { nameOf, type Seat } from '../seats.ts'
import type { Settings } from '../settings.ts'
import { type Method, type Refusal, userOf } from './people.ts'

const WAIT_SECONDS = 120

const EMPTY = {
  ...{ success: false, requires_2fa: false, '2fa_method': null, sender_id: null, account_id: null },
  ...{ profile_url: null, profile_name: null, headline: null, connection_count: null, error: null },
}

/** In the place of 200, where refusals have a status of their own. */
const FITTING: Record<Refusal, number> = {
  invalid_credentials: 400,
  invalid_code: 400,
  verification_expired: 410,
  account_locked: 403,
  captcha_required: 403,
  rate_limited: 429,
  service_unavailable: 503,
}

export function refusal({ refusal: status }: Settings, error: Refusal, senderId: number | null = null): Answer {
  const always = error === 'rate_limited' || error === 'service_unavailable'
  const headers: Record<string, string> = error === 'rate_limited' ? { 'retry-after': String(WAIT_SECONDS) } : {}
  return json(always || status === '4xx' ? FITTING[error] : 200, { ...EMPTY, sender_id: senderId, error }, headers)
}

export const pending = ({ pendingSuccess }: Settings, senderId: number, method: Method): Answer =>
  json(200, { ...EMPTY, success: pendingSuccess, requires_2fa: true, '2fa_method': method, sender_id: senderId })

/** What is known of who was given by e-mail address; of others, the name alone. */
export function connected(seat: Seat): Answer {
  const user = userOf(seat.emailAddress)
  return json(200, {
    ...EMPTY,
    ...{ success: true, sender_id: seat.id, account_id: seat.id, profile_name: nameOf(seat) },
    ...(user && {
      profile_url: `https://www.linkedin.com/in/${`${user.firstName}-${user.lastName}`.toLowerCase()}`,
      headline: user.headline,
      connection_count: user.connections,
    }),
  })
}

export const removed = (senderId: number): Answer => json(200, { ...EMPTY, success: true, sender_id: senderId })
