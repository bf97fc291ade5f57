import { z } from 'zod'
import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { snowflake } from '../api/create-body.ts'
import type { Gate, Resource } from '../api/gate.ts'
import { jsonBody } from '../api/json-body.ts'
import { kindOf } from '../media/media.ts'
import { notThere } from './refusals.ts'

export const METADATA: Gate = { endpoint: 'x.metadata', scopes: ['media.write'], limit: 500, price: 0.005 }

/** Of all that a picture may be told, alt text is what is played. */
const body = z.strictObject({
  id: snowflake,
  metadata: z.strictObject({ alt_text: z.strictObject({ text: z.string().min(1).max(1000) }) }),
})

/** POST /2/media/metadata: the alt text of a picture or GIF, before it is posted. */
export const metadata: Resource = ({ state, clock }, { user }, ask): Answer => {
  const read = jsonBody(state.settings, ask, body)
  if ('refused' in read) return read.refused
  const { id, metadata: given } = read.body
  const media = state.media.get(id)
  const isPicture = media && ['image', 'gif'].includes(kindOf(media.category) ?? '')
  if (!isPicture || media.owner !== user.key || clock.now() >= media.expiresAt) return notThere(state.settings)
  media.alt = given.alt_text.text
  return json(200, { data: { id, associated_metadata: given } })
}
