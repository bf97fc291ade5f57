import { describe, expect, it } from 'vitest'
import { longLeft, shortLeft, spokenLeft } from './time-left.ts'

describe('what is left of an attempt', () => {
  it.each([
    [300_000, '5:00', '5 min'],
    [213_001, '3:34', '3 min 34 s'],
    [60_000, '1:00', '1 min'],
    [9_000, '0:09', '9 s'],
    [1, '0:01', '1 s'],
    [0, '0:00', '0 s'],
    [-5_000, '0:00', '0 s'],
  ])('%i ms', (ms, short, long) => {
    expect(shortLeft(ms)).toBe(short)
    expect(longLeft(ms)).toBe(long)
  })

  it('is read out seven times in five minutes', () => {
    const heard = Array.from({ length: 301 }, (_, second) => spokenLeft((300 - second) * 1000))
    expect(heard.filter((said, index) => said !== heard[index - 1])).toEqual([
      '5 minutes left.',
      '4 minutes left.',
      '3 minutes left.',
      '2 minutes left.',
      'One minute left.',
      '30 seconds left.',
      'Time is up.',
    ])
    expect(heard[270]).toBe('30 seconds left.')
  })
})
