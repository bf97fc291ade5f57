import type { Event } from '@mooring/react'
import { describe, expect, it } from 'vitest'
import { daysOf } from './days.ts'

const now = new Date(2026, 9, 14, 10, 24).getTime()
const event = (...at: [number, number, number, number, number]): Event => ({
  id: at.join('-'),
  at: new Date(...at).toISOString(),
  type: 'connection.refreshed',
  actor: 'Mooring',
  message: '',
  connectionId: 'c',
})

it('puts events under the days of the reader', () => {
  const days = daysOf(
    [
      event(2026, 9, 14, 10, 0),
      event(2026, 9, 14, 0, 1),
      event(2026, 9, 13, 23, 59),
      event(2026, 9, 11, 8, 0),
      event(2025, 11, 24, 8, 0),
    ],
    now,
  )
  expect(days.map((day) => [day.title, day.events.length])).toEqual([
    ['Today', 2],
    ['Yesterday', 1],
    ['Sunday, 11 Oct', 1],
    ['Wednesday, 24 Dec 2025', 1],
  ])
})

describe('no events', () => {
  it('no days', () => expect(daysOf([], now)).toEqual([]))
})
