import { calendarDays, formatDate, shortDate } from '@mooring/react'

export interface Day<T> {
  title: string
  events: T[]
}

/** What happened, by the reader's own days, in the order given. Pure. */
export function daysOf<T extends { at: string }>(events: readonly T[], now: number): Day<T>[] {
  const days: Day<T>[] = []
  for (const event of events) {
    const title = titleOf(event.at, now)
    const last = days.at(-1)
    if (last?.title === title) last.events.push(event)
    else days.push({ title, events: [event] })
  }
  return days
}

function titleOf(at: string, now: number): string {
  const days = calendarDays(at, now)
  if (days === 0) return 'Today'
  if (days === -1) return 'Yesterday'
  return `${formatDate(at, { weekday: 'long' })}, ${shortDate(at, now)}`
}
