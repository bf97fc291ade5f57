/** How often a password may be tried, wherever the tries come from. */
import { MooringError } from '../../error.ts'
import type { SignInValues } from './values.ts'

/** Wrong passwords in an hour. */
const MOST_WRONG = 20
const WRONG_SECONDS = 3600

export interface Tries {
  /**
   * Counts a try before it is made, so that many at once are counted as many. Throws `rate_limited`, with the seconds left.
   */
  spend(whose: string): Promise<void>
  /** The right one was given: counting begins anew. */
  forgive(whose: string): Promise<void>
  /** One try of somebody who is signed in: `work` throws where the password is wrong. */
  attempt<T>(person: string, work: () => Promise<T>): Promise<T>
}

export const addressOf = (email: string): string => `address ${email.toLowerCase()}`

export function passwordTries(opened: () => Promise<{ values: SignInValues }>): Tries {
  const spend = async (whose: string) => {
    const { limits } = (await opened()).values
    const { allowed, retryAfter } = await limits.consume(`wrong ${whose}`, { window: WRONG_SECONDS, max: MOST_WRONG })
    if (allowed) return
    throw new MooringError('rate_limited', 'Too many wrong passwords. Wait, or use another way in.', {
      retryAfter: retryAfter ?? WRONG_SECONDS,
    })
  }
  const forgive = async (whose: string) => (await opened()).values.limits.reset(`wrong ${whose}`)
  return {
    spend,
    forgive,
    async attempt(person, work) {
      const whose = `person ${person}`
      await spend(whose)
      const done = await work()
      await forgive(whose)
      return done
    },
  }
}
