import { setDateStyle } from '@mooring/react'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  clockChange,
  daysOf,
  isDay,
  longDay,
  mondayOf,
  plusDays,
  rangeOf,
  startOf,
  stepped,
  titleOf,
  weekdayOf,
  weeksOf,
} from './grid.ts'

beforeAll(() => setDateStyle({ locale: null, timeZone: 'America/Los_Angeles' }))

describe('the days of a month', () => {
  it.each([
    ['2026-10-14', '2026-09-28', '2026-11-01', 5],
    ['2026-02-01', '2026-01-26', '2026-03-01', 5],
    // Begins on a Monday and has four weeks.
    ['2027-02-10', '2027-02-01', '2027-02-28', 4],
    ['2026-08-31', '2026-07-27', '2026-09-06', 6],
    ['2028-02-29', '2028-01-31', '2028-03-05', 5],
    ['2026-12-31', '2026-11-30', '2027-01-03', 5],
  ])('%s: %s to %s in %i weeks', (day, first, last, weeks) => {
    const days = daysOf('month', day)
    expect([days[0], days.at(-1), weeksOf(days).length]).toEqual([first, last, weeks])
    for (const week of weeksOf(days)) expect(weekdayOf(week[0] as string)).toBe(1)
    expect(new Set(days).size).toBe(days.length)
  })
})

it('a list is what comes', () => {
  const days = daysOf('list', '2026-11-28')
  expect([days[0], days.at(-1), days.length]).toEqual(['2026-11-28', '2026-12-25', 28])
})

it('a week, a day', () => {
  expect(daysOf('week', '2026-11-01')).toEqual([
    '2026-10-26',
    '2026-10-27',
    '2026-10-28',
    '2026-10-29',
    '2026-10-30',
    '2026-10-31',
    '2026-11-01',
  ])
  expect(daysOf('day', '2026-11-01')).toEqual(['2026-11-01'])
  expect(mondayOf('2026-10-26')).toBe('2026-10-26')
})

it.each([
  ['month', '2026-10-31', 1, '2026-11-01'],
  ['month', '2026-01-31', -1, '2025-12-01'],
  ['list', '2026-12-05', 1, '2027-01-02'],
  ['list', '2026-12-05', -1, '2026-11-07'],
  ['week', '2026-10-24', 1, '2026-10-31'],
  ['day', '2026-03-01', -1, '2026-02-28'],
] as const)('%s from %s by %i is %s', (look, day, by, to) => expect(stepped(look, day, by)).toBe(to))

describe('over a change of the clocks', () => {
  it('each day follows the one before', () => {
    for (const day of ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25']) {
      const hours = (startOf(plusDays(day, 1), 'Europe/Rome') - startOf(day, 'Europe/Rome')) / 3_600_000
      expect([day, hours]).toEqual([day, { '2026-03-29': 23, '2026-10-25': 25 }[day] ?? 24])
    }
  })

  it('a range holds all of its days', () => {
    expect(rangeOf(['2026-10-25'], 'Europe/Rome')).toEqual({
      from: '2026-10-24T22:00:00.000Z',
      to: '2026-10-25T23:00:00.000Z',
    })
    expect(rangeOf(daysOf('month', '2026-03-10'), 'Europe/Rome')).toEqual({
      from: '2026-02-22T23:00:00.000Z',
      to: '2026-04-05T22:00:00.000Z',
    })
  })

  it.each([
    ['2026-03-29', 'Europe/Rome', 'forward'],
    ['2026-10-25', 'Europe/Rome', 'back'],
    ['2026-10-24', 'Europe/Rome', undefined],
    ['2026-10-25', 'Asia/Tokyo', undefined],
    // At midnight itself: the day has no 00:00.
    ['2026-09-06', 'America/Santiago', 'forward'],
  ])('%s in %s: %s', (day, zone, change) => expect(clockChange(day, zone)).toBe(change))
})

it('is titled in words, whatever the reader’s zone', () => {
  expect(titleOf('month', '2026-10-01')).toBe('October 2026')
  expect(titleOf('week', '2026-10-14')).toBe('12 to 18 Oct 2026')
  expect(titleOf('week', '2026-10-29')).toBe('26 Oct to 1 Nov 2026')
  expect(titleOf('list', '2026-11-28')).toBe('28 Nov to 25 Dec 2026')
  expect(titleOf('day', '2026-10-14')).toBe('Wednesday, 14 Oct 2026')
  expect(longDay('2026-11-01')).toBe('Sunday 1 November')
})

it.each([
  ['2026-10-14', true],
  ['2026-13-14', false],
  ['today', false],
  [20261014, false],
])('%s is a day: %s', (value, yes) => expect(isDay(value)).toBe(yes))
