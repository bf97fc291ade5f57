import { NothingMatches } from '../../control/nothing-matches.ts'
import { appNamed } from '../../core/disturb.ts'
import { present } from '../../core/present.ts'
import { pass } from '../intents.ts'
import { remove, setStatus } from '../seats.ts'
import type { Generation, Intent, Seat, State } from '../state.ts'
import { tell } from '../tell.ts'
import type { UnipileCommand } from './command.ts'

interface Selector {
  id?: string | undefined
  person?: string | undefined
  generation?: Generation | undefined
}

const matches = (one: Seat | Intent, { id, person, generation }: Selector): boolean =>
  (id ?? one.id) === one.id &&
  (person ?? one.person) === one.person &&
  (generation ?? one.generation) === one.generation

function some<One>(found: One[], what: string): One[] {
  if (found.length === 0) throw new NothingMatches(`No ${what} matches.`)
  return found
}

const seatsNamed = ({ seats }: State, wanted: Selector): Seat[] =>
  [...seats.values()].filter((one) => matches(one, wanted))
const intentsNamed = ({ intents }: State, wanted: Selector): Intent[] =>
  [...intents.values()].filter((one) => one.over === undefined && matches(one, wanted))

function approve(state: State, wanted: Selector, now: number): void {
  const waiting = intentsNamed(state, wanted).filter((one) => one.steps[0]?.type === 'IN_APP_VALIDATION')
  for (const intent of some(waiting, 'approval')) pass(state, intent, now)
}

function removeAll(state: State, wanted: Selector, now: number): void {
  const seats = seatsNamed(state, wanted)
  const intents = intentsNamed(state, wanted)
  some([...seats, ...intents], 'account')
  for (const intent of intents) state.intents.delete(intent.id)
  for (const seat of seats) remove(state, seat, now)
}

function restrict(state: State, { lifted, ...wanted }: NonNullable<UnipileCommand['restrict']>, now: number): void {
  const named = [...seatsNamed(state, wanted), ...intentsNamed(state, wanted)].map((one) => one.person)
  for (const person of some([...new Set(wanted.person === undefined ? named : [wanted.person])], 'account')) {
    if (lifted) state.restricted.delete(person)
    else state.restricted.add(person)
    if (!lifted) for (const seat of seatsNamed(state, { person })) setStatus(state, seat, 'CREDENTIALS', now)
  }
}

export function applyUnipile(state: State, command: UnipileCommand, now: number): void {
  if (command.settings) Object.assign(state.settings, present(command.settings))
  if (command.app) Object.assign(appNamed(state.apps, command.app.registration), present(command.app))
  if (command.approve) approve(state, command.approve, now)
  if (command.seat) {
    const { status, source, ...wanted } = command.seat
    for (const seat of some(seatsNamed(state, wanted), 'account')) setStatus(state, seat, status, now, source)
  }
  if (command.remove) removeAll(state, command.remove, now)
  if (command.restrict) restrict(state, command.restrict, now)
  if (command.tell) {
    const { message, ...wanted } = command.tell
    for (const seat of some(seatsNamed(state, wanted), 'account')) tell(state, seat, message, now)
  }
  if (command.restart) state.links.clear()
  if (command.fail) state.failures.push({ ...command.fail })
}
