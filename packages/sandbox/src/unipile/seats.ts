import { personOf } from './people.ts'
import type { Intent, Seat, State, Status } from './state.ts'
import { statusOf } from './state.ts'
import { type Message, notify, tell } from './tell.ts'

/** The attempt has come to its end: the account is linked, or linked anew. */
export function link(state: State, intent: Intent, now: number): Seat {
  state.intents.delete(intent.id)
  const person = personOf(intent.person)
  const before = state.seats.get(intent.id)
  const premium = intent.wishes.premium || person?.premium === true
  const seat: Seat = {
    id: intent.id,
    generation: intent.generation,
    person: intent.person,
    name: before?.name ?? person?.name ?? intent.person,
    wishes: intent.wishes,
    createdAt: before?.createdAt ?? now,
    sources: premium && !intent.wishes.disabled.includes('linkedin_sales_navigator') ? ['OK', 'OK'] : ['OK'],
    metadata: before?.metadata ?? {},
  }
  state.seats.set(seat.id, seat)
  for (const page of state.links.values())
    if (page.intent === seat.id) notify(state, page, seat, before !== undefined, now)
  tell(state, seat, before ? 'RECONNECTED' : 'CREATION_SUCCESS', now)
  tell(state, seat, 'OK', now)
  for (const _ of state.settings.syncSuccess === 'each' ? seat.sources : ['OK']) tell(state, seat, 'SYNC_SUCCESS', now)
  return seat
}

/** Statuses that are told; a missing permission is not among the messages. */
const TOLD: Partial<Record<Status, Message>> = {
  OK: 'OK',
  CONNECTING: 'CONNECTING',
  CREDENTIALS: 'CREDENTIALS',
  ERROR: 'ERROR',
  STOPPED: 'STOPPED',
}

/** Of one source, or of all. Told once the account as a whole is another. */
export function setStatus(state: State, seat: Seat, status: Status, now: number, source?: number): void {
  const before = statusOf(seat)
  seat.sources = seat.sources.map((one, at) => (source === undefined || source === at ? status : one))
  const after = statusOf(seat)
  const message = TOLD[after]
  if (after !== before && message) tell(state, seat, message, now)
}

export function remove(state: State, seat: Seat, now: number): void {
  state.seats.delete(seat.id)
  state.intents.delete(seat.id)
  tell(state, seat, 'DELETED', now)
}
