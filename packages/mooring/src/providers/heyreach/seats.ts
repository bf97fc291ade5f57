/** The seats of the workspace that the key opens. What is here certainly exists. Sources: amp-labs/connectors, heyreach-cli. */
import {
  type ApiAnswer,
  type ApiContext,
  type ApiRequest,
  type Identity,
  isOk,
  list,
  member,
  need,
  needSession,
  number,
  text,
  truth,
} from '../../provider.ts'
import type { Refused, Seat, SeatContext, SeatStanding } from '../../provider-credentials.ts'
import { nameIn, post, UNREADABLE } from '../seats.ts'
import { isUnknown, refused } from './errors.ts'
import { BASE } from './settings.ts'

const PAGE = 100
const MOST = 10_000

export const byId = (seat: string): ApiRequest => ({
  url: `${BASE}/li_account/GetById?accountId=${encodeURIComponent(seat)}`,
})

/** Either name may be null, and both. */
const labelOf = (one: unknown): string =>
  nameIn(one, 'firstName', 'lastName') ?? text(one, 'emailAddress') ?? `LinkedIn account ${text(one, 'id') ?? ''}`

function seatIn(one: unknown): Seat[] {
  const id = text(one, 'id')
  if (id === undefined) return []
  return [{ id, label: labelOf(one), email: text(one, 'emailAddress'), valid: truth(one, 'authIsValid') === true }]
}

export async function seats({ call }: SeatContext): Promise<Seat[] | Refused> {
  const found: Seat[] = []
  for (let offset = 0; offset < MOST; offset += PAGE) {
    const answer = await call(post(`${BASE}/li_account/GetAll`, { offset, limit: PAGE }))
    if (!isOk(answer)) return refused(answer)
    if (!Array.isArray(member(answer.body, 'items'))) return UNREADABLE
    const items = list(answer.body, 'items')
    found.push(...items.flatMap(seatIn))
    if (items.length < PAGE || offset + PAGE >= (number(answer.body, 'totalCount') ?? MOST)) break
  }
  return found
}

export function standingOf(answer: ApiAnswer): SeatStanding | Refused {
  if (isUnknown(answer.status)) return 'gone'
  if (!isOk(answer)) return refused(answer)
  const valid = truth(answer.body, 'authIsValid')
  if (valid === undefined) return UNREADABLE
  return valid ? 'ok' : 'ended'
}

/** A session that is over is told with a 200. */
export async function identity({ call, seat = '' }: ApiContext): Promise<Identity> {
  const { body } = await call(byId(seat))
  const subject = need(text(body, 'id'), 'HeyReach', 'id')
  needSession(truth(body, 'authIsValid') !== false, 'HeyReach', 'authIsValid')
  return { subject, label: labelOf(body), email: text(body, 'emailAddress') }
}
