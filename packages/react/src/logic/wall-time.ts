/**
 * Wall times with their zone. The only importer of Luxon here, as on the server: both take a time that the clocks skip as
 * much later as they skip, and of one that comes twice the first. Pure.
 */
import { DateTime, IANAZone } from 'luxon'
import type { At } from '../api.ts'
import { formatDate } from './dates.ts'

const MINUTES = "yyyy-MM-dd'T'HH:mm"

/** Luxon's own answer to a time that comes twice depends on the season in which it is asked. */
const of = ({ local, zone }: At): DateTime =>
  DateTime.fromISO(local, { zone })
    .getPossibleOffsets()
    .reduce((first, one) => (one < first ? one : first))

/** In ms since 1970; NaN for what is no time or no zone. */
export const instantOf = (at: At): number => of(at).toMillis()

/** What the clocks of a zone show at a moment. */
export const wallOf = (at: number | string, zone: string): At => ({
  local: DateTime.fromMillis(new Date(at).getTime(), { zone }).toFormat(MINUTES),
  zone,
})

/** The day of a wall time, and its time of day: `2026-12-01`, `09:00`. */
export const dayOf = ({ local }: At): string => local.slice(0, 10)
export const timeOf = ({ local }: At): string => local.slice(11, 16)

/** The next whole hour, at least so many minutes away: what a form for a time begins with. */
export function soon(now: number, zone: string, least = 30): At {
  const from = DateTime.fromMillis(now, { zone }).plus({ minutes: least })
  const whole = from.startOf('hour')
  return wallOf((whole < from ? whole.plus({ hours: 1 }) : whole).toMillis(), zone)
}

/** `skipped`: no clock shows it that day; `twice`: it comes twice. */
export function oddTime(at: At): 'skipped' | 'twice' | undefined {
  const one = of(at)
  if (!one.isValid) return undefined
  if (one.toFormat(MINUTES) !== at.local.slice(0, 16)) return 'skipped'
  return one.getPossibleOffsets().length > 1 ? 'twice' : undefined
}

/** What is odd about a time, for the person; undefined: nothing. */
export function oddTimeNote(at: At): string | undefined {
  const odd = oddTime(at)
  if (odd === 'skipped')
    return `The clocks skip ${timeOf(at)} that day. It goes out at ${timeOf(wallOf(instantOf(at), at.zone))}.`
  return odd === 'twice' ? `${timeOf(at)} comes twice that day. It goes out the first time.` : undefined
}

/** "Thu 29 Oct 2026, 09:00", on the clocks of its own zone. */
export function longWall(at: At): string {
  const shown = formatDate(noon(dayOf(at)), {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  return `${shown.replace(',', '')}, ${timeOf(at)}`
}

/** Noon in UTC of a day, in ms: a date to write in any zone's words. */
export const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`)

/** How many minutes a zone is ahead of UTC at a moment. */
export const offsetOf = (at: number, zone: string): number => DateTime.fromMillis(at, { zone }).offset

/** "UTC+2", "UTC−3:30". */
export function offsetName(at: number, zone: string): string {
  const minutes = offsetOf(at, zone)
  if (minutes === 0) return 'UTC'
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}

export const isZone = (zone: string): boolean => IANAZone.isValidZone(zone)

/** Every zone that the browser knows, and these besides. */
export function zonesWith(...more: string[]): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return [...new Set([...more, ...known])].sort((a, b) => a.localeCompare(b))
}

export const zoneName = (zone: string): string => zone.replaceAll('_', ' ')
