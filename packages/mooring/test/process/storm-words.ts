/** What the storm's servers and their parent say to each other. */
import type pg from 'pg'
import type { Reuse } from '../rotating-provider.ts'

/** Of a refresh, in order. At `after-sending` the platform has worked and its answer is not read. */
export type Point = 'before-sending' | 'after-sending' | 'before-store' | 'after-store'
export const POINTS: readonly Point[] = ['before-sending', 'after-sending', 'before-store', 'after-store']
/** `hold` says `reached` and waits for its release. */
export type Action = 'kill' | 'hold'

export interface Settings {
  admin: pg.ClientConfig
  pool: number
  vaultKeys: string
  apiKey: string
  origins: Record<string, string>
  reuse: Reuse
  name: string
  generation: number
  /** How far its clock is ahead, in ms. */
  offset: number
  /** Every pause is cut to one such part. */
  hurry: number
  /** Whether it sweeps for what is due. */
  background: boolean
  loud: boolean
}

export type Order = { id: number } & (
  | { do: 'arm'; point: Point; action: Action }
  | { do: 'disarm' }
  | { do: 'release'; point: Point }
  | { do: 'advance'; seconds: number }
  | { do: 'counters' }
  | { do: 'lines' }
)

export interface Counters {
  /** Waits inside the engine: a poll is a pause and a read. */
  pauses: number
  /** Reads of a token's row. */
  reads: number
  /** Stores of new tokens that came back, whatever they said. */
  kept: number
}

export interface Line {
  level: string
  message: string
  fields: Record<string, unknown>
}

export type Told = { url?: string; reached?: Point; answers?: number; counters?: Counters; lines?: Line[] }
