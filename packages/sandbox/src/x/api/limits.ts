import type { State } from '../state.ts'

export interface Counted {
  /** As X sends them on almost every answer of v2 (docs.x.com, "Rate limits"); the reset is in seconds since 1970. */
  headers: Record<string, string>
  over: boolean
}

const QUARTER_MS = 15 * 60 * 1000
const DAY_MS = 24 * 3600 * 1000

function count(state: State, key: string, windowMs: number, now: number): { count: number; resetAt: number } {
  const held = state.usage.get(key)
  const window = held && now < held.startedAt + windowMs ? held : { startedAt: now, count: 0 }
  window.count += 1
  state.usage.set(key, window)
  return { count: window.count, resetAt: window.startedAt + windowMs }
}

const headersOf = (prefix: string, limit: number, { count: used, resetAt }: ReturnType<typeof count>) => ({
  [`${prefix}-limit`]: String(limit),
  [`${prefix}-remaining`]: String(Math.max(0, limit - used)),
  [`${prefix}-reset`]: String(Math.ceil(resetAt / 1000)),
})

/** Counts one call of a user: the window of 15 minutes, and the day's that is documented nowhere (node-twitter-api-v2 495, 553). */
export function countCall(state: State, who: string, limit: number, now: number): Counted {
  const quarter = count(state, `${who} quarter`, QUARTER_MS, now)
  const day = state.settings.userDayLimit
  const ofDay = day === null ? undefined : count(state, `${who} day`, DAY_MS, now)
  return {
    headers: {
      ...headersOf('x-rate-limit', limit, quarter),
      ...(ofDay && day !== null && headersOf('x-user-limit-24hour', day, ofDay)),
    },
    over: quarter.count > limit || (ofDay !== undefined && day !== null && ofDay.count > day),
  }
}
