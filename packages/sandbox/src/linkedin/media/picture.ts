import { createHmac } from 'node:crypto'
import { empty } from '../../core/answer.ts'
import { type Answer, type Ask, field } from '../../core/ask.ts'
import { portrait } from '../../core/portrait.ts'
import { MEDIA } from '../origins.ts'
import { fullName, MEMBERS, type Member } from '../people/members.ts'
import { ORGANIZATIONS, type Organization } from '../people/organizations.ts'
import type { World } from '../world.ts'

/** Picture links carry their end in `e` and a signature in `t`, as media.licdn.com's do. */
const LINK_MS = 30 * 24 * 3600 * 1000
const DAY_MS = 24 * 3600 * 1000

const signature = (path: string, end: string): string =>
  createHmac('sha256', 'mooring sandbox pictures').update(`${path}?${end}`).digest('base64url')

/** `end` in ms since 1970. */
export function signedUntil(world: World, path: string): { url: string; end: number } {
  // Rounded to a day, so that the same picture keeps its address (and its place in a cache) for a while.
  const end = Math.floor(world.clock.now() / DAY_MS) * DAY_MS + LINK_MS
  const seconds = String(end / 1000)
  return { url: `${MEDIA}${path}?e=${seconds}&v=beta&t=${signature(path, seconds)}`, end }
}

/** Whether the link was handed out by us, and is not over. */
export function isSigned(world: World, ask: Ask): boolean {
  const end = field(ask.query, 'e') ?? ''
  return Number(end) * 1000 > world.clock.now() && field(ask.query, 't') === signature(ask.path, end)
}

export const PICTURE_PATH = '/dms/image/v2/:key/:kind'

export const pictureUrl = (world: World, member: Member): string | undefined =>
  member.picture
    ? signedUntil(world, `/dms/image/v2/member-${member.key}/profile-displayphoto-shrink_100_100`).url
    : undefined

export const logoUrl = (world: World, organization: Organization): string =>
  signedUntil(world, `/dms/image/v2/organization-${organization.id}/company-logo_200_200`).url

function nameOf(key: string): string | undefined {
  const member = MEMBERS.find((one) => `member-${one.key}` === key)
  return member ? fullName(member) : ORGANIZATIONS.find((one) => `organization-${one.id}` === key)?.name
}

/** Expired or altered links answer 403 (postiz issue 972). */
export function picture(world: World, ask: Ask): Answer {
  if (!isSigned(world, ask)) return empty(403)
  return portrait(nameOf(ask.params.key ?? ''))
}
