import { DAY, dayAndMonth } from '@mooring/react'

export interface AxisMark {
  at: number
  /** Every second week has its date written out. */
  label: string | undefined
}

export function axisOf(now: number, horizon: number): AxisMark[] {
  return Array.from({ length: Math.floor((horizon - 1) / 7) + 1 }, (_, week) => ({
    at: (week * 7) / horizon,
    label:
      week === 0 ? 'Today' : week % 2 === 0 ? dayAndMonth(new Date(now + week * 7 * DAY).toISOString()) : undefined,
  }))
}
