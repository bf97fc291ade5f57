import { NothingMatches } from '../../control/nothing-matches.ts'
import { appNamed } from '../../core/disturb.ts'
import { present } from '../../core/present.ts'
import type { Seat } from '../seats.ts'
import { isLive, methodOf, pass, settle } from '../senders/logins.ts'
import { userOf } from '../senders/people.ts'
import type { State } from '../state.ts'
import type { HeyReachCommand } from './command.ts'

interface Which {
  id?: number | undefined
  email?: string | undefined
}

function seatsNamed(state: State, { id, email }: Which): Seat[] {
  const found = [...state.seats.values()].filter(
    (one) => (id ?? one.id) === one.id && (email ?? one.emailAddress) === one.emailAddress,
  )
  if (found.length === 0) throw new NothingMatches('No seat matches.')
  return found
}

function stepLogins(state: State, wish: NonNullable<HeyReachCommand['login']>, now: number): void {
  const approving = wish.do === 'approve'
  const found = [...state.logins.values()].filter(
    (one) =>
      (wish.id ?? one.id) === one.id &&
      (wish.email ?? one.email) === one.email &&
      isLive(one, now) &&
      (!approving || methodOf(one) === 'app_approval'),
  )
  if (found.length === 0) throw new NothingMatches(approving ? 'Nothing waits to be approved.' : 'No attempt matches.')
  for (const login of found) {
    const user = userOf(login.email)
    if (!approving) login.expiresAt = now
    else if (user) pass(state, login, user)
  }
}

function changeSeats(state: State, wish: NonNullable<HeyReachCommand['seat']>, now: number): void {
  const { authIsValid, authEndsInSeconds, isActive, restricted } = wish
  const lasting = authIsValid === undefined ? {} : { authEndsAt: authIsValid ? null : 0 }
  const ending = authEndsInSeconds === undefined ? {} : { authEndsAt: now + authEndsInSeconds * 1000 }
  for (const seat of seatsNamed(state, wish)) Object.assign(seat, lasting, ending, present({ isActive, restricted }))
}

export function applyHeyReach(state: State, command: HeyReachCommand, now: number): void {
  settle(state, now)
  if (command.app) Object.assign(appNamed(state.apps, command.app.registration), present(command.app))
  if (command.seat) changeSeats(state, command.seat, now)
  if (command.deleteSeat) for (const { id } of seatsNamed(state, command.deleteSeat)) state.seats.delete(id)
  if (command.login) stepLogins(state, command.login, now)
  if (command.settings) Object.assign(state.settings, present(command.settings))
}
