import { z } from 'zod'
import { derived, opaque } from '../../core/ids.ts'
import { authorSchema } from '../posts/post.ts'
import type { State } from '../state.ts'

const count = z.number().int().nonnegative()

export const mediumSchema = z.strictObject({
  /** `urn:li:image:…`, `urn:li:video:…`, `urn:li:document:…`, or a `urn:li:digitalmediaAsset:…` of the old API. */
  urn: z.string(),
  kind: z.enum(['image', 'video', 'document']),
  owner: authorSchema,
  clientId: z.string(),
  member: z.string(),
  /** Part of its upload addresses. */
  key: z.string(),
  urlsEndAt: z.number(),
  /** Of a video: what was announced, and what came for each part. */
  plan: z
    .strictObject({
      size: count,
      token: z.string(),
      parts: z.array(z.strictObject({ first: count, last: count, etag: z.string().nullable() })),
    })
    .nullable(),
  /** What was uploaded; null until it is there whole. */
  file: z.strictObject({ type: z.string(), bytes: count, sha256: z.string() }).nullable(),
  /** What was learnt of it. */
  facts: z.strictObject({ width: z.number(), height: z.number(), seconds: z.number(), pages: z.number() }).partial(),
  /** When processing ends, in ms since 1970, and why it failed. */
  readyAt: z.number().nullable(),
  failure: z.string().nullable(),
})

export type Medium = z.output<typeof mediumSchema>
export type MediumKind = Medium['kind']

export type MediumStatus = 'WAITING_UPLOAD' | 'PROCESSING' | 'PROCESSING_FAILED' | 'AVAILABLE'

export function statusOf({ readyAt, failure }: Medium, now: number): MediumStatus {
  if (readyAt === null) return 'WAITING_UPLOAD'
  if (now < readyAt) return 'PROCESSING'
  return failure === null ? 'AVAILABLE' : 'PROCESSING_FAILED'
}

const PREFIX = { image: 'C4E10AQ', video: 'C5F10AQ', document: 'D4E1FAQ' } as const

export function addMedium(
  state: State,
  fields: Pick<Medium, 'kind' | 'owner' | 'clientId' | 'member' | 'urlsEndAt' | 'plan'>,
  type: string = fields.kind,
): Medium {
  const key = opaque(18, PREFIX[fields.kind])
  const empty = { file: null, facts: {}, readyAt: null, failure: null }
  const medium: Medium = { ...fields, ...empty, key, urn: `urn:li:${type}:${key}` }
  state.media.set(medium.urn, medium)
  return medium
}

/** The file whose upload and download addresses hold the key. */
export const mediumByKey = (state: State, kind: MediumKind, key: string): Medium | undefined =>
  state.media.get(`urn:li:${kind}:${key}`) ?? state.media.get(`urn:li:digitalmediaAsset:${key}`)

/** Proves that an upload address was handed out by us. */
export const uploadSignature = (key: string, part: string): string => derived(12, 'upload', key, part)

/** A file came in whole: it is processed from now on. What was told to fail next, fails. */
export function startProcessing(
  state: State,
  medium: Medium,
  came: Pick<Medium, 'file' | 'facts' | 'failure'>,
  now: number,
): void {
  const seconds = state.settings[`${medium.kind}Seconds`]
  const told = state.failNext.find((one) => one.kind === medium.kind && one.times > 0)
  if (told) told.times -= 1
  Object.assign(medium, came, { readyAt: now + seconds * 1000, failure: told?.reason ?? came.failure })
}
