/** API versions and what else of a platform ends on a known day: one table a provider, and from it what is told. Pure. */

export interface Notice {
  level: 'warning' | 'error'
  message: string
  /** How to mend it. */
  mend: string
}

export interface Retirement {
  /** "LinkedIn API version 202609". */
  what: string
  /** Milliseconds since 1970. */
  at: number
  /** The platform published the day; else it is its habit. */
  certain: boolean
  mend: string
}

export interface ApiVersions {
  /** "LinkedIn API version": the version stands behind it. */
  what: string
  /** Version to the day of its end (UTC), as the platform published it. */
  ends: Readonly<Record<string, string>>
  /** The day by the platform's habit, in ms since 1970, where it published none. Undefined: nobody knows. */
  guess?: (version: string) => number | undefined
  mend: string
  /** What comes of a version that is over: "Calls to pages are refused." */
  over: string
}

const DAY = 86_400_000
const WARN_DAYS = 60

/** The day a version ends; undefined where nobody knows. */
export function endOf({ ends, guess }: ApiVersions, version: string): { at: number; certain: boolean } | undefined {
  const known = ends[version]
  if (known !== undefined) return { at: Date.parse(`${known}T00:00:00Z`), certain: true }
  const at = guess?.(version)
  return at === undefined ? undefined : { at, certain: false }
}

export function retirements(versions: ApiVersions, version: string): Retirement[] {
  const end = endOf(versions, version)
  return end ? [{ what: `${versions.what} ${version}`, ...end, mend: versions.mend }] : []
}

/** Warns 60 days ahead of a version's end, and says when it is over. */
export function versionNotices(versions: ApiVersions, version: string, now: number): Notice[] {
  return retirements(versions, version).flatMap((one) => noticeOf(one, versions.over, now))
}

function noticeOf({ what, at, certain, mend }: Retirement, over: string, now: number): Notice[] {
  const days = Math.ceil((at - now) / DAY)
  const date = new Date(at).toISOString().slice(0, 10)
  if (days > WARN_DAYS) return []
  if (days > 0) {
    const left = `in ${days} ${days === 1 ? 'day' : 'days'}`
    return [{ level: 'warning', message: `${what} ends ${certain ? 'on' : 'about'} ${date}, ${left}.`, mend }]
  }
  const ended = certain ? `ended on ${date}` : `has probably ended (about ${date})`
  return [{ level: certain ? 'error' : 'warning', message: `${what} ${ended}. ${over}`, mend }]
}
