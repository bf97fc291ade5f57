import type { z } from 'zod'
import type { ListedSeat } from '../../core/simulator.ts'
import { INTENT_MS } from '../intents.ts'
import { loginOf, personOf } from '../people.ts'
import { type Intent, type Seat, type State, statusOf } from '../state.ts'
import type { unipileCommand } from './command.ts'

/** The buttons of the sandbox's own page: what is written on them, and the command behind them. */
const BUTTONS: Record<string, { words: string; command: (id: string) => z.input<typeof unipileCommand> }> = {
  approve: { words: 'Approve in the app', command: (id) => ({ approve: { id } }) },
  lose: { words: 'Session lost', command: (id) => ({ seat: { id, status: 'CREDENTIALS' } }) },
  stop: { words: 'Stop its sync', command: (id) => ({ seat: { id, status: 'STOPPED' } }) },
  heal: { words: 'Make it work', command: (id) => ({ seat: { id, status: 'OK' } }) },
  restrict: { words: 'Restrict', command: (id) => ({ restrict: { id } }) },
  lift: { words: 'Lift the restriction', command: (id) => ({ restrict: { id, lifted: true } }) },
  remove: { words: 'Delete', command: (id) => ({ remove: { id } }) },
}

export const pressUnipile = (act: string, id: string) => BUTTONS[act]?.command(id)

const acts = (...some: string[]): ListedSeat['acts'] => some.map((act) => ({ act, words: BUTTONS[act]?.words ?? act }))

function named(key: string): { name: string; login: string } {
  const person = personOf(key)
  return person ? { name: person.name, login: loginOf(person) } : { name: key, login: key }
}

function intentRow(intent: Intent, now: number): ListedSeat {
  const { name, login } = named(intent.person)
  const left = Math.ceil((intent.startedAt + INTENT_MS - now) / 1000)
  const waits = intent.steps[0]?.type ?? ''
  return {
    ...{ id: intent.id, name, about: `${login}, ${intent.generation}`, state: `Waits: ${waits}, ${left} s left` },
    acts: acts(...(waits === 'IN_APP_VALIDATION' ? ['approve'] : []), 'remove'),
  }
}

function seatRow(state: State, seat: Seat): ListedSeat {
  const { name, login } = named(seat.person)
  const status = statusOf(seat)
  const barred = state.restricted.has(seat.person)
  return {
    ...{ id: seat.id, name, about: `${login}, ${seat.generation}`, state: barred ? `${status}, restricted` : status },
    acts: acts(...(status === 'OK' ? ['lose', 'stop'] : ['heal']), barred ? 'lift' : 'restrict', 'remove'),
  }
}

export const listedSeats = (state: State, now: number): ListedSeat[] => [
  ...[...state.intents.values()].filter((one) => one.over === undefined).map((one) => intentRow(one, now)),
  ...[...state.seats.values()].map((one) => seatRow(state, one)),
]
