/** What this grant lets this account do. Scopes: Microsoft Learn, "Posts API", "Comments API" (2026). */
import type { PublishAs } from '../../../provider-publishing.ts'

export const isOrganization = ({ account }: PublishAs): boolean => account.kind === 'organization'

const may = (person: string, organization: string) => (as: PublishAs) =>
  as.scopes.includes(isOrganization(as) ? organization : person)

export const mayPost = may('w_member_social', 'w_organization_social')
/** A self-serve token's comment is 403 partnerApiSocialActions.CREATE. */
export const mayComment = may('w_member_social_feed', 'w_organization_social_feed')
/** LinkedIn gives r_member_social to nobody any more; whoever has it can read. */
export const mayRead = may('r_member_social', 'r_organization_social')

/** Organizations have no connections. */
export const visibilities = (as: PublishAs) =>
  isOrganization(as) ? (['public'] as const) : (['public', 'connections'] as const)
