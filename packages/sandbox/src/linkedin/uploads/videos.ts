import { empty, json } from '../../core/answer.ts'
import { opaque } from '../../core/ids.ts'
import { accessDenied } from '../api/errors.ts'
import type { Resource } from '../api/gate.ts'
import { readBody } from '../posts/body.ts'
import { invalidValue } from '../posts/errors.ts'
import type { Shape } from '../posts/shape.ts'
import type { World } from '../world.ts'
import { invalidMedium, mediumForbidden, waitingUpload } from './errors.ts'
import { ownerOf, resourceName, UPLOAD_URL_MS, uploadUrl } from './initialize.ts'
import { addMedium, type Medium, startProcessing } from './medium.ts'
import { joined } from './video-parts.ts'

/** Parts of 4 MiB, and the sizes that are taken (Microsoft Learn: videos-api). */
export const PART = 4 * 1024 * 1024
const LEAST = 75 * 1024
const MOST = 500 * 1024 * 1024

const INITIALIZE: Shape = {
  record: {
    initializeUploadRequest: {
      record: { owner: 'String', fileSizeBytes: 'Long', uploadCaptions: 'Boolean', uploadThumbnail: 'Boolean' },
      required: ['owner', 'fileSizeBytes'],
    },
  },
  required: ['initializeUploadRequest'],
}

interface Initialize {
  initializeUploadRequest: {
    owner: string
    fileSizeBytes: number
    uploadCaptions?: boolean
    uploadThumbnail?: boolean
  }
}

const partsOf = (size: number) =>
  Array.from({ length: Math.ceil(size / PART) }, (_, i) => ({
    first: i * PART,
    last: Math.min((i + 1) * PART, size) - 1,
    etag: null,
  }))

/** POST /rest/videos?action=initializeUpload: an address for each range of bytes, both ends inclusive. */
export const initializeVideo: Resource = (world, caller, ask) => {
  const resource = resourceName('video', 'ACTION-initializeUpload', caller)
  if (!caller.has('w_member_social', 'w_organization_social')) return accessDenied(resource)
  const read = readBody<Initialize>(ask, INITIALIZE)
  if ('refused' in read) return read.refused
  const { owner, fileSizeBytes: size, uploadCaptions, uploadThumbnail } = read.body.initializeUploadRequest
  const allowed = ownerOf(world, caller, 'video', owner, 'initializeUploadRequest/owner', resource)
  if ('refused' in allowed) return allowed.refused
  if (size < LEAST || size > MOST) return invalidValue('initializeUploadRequest/fileSizeBytes')
  const { settings } = world.state
  const urlsEndAt = world.clock.now() + UPLOAD_URL_MS
  const token = settings.uploadToken === 'sent' ? opaque(32) : ''
  const plan = { size, token, parts: partsOf(size) }
  const whose = { owner: allowed.author, clientId: caller.app.clientId, member: caller.member.key }
  const { key, urn } = addMedium(world.state, { kind: 'video', ...whose, urlsEndAt, plan })
  return json(200, {
    value: {
      [settings.videoExpiry]: urlsEndAt,
      video: urn,
      uploadInstructions: plan.parts.map(({ first, last }, i) => ({
        uploadUrl: uploadUrl('video', key, String(i)),
        lastByte: last,
        firstByte: first,
      })),
      uploadToken: token,
      ...(uploadThumbnail && { thumbnailUploadUrl: uploadUrl('video', key, 'thumbnail') }),
      ...(uploadCaptions && { captionsUploadUrl: uploadUrl('video', key, 'captions') }),
    },
  })
}

const FINALIZE: Shape = {
  record: {
    finalizeUploadRequest: {
      record: { video: 'String', uploadToken: 'String', uploadedPartIds: { list: 'String' } },
      required: ['video', 'uploadToken', 'uploadedPartIds'],
    },
  },
  required: ['finalizeUploadRequest'],
}

interface Finalize {
  finalizeUploadRequest: { video: string; uploadToken: string; uploadedPartIds: string[] }
}

/** Whether the ids are those of the parts as they stand now, in their order. */
function tellsParts(world: World, { plan }: Medium, ids: readonly string[]): boolean {
  const lenient = world.state.settings.quotedPartIds === 'accepted'
  const bare = (id: string) => (lenient ? id.replace(/^"(.*)"$/, '$1') : id)
  const etags = plan?.parts.map((part) => part.etag) ?? []
  return ids.length === etags.length && ids.every((id, i) => bare(id) === etags[i])
}

/** POST /rest/videos?action=finalizeUpload: the parts are joined, and what they make is processed. */
export const finalizeVideo: Resource = (world, caller, ask) => {
  const { state, clock } = world
  if (!caller.has('w_member_social', 'w_organization_social'))
    return accessDenied(resourceName('video', 'ACTION-finalizeUpload', caller))
  const read = readBody<Finalize>(ask, FINALIZE)
  if ('refused' in read) return read.refused
  const { video, uploadToken, uploadedPartIds } = read.body.finalizeUploadRequest
  const medium = state.media.get(video)
  if (medium?.kind !== 'video' || !medium.plan) return invalidMedium('video', 'finalizeUploadRequest/video')
  const theirs = medium.clientId === caller.app.clientId && medium.member === caller.member.key
  if (!theirs) return mediumForbidden('video')
  // Once joined it stays so: a second call, after an answer that was lost, changes nothing.
  if (medium.readyAt !== null) return empty(200)
  if (medium.plan.parts.every(({ etag }) => etag === null)) return waitingUpload()
  if (uploadToken !== medium.plan.token) return invalidValue('finalizeUploadRequest/uploadToken')
  if (!tellsParts(world, medium, uploadedPartIds)) return invalidValue('finalizeUploadRequest/uploadedPartIds')
  startProcessing(state, medium, joined(state, medium), clock.now())
  return empty(200)
}
