/**
 * LinkedIn tells limits in no header. Published: Share on LinkedIn, 150 calls a member and 100,000 an app a day; Community
 * Management's development tier, 100 and 500. Each ends at midnight UTC ("Rate Limiting", Microsoft Learn). Every call counts.
 */
import type { PublishAs, Publisher, Quota } from '../../../provider-publishing.ts'

const KNOWN = {
  share: [150, 100_000],
  development: [100, 500],
  none: undefined,
} as const

export const quotas: NonNullable<Publisher['quotas']> = (as) => {
  const [member, app] = KNOWN[tierOf(as)] ?? []
  if (member === undefined || app === undefined) return []
  const day = { window: 'utc-day' } as const satisfies Partial<Quota>
  return [
    { of: 'connection', limit: member, ...day },
    { of: 'registration', limit: app, ...day },
  ]
}

/** A self-serve app is one that may post as people alone; which tier an approved one has, its token does not say. */
function tierOf({ settings, scopes }: PublishAs): keyof typeof KNOWN {
  const { QUOTA = 'auto' } = settings
  if (QUOTA === 'share' || QUOTA === 'development' || QUOTA === 'none') return QUOTA
  return scopes.includes('w_organization_social') ? 'none' : 'share'
}
