import { expect, it } from 'vitest'
import { DAYS, isTime, timesOn, WEEK, without, withTime } from './slots.ts'

const slots = withTime(withTime([], [1, 3], '12:00'), [1], '09:00')

it('keeps slots in order, each once', () => {
  expect(slots).toEqual([
    { weekday: 1, time: '09:00' },
    { weekday: 1, time: '12:00' },
    { weekday: 3, time: '12:00' },
  ])
  expect(withTime(slots, [1, 3], '12:00')).toEqual(slots)
})

it('takes one away and no other', () => {
  expect(without(slots, { weekday: 1, time: '12:00' })).toEqual([
    { weekday: 1, time: '09:00' },
    { weekday: 3, time: '12:00' },
  ])
  expect(without(slots, { weekday: 2, time: '12:00' })).toEqual(slots)
})

it('lists the times of a day', () => {
  expect(timesOn(slots, 1)).toEqual(['09:00', '12:00'])
  expect(timesOn(slots, 7)).toEqual([])
})

it('offers each day of the week once', () => {
  expect(DAYS.filter((one) => one.weekdays.length === 1).map((one) => one.weekdays[0])).toEqual(WEEK)
  expect(new Set(DAYS.map((one) => one.id)).size).toBe(DAYS.length)
})

it.each([
  ['09:00', true],
  ['23:59', true],
  ['24:00', false],
  ['9:00', false],
  ['', false],
])('%s is a time: %s', (value, yes) => expect(isTime(value)).toBe(yes))
