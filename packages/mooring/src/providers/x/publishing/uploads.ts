/**
 * Files: small pictures in one request, everything else in pieces; asked about as often as X says until it is done; then
 * described for those who cannot see it. Source: docs.x.com, media upload v2 (OpenAPI 2.167) and its quickstart of 2026-09.
 */
import { type ApiAnswer, isOk, member, need, number, text } from '../../../provider.ts'
import type {
  Json,
  Outcome,
  PostMedia,
  Progress,
  PublishAs,
  PublishRequest,
  Step,
} from '../../../provider-publishing.ts'
import { judge } from './faults.ts'
import { API, LIMITS } from './limits.ts'
import { chunkBytes } from './settings.ts'

type Call = Extract<Step, { do: 'call' }>

/** What is kept of an upload. */
interface Upload {
  id: string
  /** How reads call it. */
  key?: string
  /** X forgets it then, in ms since 1970. */
  until?: number
  /** Bytes of a piece. */
  chunk?: number
  /** Pieces that are there. */
  sent?: number
  closed?: boolean
  /** When its state was first asked for. */
  since?: number
  ready?: boolean
  described?: boolean
}

export interface PartFile {
  key: string
  media: PostMedia
  /** "picture 2 of 3" */
  name: string
}

const CATEGORIES = { image: 'tweet_image', gif: 'tweet_gif', video: 'tweet_video', document: '' } as const
/** The documentation says 24 hours in one place and 15 days in another. */
const LIVES_SECONDS = 86_400
const MARGIN_MS = 10 * 60_000
const PATIENCE_MS = 2 * 3_600_000
const POLL_SECONDS = 5

export function uploadAt(progress: Progress, key: string, now: number): Upload | undefined {
  const held = progress[key]
  if (held === undefined || held === null) return undefined
  const upload = held as unknown as Upload
  return upload.until !== undefined && upload.until - MARGIN_MS < now ? undefined : upload
}

const keep = (key: string, upload: Upload): Progress => ({ [key]: { ...upload } as Json })
export const forget = (keys: readonly string[]): Progress => Object.fromEntries(keys.map((key) => [key, null]))

/** The next step of this file; undefined: it can be posted. */
export function uploading(file: PartFile, as: PublishAs, progress: Progress, now: number): Step | undefined {
  const upload = uploadAt(progress, file.key, now)
  if (!upload) return begin(file, as, now)
  if (!upload.ready) {
    if (upload.closed) return poll(file, upload, now)
    const { chunk = file.media.bytes, sent = 0 } = upload
    return sent * chunk < file.media.bytes ? append(file, upload, chunk, sent, now) : finalize(file, upload, now)
  }
  const { alt, kind } = file.media
  return alt === undefined || kind === 'video' || upload.described ? undefined : describe(file, alt, upload, now)
}

const begin = (file: PartFile, as: PublishAs, now: number): Call =>
  file.media.kind === 'image' && file.media.bytes <= chunkBytes(as) ? whole(file, now) : initialize(file, as, now)

function whole({ key, media, name }: PartFile, now: number): Call {
  const { id, fileName, mime } = media
  return {
    do: 'call',
    name: `Upload ${name}`,
    endpoint: 'POST /2/media/upload',
    request: {
      method: 'POST',
      url: `${API}/2/media/upload`,
      body: {
        multipart: [
          { name: 'media_category', value: CATEGORIES.image },
          { name: 'media', media: { id, fileName, mime } },
        ],
      },
    },
    read: (answer) => closed(key, name, begun(answer, now), answer, now),
    assume: keep(key, { id: `<${name}>`, ready: true }),
  }
}

function initialize({ key, media, name }: PartFile, as: PublishAs, now: number): Call {
  const chunk = Math.max(chunkBytes(as), Math.ceil(media.bytes / LIMITS.pieces.count))
  const json = { media_type: media.mime, total_bytes: media.bytes, media_category: CATEGORIES[media.kind] }
  return {
    do: 'call',
    name: `Ask to upload ${name}`,
    endpoint: 'POST /2/media/upload/initialize',
    request: { method: 'POST', url: `${API}/2/media/upload/initialize`, body: { json } },
    read: (answer) => ({ learnt: keep(key, { ...begun(answer, now), chunk, sent: 0 }) }),
    assume: keep(key, { id: `<${name}>`, chunk, sent: 0 }),
  }
}

