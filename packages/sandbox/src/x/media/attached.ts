import { empty } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { drawn } from '../../core/raster.ts'
import { MEDIA } from '../origins.ts'
import type { World } from '../world.ts'
import type { Media } from './media.ts'

export const ATTACHED_PATH = '/media/:key'

export const attachedUrl = (media: Media): string => `${MEDIA}/media/${media.key}`

/** What was uploaded; a drawing in its place for a video, and for a picture whose bytes a restart took. */
export function attached(world: World, ask: Ask): Answer {
  const [, id = ''] = (ask.params.key ?? '').split('_')
  const media = world.state.media.get(id)
  if (!media || media.key !== ask.params.key) return empty(404)
  const bytes = world.state.pictures.get(id)
  return {
    status: 200,
    headers: {
      'content-type': bytes ? media.type : 'image/png',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    body: bytes ?? drawn(media.sha256),
  }
}
