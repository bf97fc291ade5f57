import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { accessDenied } from '../api/errors.ts'
import type { Caller, Resource } from '../api/gate.ts'
import { WWW } from '../origins.ts'
import { type Author, actingAs, type NotAllowed } from '../posts/author.ts'
import { readBody } from '../posts/body.ts'
import { urnId, urnType } from '../posts/errors.ts'
import type { Shape } from '../posts/shape.ts'
import type { World } from '../world.ts'
import { mediumForbidden } from './errors.ts'
import { addMedium, type MediumKind, uploadSignature } from './medium.ts'

export const UPLOAD_ROOT = '/dms-uploads/sp/v2'
/** About thirty days for a video (Microsoft Learn: videos-api); taken to hold for the others, too. */
export const UPLOAD_URL_MS = 30 * 24 * 3600 * 1000

export const uploadUrl = (kind: string, key: string, part: string): string =>
  `${WWW}${UPLOAD_ROOT}/${kind}/${key}/${part}?ca=vector_feedshare&cn=uploads&sync=0&v=beta&ut=${uploadSignature(key, part)}`

/** The name behind the URL, as refusals give it. */
const RESOURCE = { image: 'partnerApiImages', video: 'partnerApiVideos', document: 'partnerApiDocuments' } as const

export const resourceName = (kind: MediumKind, method: string, { version }: Caller): string =>
  `${RESOURCE[kind]}.${method}.${version}`

/** Whose file it will be, where the caller may upload for them. */
export function ownerOf(
  world: World,
  caller: Caller,
  kind: MediumKind,
  owner: string,
  path: string,
  resource: string,
): { author: Author } | { refused: Answer } {
  const found = actingAs(world.state, caller, owner)
  if ('author' in found) return found
  const refusals: Record<NotAllowed, () => Answer> = {
    'urn-type': () => urnType(path),
    'urn-id': () => urnId(path),
    'member-scope': () => accessDenied(resource),
    'organization-scope': () => accessDenied(resource),
    stranger: () => mediumForbidden(kind),
  }
  return { refused: refusals[found.why]() }
}

const SHAPE: Shape = {
  record: { initializeUploadRequest: { record: { owner: 'String' }, required: ['owner'] } },
  required: ['initializeUploadRequest'],
}

/** POST /rest/images and /rest/documents?action=initializeUpload: one address, for the file in one piece. */
export const initializeUpload =
  (kind: 'image' | 'document'): Resource =>
  (world, caller, ask) => {
    const resource = resourceName(kind, 'ACTION-initializeUpload', caller)
    if (!caller.has('w_member_social', 'w_organization_social')) return accessDenied(resource)
    const read = readBody<{ initializeUploadRequest: { owner: string } }>(ask, SHAPE)
    if ('refused' in read) return read.refused
    const { owner } = read.body.initializeUploadRequest
    const allowed = ownerOf(world, caller, kind, owner, 'initializeUploadRequest/owner', resource)
    if ('refused' in allowed) return allowed.refused
    const urlsEndAt = world.clock.now() + UPLOAD_URL_MS
    const whose = { owner: allowed.author, clientId: caller.app.clientId, member: caller.member.key }
    const { key, urn } = addMedium(world.state, { kind, ...whose, urlsEndAt, plan: null })
    return json(200, {
      value: { uploadUrlExpiresAt: urlsEndAt, uploadUrl: uploadUrl(kind, key, '0'), [kind]: urn },
    })
  }
