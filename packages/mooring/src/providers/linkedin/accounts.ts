/** What a LinkedIn authorization can act as: the person, and the organizations where they have a role. */
import {
  type ApiAnswer,
  type ApiContext,
  type DiscoveredAccount,
  type Identity,
  list,
  member,
  number,
  text,
} from '../../provider.ts'

/** Roles that may post as the page (Microsoft Learn, "Posts API", permissions, 2026). */
const POSTING_ROLES = new Set([
  'ADMINISTRATOR',
  'CONTENT_ADMINISTRATOR',
  'CONTENT_ADMIN',
  'DIRECT_SPONSORED_CONTENT_POSTER',
])

const ROLE_NAMES: Record<string, string> = {
  ADMINISTRATOR: 'Super admin',
  CONTENT_ADMINISTRATOR: 'Content admin',
  CONTENT_ADMIN: 'Content admin',
  DIRECT_SPONSORED_CONTENT_POSTER: 'Sponsored content poster',
  RECRUITING_POSTER: 'Recruiting poster',
  LEAD_CAPTURE_ADMINISTRATOR: 'Lead gen forms manager',
  LEAD_GEN_FORMS_MANAGER: 'Lead gen forms manager',
  ANALYST: 'Analyst',
  CURATOR: 'Curator',
}

const PAGE_SIZE = 100
/** A guard against an answer that never ends. */
const MOST_PAGES = 60
/** Keys in one lookup: the address stays far below the 4000 characters that LinkedIn takes. */
const LOOKUP_SIZE = 100
const AT_ONCE = 6

export async function accounts(context: ApiContext, identity: Identity): Promise<DiscoveredAccount[]> {
  const person: DiscoveredAccount = {
    kind: 'person',
    subject: `urn:li:person:${identity.subject}`,
    label: identity.label,
    handle: identity.handle,
    picture: identity.picture,
    note: 'Your own profile',
    ...(context.scopes.includes('w_member_social') ? {} : { unusable: 'The permission to post as you is missing.' }),
  }
  const admin = context.scopes.includes('rw_organization_admin') || context.scopes.includes('r_organization_admin')
  return admin ? [person, ...(await organizations(context))] : [person]
}

async function organizations(context: ApiContext): Promise<DiscoveredAccount[]> {
  const roles = await rolesByOrganization(context)
  const names = await namesOf(context, [...roles.keys()])
  return [...roles]
    .map(([urn, held]) => organization(context, urn, held, names.get(idOf(urn))))
    .sort(
      (a, b) => Number(a.unusable !== undefined) - Number(b.unusable !== undefined) || a.label.localeCompare(b.label),
    )
}

const idOf = (urn: string): string => urn.slice(urn.lastIndexOf(':') + 1)

async function rolesByOrganization(context: ApiContext): Promise<Map<string, string[]>> {
  const roles = new Map<string, string[]>()
  let start = 0
  for (let page = 0; page < MOST_PAGES; page += 1) {
    // No `role=` filter: content admins can post too and would see no page.
    const url = `https://api.linkedin.com/rest/organizationAcls?q=roleAssignee&state=APPROVED&start=${start}&count=${PAGE_SIZE}`
    const answer = await context.call({ url, headers: restHeaders(context) })
    const elements = list(answer.body, 'elements')
    for (const element of elements) {
      // The field's name differs between resources and ages of the API; an element without one is skipped.
      const urn =
        text(element, 'organization') ?? text(element, 'organizationTarget') ?? text(element, 'organizationalTarget')
      const role = text(element, 'role')
      if (urn === undefined || role === undefined || !/^urn:li:organization(Brand)?:\d+$/.test(urn)) continue
      if ((text(element, 'state') ?? 'APPROVED') !== 'APPROVED') continue
      roles.set(urn, [...(roles.get(urn) ?? []), role])
    }
    start += elements.length
    if (elements.length === 0 || !more(answer, start)) break
  }
  return roles
}

/** Pages can be shorter than asked although more follow: the next link or the total decides, else an empty page. */
function more(answer: ApiAnswer, start: number): boolean {
  const links = list(answer.body, 'paging', 'links')
  if (links.some((link) => text(link, 'rel') === 'next')) return true
  const total = number(answer.body, 'paging', 'total')
  return total === undefined || start < total
}

function organization(context: ApiContext, urn: string, roles: string[], name: Name | undefined): DiscoveredAccount {
  const best = roles.find((role) => POSTING_ROLES.has(role)) ?? roles[0] ?? ''
  return {
    kind: 'organization',
    subject: urn,
    // A page whose name cannot be read is still one: it is shown by its number.
    label: name?.label ?? `Organization ${idOf(urn)}`,
    handle: name?.handle,
    note: ROLE_NAMES[best] ?? best,
    ...barrier(context, roles, best),
  }
}

/** Why this organization cannot be posted as, if so. */
function barrier(context: ApiContext, roles: string[], best: string): { unusable?: string } {
  if (!roles.some((role) => POSTING_ROLES.has(role))) {
    const name = ROLE_NAMES[best]
    return { unusable: `${name === undefined ? 'This role' : `${name}s`} cannot post. Ask for the role Content admin.` }
  }
  if (!context.scopes.includes('w_organization_social'))
    return { unusable: 'The permission to post as organizations is missing.' }
  return {}
}

interface Name {
  label: string
  handle: string | undefined
}

const nameIn = (body: unknown): Name | undefined => {
  const label = text(body, 'localizedName')
  return label === undefined ? undefined : { label, handle: text(body, 'vanityName') }
}

/** By the lookup, many at a time and for any role; where that is refused (BATCH_GET is, on the development tier), one by one. */
async function namesOf(context: ApiContext, urns: string[]): Promise<Map<string, Name>> {
  const ids = urns.map(idOf)
  const names = new Map<string, Name>()
  for (let at = 0; at < ids.length; at += LOOKUP_SIZE) {
    const some = ids.slice(at, at + LOOKUP_SIZE)
    const url = `https://api.linkedin.com/rest/organizationsLookup?ids=List(${some.join(',')})`
    const answer = await unlessRefused(context.call({ url, headers: restHeaders(context) }))
    if (!answer) break
    for (const id of some) {
      const name = nameIn(member(answer.body, 'results', id))
      if (name) names.set(id, name)
    }
  }
  const missing = ids.filter((id) => !names.has(id))
  for (let at = 0; at < missing.length; at += AT_ONCE) {
    await Promise.all(
      missing.slice(at, at + AT_ONCE).map(async (id) => {
        const url = `https://api.linkedin.com/rest/organizations/${id}`
        const name = nameIn((await unlessRefused(context.call({ url, headers: restHeaders(context) })))?.body)
        if (name) names.set(id, name)
      }),
    )
  }
  return names
}

/** A refusal that concerns this request alone is no answer; what concerns the whole authorization is thrown on. */
async function unlessRefused(asked: Promise<ApiAnswer>): Promise<ApiAnswer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (passing(error)) throw error
    return undefined
  }
}

/** What concerns the whole authorization and not this one page. */
const passing = (error: unknown): boolean =>
  ['provider_unavailable', 'provider_rate_limited', 'reauthorize', 'misconfigured'].includes(
    (error as { code?: string }).code ?? '',
  )

const restHeaders = (context: ApiContext) => ({
  'LinkedIn-Version': context.settings.API_VERSION ?? '',
  // Without it Rest.li protocol 1.0.0 applies, whose query syntax differs.
  'X-Restli-Protocol-Version': '2.0.0',
})
