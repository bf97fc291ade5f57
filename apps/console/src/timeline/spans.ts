import { DAY, type Ending, type Forecast } from '@mooring/react'

/** How far the page looks ahead. */
export const AHEAD = 90

export interface Span {
  id: keyof Forecast['counts']
  days: number
  label: string
}

export const SPANS: readonly Span[] = [
  { id: 'now', days: 0, label: 'Now' },
  { id: 'in7', days: 7, label: '7 days' },
  { id: 'in30', days: 30, label: '30 days' },
  { id: 'in90', days: AHEAD, label: '90 days' },
]

export type Urgency = 'bad' | 'warn' | 'plain'

/** What ends by then, in the order given. */
export const endingBy = (endings: readonly Ending[], days: number, now: number): Ending[] =>
  endings.filter((one) => Date.parse(one.at) <= now + days * DAY)

/** Red from 7 days before, amber from 30; what the platform renews no more is amber from the day it says so. */
export function urgencyOf({ at, reason }: Pick<Ending, 'at' | 'reason'>, now: number): Urgency {
  const days = (Date.parse(at) - now) / DAY
  if (days <= 7) return 'bad'
  return days <= 30 || reason === 'refresh_refused' ? 'warn' : 'plain'
}

/** The same ending, whenever it is asked for again. */
export const keyOf = ({ connection, registration, reason, at }: Ending): string =>
  connection?.id ?? `${registration}-${reason}-${at.slice(0, 10)}`
