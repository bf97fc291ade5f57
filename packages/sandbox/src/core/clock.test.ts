import { describe, expect, it } from 'vitest'
import { createClock } from './clock.ts'

const at = (start: number) => {
  const real = { now: start }
  return { real, clock: createClock(() => real.now) }
}

describe('the clock', () => {
  it('is the machine’s until moved', () => {
    const { real, clock } = at(1000)
    expect(clock.now()).toBe(1000)
    real.now = 2000
    expect(clock.now()).toBe(2000)
  })

  it('runs on from where it was set', () => {
    const { real, clock } = at(1000)
    clock.set(500_000)
    real.now = 1010
    expect(clock.now()).toBe(500_010)
  })

  it('advances, also backwards, and adds up', () => {
    const { clock } = at(10_000)
    clock.advance(60)
    clock.advance(60)
    clock.advance(-30)
    expect(clock.now()).toBe(100_000)
  })

  it('stands still when frozen, but can be moved', () => {
    const { real, clock } = at(1000)
    clock.freeze(true)
    real.now = 9000
    expect([clock.now(), clock.frozen]).toEqual([1000, true])
    clock.advance(1)
    expect(clock.now()).toBe(2000)
    clock.set(77)
    expect(clock.now()).toBe(77)
  })

  it('goes on from where it stood', () => {
    const { real, clock } = at(1000)
    clock.freeze(true)
    real.now = 9000
    clock.freeze(false)
    real.now = 9005
    expect([clock.now(), clock.frozen]).toEqual([1005, false])
    clock.freeze(false)
    expect(clock.now()).toBe(1005)
  })

  it('goes back to the machine’s on reset', () => {
    const { real, clock } = at(1000)
    clock.set(5)
    clock.freeze(true)
    clock.reset()
    real.now = 3000
    expect([clock.now(), clock.frozen]).toEqual([3000, false])
  })
})
