/** Weekly slots, as an editor changes them. Pure. */
import type { Slot } from '@mooring/react'

export const WEEK = [1, 2, 3, 4, 5, 6, 7]

export interface Days {
  id: string
  label: string
  weekdays: readonly number[]
}

const NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
export const weekdayName = (weekday: number): string => NAMES[weekday - 1] ?? ''

/** On which days a time is added. */
export const DAYS: readonly Days[] = [
  { id: 'weekdays', label: 'Monday to Friday', weekdays: [1, 2, 3, 4, 5] },
  { id: 'all', label: 'Every day', weekdays: WEEK },
  { id: 'weekend', label: 'Saturday and Sunday', weekdays: [6, 7] },
  ...WEEK.map((weekday) => ({ id: String(weekday), label: weekdayName(weekday), weekdays: [weekday] })),
]

const same = (a: Slot) => (b: Slot) => a.weekday === b.weekday && a.time === b.time

/** In order, each once. */
export function withTime(slots: readonly Slot[], weekdays: readonly number[], time: string): Slot[] {
  const more = weekdays.map((weekday) => ({ weekday, time })).filter((one) => !slots.some(same(one)))
  return [...slots, ...more].sort((a, b) => a.weekday - b.weekday || a.time.localeCompare(b.time))
}

export const without = (slots: readonly Slot[], slot: Slot): Slot[] => slots.filter((one) => !same(slot)(one))

export const timesOn = (slots: readonly Slot[], weekday: number): string[] =>
  slots
    .filter((one) => one.weekday === weekday)
    .map((one) => one.time)
    .sort()

export const isTime = (value: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(value)
