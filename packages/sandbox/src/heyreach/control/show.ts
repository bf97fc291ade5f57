import type { ListedSeat } from '../../core/simulator.ts'
import { isValid, nameOf, type Seat } from '../seats.ts'
import { isLive, methodOf, settle } from '../senders/logins.ts'
import type { Login, State } from '../state.ts'

/** What tests may look at. No key. */
export function showHeyReach(state: State, now: number) {
  settle(state, now)
  return {
    apps: state.apps.map(({ clientSecret: _key, ...app }) => app),
    seats: [...state.seats.values()].map((seat) => ({ ...seat, authIsValid: isValid(seat, now) })),
    logins: [...state.logins.values()].map((one) => ({ ...one, method: methodOf(one), live: isLive(one, now) })),
    settings: state.settings,
  }
}

function stateOf(seat: Seat, now: number): string {
  if (seat.restricted) return 'restricted'
  if (!isValid(seat, now)) return 'session lost'
  return seat.isActive ? 'works' : 'not in use'
}

/** A row of the sandbox's page, with what a person may do to the seat. */
const listedSeat = (seat: Seat, now: number): ListedSeat => ({
  id: String(seat.id),
  name: nameOf(seat) ?? seat.emailAddress,
  about: seat.emailAddress,
  state: stateOf(seat, now),
  acts: [
    isValid(seat, now) ? { act: 'lose', words: 'Session lost' } : { act: 'mend', words: 'Session back' },
    ...(seat.restricted ? [] : [{ act: 'restrict', words: 'Restrict' }]),
    { act: 'delete', words: 'Delete' },
  ],
})

const listedLogin = (login: Login): ListedSeat => ({
  id: String(login.id),
  name: 'Attempt to connect',
  about: login.email,
  state: `waits for ${methodOf(login)}`,
  acts: [
    ...(methodOf(login) === 'app_approval' ? [{ act: 'approve', words: 'Approve in the app' }] : []),
    { act: 'expire', words: 'Let it expire' },
  ],
})

/** Attempts before seats, the newest first. */
export function listedSeats(state: State, now: number): ListedSeat[] {
  settle(state, now)
  const waiting = [...state.logins.values()].filter((one) => isLive(one, now)).map(listedLogin)
  const seats = [...state.seats.values()].map((seat) => listedSeat(seat, now))
  return [...waiting.reverse(), ...seats.reverse()]
}
