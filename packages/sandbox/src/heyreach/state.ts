import type { StateOptions } from '../core/simulator.ts'
import { type App, readyApps } from './apps.ts'
import { readySeats, type Seat } from './seats.ts'
import { type Settings, settingsOf } from './settings.ts'

export interface State {
  apps: App[]
  seats: Map<number, Seat>
  /** When the calls of the running minute came, by key. */
  usage: Map<string, number[]>
  settings: Settings
}

export const createState = ({ settings }: StateOptions<Settings>): State => ({
  apps: readyApps(),
  seats: new Map(readySeats().map((seat) => [seat.id, seat])),
  usage: new Map(),
  settings: settingsOf(settings),
})
