/**
 * Adding a seat by e-mail and password. An assumption: up to May 2026 HeyReach had no call for it, and of the later
 * "account-login API" neither paths nor fields were readable. These are the ones that Mooring's first design names.
 */
import {
  type ApiAnswer,
  type ApiContext,
  type DiscoveredAccount,
  type Identity,
  isOk,
  number,
  text,
  truth,
} from '../../provider.ts'
import type { Checkpoint, Refusal, Refused, Step } from '../../provider-credentials.ts'
import { noteOf, UNREADABLE } from '../seats.ts'
import { done, refused } from './errors.ts'
import { addsSeats, senderUrl } from './settings.ts'

/** The one shape that all of them answer with, each field null where nothing is known. */
export const senderOf = (body: unknown) => ({
  success: truth(body, 'success'),
  requires2fa: truth(body, 'requires_2fa'),
  method: text(body, '2fa_method'),
  senderId: text(body, 'sender_id'),
  accountId: text(body, 'account_id'),
  profileUrl: text(body, 'profile_url'),
  profileName: text(body, 'profile_name'),
  headline: text(body, 'headline'),
  connections: number(body, 'connection_count'),
  error: text(body, 'error'),
})

const METHODS: Readonly<Record<string, Checkpoint>> = {
  sms: { type: 'code', by: 'sms' },
  email: { type: 'code', by: 'email' },
  authenticator: { type: 'code', by: 'authenticator' },
  app_approval: { type: 'approval' },
}

function stepOf(answer: ApiAnswer): Step {
  const { success, requires2fa, method = '', senderId, accountId, error } = senderOf(answer.body)
  if (!isOk(answer) || error !== undefined) return refused(answer)
  if (requires2fa && senderId !== undefined)
    return { is: 'checkpoint', attempt: senderId, checkpoint: METHODS[method] ?? { type: 'code' } }
  const seat = accountId ?? senderId
  return success && !requires2fa && seat !== undefined ? { is: 'connected', seat } : UNREADABLE
}

const goneIs = (why: Refusal, step: Step): Step =>
  step.is === 'refused' && step.why === 'gone' ? { ...step, why } : step

/** Nothing is there before it is added: what is not found is the path, which the operator may set. */
export function begunOf(answer: ApiAnswer, seat: string | undefined): Step {
  const step = goneIs(answer.status === 404 ? 'operator' : 'ours', stepOf(answer))
  const another = step.is === 'connected' && seat !== undefined && step.seat !== seat
  return another ? { is: 'refused', why: 'other_person' } : step
}

export const solvedOf = (answer: ApiAnswer): Step => goneIs('expired', stepOf(answer))

/** The same checkpoint again is nothing new; another one is. */
export function polledOf(answer: ApiAnswer): Step {
  const step = solvedOf(answer)
  return step.is === 'checkpoint' && step.checkpoint.type === 'approval' ? { is: 'waiting' } : step
}

export const removedOf = (answer: ApiAnswer): Refused | undefined =>
  senderOf(answer.body).error === undefined ? done(answer) : refused(answer)

/** Ids are numbers, as everywhere at HeyReach. */
export const verification = (attempt: string, code: string) => ({
  sender_id: /^\d{1,15}$/.test(attempt) ? Number(attempt) : attempt,
  code,
})

export async function accounts(on: ApiContext, { subject, label }: Identity): Promise<DiscoveredAccount[]> {
  return [{ kind: 'seat', subject, label, ...(addsSeats(on.settings) ? await described(on, subject) : {}) }]
}

/** A line for the person and nothing more: whatever is answered, the seat is connected. */
async function described({ call, settings }: ApiContext, seat: string): Promise<Partial<DiscoveredAccount>> {
  try {
    const { headline, connections, profileUrl = '' } = senderOf((await call({ url: senderUrl(settings, seat) })).body)
    const handle = /^https:\/\/www\.linkedin\.com\/in\/([\w%-]{1,100})\/?$/.exec(profileUrl)?.[1]
    return { handle, note: noteOf(headline, connections) }
  } catch {
    return {}
  }
}
