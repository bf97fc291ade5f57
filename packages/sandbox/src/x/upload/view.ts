import { kindOf, type Media, processingState } from '../media/media.ts'

/** Of an upload that is whole: what it is, and how far its processing is. `now` in ms since 1970. */
export function uploadView(media: Media, now: number): Record<string, unknown> {
  const kind = kindOf(media.category)
  return {
    id: media.id,
    media_key: media.key,
    size: media.size,
    expires_after_secs: Math.max(0, Math.ceil((media.expiresAt - now) / 1000)),
    ...(kind === 'image' && { image: { image_type: media.type, w: media.width, h: media.height } }),
    ...(kind === 'video' && { video: { video_type: media.type } }),
    ...(media.processing && { processing_info: processingInfo(media, media.processing, now) }),
  }
}

/** `error` is in no specification, and in every answer that failed (node-twitter-api-v2 243, 483). */
function processingInfo(media: Media, { from, until }: NonNullable<Media['processing']>, now: number) {
  const state = processingState(media, now)
  if (state === 'succeeded') return { state, progress_percent: 100 }
  if (state === 'failed') return { state, progress_percent: 100, error: media.failure }
  const check_after_secs = Math.min(5, Math.max(1, Math.ceil((until - now) / 2000)))
  if (state === 'pending') return { state, check_after_secs }
  return { state, check_after_secs, progress_percent: Math.floor(((now - from) / (until - from)) * 100) }
}
