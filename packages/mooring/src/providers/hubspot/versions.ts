import type { ApiVersions } from '../../provider-versions.ts'

/** The one that the notice of v1's end names. */
export const VERSION = '2026-03'

/** Versions come each March and September and are supported for 18 months; v1 of OAuth ends on 2027-02-16 and is not used here. */
export const versions: ApiVersions = {
  what: 'HubSpot API',
  ends: {},
  guess: (version) => {
    // "v1 to v3 APIs leave support in September 2027."
    if (version === 'v3') return Date.UTC(2027, 8, 1)
    const [year, month] = version.split('-').map(Number)
    return year === undefined || month === undefined ? undefined : Date.UTC(year, month - 1 + 18, 1)
  },
  mend: `Update Mooring, or set HUBSPOT_API_VERSION to a newer version, ${VERSION} or later.`,
  over: 'Connecting and renewing may be refused.',
}
