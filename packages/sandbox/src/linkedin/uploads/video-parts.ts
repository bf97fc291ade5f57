import { createHash } from 'node:crypto'
import { empty } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { opaque } from '../../core/ids.ts'
import type { ReadAt } from '../../core/video-facts.ts'
import { refusal } from '../api/errors.ts'
import type { State } from '../state.ts'
import type { World } from '../world.ts'
import { keepBytes } from './bytes.ts'
import { tokenNotTaken } from './errors.ts'
import { type Judged, judgeVideo } from './judge.ts'
import type { Medium } from './medium.ts'
import { mediumAt } from './put.ts'

/** Parts of videos that are not joined yet, by the URN and in the order of the parts; in memory only. */
export type WaitingParts = Map<string, Uint8Array[]>

/** Larger ones are not kept for the sandbox's pages. */
const SHOWN = 16 * 1024 * 1024

/** PUT of one part, without a token; what comes again takes the place of what came before. Ranges are looked at when the parts are joined. */
export function putPart(world: World, ask: Ask): Answer {
  const { state } = world
  const medium = mediumAt(world, ask, 'video')
  if ('status' in medium) return medium
  if (state.settings.uploadAuthorization === 'strict' && ask.headers.has('authorization')) return tokenNotTaken()
  // Documented as sent so (Microsoft Learn: videos-api); what another type meets, nobody says.
  if (ask.headers.get('content-type') !== 'application/octet-stream')
    return refusal(400, { message: 'A part is sent as application/octet-stream' })
  const index = Number(ask.params.part)
  const part = medium.plan?.parts[index]
  if (!part) return empty(404)
  // Joined already: the answer may have been lost, so that it is told again, and nothing is changed.
  if (medium.readyAt === null) {
    const waiting = state.parts.get(medium.urn) ?? []
    waiting[index] = ask.body
    state.parts.set(medium.urn, waiting)
    part.etag = state.settings.etag === 'opaque' ? `/ambry-video/signedId/${opaque(40)}` : opaque(32)
  }
  const etag = part.etag ?? ''
  return empty(200, { etag: state.settings.etag === 'opaque' ? etag : `"${etag}"` })
}

const reading =
  (parts: readonly Uint8Array[]): ReadAt =>
  (offset, length) => {
    const found: Uint8Array[] = []
    let at = 0
    for (const part of parts) {
      if (at < offset + length && at + part.length > offset)
        found.push(part.subarray(Math.max(0, offset - at), offset + length - at))
      at += part.length
    }
    return Buffer.concat(found)
  }

/** What the parts make. A part that is not its range makes a file that cannot be processed (MicrosoftDocs/feedback issue 3793). */
export function joined(state: State, { urn, plan }: Medium): Judged {
  const parts = state.parts.get(urn) ?? []
  state.parts.delete(urn)
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  const bytes = parts.reduce((sum, part) => sum + part.length, 0)
  const sha256 = hash.digest('hex')
  const inRange = plan?.parts.every(({ first, last }, i) => parts[i]?.length === last - first + 1)
  if (!inRange) return { file: { type: 'video/mp4', bytes, sha256 }, facts: {}, failure: 'CORRUPT_UPLOAD' }
  if (bytes <= SHOWN) keepBytes(state.bytes, urn, 'video/mp4', Buffer.concat(parts))
  return judgeVideo(reading(parts), bytes, sha256)
}
