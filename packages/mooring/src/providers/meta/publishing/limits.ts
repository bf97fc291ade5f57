/** What the headers tell of limits. Percentages alone: at a hundred nothing more is taken. Source: "Rate limits". */
import { number } from '../../../provider.ts'
import type { Publisher, Usage } from '../../../provider-publishing.ts'

const HOUR = 3_600_000
const WHOLE = 100

export const usage: NonNullable<Publisher['usage']> = (answer, _endpoint, now) => [
  ...appUsage(answer.headers.get('x-app-usage'), now),
  ...businessUsage(answer.headers.get('x-business-use-case-usage'), now),
]

/** The window of an app's calls is an hour that moves on. */
function appUsage(header: string | null, now: number): Usage[] {
  const used = highest(parse(header))
  return used === undefined ? [] : [{ of: 'registration', limit: WHOLE, remaining: left(used), resetsAt: now + HOUR }]
}

function businessUsage(header: string | null, now: number): Usage[] {
  const cases = Object.values(Object(parse(header))).flat()
  return cases.flatMap((one) => {
    const used = highest(one)
    const minutes = number(one, 'estimated_time_to_regain_access') ?? 0
    if (used === undefined) return []
    return [
      {
        of: 'account' as const,
        limit: WHOLE,
        remaining: left(used),
        resetsAt: now + (minutes > 0 ? minutes * 60_000 : HOUR),
      },
    ]
  })
}

const left = (used: number): number => Math.max(0, Math.floor(WHOLE - used))

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
