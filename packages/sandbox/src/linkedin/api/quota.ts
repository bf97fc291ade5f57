import type { App } from '../apps.ts'
import type { State } from '../state.ts'
import type { ThrottleLevel } from './errors.ts'

/**
 * Counts one call and says whether it is one too many. Per endpoint, per app and per member of the app; the day ends at
 * 00:00 UTC (Microsoft Learn: rate-limits).
 */
export function countCall(
  state: State,
  app: App,
  member: string,
  endpoint: string,
  now: number,
): ThrottleLevel | undefined {
  const day = new Date(now).toISOString().slice(0, 10)
  if (state.usage.day !== day) state.usage = { day, counts: new Map() }
  const add = (key: string): number => {
    const count = (state.usage.counts.get(key) ?? 0) + 1
    state.usage.counts.set(key, count)
    return count
  }
  const ofMember = add(`${endpoint} ${app.clientId} ${member}`)
  const ofApp = add(`${endpoint} ${app.clientId}`)
  const { member: most = Number.POSITIVE_INFINITY, application = Number.POSITIVE_INFINITY } = {
    ...app.quota,
    ...app.quota.endpoints?.[endpoint],
  }
  if (ofMember > most) return 'member'
  if (ofApp > application) return 'application'
  return undefined
}
