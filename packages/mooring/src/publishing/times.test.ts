/** Wall times and slots over the days on which clocks change. */
import { describe, expect, it } from 'vitest'
import { instantOf, isZone, slotsAfter, wallTime } from './times.ts'

const NOW = Date.parse('2026-01-15T00:00:00Z')
const at = (local: string, zone = 'Europe/Rome') => instantOf({ local, zone }, NOW).toISOString()

describe('a wall time', () => {
  it.each([
    ['2026-12-01T09:00', 'Europe/Rome', '2026-12-01T08:00:00.000Z'],
    ['2026-07-01T09:00', 'Europe/Rome', '2026-07-01T07:00:00.000Z'],
    ['2026-07-01T09:00', 'Asia/Kolkata', '2026-07-01T03:30:00.000Z'],
    ['2026-07-01T09:00:30', 'UTC', '2026-07-01T09:00:30.000Z'],
    // The Southern Hemisphere changes the other way.
    ['2026-01-20T09:00', 'America/Santiago', '2026-01-20T12:00:00.000Z'],
  ])('%s in %s is %s', (local, zone, instant) => expect(at(local, zone)).toBe(instant))

  it('that the clocks skip in spring is as much later', () => {
    expect(at('2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z')
    expect(wallTime(new Date('2026-03-29T01:30:00Z'), 'Europe/Rome').local).toBe('2026-03-29T03:30')
    expect(at('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z')
  })

  it('that comes twice in autumn is the first', () => {
    expect(at('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z')
  })

  it.each([
    'tomorrow',
    '2026-13-01T09:00',
    '2026-02-30T09:00',
    '2026-12-01 09:00',
    '2026-12-01T09:00Z',
    '',
    '2099-01-01T09:00',
  ])('%j is refused', (local) => expect(() => at(local)).toThrow(expect.objectContaining({ code: 'time_refused' })))

  it.each(['Mars/Base', '', '../etc', 'UTC+25'])('%j is no zone', (zone) => {
    expect(isZone(zone)).toBe(false)
    expect(() => at('2026-12-01T09:00', zone)).toThrow(expect.objectContaining({ code: 'time_refused' }))
  })
})

describe('weekly slots', () => {
  const nine = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '09:00' }))

  it.each([
    ['2026-03-27T00:00:00Z', ['08', '08', '07', '07']],
    ['2026-10-23T00:00:00Z', ['07', '07', '08', '08']],
  ])('stay at nine over a change of the clocks, from %s', (from, hours) => {
    const found = slotsAfter(nine, 'Europe/Rome', Date.parse(from), 4)
    expect(found.map((one) => one.local.slice(11))).toEqual(['09:00', '09:00', '09:00', '09:00'])
    expect(found.map((one) => at(one.local).slice(11, 13))).toEqual(hours)
  })

  it('come soonest first, and none that has passed', () => {
    const slots = [
      { weekday: 4, time: '18:00' },
      { weekday: 4, time: '08:30' },
      { weekday: 1, time: '07:00' },
    ]
    // A Thursday, ten in the morning in Rome.
    const found = slotsAfter(slots, 'Europe/Rome', Date.parse('2026-01-15T09:00:00Z'), 4)
    expect(found.map((one) => one.local)).toEqual([
      '2026-01-15T18:00',
      '2026-01-19T07:00',
      '2026-01-22T08:30',
      '2026-01-22T18:00',
    ])
  })

  it('however few a week, none is further than a time may be', () => {
    const found = slotsAfter([{ weekday: 2, time: '12:00' }], 'Europe/Rome', NOW, 1100)
    expect(found.length).toBeGreaterThanOrEqual(52)
    for (const one of found) expect(instantOf(one, NOW).getTime()).toBeLessThan(NOW + 367 * 86_400_000)
  })

  it('none where there are none', () => expect(slotsAfter([], 'UTC', NOW, 5)).toEqual([]))
})
