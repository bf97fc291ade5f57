import { createHash } from 'node:crypto'
import { empty } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { judgeToken } from '../api/gate.ts'
import type { World } from '../world.ts'
import { keepBytes } from './bytes.ts'
import { expiredUploadUrl, mediumForbidden, unknownUploadUrl } from './errors.ts'
import { judgeFile } from './judge.ts'
import { type Medium, type MediumKind, mediumByKey, startProcessing, uploadSignature } from './medium.ts'

/** The file that an upload address belongs to; else the refusal. */
export function mediumAt(world: World, ask: Ask, kind: MediumKind): Medium | Answer {
  const { key = '', part = '' } = ask.params
  const medium = mediumByKey(world.state, kind, key)
  if (medium?.kind !== kind || ask.query.get('ut') !== uploadSignature(key, part)) return unknownUploadUrl()
  return world.clock.now() > medium.urlsEndAt ? expiredUploadUrl() : medium
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
 * PUT of an image, a document, or a video of the old API, whole. Another PUT to the address takes the place of the first:
 * who sends a file in pieces is left with the last one (postiz pull request 1786).
 */
export function putWhole(world: World, ask: Ask, kind: MediumKind): Answer {
  const medium = mediumAt(world, ask, kind)
  if ('status' in medium) return medium
  const refused = judgeSender(world, ask, medium)
  if (refused) return refused
  const sha256 = createHash('sha256').update(ask.body).digest('hex')
  const judged = judgeFile(kind, ask.body, sha256)
  startProcessing(world.state, medium, judged, world.clock.now())
  if (judged.file) keepBytes(world.state.bytes, medium.urn, judged.file.type, ask.body)
  return empty(201)
}
