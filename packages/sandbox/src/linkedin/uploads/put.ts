import { createHash } from 'node:crypto'
import { empty } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { pictureFacts } from '../../core/picture-facts.ts'
import { type ReadAt, videoFacts } from '../../core/video-facts.ts'
import { judgeToken } from '../api/gate.ts'
import type { World } from '../world.ts'
import { keepBytes } from './bytes.ts'
import { documentFacts } from './document-facts.ts'
import { expiredUploadUrl, mediumForbidden, unknownUploadUrl } from './errors.ts'
import { type Medium, type MediumKind, mediumByKey, process, uploadSignature } from './medium.ts'

/** Fewer pixels than this, and no more frames than this (Microsoft Learn: images-api). */
const PIXELS = 36_152_320
const FRAMES = 250
/** Microsoft Learn: documents-api. */
const PAGES = 300
/** In seconds (Microsoft Learn: videos-api). */
const SHORTEST = 3
const LONGEST = 30 * 60

/** The file that an upload address belongs to; else the refusal. */
export function mediumAt(world: World, ask: Ask, kind: MediumKind): Medium | Answer {
  const { key = '', part = '' } = ask.params
  const medium = mediumByKey(world.state, kind, key)
  if (medium?.kind !== kind || ask.query.get('ut') !== uploadSignature(key, part)) return unknownUploadUrl()
  return world.clock.now() > medium.urlsEndAt ? expiredUploadUrl() : medium
}

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

const JUDGES: Record<MediumKind, (bytes: Uint8Array, sha256: string) => Judged> = {
  image: judgeImage,
  document: judgeDocument,
  video(bytes, sha256) {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return judgeVideo((offset, length) => all.subarray(offset, offset + length), bytes.length, sha256)
  },
}

/** Whether the sender may upload it: by the token of who asked for the address. */
function judgeSender(world: World, ask: Ask, medium: Medium): Answer | undefined {
  const lenient = world.state.settings.uploadAuthorization === 'lenient'
  if (lenient && !ask.headers.has('authorization')) return undefined
  const token = judgeToken(world, ask, true)
  if ('body' in token) return token
  const theirs = token.clientId === medium.clientId && token.member === medium.member
  return theirs ? undefined : mediumForbidden(medium.kind)
}

/**
 * PUT of an image, a document, or a video of the old API, whole. Another PUT to the address takes the place of the first: who sends a file in pieces
 * is left with the last one (postiz pull request 1786).
 */
export function putWhole(world: World, ask: Ask, kind: MediumKind): Answer {
  const medium = mediumAt(world, ask, kind)
  if ('status' in medium) return medium
  const refused = judgeSender(world, ask, medium)
  if (refused) return refused
  const sha256 = createHash('sha256').update(ask.body).digest('hex')
  const judged = JUDGES[kind](ask.body, sha256)
  process(world.state, medium, judged, world.clock.now())
  if (judged.file) keepBytes(world.state.bytes, medium.urn, judged.file.type, ask.body)
  return empty(201)
}
