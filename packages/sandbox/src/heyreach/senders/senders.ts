import { z } from 'zod'
import type { Answer, Ask } from '../../core/ask.ts'
import { unknownId, unknownPath } from '../api/errors.ts'
import { passGate } from '../api/gate.ts'
import { int32, withBody } from '../api/input.ts'
import { isValid, type Seat } from '../seats.ts'
import type { Login, State } from '../state.ts'
import type { World } from '../world.ts'
import { connected, pending, refusal, removed } from './answers.ts'
import { addSeat, isLive, methodOf, pass, seatOf, startLogin } from './logins.ts'
import { CODE, PASSWORD, type User, userOf } from './people.ts'

const needed = (name: string) => z.string().min(1, `The ${name} field is required.`)
const credentials = z.object({ email: needed('Email'), password: needed('Password') })
const verification = z.object({ sender_id: int32, code: needed('Code') })

/** As any path that is not there, unless the workspace is told to have it. */
const assumed = (world: World, ask: Ask, answer: (now: number) => Answer): Answer =>
  world.state.settings.senders === 'assumed' ? passGate(world, ask, answer) : unknownPath()

const waiting = ({ settings }: State, login: Login): Answer => {
  const method = methodOf(login)
  return method ? pending(settings, login.id, method) : refusal(settings, 'verification_expired', login.id)
}

/** Whether this call finds the service down, and counts it. */
function isDown(state: State, { email, downFor = 0 }: User): boolean {
  const tries = state.tries.get(email) ?? 0
  state.tries.set(email, tries + 1)
  return tries < downFor
}

function connect(state: State, user: User, now: number): Answer {
  if (isDown(state, user)) return refusal(state.settings, 'service_unavailable')
  if (user.refusal) return refusal(state.settings, user.refusal)
  if (seatOf(state, user.email)?.restricted) return refusal(state.settings, 'account_locked')
  if (user.checkpoints.length > 0) return waiting(state, startLogin(state, user, now))
  return connected(addSeat(state, user))
}

/** POST senders/linkedin. */
export const addSender = (world: World, ask: Ask): Answer =>
  assumed(world, ask, (now) =>
    withBody(ask, credentials, ({ email, password }) => {
      const { state } = world
      const user = userOf(email)
      if (!user || password !== PASSWORD) return refusal(state.settings, 'invalid_credentials')
      const answer = connect(state, user, now)
      return user.slow ? { ...answer, afterMs: state.settings.slowMs } : answer
    }),
  )

function verify(state: State, login: Login, code: string): Answer {
  const { settings } = state
  const user = userOf(login.email)
  if (!user) return refusal(settings, 'verification_expired', login.id)
  if (user.diesAtCode) return refusal(settings, 'service_unavailable', login.id)
  const takesCode = methodOf(login) !== 'app_approval' || user.orCode
  if (!takesCode || code !== CODE) return refusal(settings, 'invalid_code', login.id)
  const seat = pass(state, login, user)
  return seat ? connected(seat) : waiting(state, login)
}

/** POST senders/linkedin/verify. */
export const verifySender = (world: World, ask: Ask): Answer =>
  assumed(world, ask, (now) =>
    withBody(ask, verification, ({ sender_id: id, code }) => {
      const { state } = world
      const login = state.logins.get(id)
      if (login && isLive(login, now)) return verify(state, login, code)
      if (!login && !state.seats.has(id)) return unknownId(state.settings, 'Sender')
      return refusal(state.settings, 'verification_expired', id)
    }),
  )

function ofSeat({ settings }: State, seat: Seat, now: number): Answer {
  if (seat.restricted) return refusal(settings, 'account_locked', seat.id)
  return isValid(seat, now) ? connected(seat) : refusal(settings, 'invalid_credentials', seat.id)
}

const withSender = (world: World, ask: Ask, answer: (id: number, now: number) => Answer | undefined): Answer =>
  assumed(world, ask, (now) => {
    const id = Number(ask.params.id)
    return answer(id, now) ?? unknownId(world.state.settings, 'Sender')
  })

/** GET senders/{id}. */
export const senderById = (world: World, ask: Ask): Answer =>
  withSender(world, ask, (id, now) => {
    const { state } = world
    const login = state.logins.get(id)
    if (login && isLive(login, now)) return waiting(state, login)
    const seat = state.seats.get(id)
    if (seat) return ofSeat(state, seat, now)
    return login && refusal(state.settings, 'verification_expired', id)
  })

/** DELETE senders/{id}: a seat, or an attempt. */
export const removeSender = (world: World, ask: Ask): Answer =>
  withSender(world, ask, (id) => {
    const attempt = world.state.logins.delete(id)
    const seat = world.state.seats.delete(id)
    return attempt || seat ? removed(id) : undefined
  })