function begun({ body }: ApiAnswer, now: number): Upload {
  const lives = number(body, 'data', 'expires_after_secs') ?? LIVES_SECONDS
  const key = text(body, 'data', 'media_key')
  return {
    id: need(text(body, 'data', 'id'), 'X', 'data.id'),
    until: now + lives * 1000,
    ...(key === undefined ? {} : { key }),
  }
}

function append(file: PartFile, upload: Upload, chunk: number, sent: number, now: number): Call {
  const { key, media, name } = file
  const { id, fileName, mime, bytes } = media
  const to = Math.min((sent + 1) * chunk, bytes)
  const learnt = keep(key, { ...upload, sent: sent + 1 })
  const request: PublishRequest = {
    method: 'POST',
    url: `${API}/2/media/upload/${upload.id}/append`,
    body: {
      multipart: [
        { name: 'segment_index', value: String(sent) },
        { name: 'media', media: { id, fileName, mime, from: sent * chunk, to } },
      ],
    },
  }
  return refusable(file, now, {
    do: 'call',
    name: `Upload ${name}, part ${sent + 1} of ${Math.ceil(bytes / chunk)}`,
    endpoint: 'POST /2/media/upload/append',
    request,
    read: () => ({ learnt }),
    assume: learnt,
  })
}

function finalize(file: PartFile, upload: Upload, now: number): Call {
  const { key, name } = file
  return refusable(file, now, {
    do: 'call',
    name: `Put ${name} together`,
    endpoint: 'POST /2/media/upload/finalize',
    request: { method: 'POST', url: `${API}/2/media/upload/${upload.id}/finalize` },
    read: (answer) => closed(key, name, upload, answer, now),
    assume: keep(key, { ...upload, closed: true, ready: true }),
  })
}

/** Without `processing_info` it is ready. */
function closed(key: string, name: string, upload: Upload, { body }: ApiAnswer, now: number): Outcome {
  const info = member(body, 'data', 'processing_info')
  const state = text(info, 'state') ?? 'succeeded'
  if (state === 'succeeded') return { learnt: keep(key, { ...upload, closed: true, ready: true }) }
  if (state === 'failed') {
    const code = text(info, 'error', 'name') ?? text(info, 'error', 'code')
    const message = `X could not process the ${name}. Use another file, or send it again.`
    return { fault: { class: 'media', code, message, learnt: forget([key]) } }
  }
  const seconds = Math.min(600, Math.max(1, number(info, 'check_after_secs') ?? POLL_SECONDS))
  return { wait: seconds * 1000, learnt: keep(key, { ...upload, closed: true, since: upload.since ?? now }) }
}

function poll(file: PartFile, upload: Upload, now: number): Step {
  const { key, name } = file
  if (now - (upload.since ?? now) > PATIENCE_MS) {
    const message = `X is not done with the ${name} after two hours. Send it again, or use another file.`
    return { do: 'fail', fault: { class: 'media', code: 'processing', message, learnt: forget([key]) } }
  }
  return refusable(file, now, {
    do: 'call',
    name: `Is ${name} ready?`,
    endpoint: 'GET /2/media/upload',
    request: { method: 'GET', url: `${API}/2/media/upload?command=STATUS&media_id=${encodeURIComponent(upload.id)}` },
    read: (answer) => closed(key, name, upload, answer, now),
    assume: keep(key, { ...upload, ready: true }),
  })
}

function describe(file: PartFile, alt: string, upload: Upload, now: number): Call {
  const { key, name } = file
  const learnt = keep(key, { ...upload, described: true })
  return refusable(file, now, {
    do: 'call',
    name: `Describe ${name}`,
    endpoint: 'POST /2/media/metadata',
    request: {
      method: 'POST',
      url: `${API}/2/media/metadata`,
      body: { json: { id: upload.id, metadata: { alt_text: { text: alt } } } },
    },
    read: () => ({ learnt }),
    assume: learnt,
  })
}

/** An upload that X refuses to go on with is begun anew when this is sent again. */
function refusable({ key }: PartFile, now: number, step: Call): Call {
  return {
    ...step,
    reads: [400, 404, 413, 431],
    read: (answer) => {
      if (isOk(answer)) return step.read(answer)
      const fault = judge(answer, { endpoint: step.endpoint, create: false }, now)
      return { fault: { ...fault, class: 'media', learnt: forget([key]) } }
    },
  }
}
