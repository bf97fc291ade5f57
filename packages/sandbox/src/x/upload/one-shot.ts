import { createHash } from 'node:crypto'
import { z } from 'zod'
import { json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { snowflake } from '../api/create-body.ts'
import type { Gate, Resource } from '../api/gate.ts'
import { isJson } from '../api/json-body.ts'
import { largest } from '../media/limits.ts'
import { nextId } from '../posts/snowflake.ts'
import { subscriptionOf } from '../state.ts'
import { fileBody } from './file-body.ts'
import { judgePicture, NOTHING } from './finished.ts'
import { tooBig, unrecognized } from './refusals.ts'
import { store } from './store.ts'
import { uploadView } from './view.ts'

/** The price of an upload is in no document that was read. */
export const UPLOAD: Gate = {
  endpoint: 'x.upload',
  scopes: ['media.write'],
  limit: 500,
  appDay: 50_000,
  price: 0,
}

const owners = (ask: Ask) =>
  isJson(ask)
    ? z.array(snowflake).default([])
    : z
        .string()
        .regex(/^[0-9]{1,19}(,[0-9]{1,19})*$/)
        .transform((list) => list.split(','))
        .default([])

const shape = (ask: Ask) => ({
  media_category: z.enum(['tweet_image', 'dm_image', 'subtitles']),
  media_type: z
    .enum(['text/srt', 'text/vtt', 'image/jpeg', 'image/bmp', 'image/png', 'image/webp', 'image/pjpeg', 'image/tiff'])
    .optional(),
  additional_owners: owners(ask),
  shared: isJson(ask) ? z.boolean().optional() : z.enum(['true', 'false']).optional(),
})

/** POST /2/media/upload: a picture in one call. Videos and GIFs come in pieces (OpenAPI 2.167, MediaCategoryOneShot). */
export const upload: Resource = (world, { user }, ask): Answer => {
  const { state, clock } = world
  const read = fileBody(state.settings, ask, shape(ask))
  if ('refused' in read) return read.refused
  const { media: bytes, fields } = read
  const category = fields.media_category
  const most = largest(category, subscriptionOf(state, user))
  if (bytes.length > most) return tooBig(state.settings, most)
  const finding =
    category === 'subtitles'
      ? { type: fields.media_type ?? 'text/srt', facts: NOTHING, failure: null }
      : judgePicture(bytes, fields.media_type)
  if (!finding) return unrecognized(state.settings)
  const now = clock.now()
  const media = store(world, {
    declared: {
      ...{ id: nextId(state, now), owner: user.key, category },
      additionalOwners: fields.additional_owners,
      expiresAt: now + state.settings.mediaSeconds * 1000,
    },
    finding,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes,
  })
  return json(200, { data: uploadView(media, now) })
}
