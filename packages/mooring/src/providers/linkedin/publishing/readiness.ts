/**
 * Whether LinkedIn is done with what was uploaded: asked where the token may ask, else given a moment, once. A post that comes
 * too early is refused for certain (MEDIA_ASSET_WAITING_UPLOAD) and is sent again shortly.
 */
import { type ApiAnswer, isOk, text } from '../../../provider.ts'
import type { Progress, PublishAs, PublishFault, Step } from '../../../provider-publishing.ts'
import { codesOf, UPLOAD_IS_VOID } from './faults.ts'
import { forget, keep, type PostFile, type Sort, type Upload } from './files.ts'
import { API, restHeaders } from './headers.ts'
import { isLegacy, mediaWaitMs } from './settings.ts'
import { mayRead } from './standing.ts'
import { PLACES } from './uploads.ts'
import { encoded } from './urns.ts'

const POLL_MS = { image: 3_000, document: 3_000, video: 5_000 } as const
const PATIENCE_MS = { image: 10 * 60_000, document: 20 * 60_000, video: 60 * 60_000 } as const
/** Rarer the longer it takes: every call counts in the member's day. */
const pauseAfter = (sort: Sort, ms: number): number => Math.min(120_000, Math.max(POLL_MS[sort], Math.round(ms / 3)))

const NO_DOCUMENT =
  'LinkedIn does not know the document of this post any more, or somebody whom it names. Send it again; if that does not help, take the mention out.'

const isReadable = (file: PostFile, upload: Upload, as: PublishAs): boolean =>
  // A video's state is told with w_member_social, too; pictures and documents of people are write-only.
  !upload.unreadable && !isLegacy(as) && (file.sort === 'video' || mayRead(as))

/** Asks whether LinkedIn is done with this file; undefined: it is, or nobody may ask. */
export function polling(file: PostFile, upload: Upload, as: PublishAs, now: number): Step | undefined {
  if (upload.ready || !isReadable(file, upload, as)) return undefined
  const { key, name, sort } = file
  const since = upload.since ?? now
  if (now - since > PATIENCE_MS[sort])
    return {
      do: 'fail',
      fault: {
        class: 'media',
        code: 'PROCESSING',
        message: `LinkedIn is not done with the ${name} after ${Math.round(PATIENCE_MS[sort] / 60_000)} minutes. Send it again, or use another file.`,
        learnt: forget([key]),
      },
    }
  const ready = keep(key, { ...upload, ready: true })
  return {
    do: 'call',
    name: `Is ${name} ready?`,
    endpoint: `GET /rest/${PLACES[sort]}`,
    request: { method: 'GET', url: `${API}/rest/${PLACES[sort]}/${encoded(upload.urn)}`, headers: restHeaders(as) },
    // A 404 can hide a missing permission, too.
    reads: [403, 404],
    read: (answer) => {
      if (!isOk(answer)) return { learnt: keep(key, { ...upload, unreadable: true }) }
      const status = text(answer.body, 'status')
      if (status === 'AVAILABLE') return { learnt: ready }
      if (status === 'PROCESSING_FAILED') {
        const code = text(answer.body, 'processingFailureReason') ?? status
        const message = `LinkedIn could not process the ${name}. Use another file, or send it again.`
        return { fault: { class: 'media', code, message, learnt: forget([key]) } }
      }
      return { wait: pauseAfter(sort, now - since), learnt: keep(key, { ...upload, since }) }
    },
    assume: ready,
  }
}

/** Once for all files whose state the token may not ask for. */
export function waiting(
  files: readonly (readonly [PostFile, Upload])[],
  as: PublishAs,
  progress: Progress,
): Step | undefined {
  const hidden = files.filter(([file, upload]) => !upload.ready && !isReadable(file, upload, as))
  const forMs = mediaWaitMs(as) * (hidden.some(([{ sort }]) => sort === 'video') ? 6 : 1)
  if (hidden.length === 0 || forMs === 0 || progress['files.waited'] === true) return undefined
  const learnt = { 'files.waited': true }
  return { do: 'wait', forMs, why: 'LinkedIn does not tell when files are ready', learnt, assume: learnt }
}

/** A refused create, with what is to be uploaded anew before it is tried again. */
export function voiding(fault: PublishFault, answer: ApiAnswer, files: readonly PostFile[]): PublishFault {
  const codes = codesOf(answer)
  // A document has no code of its own: its id is refused as those of mentions are.
  const isOfDocument = codes.includes('INVALID_URN_ID') && files.some(({ sort }) => sort === 'document')
  if (!isOfDocument && !codes.some((code) => UPLOAD_IS_VOID.includes(code))) return fault
  return {
    ...fault,
    ...(isOfDocument ? ({ class: 'media', message: NO_DOCUMENT } as const) : {}),
    learnt: { ...forget(files.map(({ key }) => key)), 'files.waited': null },
  }
}
