/** Chance that comes again: what a random test or campaign draws from. */

/** A small generator with a seed (mulberry32): the same seed brings the same events, in the same order. */
export function chance(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const upTo = (most: number) => Math.floor(next() * most)
  return {
    upTo,
    pick: <T>(some: readonly T[]): T => some[upTo(some.length)] as T,
    often: (share: number) => next() < share,
  }
}
export type Chance = ReturnType<typeof chance>
