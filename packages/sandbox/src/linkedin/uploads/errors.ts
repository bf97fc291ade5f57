import type { Answer } from '../../core/ask.ts'
import { badRequest, refusal } from '../api/errors.ts'
import type { MediumKind } from './medium.ts'

/** A file of somebody else, or one to be uploaded for somebody else (Microsoft Learn: images-api). */
export const mediumForbidden = (kind: MediumKind): Answer =>
  refusal(403, {
    serviceErrorCode: 100,
    code: 'ACCESS_DENIED',
    message: `Accessing this ${kind} resource is forbidden`,
  })

const INVALID = { image: 'INVALID_IMAGE_ID', video: 'INVALID_VIDEO_ID', document: 'INVALID_URN_ID' } as const

export const invalidMedium = (kind: MediumKind, path: string): Answer =>
  badRequest(
    INVALID[kind],
    `This ${kind === 'document' ? 'Document' : kind === 'image' ? 'Image' : 'Video'} ID is invalid`,
    path,
  )

export const waitingUpload = (): Answer =>
  refusal(400, { code: 'MEDIA_ASSET_WAITING_UPLOAD', message: 'Media asset is waiting upload' })

export const processingFailed = (): Answer =>
  refusal(400, { code: 'MEDIA_ASSET_PROCESSING_FAILED', message: 'Media asset failed processing' })

export const expiredUploadUrl = (): Answer =>
  refusal(400, { code: 'EXPIRED_UPLOAD_URL', message: 'The upload URL is expired' })

/** An upload address that was never handed out. */
export const unknownUploadUrl = (): Answer => refusal(403, { message: 'Forbidden' })

export const tokenNotTaken = (): Answer => refusal(401, { message: 'An access token is not accepted here' })
