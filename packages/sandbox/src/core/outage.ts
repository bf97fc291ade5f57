import { z } from 'zod'
import { gatewayPage, type Plan } from './fault.ts'

/** A platform that is down altogether: every endpoint of it, until switched off. */
export const outageSchema = z.union([
  z.boolean(),
  z.strictObject({ platform: z.string().optional(), as: z.enum(['gateway', 'reset', 'hang']).default('gateway') }),
])

export type Outage = { platform: string | undefined; as: 'gateway' | 'reset' | 'hang' } | undefined

export function readOutage(wish: z.output<typeof outageSchema>): Outage {
  if (wish === false) return undefined
  if (wish === true) return { platform: undefined, as: 'gateway' }
  return { platform: wish.platform, as: wish.as }
}

export function outagePlan(outage: Outage, platform: string): Plan | undefined {
  if (!outage || (outage.platform !== undefined && outage.platform !== platform)) return undefined
  return {
    name: 'outage',
    delayMs: 0,
    answerMs: 0,
    work: false,
    wire: outage.as === 'gateway' ? 'whole' : outage.as,
    shape: () => gatewayPage(503),
  }
}
