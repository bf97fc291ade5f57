import { describe, expect, it } from 'vitest'
import { ending, now } from './ending.fixture.ts'
import { endingBy, keyOf, urgencyOf } from './spans.ts'
import { spotsOf } from './spots.ts'

describe('spots on the axis', () => {
  it('lie where they end, today at the left', () => {
    const spots = spotsOf([ending(9), ending(45)], now, 90, 30)
    expect(spots.map((one) => one.at)).toEqual([0.1, 0.5])
  })
  it('put what is over at the beginning, apart from what comes soon', () => {
    const spots = spotsOf([ending(-3), ending(-1), ending(4)], now, 90, 30)
    expect(spots.map((one) => [one.at, one.endings.length])).toEqual([
      [0, 2],
      [4 / 90, 1],
    ])
  })
  it('keep apart what would still touch', () => {
    const at = spotsOf([ending(-3), ending(1), ending(3.1), ending(89), ending(90)], now, 90, 30).map((one) => one.at)
    expect(at[1]).toBeCloseTo(0.8 / 30)
    expect(at[2]).toBeCloseTo(1.6 / 30)
    expect(Math.max(...at)).toBeLessThanOrEqual(1)
  })
  it('are one where they would lie upon each other, as urgent as the worst of them', () => {
    const spots = spotsOf([ending(30.5), ending(31), ending(31.5, { reason: 'refresh_refused' })], now, 90, 30)
    expect(spots).toHaveLength(1)
    expect(spots[0]).toMatchObject({ urgency: 'warn', at: expect.closeTo(31 / 90) })
    expect(spots[0]?.endings).toHaveLength(3)
  })
  it('leave out what is beyond, and keep the very end', () => {
    expect(spotsOf([ending(90), ending(90.1)], now, 90, 30).map((one) => one.at)).toEqual([1])
  })
  it('are never more than columns, and those that are over', () => {
    const many = Array.from({ length: 5000 }, (_, index) => ending((index * 90) / 5000 - 1))
    expect(spotsOf(many, now, 90, 30).length).toBeLessThanOrEqual(31)
  })
})

describe('how urgent', () => {
  it.each([
    [-1, 'bad'],
    [7, 'bad'],
    [7.1, 'warn'],
    [30, 'warn'],
    [30.1, 'plain'],
  ])('in %d days: %s', (days, urgency) => expect(urgencyOf(ending(days), now)).toBe(urgency))
  it('is amber from the day that the platform renews it no more', () => {
    expect(urgencyOf(ending(60, { reason: 'refresh_refused' }), now)).toBe('warn')
  })
})

describe('what ends by then', () => {
  const all = [ending(-1), ending(3), ending(7), ending(40)]
  it.each([
    [0, 1],
    [7, 3],
    [30, 3],
    [90, 4],
  ])('within %d days: %d', (days, number) => expect(endingBy(all, days, now)).toHaveLength(number))
  it('has a key of its own, also without a connection', () => {
    const ours = { connection: null, who: 'operator', reason: 'api_version_ends' } as const
    expect(new Set([ending(1), ending(2), ending(1, ours), ending(9, ours)].map(keyOf)).size).toBe(4)
  })
})
