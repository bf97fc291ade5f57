import type { Clock } from '../core/clock.ts'
import type { State } from './state.ts'

/** What X's routes are given. `origins` is filled once the sandbox listens. */
export interface World {
  state: State
  clock: Clock
  origins: Record<string, string>
}
