/** The strict authorization server of the tests in a process of its own: refresh tokens are good for one use, and reuse ends the grant. */
import { startRotating } from '../../packages/mooring/test/rotating.ts'
import { beChild } from '../support/child.ts'

export interface StormReport {
  requests: number
  /** When its first good answer was sent, in ms since 1970. */
  answeredAt: number
  /** Grants that reuse ended since the last report. */
  dead: number
}

beChild<{ delay: number; hour: number }>(async ({ delay, hour }) => {
  const platform = await startRotating({ reuse: 'kills' })
  platform.always = { kind: 'late', when: 'before', ms: delay }
  return {
    url: platform.url,
    stop: () => platform.stop(),
    answers: {
      issue: () => platform.issue('bench'),
      hour: () => {
        platform.advance(hour)
        return true
      },
      report: (): StormReport => {
        const asked = platform.requests.splice(0)
        const good = asked.filter((one) => one.status === 200).map((one) => one.answeredAt)
        const dead = asked.filter((one) => platform.grantOf(one.refreshToken)?.alive === false)
        return { requests: asked.length, answeredAt: Math.min(...good), dead: dead.length > 0 ? 1 : 0 }
      },
    },
  }
})
