import { attachedUrl } from '../media/attached.ts'
import { kindOf, type Media } from '../media/media.ts'

/** OpenAPI 2.167, `media.fields`. */
export const MEDIA_FIELDS = [
  'alt_text',
  'duration_ms',
  'height',
  'media_key',
  'non_public_metrics',
  'organic_metrics',
  'preview_image_url',
  'promoted_metrics',
  'public_metrics',
  'type',
  'url',
  'variants',
  'width',
]

const TYPES = { image: 'photo', gif: 'animated_gif', video: 'video' } as const

/** Key and type, and what was asked for and is there. A picture has an address; a video has one of its first frame. */
export function mediaView(media: Media, fields: readonly string[]): Record<string, unknown> {
  const kind = kindOf(media.category)
  const url = attachedUrl(media)
  const all: Record<string, unknown> = {
    media_key: media.key,
    type: kind && TYPES[kind],
    alt_text: media.alt,
    duration_ms: media.durationMs,
    height: media.height,
    width: media.width,
    ...(kind === 'image' ? { url } : { preview_image_url: url }),
  }
  const shown = new Set(['media_key', 'type', ...fields])
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => shown.has(name) && value != null))
}
