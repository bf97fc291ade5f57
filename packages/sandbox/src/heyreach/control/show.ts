import type { ListedSeat } from '../../core/simulator.ts'
import { isValid, nameOf, type Seat } from '../seats.ts'
import type { State } from '../state.ts'

/** What tests may look at. No key. */
export const showHeyReach = (state: State, now: number) => ({
  apps: state.apps.map(({ clientSecret: _key, ...app }) => app),
  seats: [...state.seats.values()].map((seat) => ({ ...seat, authIsValid: isValid(seat, now) })),
  settings: state.settings,
})

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

/** The newest first. */
export const listedSeats = (state: State, now: number): ListedSeat[] =>
  [...state.seats.values()].map((seat) => listedSeat(seat, now)).reverse()
