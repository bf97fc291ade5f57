import { afterEach, describe, expect, it } from 'vitest'
import { ago, calendarDays, calendarOf, inDays, longDate, moment, setDateStyle, shortDate, shownZone } from './dates.ts'

const at = (year: number, month: number, day: number, hour = 12, minute = 0) =>
  new Date(year, month - 1, day, hour, minute).toISOString()
const now = new Date(2026, 9, 14, 10, 24).getTime()

describe('dates as people say them', () => {
  it.each([
    [at(2026, 10, 23), '23 Oct'],
    [at(2027, 1, 20), '20 Jan 2027'],
  ])('shortDate %s', (when, said) => expect(shortDate(when, now)).toBe(said))

  it('longDate always has its year', () => expect(longDate(at(2026, 10, 23))).toBe('23 Oct 2026'))

  it.each([
    [at(2026, 10, 14, 23, 59), 'today'],
    [at(2026, 10, 15, 0, 1), 'tomorrow'],
    [at(2026, 10, 13, 23, 59), 'yesterday'],
    [at(2026, 10, 23, 1), 'in 9 days'],
    [at(2026, 10, 11), '3 days ago'],
  ])('inDays %s', (when, said) => expect(inDays(when, now)).toBe(said))

  it('counts days on the calendar, also over the night when the clocks change', () => {
    expect(calendarDays(at(2026, 10, 26, 0, 30), new Date(2026, 9, 24, 23, 30).getTime())).toBe(2)
  })

  it.each([
    [at(2026, 10, 14, 10, 24), 'just now'],
    [at(2026, 10, 14, 10, 20), '4 min ago'],
    [at(2026, 10, 14, 7, 0), '3 h ago'],
    [at(2026, 10, 13, 22, 0), 'yesterday'],
  ])('ago %s', (when, said) => expect(ago(when, now)).toBe(said))

  it('moment leaves the day out when it is today', () => {
    expect(moment(at(2026, 10, 14, 9, 41), now)).toBe('09:41')
    expect(moment(at(2026, 10, 12, 17, 30), now)).toBe('12 Oct, 17:30')
  })
})

describe('dates as one reader wants them', () => {
  afterEach(() => setDateStyle({ locale: null, timeZone: null }))
  // 23:30 on 31 December in London, 08:30 on 1 January in Tokyo.
  const newYear = '2026-12-31T23:30:00.000Z'

  it('are written in their language, and counted in their zone', () => {
    setDateStyle({ locale: 'it-IT', timeZone: 'Asia/Tokyo' })
    expect(longDate(newYear)).toBe('1 gen 2027')
    expect(shownZone()).toBe('Asia/Tokyo')
    expect(calendarOf(Date.parse(newYear))).toEqual({ year: 2027, month: 1, day: 1 })
    const now = Date.parse('2026-12-31T22:30:00.000Z')
    expect(moment(newYear, now)).toBe('08:30')
    expect(inDays('2027-01-01T15:30:00.000Z', now)).toBe('tomorrow')
    setDateStyle({ locale: null, timeZone: 'Europe/London' })
    expect(inDays('2027-01-01T15:30:00.000Z', now)).toBe('tomorrow')
    expect(longDate(newYear)).toBe('31 Dec 2026')
  })

  it('count days on a calendar that is not ours as days all the same', () => {
    setDateStyle({ locale: 'fa-IR', timeZone: 'UTC' })
    expect(calendarOf(Date.parse(newYear))).toEqual({ year: 2026, month: 12, day: 31 })
  })
})
