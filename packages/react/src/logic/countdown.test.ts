import { describe, expect, it } from 'vitest'
import { countdown } from './countdown.ts'

describe('a countdown', () => {
  it.each([
    [-5000, '0 s'],
    [200, '1 s'],
    [59_000, '59 s'],
    [59_001, '1:00 min'],
    [247_000, '4:07 min'],
    [3_599_000, '59:59 min'],
    [3_600_000, '1:00 h'],
    [3_841_000, '1:05 h'],
  ])('%d ms', (ms, said) => expect(countdown(ms)).toBe(said))
})
