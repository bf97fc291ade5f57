import type { Clock } from '../core/clock.ts'
import type { SigningKey } from './oauth/id-token.ts'
import type { State } from './state.ts'

/** What LinkedIn's routes are given. `origins` is filled once the sandbox listens. */
export interface World {
  state: State
  clock: Clock
  key: SigningKey
  origins: Record<string, string>
}
