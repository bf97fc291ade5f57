import { expect, it } from 'vitest'
import type { Entry } from './entries.ts'
import { lanesOf, timeAt } from './lanes.ts'

const at = (...times: string[]) => times.map((time) => ({ time }) as Entry)
const told = (times: string[]) => lanesOf(at(...times), 45).map(({ entry, lane, of }) => `${entry.time} ${lane}/${of}`)

it.each([
  [
    ['09:00', '12:00'],
    ['09:00 0/1', '12:00 0/1'],
  ],
  [
    ['09:00', '09:00', '09:10'],
    ['09:00 0/3', '09:00 1/3', '09:10 2/3'],
  ],
  [
    ['09:00', '09:30', '09:50'],
    ['09:00 0/2', '09:30 1/2', '09:50 0/2'],
  ],
  [
    ['09:00', '09:30', '10:15', '10:20'],
    ['09:00 0/2', '09:30 1/2', '10:15 0/2', '10:20 1/2'],
  ],
  [[], []],
])('%o', (times, lanes) => expect(told(times)).toEqual(lanes))

it.each([
  [0, '00:00'],
  [547, '09:00'],
  [548, '09:15'],
  [-30, '00:00'],
  [2000, '23:45'],
])('%i minutes are %s', (minutes, time) => expect(timeAt(minutes)).toBe(time))
