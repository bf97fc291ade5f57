import type { ApiVersions } from '../../provider-versions.ts'
import { VERSION } from './graph.ts'

/** Graph API versions and the day each ends (Graph API changelog, with v26.0 as the newest, whose end is not published). */
export const versions: ApiVersions = {
  what: 'Graph API',
  ends: {
    'v20.0': '2026-09-24',
    'v21.0': '2027-01-21',
    'v22.0': '2027-05-20',
    'v23.0': '2027-10-08',
    'v24.0': '2028-02-18',
    'v25.0': '2028-07-29',
  },
  mend: `Update Mooring, or set META_API_VERSION to a newer version, ${VERSION} or later.`,
  // A digest of Meta's documents says so; what changed between the two is not told.
  over: 'Facebook serves calls by the oldest version that lives.',
}
