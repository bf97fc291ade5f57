import type { Scene } from '../core/simulator.ts'
import type { State } from './state.ts'

/** What HeyReach's routes are given. */
export type World = Scene<State>
