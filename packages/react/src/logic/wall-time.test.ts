import { describe, expect, it } from 'vitest'
import { instantOf, longWall, oddTime, oddTimeNote, offsetName, soon, wallOf, zonesWith } from './wall-time.ts'

const rome = (local: string) => ({ local, zone: 'Europe/Rome' })
const iso = (local: string, zone = 'Europe/Rome') => new Date(instantOf({ local, zone })).toISOString()

describe('a wall time is a moment in its zone', () => {
  it.each([
    ['2026-12-01T09:00', 'Europe/Rome', '2026-12-01T08:00:00.000Z'],
    ['2026-07-01T09:00', 'Europe/Rome', '2026-07-01T07:00:00.000Z'],
    ['2026-12-01T09:00', 'Asia/Kolkata', '2026-12-01T03:30:00.000Z'],
    ['2026-12-01T09:00', 'America/St_Johns', '2026-12-01T12:30:00.000Z'],
  ])('%s %s is %s', (local, zone, at) => expect(iso(local, zone)).toBe(at))

  it('as much later as the clocks skip', () => {
    expect(iso('2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z')
    expect(oddTime(rome('2026-03-29T02:30'))).toBe('skipped')
    expect(oddTimeNote(rome('2026-03-29T02:30'))).toBe('The clocks skip 02:30 that day. It goes out at 03:30.')
  })

  it('the first of the two that autumn brings', () => {
    expect(iso('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z')
    expect(oddTime(rome('2026-10-25T02:30'))).toBe('twice')
  })

  it('is plain on every other day, and around the change', () => {
    for (const local of [
      '2026-03-29T01:59',
      '2026-03-29T03:00',
      '2026-10-25T01:59',
      '2026-10-25T03:00',
      '2026-06-01T02:30',
    ])
      expect(oddTime(rome(local)), local).toBeUndefined()
  })

  it('what is no time is no moment', () => {
    expect(instantOf(rome('nonsense'))).toBeNaN()
    expect(instantOf({ local: '2026-12-01T09:00', zone: 'Mars/Base' })).toBeNaN()
    expect(oddTimeNote(rome('nonsense'))).toBeUndefined()
  })

  it('comes back as it went, over both changes of the year', () => {
    for (const day of ['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26'])
      for (const time of ['00:00', '04:15', '23:45'])
        expect(wallOf(instantOf(rome(`${day}T${time}`)), 'Europe/Rome')).toEqual(rome(`${day}T${time}`))
  })
})

describe('what a form begins with', () => {
  it.each([
    ['2026-10-14T08:24:00Z', '2026-10-14T11:00'],
    ['2026-10-14T08:40:00Z', '2026-10-14T12:00'],
    ['2026-10-14T21:45:00Z', '2026-10-15T01:00'],
    ['2026-10-25T00:10:00Z', '2026-10-25T02:00'],
  ])('%s: %s', (now, local) => expect(soon(Date.parse(now), 'Europe/Rome')).toEqual(rome(local)))
})

it('is written out with its day', () => {
  expect(longWall(rome('2026-10-29T09:00'))).toBe('Thu 29 Oct 2026, 09:00')
  expect(longWall({ local: '2026-01-01T00:05', zone: 'Pacific/Auckland' })).toBe('Thu 1 Jan 2026, 00:05')
})

it.each([
  ['Europe/Rome', '2026-07-01', 'UTC+2'],
  ['Europe/Rome', '2026-12-01', 'UTC+1'],
  ['Asia/Kolkata', '2026-12-01', 'UTC+5:30'],
  ['America/St_Johns', '2026-12-01', 'UTC−3:30'],
  ['UTC', '2026-12-01', 'UTC'],
])('%s on %s is %s', (zone, day, name) => expect(offsetName(Date.parse(day), zone)).toBe(name))

it('a zone that the browser does not know is still listed', () => {
  expect(zonesWith('Etc/Ours')).toContain('Etc/Ours')
  expect(zonesWith('Europe/Rome').filter((zone) => zone === 'Europe/Rome')).toHaveLength(1)
})
