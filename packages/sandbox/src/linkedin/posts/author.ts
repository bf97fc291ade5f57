import type { Caller } from '../api/gate.ts'
import { fullName, MEMBERS, memberId, personUrn } from '../people/members.ts'
import { ORGANIZATIONS, organizationUrn } from '../people/organizations.ts'
import type { State } from '../state.ts'

/** Whose name stands over a post, a comment or a file. */
export type Author = { member: string } | { organization: number }

export const sameAuthor = (a: Author, b: Author): boolean =>
  'member' in a ? 'member' in b && a.member === b.member : 'organization' in b && a.organization === b.organization

/** As one app knows them: ids of people are pairwise. */
export const authorUrn = (clientId: string, author: Author): string =>
  'member' in author ? personUrn(clientId, author.member) : organizationUrn(author.organization)

export const authorName = (author: Author): string => {
  if ('organization' in author) return ORGANIZATIONS.find((one) => one.id === author.organization)?.name ?? ''
  const member = MEMBERS.find((one) => one.key === author.member)
  return member ? fullName(member) : ''
}

export const parseUrn = (urn: string): { type: string; id: string } | undefined => {
  const [, type, id] = /^urn:li:([A-Za-z]+):(.+)$/.exec(urn) ?? []
  return type === undefined || id === undefined ? undefined : { type, id }
}

/** Who a URN names to this app. Undefined where nobody is called so. */
export function authorOf(clientId: string, urn: string): Author | undefined {
  const { type, id = '' } = parseUrn(urn) ?? {}
  if (type === 'person') {
    const member = MEMBERS.find((one) => memberId(clientId, one.key) === id)
    return member && { member: member.key }
  }
  const organization = type === 'organization' ? ORGANIZATIONS.find((one) => String(one.id) === id) : undefined
  return organization && { organization: organization.id }
}

/** Who may post as a page (Microsoft Learn: posts-api, 2026). */
const POSTING_ROLES = ['ADMINISTRATOR', 'DIRECT_SPONSORED_CONTENT_POSTER', 'CONTENT_ADMINISTRATOR']

export const postsFor = (state: State, member: string, organization: number): boolean =>
  state.roles.some(
    (one) =>
      one.member === member &&
      one.organization === organization &&
      one.state === 'APPROVED' &&
      POSTING_ROLES.includes(one.role),
  )

/** Which scope lets a token act as a member, and which as a page. */
export interface ActScopes {
  member: string
  organization: string
}
export const WRITE: ActScopes = { member: 'w_member_social', organization: 'w_organization_social' }

/** Why a caller may not act under a URN. `stranger`: another member, or a page on which they have no role. */
export type NotAllowed = 'urn-type' | 'urn-id' | 'member-scope' | 'organization-scope' | 'stranger'

export function actingAs(
  state: State,
  { app, member, has }: Caller,
  urn: string,
  scopes: ActScopes = WRITE,
): { author: Author } | { why: NotAllowed } {
  const type = parseUrn(urn)?.type
  if (type !== 'person' && type !== 'organization') return { why: 'urn-type' }
  if (type === 'person' && !has(scopes.member)) return { why: 'member-scope' }
  if (type === 'organization' && !has(scopes.organization)) return { why: 'organization-scope' }
  const author = authorOf(app.clientId, urn)
  if (!author) return { why: type === 'person' ? 'stranger' : 'urn-id' }
  const theirs = 'member' in author ? author.member === member.key : postsFor(state, member.key, author.organization)
  return theirs ? { author } : { why: 'stranger' }
}
