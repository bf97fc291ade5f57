/**
 * Files: an upload is asked for, the bytes are sent, and LinkedIn is asked until it is ready. Sources: Microsoft Learn,
 * "Images API", "Videos API", "Documents API" (2026).
 */
import { type ApiAnswer, list, need, number, text } from '../../../provider.ts'
import type { Outcome, Progress, PublishAs, PublishRequest, Step } from '../../../provider-publishing.ts'
import { codesOf, refusal } from './faults.ts'
import { forget, keep, type PostFile, type Upload, uploadAt } from './files.ts'
import { API, legacyHeaders, restHeaders } from './headers.ts'
import { registerBody, registered } from './legacy.ts'
import { isLegacy } from './settings.ts'

type Call = Extract<Step, { do: 'call' }>

export const UPLOAD = 'https://www.linkedin.com'
export const PLACES = { image: 'images', video: 'videos', document: 'documents' } as const
/** As LinkedIn cuts them; what it says counts. */
const PART = 4 * 1024 * 1024
/** So long before its end an address is not used any more. */
const MARGIN_MS = 60_000

/** The next step of this file's upload up to its last byte; undefined: it is there. */
export function sending(file: PostFile, as: PublishAs, progress: Progress, now: number): Call | undefined {
  const upload = uploadAt(progress, file.key)
  if (upload?.sent) return undefined
  if (!upload || (upload.until !== undefined && upload.until - MARGIN_MS < now)) return begin(file, as)
  const place = upload.etags?.length ?? 0
  return refusable(goOn(file, upload, place, as), file, progress, now)
}

function goOn(file: PostFile, upload: Upload, place: number, as: PublishAs): Call {
  if (!upload.parts) return sendWhole(file, upload)
  return place < upload.parts.length ? sendPart(file, upload, place) : finalize(file, upload, as)
}

function begin(file: PostFile, as: PublishAs): Call {
  const { sort, media, name, key } = file
  const { subject: owner } = as.account
  if (isLegacy(as))
    return {
      do: 'call',
      name: `Register ${name}`,
      endpoint: 'POST /v2/assets',
      request: {
        method: 'POST',
        url: `${API}/v2/assets?action=registerUpload`,
        headers: legacyHeaders,
        body: { json: registerBody(file, as) },
      },
      read: (answer) => ({ learnt: keep(key, registered(answer)) }),
      assume: keep(key, { urn: `<${name}>`, url: `${UPLOAD}/dms-uploads/${key}`, headers: {} }),
    }
  const wanted =
    sort === 'video' ? { owner, fileSizeBytes: media.bytes, uploadCaptions: false, uploadThumbnail: false } : { owner }
  return {
    do: 'call',
    name: `Ask to upload ${name}`,
    endpoint: `POST /rest/${PLACES[sort]}`,
    request: {
      method: 'POST',
      url: `${API}/rest/${PLACES[sort]}?action=initializeUpload`,
      headers: restHeaders(as),
      body: { json: { initializeUploadRequest: wanted } },
    },
    read: (answer) => ({ learnt: keep(key, sort === 'video' ? videoAsked(answer) : fileAsked(answer, sort)) }),
    assume: keep(key, {
      urn: `<${name}>`,
      ...(sort === 'video'
        ? { parts: assumedParts(media.bytes), token: '', etags: [] }
        : { url: `${UPLOAD}/dms-uploads/${key}` }),
    }),
  }
}

const untilOf = ({ body }: ApiAnswer): Pick<Upload, 'until'> => {
  const until = number(body, 'value', 'uploadUrlExpiresAt') ?? number(body, 'value', 'uploadUrlsExpireAt')
  return until === undefined ? {} : { until }
}

const fileAsked = (answer: ApiAnswer, sort: 'image' | 'document'): Upload => ({
  urn: need(text(answer.body, 'value', sort), 'LinkedIn', `value.${sort}`),
  url: need(text(answer.body, 'value', 'uploadUrl'), 'LinkedIn', 'value.uploadUrl'),
  ...untilOf(answer),
})

