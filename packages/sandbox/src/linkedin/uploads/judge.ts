import { pictureFacts } from '../../core/picture-facts.ts'
import { type ReadAt, videoFacts } from '../../core/video-facts.ts'
import { documentFacts } from './document-facts.ts'
import type { Medium, MediumKind } from './medium.ts'

/** Fewer pixels than this, and no more frames than this (Microsoft Learn: images-api). */
const PIXELS = 36_152_320
const FRAMES = 250
/** Microsoft Learn: documents-api. */
const PAGES = 300
/** In seconds (Microsoft Learn: videos-api). */
const SHORTEST = 3
const LONGEST = 30 * 60

/** What came, and why it cannot be processed where that is so. */
export type Judged = Pick<Medium, 'file' | 'facts' | 'failure'>

function judgeImage(bytes: Uint8Array, sha256: string): Judged {
  const facts = pictureFacts(bytes)
  const file = { type: facts?.type ?? 'application/octet-stream', bytes: bytes.length, sha256 }
  if (!facts) return { file, facts: {}, failure: 'UNSUPPORTED_FORMAT' }
  const { width, height, frames } = facts
  const failure = width * height >= PIXELS ? 'TOO_MANY_PIXELS' : frames > FRAMES ? 'TOO_MANY_FRAMES' : null
  return { file, facts: { width, height }, failure }
}

function judgeDocument(bytes: Uint8Array, sha256: string): Judged {
  const facts = documentFacts(bytes)
  const file = { type: facts?.type ?? 'application/octet-stream', bytes: bytes.length, sha256 }
  if (!facts) return { file, facts: {}, failure: 'UNSUPPORTED_FORMAT' }
  return { file, facts: { pages: facts.pages }, failure: facts.pages > PAGES ? 'TOO_MANY_PAGES' : null }
}

export function judgeVideo(readAt: ReadAt, bytes: number, sha256: string): Judged {
  const file = { type: 'video/mp4', bytes, sha256 }
  const facts = videoFacts(readAt, bytes)
  if (!facts) return { file, facts: {}, failure: 'UNSUPPORTED_FORMAT' }
  const fits = facts.seconds >= SHORTEST && facts.seconds <= LONGEST
  return { file, facts, failure: fits ? null : 'INVALID_DURATION' }
}

const judges: Record<MediumKind, (bytes: Uint8Array, sha256: string) => Judged> = {
  image: judgeImage,
  document: judgeDocument,
  video(bytes, sha256) {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return judgeVideo((offset, length) => all.subarray(offset, offset + length), bytes.length, sha256)
  },
}

export const judgeFile = (kind: MediumKind, bytes: Uint8Array, sha256: string): Judged => judges[kind](bytes, sha256)
