import type { StateOptions } from '../core/simulator.ts'
import { type App, readyApps } from './apps.ts'
import { readySeats, type Seat } from './seats.ts'
import { type Settings, settingsOf } from './settings.ts'

/** An attempt to give the service a LinkedIn account that waits for its person. No password is in it. */
export interface Login {
  /** That of the seat it is to become. */
  id: number
  email: string
  /** Which of the person's checkpoints it is at. */
  step: number
  startedAt: number
  expiresAt: number
}

export interface State {
  apps: App[]
  seats: Map<number, Seat>
  logins: Map<number, Login>
  /** How often a service that is down was tried, by e-mail address. */
  tries: Map<string, number>
  lastId: number
  /** When the calls of the running minute came, by key. */
  usage: Map<string, number[]>
  settings: Settings
}

const LAST_READY_ID = 72_000

export const createState = ({ settings }: StateOptions<Settings>): State => ({
  apps: readyApps(),
  seats: new Map(readySeats().map((seat) => [seat.id, seat])),
  logins: new Map(),
  tries: new Map(),
  lastId: LAST_READY_ID,
  usage: new Map(),
  settings: settingsOf(settings),
})