function videoAsked(answer: ApiAnswer): Upload {
  const { body } = answer
  const parts = list(body, 'value', 'uploadInstructions').map((one) => ({
    url: need(text(one, 'uploadUrl'), 'LinkedIn', 'uploadInstructions.uploadUrl'),
    from: Number(need(text(one, 'firstByte'), 'LinkedIn', 'uploadInstructions.firstByte')),
    to: Number(need(text(one, 'lastByte'), 'LinkedIn', 'uploadInstructions.lastByte')) + 1,
  }))
  need(parts.length > 0 ? 'some' : undefined, 'LinkedIn', 'value.uploadInstructions')
  const urn = need(text(body, 'value', 'video'), 'LinkedIn', 'value.video')
  // May be empty, and is sent back as it is.
  return { urn, parts, token: text(body, 'value', 'uploadToken') ?? '', etags: [], ...untilOf(answer) }
}

const assumedParts = (bytes: number) =>
  Array.from({ length: Math.max(1, Math.ceil(bytes / PART)) }, (_, place) => ({
    url: `${UPLOAD}/dms-uploads/part-${place + 1}`,
    from: place * PART,
    to: Math.min((place + 1) * PART, bytes),
  }))

/** In one piece: a second request to the same address replaces what the first sent. */
function sendWhole({ key, media, name, sort }: PostFile, upload: Upload): Call {
  const headers = upload.headers ?? {}
  return {
    do: 'call',
    name: `Upload ${name}`,
    endpoint: `PUT /dms-uploads ${sort}`,
    request: { method: 'PUT', url: upload.url ?? '', headers, body: { bytes: { media: media.id } } },
    read: () => ({ learnt: keep(key, { ...upload, sent: true }) }),
    assume: keep(key, { ...upload, sent: true }),
  }
}

/** By the byte ranges that LinkedIn named, and without the token: the video upload takes none. */
function sendPart({ key, media, name, sort }: PostFile, upload: Upload, place: number): Call {
  const { parts = [], etags = [] } = upload
  const { url, from, to } = parts[place] ?? { url: '', from: 0, to: 0 }
  const request: PublishRequest = {
    method: 'PUT',
    url,
    body: { bytes: { media: media.id, from, to } },
    authorization: 'none',
  }
  return {
    do: 'call',
    name: `Upload ${name}, part ${place + 1} of ${parts.length}`,
    endpoint: `PUT /dms-uploads ${sort}`,
    request,
    read: ({ headers }) => {
      const etag = need(headers.get('etag') ?? undefined, 'LinkedIn', 'ETag').replace(/^(W\/)?"(.*)"$/, '$2')
      return { learnt: keep(key, { ...upload, etags: [...etags, etag] }) }
    },
    assume: keep(key, { ...upload, etags: [...etags, `<part ${place + 1}>`] }),
  }
}

function finalize({ key, name }: PostFile, upload: Upload, as: PublishAs): Call {
  const { urn, token = '', etags = [], url: _url, parts: _parts, until: _until, ...rest } = upload
  // The addresses are of no more use: the row is kept small.
  const done = keep(key, { ...rest, urn, sent: true })
  return {
    do: 'call',
    name: `Put ${name} together`,
    endpoint: 'POST /rest/videos',
    request: {
      method: 'POST',
      url: `${API}/rest/videos?action=finalizeUpload`,
      headers: restHeaders(as),
      body: { json: { finalizeUploadRequest: { video: urn, uploadToken: token, uploadedPartIds: etags } } },
    },
    read: () => ({ learnt: done }),
    assume: done,
  }
}

/** What is refused is asked for anew when it is tried again: once by itself where the address ran out, else by a person. */
function refusable(step: Call, { key, name }: PostFile, progress: Progress, now: number): Call {
  const renewed = `${key}.renewed`
  return {
    ...step,
    reads: [400, 403, 404, 410],
    read: (answer): Outcome => {
      const fault = refusal(answer, step.endpoint, false, now)
      if (!fault) return step.read(answer)
      const once = codesOf(answer).includes('EXPIRED_UPLOAD_URL') && progress[renewed] !== true
      const message = `LinkedIn does not go on with the upload of the ${name}. Send it again, or use another file.`
      const own = fault.class === 'content' ? ({ class: 'media', message } as const) : {}
      return {
        fault: {
          ...fault,
          ...own,
          ...(once ? { againAfterMs: 1000 } : {}),
          learnt: { ...forget([key]), [renewed]: once },
        },
      }
    },
  }
}
