/** Days of a calendar, as `2026-10-14`, Mondays first; and what they are in a zone. Pure. */
import { DAY, formatDate, instantOf, noon, offsetOf } from '@mooring/react'

export const LOOKS = ['month', 'week', 'day', 'list'] as const
export type Look = (typeof LOOKS)[number]

export const lookOf = (value: unknown): Look | undefined => LOOKS.find((one) => one === value)

export const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(noon(value))

/** Days are counted at noon UTC, where no change of clocks reaches. */
const dayAt = (at: number): string => new Date(at).toISOString().slice(0, 10)
export const plusDays = (day: string, days: number): string => dayAt(noon(day) + days * DAY)

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: string): number => new Date(noon(day)).getUTCDay() || 7

export const mondayOf = (day: string): string => plusDays(day, 1 - weekdayOf(day))
const firstOf = (day: string): string => `${day.slice(0, 8)}01`

function plusMonths(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return dayAt(Date.UTC(year, month - 1 + months, 1, 12))
}

const daysFrom = (first: string, count: number): string[] => Array.from({ length: count }, (_, n) => plusDays(first, n))

/** So many days a list is long: from its day on, since what comes is what one looks for. */
const LIST = 28

/** The days that a look shows. A month is whole weeks. */
export function daysOf(look: Look, day: string): string[] {
  if (look === 'day') return [day]
  if (look === 'list') return daysFrom(day, LIST)
  if (look === 'week') return daysFrom(mondayOf(day), 7)
  const first = mondayOf(firstOf(day))
  const last = plusDays(plusMonths(day, 1), -1)
  const weeks = Math.ceil((noon(last) - noon(first) + DAY) / (7 * DAY))
  return daysFrom(first, weeks * 7)
}

export const weeksOf = (days: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(days.length / 7) }, (_, n) => days.slice(n * 7, n * 7 + 7))

/** The day to look at after a step on or back. */
export function stepped(look: Look, day: string, by: 1 | -1): string {
  const days = { day: 1, week: 7, list: LIST, month: undefined }[look]
  return days === undefined ? plusMonths(day, by) : plusDays(day, by * days)
}

export const inMonth = (day: string, of: string): boolean => day.slice(0, 7) === of.slice(0, 7)

/** When a day begins in a zone, in ms. */
export const startOf = (day: string, zone: string): number => instantOf({ local: `${day}T00:00`, zone })

/** From the first day's begin to the last one's end. */
export function rangeOf(days: readonly string[], zone: string): { from: string; to: string } {
  const [first = '', last = first] = [days[0], days.at(-1)]
  return {
    from: new Date(startOf(first, zone)).toISOString(),
    to: new Date(startOf(plusDays(last, 1), zone)).toISOString(),
  }
}

/** Whether the clocks are changed on it. */
export function clockChange(day: string, zone: string): 'forward' | 'back' | undefined {
  // Just before it begins and ends: some zones change at midnight itself.
  const before = offsetOf(startOf(day, zone) - 1, zone)
  const after = offsetOf(startOf(plusDays(day, 1), zone) - 1, zone)
  return after === before ? undefined : after > before ? 'forward' : 'back'
}

const words = (day: string, options: Intl.DateTimeFormatOptions) =>
  formatDate(noon(day), { timeZone: 'UTC', ...options })

/** "October 2026", "12 to 18 Oct 2026", "Wednesday, 14 Oct 2026". */
export function titleOf(look: Look, day: string): string {
  if (look === 'day') return words(day, { weekday: 'long', day: 'numeric', month: 'short', year: 'numeric' })
  if (look === 'month') return words(day, { month: 'long', year: 'numeric' })
  const days = daysOf(look, day)
  const [first = day, last = day] = [days[0], days.at(-1)]
  const from = words(first, { day: 'numeric', ...(inMonth(first, last) ? {} : { month: 'short' }) })
  return `${from} to ${words(last, { day: 'numeric', month: 'short', year: 'numeric' })}`
}

/** "Wednesday, 14 October". */
export const longDay = (day: string): string => words(day, { weekday: 'long', day: 'numeric', month: 'long' })
export const shortWeekday = (day: string): string => words(day, { weekday: 'short' })
/** "14", or "1 Nov" where the month begins or the grid does. */
export const dayNumber = (day: string, withMonth: boolean): string =>
  words(day, { day: 'numeric', ...(withMonth ? { month: 'short' } : {}) })
