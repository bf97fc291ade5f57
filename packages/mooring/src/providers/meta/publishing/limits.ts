/** What the headers tell of limits. Percentages alone: at a hundred nothing more is taken. Source: "Rate limits". */
import { number } from '../../../provider.ts'
import type { Publisher, Quota, Usage } from '../../../provider-publishing.ts'
import { at } from './calls.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WHOLE = 100

/** "30 API reels in 24 hours". */
export const PAGE_QUOTAS: readonly Quota[] = [
  { of: 'account', endpoint: at('POST', 'video_reels finish'), limit: 30, window: DAY },
]

export const usage: NonNullable<Publisher['usage']> = (answer, _endpoint, now) => [
  ...appUsage(answer.headers.get('x-app-usage'), now),
  ...businessUsage(answer.headers.get('x-business-use-case-usage'), now),
]

/** The window of an app's calls is an hour that moves on. */
function appUsage(header: string | null, now: number): Usage[] {
  const used = highest(parse(header))
  return used === undefined ? [] : [full('registration', used, now + HOUR)]
}

/** `{"<id>":[{"type":"pages",…},…]}`: the fullest of them holds back. */
function businessUsage(header: string | null, now: number): Usage[] {
  const told = Object.values(Object(parse(header))).flatMap((cases) => (Array.isArray(cases) ? cases : []))
  const fullest = told
    .flatMap((one: unknown) => {
      const used = highest(one)
      const minutes = number(one, 'estimated_time_to_regain_access') ?? 0
      return used === undefined ? [] : [{ used, until: now + (minutes > 0 ? minutes * 60_000 : HOUR) }]
    })
    .toSorted((one, other) => other.used - one.used || other.until - one.until)[0]
  return fullest ? [full('account', fullest.used, fullest.until)] : []
}

const full = (of: Usage['of'], used: number, resetsAt: number): Usage => ({
  of,
  everything: true,
  limit: WHOLE,
  remaining: Math.max(0, Math.floor(WHOLE - used)),
  resetsAt,
})

function highest(one: unknown): number | undefined {
  const found = ['call_count', 'total_time', 'total_cputime'].flatMap((name) => number(one, name) ?? [])
  return found.length === 0 ? undefined : Math.max(...found)
}

function parse(header: string | null): unknown {
  try {
    return JSON.parse(header ?? 'null')
  } catch {
    return undefined
  }
}
