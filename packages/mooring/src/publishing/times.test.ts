import { Settings } from 'luxon'
import { afterEach, describe, expect, it } from 'vitest'
import { instantOf, slotsAfter } from './times.ts'

const now = Date.parse('2026-01-01T00:00:00Z')
const zone = 'Europe/Rome'
const own = Settings.now
afterEach(() => {
  Settings.now = own
})

describe.each([
  ['winter', '2026-01-15T00:00:00Z'],
  ['summer', '2026-07-15T00:00:00Z'],
])('asked in %s', (_, asked) => {
  const at = (local: string) => {
    Settings.now = () => Date.parse(asked)
    return instantOf({ local, zone }, now).toISOString()
  }
  it.each([
    ['a time that comes twice is the first', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['a time that is skipped is as much later', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['any other is itself', '2026-12-01T09:00', '2026-12-01T08:00:00.000Z'],
  ])('%s', (_name, local, instant) => expect(at(local)).toBe(instant))

  it('a slot that comes twice is passed after the first', () => {
    Settings.now = () => Date.parse(asked)
    const slots = [{ weekday: 7, time: '02:30' }]
    const after = (iso: string) => slotsAfter(slots, zone, Date.parse(iso), 1)[0]?.local
    expect(after('2026-10-25T00:29:00Z')).toBe('2026-10-25T02:30')
    expect(after('2026-10-25T00:31:00Z')).toBe('2026-11-01T02:30')
  })
})

it.each([
  ['no zone', { local: '2026-12-01T09:00', zone: 'Mars/Base' }],
  ['no time', { local: '2026-13-01T09:00', zone }],
  ['another form', { local: '1 December', zone }],
  ['too far', { local: '2032-01-01T09:00', zone }],
])('%s is refused', (_, at) =>
  expect(() => instantOf(at, now)).toThrow(expect.objectContaining({ code: 'time_refused' })),
)
