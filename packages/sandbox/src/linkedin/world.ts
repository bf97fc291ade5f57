import type { Scene } from '../core/simulator.ts'
import type { SigningKey } from './oauth/id-token.ts'
import type { State } from './state.ts'

/** What LinkedIn's routes are given. */
export interface World extends Scene<State> {
  key: SigningKey
}
