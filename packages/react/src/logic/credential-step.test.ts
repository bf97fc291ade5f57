import { describe, expect, it } from 'vitest'
import { lookAgain, obstacleOf, stepOf } from './credential-step.ts'
import { flow } from './flow.fixture.ts'

const now = Date.parse('2026-11-28T10:00:00Z')
const inSeconds = (seconds: number) => new Date(now + seconds * 1000).toISOString()
const fault = (code: string) => ({ code, message: 'So it is.', operatorDetail: null })

describe('the screen of a flow', () => {
  it.each([
    ['pending', null, 'start'],
    ['connecting', null, 'connecting'],
    ['checkpoint', 'code', 'code'],
    ['checkpoint', 'code_or_approval', 'code'],
    ['checkpoint', 'approval', 'approval'],
    ['checkpoint', 'phone', 'phone'],
    ['checkpoint', 'hosted', 'hosted'],
    ['checkpoint', 'accounts', 'accounts'],
    ['connected', null, 'connected'],
    ['awaiting_completion', null, 'connected'],
    ['failed', null, 'over'],
    ['expired', null, 'over'],
  ] as const)('%s, %s: %s', (state, checkpoint, step) => expect(stepOf({ state, checkpoint })).toBe(step))
})

describe('what stands in the way of another try', () => {
  it.each([
    [flow(), null],
    [flow({ error: fault('credentials_refused') }), null],
    [flow({ error: fault('account_locked') }), 'locked'],
    [flow({ error: fault('misconfigured') }), 'ours'],
    [flow({ error: fault('rate_limited') }, { attemptsAgainAt: inSeconds(90) }), 'cooldown'],
    [flow({ error: fault('account_locked') }, { attemptsAgainAt: inSeconds(90) }), 'cooldown'],
    [flow({ error: fault('rate_limited') }, { attemptsAgainAt: inSeconds(0) }), null],
  ])('%#', (one, obstacle) => expect(obstacleOf(one, now)).toBe(obstacle))
})

describe('when to look again', () => {
  it.each([
    ['while the service works', flow({ state: 'connecting' }), false, 2000],
    ['while somebody approves on a phone', flow({ state: 'checkpoint', checkpoint: 'approval' }), false, 2000],
    [
      'while either is waited for',
      flow({ state: 'checkpoint', checkpoint: 'code_or_approval' }, { attemptEndsAt: inSeconds(200) }),
      false,
      2000,
    ],
    ['while somebody is at another page', flow({ state: 'checkpoint', checkpoint: 'hosted' }), false, 2000],
    ['while an answer is awaited', flow(), true, 1000],
    ['not at the form', flow(), false, false],
    [
      'for a code when the attempt ends',
      flow({ state: 'checkpoint', checkpoint: 'code' }, { attemptEndsAt: inSeconds(200) }),
      false,
      200_500,
    ],
    [
      'and soon, where it should have ended',
      flow({ state: 'checkpoint', checkpoint: 'code' }, { attemptEndsAt: inSeconds(-9) }),
      false,
      2000,
    ],
    ['not for a code without an end', flow({ state: 'checkpoint', checkpoint: 'code' }), false, false],
    ['not once connected', flow({ state: 'connected' }), true, false],
    ['not once failed', flow({ state: 'failed' }), true, false],
    ['not before it is known', undefined, true, false],
  ] as const)('%s', (_, one, acting, after) => expect(lookAgain(one, acting, now)).toBe(after))
})
