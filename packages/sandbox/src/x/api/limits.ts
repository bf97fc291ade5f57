import type { State } from '../state.ts'

/** How often an endpoint may be called (docs.x.com, "Rate limits"). */
export interface Limits {
  /** Calls of one user in 15 minutes. */
  limit: number
  /** Calls of one app in 24 hours, where that is limited. */
  appDay?: number
}

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

/**
 * Counts one call: in the user's window of 15 minutes, in the app's of a day, and in the user's of a day. The last two are in
 * headers that no document names (node-twitter-api-v2 495, 553): a call may be refused while the first still shows room.
 */
export function countCall(
  state: State,
  endpoint: string,
  who: { app: string; user: string },
  documented: Limits,
  now: number,
): Counted {
  const { userDayLimit, limits } = state.settings
  const { quarter = documented.limit, appDay = documented.appDay } = limits[endpoint] ?? {}
  const windows: [prefix: string, key: string, limit: number | null | undefined, windowMs: number][] = [
    ['x-rate-limit', `${endpoint} ${who.app} ${who.user} quarter`, quarter, QUARTER_MS],
    ['x-app-limit-24hour', `${endpoint} ${who.app} day`, appDay, DAY_MS],
    ['x-user-limit-24hour', `${endpoint} ${who.app} ${who.user} day`, userDayLimit, DAY_MS],
  ]
  const headers: Record<string, string> = {}
  let over = false
  for (const [prefix, key, limit, windowMs] of windows) {
    if (limit === null || limit === undefined) continue
    const used = count(state, key, windowMs, now)
    headers[`${prefix}-limit`] = String(limit)
    headers[`${prefix}-remaining`] = String(Math.max(0, limit - used.count))
    headers[`${prefix}-reset`] = String(Math.ceil(used.resetAt / 1000))
    over ||= used.count > limit
  }
  return { headers, over }
}
