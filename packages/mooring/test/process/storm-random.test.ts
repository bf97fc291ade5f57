/**
 * Once, everywhere, under whatever chance brings, with the sweep at work. `STORM_SEED=…` plays a run's events again (not
 * the machine's scheduling), `STORM_ROUNDS=…` more of them, `STORM_TELL=1` tells each round.
 */
import { afterAll, describe, expect, it } from 'vitest'
import { chance } from '../chance.ts'
import type { Reuse } from '../rotating-provider.ts'
import { type Fleet, startFleet } from './storm-fleet.ts'
import { playRound } from './storm-rounds.ts'

const seed = Number(process.env.STORM_SEED ?? Math.floor(Math.random() * 1e9))
const rounds = Number(process.env.STORM_ROUNDS ?? 0)

describe.each([
  ['kills', 8],
  ['allowed', 4],
] as [Reuse, number][])('a storm at a platform where reuse is: %s', (reuse, usual) => {
  let fleet: Fleet | undefined
  afterAll(() => fleet?.stop())

  it(`STORM_SEED=${seed}`, { timeout: 3_600_000 }, async () => {
    const dice = chance(seed)
    const standing = await startFleet({ reuse, background: true })
    fleet = standing
    const ends: Record<string, number> = {}
    for (let round = 1; round <= (rounds || usual); round += 1) {
      const played = await playRound(standing, dice, reuse).catch((error: Error) => {
        throw new Error(`STORM_SEED=${seed}, ${reuse}, round ${round}: ${error.message}\n${error.stack}`)
      })
      ends[played.ended] = (ends[played.ended] ?? 0) + 1
      if (process.env.STORM_TELL) process.stderr.write(`${reuse} ${round}\n  ${played.story.join('\n  ')}\n`)
    }
    if (reuse === 'allowed') expect(Object.keys(ends)).toEqual(['200'])
    process.stderr.write(`STORM_SEED=${seed} ${reuse}: ${JSON.stringify(ends)}\n`)
  })
})
