/** Wall times and weekly slots. The only importer of Luxon: its time zones are the platform's (ICU), its DST rules known. Pure. */
import { DateTime, IANAZone } from 'luxon'
import { MooringError } from '../error.ts'

/** What a person's clock shows, and where: `2026-12-01T09:00`, `Europe/Rome`. */
export interface WallTime {
  local: string
  zone: string
}

const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/
const YEARS_AHEAD = 5

export const isZone = (zone: string): boolean => IANAZone.isValidZone(zone)

/**
 * The moment. A time that the clocks skip (spring) is as much later as they skip; of one that comes twice (autumn) it is the
 * first. Throws `time_refused` for what is no time, no zone, or more than five years ahead.
 */
export function instantOf({ local, zone }: WallTime, now: number): Date {
  if (!isZone(zone)) throw refused('at.zone', `${zone.slice(0, 60)} is no time zone. Use a name like Europe/Rome.`)
  const at = LOCAL.test(local) ? DateTime.fromISO(local, { zone }) : undefined
  if (!at?.isValid) throw refused('at.local', 'That is no time. Use the form 2026-12-01T09:00.')
  if (at.toMillis() > DateTime.fromMillis(now).plus({ years: YEARS_AHEAD }).toMillis())
    throw refused('at.local', 'That is more than five years ahead.')
  return first(at).toJSDate()
}

/** Where the clocks show it twice. */
const first = (at: DateTime): DateTime =>
  at.getPossibleOffsets().reduce((one, other) => (other.toMillis() < one.toMillis() ? other : one), at)

const refused = (path: string, message: string) =>
  new MooringError('time_refused', message, { fields: [{ path, message }] })

/** The same moment on the clocks of a zone. */
export const wallTime = (at: Date, zone: string): WallTime => ({
  local: DateTime.fromJSDate(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm"),
  zone,
})

export interface WeeklySlot {
  /** 1 Monday … 7 Sunday. */
  weekday: number
  /** `09:00` on the clocks of the zone. */
  time: string
}

/** A slot a week is no more than a year of them: further nobody plans, and `instantOf` takes no more than five. */
const DAYS_AHEAD = 366

/** The coming times of weekly slots, soonest first: at most `most`, and a year of them. */
export function slotsAfter(slots: readonly WeeklySlot[], zone: string, now: number, most: number): WallTime[] {
  if (slots.length === 0) return []
  const found: { at: number; wall: WallTime }[] = []
  const today = DateTime.fromMillis(now, { zone }).startOf('day')
  for (let days = 0; found.length < most && days <= DAYS_AHEAD; days += 1) {
    const day = today.plus({ days })
    const ofDay = slots
      .filter((slot) => slot.weekday === day.weekday)
      .map((slot) => `${day.toFormat('yyyy-MM-dd')}T${slot.time}`)
      .map((local) => ({ at: first(DateTime.fromISO(local, { zone })).toMillis(), wall: { local, zone } }))
      .filter(({ at }) => at > now)
    found.push(...ofDay.sort((a, b) => a.at - b.at))
  }
  return found.slice(0, most).map(({ wall }) => wall)
}
