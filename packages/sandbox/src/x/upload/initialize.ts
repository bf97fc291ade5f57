import { z } from 'zod'
import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { snowflake } from '../api/create-body.ts'
import type { Gate, Resource } from '../api/gate.ts'
import { jsonBody } from '../api/json-body.ts'
import { largest } from '../media/limits.ts'
import { CATEGORIES, keyOf } from '../media/media.ts'
import { nextId } from '../posts/snowflake.ts'
import { type State, subscriptionOf } from '../state.ts'
import { Pieces } from './pieces.ts'
import { tooBig, unrecognized } from './refusals.ts'
import { TYPES, takes } from './types.ts'

/** Each of the three calls of an upload in pieces has as many (docs.x.com, "Rate limits"). */
export const PIECES: Omit<Gate, 'endpoint'> = { scopes: ['media.write'], limit: 1875, appDay: 180_000, price: 0 }

export const INITIALIZE: Gate = { endpoint: 'x.upload-initialize', ...PIECES }

const body = z.strictObject({
  media_type: z.enum(TYPES),
  total_bytes: z.int().min(1).max(17_179_869_184),
  media_category: z.enum(CATEGORIES),
  shared: z.boolean().optional(),
  additional_owners: z.array(snowflake).default([]),
})

function forgetOld(state: State, now: number): void {
  for (const [id, { declared }] of state.uploads) if (declared.expiresAt <= now) state.uploads.delete(id)
}

/** POST /2/media/upload/initialize. */
export const initialize: Resource = (world, { user }, ask): Answer => {
  const { state, clock } = world
  const { settings } = state
  const read = jsonBody(settings, ask, body)
  if ('refused' in read) return read.refused
  const { media_type: type, total_bytes: totalBytes, media_category: category, additional_owners } = read.body
  if (!takes(category, type)) return unrecognized(settings)
  const most = largest(category, subscriptionOf(state, user))
  if (totalBytes > most) return tooBig(settings, most)
  const now = clock.now()
  forgetOld(state, now)
  const id = nextId(state, now)
  const expiresAt = now + settings.mediaSeconds * 1000
  const declared = {
    ...{ id, category, type, totalBytes, expiresAt },
    owner: user.key,
    additionalOwners: additional_owners,
  }
  state.uploads.set(id, new Pieces(declared))
  return json(200, { data: { id, media_key: keyOf(category, id), expires_after_secs: settings.mediaSeconds } })
}
