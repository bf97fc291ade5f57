import { describe, expect, it } from 'vitest'
import { isAnswer } from './project.ts'
import { graphTime, readTime, windowIn } from './time.ts'

const NOW = Date.UTC(2026, 10, 21, 12, 30)
const at = (text: string) => readTime(text, NOW)
const iso = (text: string) => {
  const found = at(text)
  return found === undefined ? undefined : new Date(found).toISOString()
}

describe('a time', () => {
  it('is written as Meta does', () => expect(graphTime(NOW)).toBe('2026-11-21T12:30:00+0000'))

  it.each([
    ['1795262400', '2026-11-21T12:00:00.000Z'],
    ['2026-11-22', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00.000Z'],
    ['2026-11-22T10:00:00+0100', '2026-11-22T09:00:00.000Z'],
    ['2026-11-22T10:00:00-05:30', '2026-11-22T15:30:00.000Z'],
    ['now', '2026-11-21T12:30:00.000Z'],
    ['Today', '2026-11-21T00:00:00.000Z'],
    ['yesterday', '2026-11-20T00:00:00.000Z'],
    ['tomorrow', '2026-11-22T00:00:00.000Z'],
    ['+1 hour', '2026-11-21T13:30:00.000Z'],
    ['-2 weeks', '2026-11-07T12:30:00.000Z'],
    ['90 minutes', '2026-11-21T14:00:00.000Z'],
  ])('%s is read', (text, expected) => expect(iso(text)).toBe(expected))

  it.each(['', 'soon', '2026-13-45T00:00:00Z', '1 fortnight', '17952624001795262400'])('%j is none', (text) =>
    expect(at(text)).toBeUndefined(),
  )
})

describe('a window', () => {
  it('is open where nothing is told, and refused where that is none', () => {
    expect(windowIn(new URLSearchParams(), NOW)).toEqual({ since: -Infinity, until: Infinity })
    expect(windowIn(new URLSearchParams({ since: 'today', until: 'now' }), NOW)).toEqual({
      since: NOW - 45_000_000,
      until: NOW,
    })
    for (const name of ['since', 'until'])
      expect(isAnswer(windowIn(new URLSearchParams({ [name]: 'x' }), NOW))).toBe(true)
  })
})
