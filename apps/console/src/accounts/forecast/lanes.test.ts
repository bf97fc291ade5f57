import { type Connection, DAY } from '@mooring/react'
import { describe, expect, it } from 'vitest'
import { horizonOf, laneOf } from './lanes.ts'

const now = new Date(2026, 9, 14, 10, 24).getTime()
const later = (days: number) => new Date(now + days * DAY).toISOString()

const one = (state: Connection['state'], level: Connection['health']['level'], days: number | null) =>
  ({
    state,
    accounts: [],
    health: { level, message: '', reason: 'renews', needsPersonAt: days === null ? null : later(days) },
  }) as unknown as Connection

describe('a lane', () => {
  it('has its ring where somebody is needed', () => {
    const lane = laneOf(one('connected', 'warning', 15), now, 60)
    expect(lane).toMatchObject({ alive: 0.25, ring: 0.25, tone: 'warn', note: '29 Oct, in 15 days' })
    expect(lane.sentence).toBe('needs you on 29 Oct 2026, in 15 days.')
  })
  it('begins with the ring when somebody is needed now', () => {
    expect(laneOf(one('reauthorize', 'bad', -1), now, 60)).toMatchObject({ alive: 0, ring: 0, tone: 'bad' })
    expect(laneOf(one('connected', 'bad', -1), now, 60)).toMatchObject({ alive: 0, ring: 0, tone: 'bad' })
  })
  it('is red from seven days before', () => {
    expect(laneOf(one('connected', 'bad', 3), now, 60).tone).toBe('bad')
  })
  it('has no ring where nobody is needed within it', () => {
    expect(laneOf(one('connected', 'ok', 300), now, 60)).toMatchObject({ alive: 1, ring: undefined, open: false })
    expect(laneOf(one('connected', 'ok', null), now, 60)).toMatchObject({ alive: 1, ring: undefined, open: true })
  })
  it('never asks people to reconnect for what is not theirs', () => {
    expect(laneOf(one('misconfigured', 'bad', null), now, 60)).toMatchObject({ ring: undefined, tone: 'bad' })
    const refused = one('connected', 'warning', null)
    const lane = laneOf({ ...refused, health: { ...refused.health, reason: 'misconfigured' } }, now, 60)
    expect(lane).toMatchObject({ alive: 1, open: true, ring: undefined, tone: 'warn', note: 'We have to fix this' })
    expect(laneOf(one('failing', 'warning', null), now, 60)).toMatchObject({ ring: undefined, tone: 'warn' })
  })
})

describe('the axis', () => {
  it('is 60 days, and 90 when somebody is needed between the two', () => {
    expect(horizonOf([one('connected', 'ok', 59)], now)).toBe(60)
    expect(horizonOf([one('connected', 'ok', 75)], now)).toBe(90)
    expect(horizonOf([one('connected', 'ok', 300)], now)).toBe(60)
    expect(horizonOf([], now)).toBe(60)
  })
})
