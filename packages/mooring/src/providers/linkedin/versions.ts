/**
 * LinkedIn's monthly API versions and when each ends (Microsoft Learn, "Marketing API migrations", as of 2026-08-13).
 * There was no 202512. Later months are active and their ends are not published yet.
 */
import type { ApiVersions } from '../../provider-versions.ts'

/** Released for certain by 2026-09-18. */
export const DEFAULT_VERSION = '202609'

export const versions: ApiVersions = {
  what: 'LinkedIn API version',
  ends: {
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
  },
  // A year after its month and a half, which LinkedIn has kept to so far.
  guess: (version) => Date.UTC(Number(version.slice(0, 4)) + 1, Number(version.slice(4)) - 1, 15),
  mend: `Update Mooring, or set LINKEDIN_API_VERSION to a newer month (YYYYMM), ${DEFAULT_VERSION} or later.`,
  over: 'Calls to pages are refused.',
}
