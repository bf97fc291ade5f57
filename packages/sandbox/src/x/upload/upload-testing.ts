import { samplePng } from '../../core/samples.ts'
import type { Reply } from '../../kit.ts'
import type { XKit } from '../testing.ts'

/** What the tests that upload something share. */
export function formOf(fields: Record<string, string>, media?: Uint8Array): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  if (media) form.append('media', new Blob([media as BlobPart]), 'file')
  return form
}

export const oneShot = (k: XKit, token: string, media: Uint8Array, fields: Record<string, string> = {}) =>
  k.send('POST', '/2/media/upload', token, formOf({ media_category: 'tweet_image', ...fields }, media))

/** The id of a picture that was uploaded. Pictures of other colours are other files. */
export async function picture(k: XKit, token: string, red = 0, fields: Record<string, string> = {}): Promise<string> {
  const made = await oneShot(k, token, samplePng(40, 30, red), fields)
  if (made.status !== 200) throw new Error(`not uploaded: ${made.text}`)
  return made.json.data.id
}

export interface InPieces {
  media_type: string
  media_category: string
  total_bytes?: number
  additional_owners?: string[]
}

export const initialize = (k: XKit, token: string, body: object): Promise<Reply> =>
  k.send('POST', '/2/media/upload/initialize', token, body)

export const append = (k: XKit, token: string, id: string, place: number, bytes: Uint8Array): Promise<Reply> =>
  k.send('POST', `/2/media/upload/${id}/append`, token, formOf({ segment_index: String(place) }, bytes))

export const finalize = (k: XKit, token: string, id: string): Promise<Reply> =>
  k.send('POST', `/2/media/upload/${id}/finalize`, token)

export const status = (k: XKit, token: string, id: string): Promise<Reply> =>
  k.get(`/2/media/upload?command=STATUS&media_id=${id}`, token)

/** A whole file in pieces of so many bytes; what `finalize` answers. */
export async function inPieces(
  k: XKit,
  token: string,
  bytes: Uint8Array,
  body: InPieces,
  size = 1024 * 1024,
): Promise<Reply> {
  const begun = await initialize(k, token, { total_bytes: bytes.length, ...body })
  if (begun.status !== 200) return begun
  const { id } = begun.json.data
  for (let at = 0, place = 0; at < bytes.length; at += size, place += 1) {
    const answer = await append(k, token, id, place, bytes.subarray(at, at + size))
    if (answer.status !== 200) return answer
  }
  return finalize(k, token, id)
}

export const VIDEO = { media_type: 'video/mp4', media_category: 'tweet_video' }
export const GIF = { media_type: 'image/gif', media_category: 'tweet_gif' }

/** The id of a video or GIF that is ready to be posted. */
export async function ready(k: XKit, token: string, bytes: Uint8Array, body: InPieces = VIDEO): Promise<string> {
  const made = await inPieces(k, token, bytes, body)
  if (made.status !== 200) throw new Error(`not uploaded: ${made.text}`)
  k.sandbox.control.advance(1)
  return made.json.data.id
}
