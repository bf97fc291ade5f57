import { z } from 'zod'
import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import type { Gate, Resource } from '../api/gate.ts'
import { jsonBody } from '../api/json-body.ts'
import { underWay } from './append.ts'
import { judgePieces } from './finished.ts'
import { PIECES } from './initialize.ts'
import { notThere, notWhole, unrecognized } from './refusals.ts'
import { store } from './store.ts'
import { uploadView } from './view.ts'

export const FINALIZE: Gate = { endpoint: 'x.upload-finalize', ...PIECES }

/** POST /2/media/upload/{id}/finalize. Asked again it answers as it did: the upload is whole, and its answer may have been lost. */
export const finalize: Resource = (world, { user }, ask): Answer => {
  const { state, clock } = world
  const { settings } = state
  if (ask.body.length > 0 || settings.finalizeBody === 'required') {
    const read = jsonBody(settings, ask, z.strictObject({}))
    if ('refused' in read) return read.refused
  }
  const before = state.media.get(ask.params.id ?? '')
  if (before?.owner === user.key) return json(200, { data: uploadView(before, clock.now()) })
  const pieces = underWay(world, user, ask.params.id)
  if (!pieces) return notThere(settings)
  if (!pieces.isWhole) return notWhole(settings)
  state.uploads.delete(pieces.declared.id)
  const finding = judgePieces(pieces)
  if (!finding) return unrecognized(settings)
  const { declared, size, sha256, bytes } = pieces
  const media = store(world, { declared, finding, size, sha256, bytes })
  return json(200, { data: uploadView(media, clock.now()) })
}
