/** `rupload.facebook.com`: bytes of a file, from where the last ones ended (developers.facebook.com, "Reels Publishing API"). */
import { json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { MediaReader } from './reader.ts'

/** A file that is on its way. Its bytes do not outlive a restart: it begins anew then. */
export interface Upload {
  reader: MediaReader
  /** Told by the first request. */
  size: number | undefined
  /** Somebody is sending. */
  busy: boolean
}

export const newUpload = (): Upload => ({ reader: new MediaReader(), size: undefined, busy: false })

/** This host's own shape of errors. */
export const uploadFault = (type: string, message: string, retriable = false): Answer =>
  json(400, { debug_info: { retriable, type, message } })

export const notAuthorized = (): Answer =>
  uploadFault('NotAuthorizedError', 'User not authorized to perform this request')

export const processingFailed = (): Answer => uploadFault('ProcessingFailedError', 'Request processing failed')

const partial = (): Answer => uploadFault('PartialRequestError', 'Partial request (did not match length of file)', true)

/** A header that is a number without a sign, or the refusal that names it (trypostit/trypost 32). */
export function numberIn(ask: Ask, name: 'offset' | 'file_size'): number | Answer {
  const value = ask.headers.get(name) ?? ''
  if (/^\d{1,15}$/.test(value)) return Number(value)
  const shown = `${name[0]?.toUpperCase()}${name.slice(1)}`
  return uploadFault(
    'ParameterValidationError',
    `HeaderValuePredicate: Header ${shown} not convertable to unsigned long`,
  )
}

/** The token of the header, which says `OAuth` here and nothing else. */
export const oauthToken = (ask: Ask): string | undefined =>
  /^OAuth +(\S+)$/i.exec(ask.headers.get('authorization') ?? '')?.[1]

/** Takes what the request brings. Undefined once the file is whole; a refusal where it is not yet, or is none of it. */
export async function receive(upload: Upload, ask: Ask, most: number): Promise<Answer | undefined> {
  const offset = numberIn(ask, 'offset')
  if (typeof offset !== 'number') return offset
  const size = numberIn(ask, 'file_size')
  if (typeof size !== 'number') return size
  if (upload.size === undefined) upload.size = size
  if (offset !== upload.reader.size || upload.busy)
    return uploadFault('OffsetInvalidError', 'Request starting offset is invalid')
  if (size !== upload.size || size > most) return partial()
  upload.busy = true
  try {
    for await (const piece of ask.stream ?? []) {
      if (upload.reader.size + piece.byteLength > size) return partial()
      upload.reader.push(piece)
    }
  } catch {
    return partial()
  } finally {
    upload.busy = false
  }
  return upload.reader.size === size ? undefined : partial()
}
