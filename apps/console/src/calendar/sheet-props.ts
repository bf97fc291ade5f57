import type { At } from '@mooring/react'
import type { Band } from './bands.ts'
import type { Entry } from './entries.ts'

/** What every look of the calendar draws from. */
export interface SheetProps {
  days: readonly string[]
  /** The one that was asked for: its month is the one that is shown. */
  day: string
  today: string
  /** In ms. */
  now: number
  zone: string
  entries: ReadonlyMap<string, readonly Entry[]>
  /** Empty slots by day. */
  free: ReadonlyMap<string, readonly At[]>
  bands: readonly Band[]
  /** May change posts. */
  may: boolean
  onMove: (entry: Entry) => void
}
