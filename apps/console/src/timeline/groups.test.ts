import { describe, expect, it } from 'vitest'
import { ending, now } from './ending.fixture.ts'
import { groupsOf } from './groups.ts'

const titles = (...days: number[]) =>
  groupsOf(
    days.map((day) => ending(day)),
    now,
  ).map((group) => [group.title, group.endings.length])

describe('by week and month', () => {
  // 14 October 2026 is a Wednesday.
  it('goes from now to months, in order', () => {
    expect(titles(-2, -1, 1, 4, 5, 11, 12, 17, 18, 48, 49, 79)).toEqual([
      ['Now', 2],
      ['This week', 2],
      ['Next week', 2],
      ['Later this month', 2],
      ['November', 1],
      ['December', 2],
      ['January 2027', 1],
    ])
  })
  it('calls a week by its name over the end of a month, too', () => {
    const friday = new Date(2026, 9, 30, 9).getTime()
    const sunday = { ...ending(0), at: new Date(2026, 10, 1, 9).toISOString() }
    expect(groupsOf([sunday], friday)[0]?.title).toBe('This week')
  })
  it('keeps its weeks when the clocks change between', () => {
    const saturday = new Date(2026, 9, 24, 23).getTime()
    const monday = { ...ending(0), at: new Date(2026, 9, 26, 0, 30).toISOString() }
    expect(groupsOf([monday], saturday)[0]?.title).toBe('Next week')
  })
  it('is empty where nothing ends', () => expect(groupsOf([], now)).toEqual([]))
})
