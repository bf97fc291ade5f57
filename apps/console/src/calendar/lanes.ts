/** A day's entries beside each other where they would lie on each other. Pure. */
import type { Entry } from './entries.ts'

/** Pixels of an hour on the scale. */
export const HOUR = 48

export interface Placed {
  entry: Entry
  /** From the day's begin on its clock, in minutes. */
  from: number
  /** Of so many beside each other, which. */
  lane: number
  of: number
}

export const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** `height`: of an entry, in minutes. In the order of their times. */
export function lanesOf(entries: readonly Entry[], height: number): Placed[] {
  const placed: Placed[] = []
  let group: Placed[] = []
  let ends: number[] = []
  const close = () => {
    for (const one of group) one.of = ends.length
    placed.push(...group)
    group = []
    ends = []
  }
  for (const entry of entries) {
    const from = minutesOf(entry.time)
    if (ends.length > 0 && ends.every((end) => end <= from)) close()
    const free = ends.findIndex((end) => end <= from)
    const lane = free === -1 ? ends.length : free
    ends[lane] = from + height
    group.push({ entry, from, lane, of: 1 })
  }
  close()
  return placed
}

const STEP = 15
const LAST = 24 * 60 - STEP

/** The time of day at so many minutes, in quarters of an hour, within the day. */
export function timeAt(minutes: number): string {
  const at = Math.min(LAST, Math.max(0, Math.round(minutes / STEP) * STEP))
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
}
