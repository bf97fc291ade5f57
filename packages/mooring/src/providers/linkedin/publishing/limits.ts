/**
 * LinkedIn tells limits in no header; each ends at midnight UTC, and is of an endpoint and a member ("Rate Limiting",
 * Microsoft Learn). Published: Share on LinkedIn, 150 calls a member and 100,000 an app a day; Community Management's
 * development tier, 100 and 500 in all.
 */
import type { PublishAs, Publisher, Quota } from '../../../provider-publishing.ts'

/** Of each of them; the others are called less often. */
const ENDPOINTS = [
  'POST /rest/posts',
  'POST /v2/ugcPosts',
  'POST /rest/images',
  'POST /rest/videos',
  'POST /rest/documents',
  'GET /rest/videos',
]

const daily = (member: number, app: number, endpoint?: string): Quota[] => {
  const of = { window: 'utc-day', ...(endpoint === undefined ? {} : { endpoint }) } as const
  return [
    { of: 'connection', limit: member, ...of },
    { of: 'registration', limit: app, ...of },
  ]
}

const KNOWN = {
  share: ENDPOINTS.flatMap((endpoint) => daily(150, 100_000, endpoint)),
  development: daily(100, 500),
  none: [],
} as const satisfies Record<string, readonly Quota[]>

export const quotas: NonNullable<Publisher['quotas']> = (as) => KNOWN[tierOf(as)]

/** A self-serve app is one that may post as people alone; which tier an approved one has, its token does not say. */
function tierOf({ settings, scopes }: PublishAs): keyof typeof KNOWN {
  const { QUOTA = 'auto' } = settings
  if (QUOTA === 'share' || QUOTA === 'development' || QUOTA === 'none') return QUOTA
  return scopes.includes('w_organization_social') ? 'none' : 'share'
}
