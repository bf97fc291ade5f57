import { describe, expect, it } from 'vitest'
import { axisOf } from './axis-marks.ts'

const now = new Date(2026, 9, 14, 10, 24).getTime()

describe('the axis', () => {
  it('has a mark each week and writes every second one out', () => {
    const marks = axisOf(now, 60)
    expect(marks).toHaveLength(9)
    expect(marks.map((mark) => mark.label)).toEqual([
      'Today',
      undefined,
      '28 Oct',
      undefined,
      '11 Nov',
      undefined,
      '25 Nov',
      undefined,
      '9 Dec',
    ])
  })
})
