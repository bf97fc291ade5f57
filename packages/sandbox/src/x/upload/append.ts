import { z } from 'zod'
import { json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import type { Gate, Resource } from '../api/gate.ts'
import { isJson } from '../api/json-body.ts'
import type { User } from '../people/users.ts'
import type { World } from '../world.ts'
import { fileBody } from './file-body.ts'
import { PIECES } from './initialize.ts'
import type { Pieces } from './pieces.ts'
import { notThere, notWhole, otherPiece, pieceTooLarge } from './refusals.ts'

export const APPEND: Gate = { endpoint: 'x.upload-append', ...PIECES }

/** 8 MiB in base64, and what stands around it. */
export const APPEND_BODY = 12 * 1024 * 1024

const index = z.int().min(0).max(999)
const shape = (ask: Ask) => ({
  segment_index: isJson(ask)
    ? index
    : z
        .string()
        .regex(/^[0-9]{1,3}$/)
        .transform(Number),
})

/** An upload of this user that is not whole yet. */
export function underWay({ state, clock }: World, user: User, id: string | undefined): Pieces | undefined {
  const pieces = state.uploads.get(id ?? '')
  return pieces && pieces.declared.owner === user.key && clock.now() < pieces.declared.expiresAt ? pieces : undefined
}

/** POST /2/media/upload/{id}/append: pieces in any order, and again where the answer was lost. */
export const append: Resource = (world, { user }, ask): Answer => {
  const { settings } = world.state
  const pieces = underWay(world, user, ask.params.id)
  if (!pieces) return notThere(settings)
  const read = fileBody(settings, ask, shape(ask))
  if ('refused' in read) return read.refused
  const { media, fields } = read
  const place = Number(fields.segment_index)
  if (media.length > settings.largestPiece) return pieceTooLarge(settings)
  if (pieces.size + media.length > pieces.declared.totalBytes && !pieces.has(place)) return notWhole(settings)
  if (!pieces.add(place, media)) return otherPiece(settings, place)
  return json(200, { data: { expires_at: Math.floor(pieces.declared.expiresAt / 1000) } })
}
