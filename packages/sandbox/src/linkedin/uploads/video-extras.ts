import { empty } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { pictureFacts } from '../../core/picture-facts.ts'
import { refusal } from '../api/errors.ts'
import type { World } from '../world.ts'
import { keepBytes } from './bytes.ts'
import { mediumAt } from './put.ts'

export const thumbnailName = (urn: string): string => `${urn} thumbnail`

/** The address of a thumbnail or of captions has that word in the place of a part's number. */
const at = (world: World, ask: Ask, part: string) =>
  mediumAt(world, { ...ask, params: { ...ask.params, part } }, 'video')

/** PUT of a video's thumbnail: a picture, with a header that says so (Microsoft Learn: videos-api). */
export function putThumbnail(world: World, ask: Ask): Answer {
  const medium = at(world, ask, 'thumbnail')
  if ('status' in medium) return medium
  if (ask.headers.get('media-type-family') !== 'STILLIMAGE')
    return refusal(400, { message: 'The header media-type-family must be STILLIMAGE' })
  const facts = pictureFacts(ask.body)
  if (!facts) return refusal(400, { message: 'The thumbnail is no picture' })
  keepBytes(world.state.bytes, thumbnailName(medium.urn), facts.type, ask.body)
  return empty(201)
}

/** POST of captions, as a form of several parts (Microsoft Learn: videos-api). They are looked at no further. */
export function postCaptions(world: World, ask: Ask): Answer {
  const medium = at(world, ask, 'captions')
  if ('status' in medium) return medium
  const isForm = /^multipart\/form-data\s*;/i.test(ask.headers.get('content-type') ?? '')
  return isForm && ask.body.length > 0
    ? empty(201)
    : refusal(400, { message: 'Captions are sent as multipart/form-data' })
}
