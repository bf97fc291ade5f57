/** What becomes of an attempt to give the service a LinkedIn account. */
import { freshSeat, type Seat } from '../seats.ts'
import type { Login, State } from '../state.ts'
import { type Method, type User, userOf } from './people.ts'

const LIFE_MS = 5 * 60_000

export const seatOf = (state: State, email: string): Seat | undefined =>
  [...state.seats.values()].find((one) => one.emailAddress === email)

/** A new seat, or the one that there is with a session again. */
export function addSeat(state: State, { email, firstName, lastName }: User, id?: number): Seat {
  const known = seatOf(state, email)
  if (known) return Object.assign(known, { authEndsAt: null, isActive: true })
  const seat = { ...freshSeat, id: id ?? newId(state), emailAddress: email, firstName, lastName }
  state.seats.set(seat.id, seat)
  return seat
}

function newId(state: State): number {
  state.lastId += 1
  return state.lastId
}

/** The person's earlier attempts are over. */
export function startLogin(state: State, { email }: User, now: number): Login {
  for (const one of state.logins.values()) if (one.email === email) one.expiresAt = Math.min(one.expiresAt, now)
  const id = seatOf(state, email)?.id ?? newId(state)
  const login = { id, email, step: 0, startedAt: now, expiresAt: now + LIFE_MS }
  state.logins.set(id, login)
  return login
}

export const isLive = ({ expiresAt }: Login, now: number): boolean => now < expiresAt

export const methodOf = ({ email, step }: Login): Method | undefined => userOf(email)?.checkpoints[step]

/** One checkpoint was passed: the seat where it was the last. */
export function pass(state: State, login: Login, user: User): Seat | undefined {
  login.step += 1
  if (login.step < user.checkpoints.length) return undefined
  state.logins.delete(login.id)
  return addSeat(state, user, login.id)
}

/** What people did in the LinkedIn app meanwhile, without being told to. */
export function settle(state: State, now: number): void {
  for (const login of [...state.logins.values()]) {
    const user = userOf(login.email)
    const at = login.startedAt + (user?.approvesAfterMs ?? Number.POSITIVE_INFINITY)
    if (user && at <= now && at < login.expiresAt) pass(state, login, user)
  }
}
