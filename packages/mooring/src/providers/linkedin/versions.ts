/**
 * LinkedIn's monthly API versions and when each ends (Microsoft Learn, "Marketing API migrations", as of 2026-08-13).
 * There was no 202512. Later months are active and their ends are not published yet.
 */
import type { Notice, Retirement } from '../../provider.ts'

/** Released for certain by 2026-09-18. */
export const DEFAULT_VERSION = '202609'

export const SUNSETS: Readonly<Record<string, string>> = {
  '202507': '2026-07-15',
  '202508': '2026-08-17',
  '202509': '2026-09-15',
  '202510': '2026-10-15',
  '202511': '2026-11-16',
  '202601': '2027-01-15',
  '202602': '2027-02-15',
  '202603': '2027-03-16',
  '202604': '2027-04-15',
  '202605': '2027-05-15',
  '202606': '2027-06-15',
  '202607': '2027-07-15',
}

const DAY = 86_400_000
const WARN_DAYS = 60

/** The day a version ends: from the table, else a year after its month and a half, which LinkedIn has kept to so far. */
export function sunsetOf(version: string): { at: number; certain: boolean } {
  const known = SUNSETS[version]
  if (known) return { at: Date.parse(`${known}T00:00:00Z`), certain: true }
  const year = Number(version.slice(0, 4))
  const month = Number(version.slice(4))
  return { at: Date.UTC(year + 1, month - 1, 15), certain: false }
}

const mendOf = () =>
  `Update Mooring, or set LINKEDIN_API_VERSION to a newer month (YYYYMM), ${DEFAULT_VERSION} or later.`

export function versionRetires(version: string): Retirement[] {
  return [{ what: `LinkedIn API version ${version}`, ...sunsetOf(version), mend: mendOf() }]
}

/** Warns 60 days ahead of a version's end, and says when it is over. */
export function versionNotices(version: string, now: number): Notice[] {
  const { at, certain } = sunsetOf(version)
  const days = Math.ceil((at - now) / DAY)
  const date = new Date(at).toISOString().slice(0, 10)
  const mend = mendOf()
  if (days > WARN_DAYS) return []
  if (days > 0)
    return [
      {
        level: 'warning',
        message: `LinkedIn API version ${version} ends ${certain ? 'on' : 'about'} ${date}, in ${days} ${days === 1 ? 'day' : 'days'}.`,
        mend,
      },
    ]
  const over = certain ? `ended on ${date}` : `has probably ended (about ${date})`
  return [
    {
      level: certain ? 'error' : 'warning',
      message: `LinkedIn API version ${version} ${over}. Calls to pages are refused.`,
      mend,
    },
  ]
}
