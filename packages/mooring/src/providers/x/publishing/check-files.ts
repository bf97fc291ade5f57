/** Files as X takes them from this person. What a probe could not tell is no error, and what is converted first is none. */
import type { Fit, PostMedia, PublishAs, Publisher } from '../../../provider-publishing.ts'
import { bytesSaid, countIfAny, durationWithin, type Notes, sizeAtMost } from '../../publishing-checks.ts'
import { LIMITS, planOf, SUBSCRIBERS } from './limits.ts'

const IMAGES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']
const VIDEOS = ['video/mp4', 'video/quicktime', 'video/mp2t', 'video/webm']

/** Still pictures alone; the picture of a link card goes nowhere. */
export const fit: NonNullable<Publisher['fit']> = (media, { link, media: first, thread }): Fit | undefined => {
  const posted = [...first, ...thread.flatMap((part) => part.media)]
  if (media.kind !== 'image' || (link?.image?.id === media.id && !posted.some(({ id }) => id === media.id)))
    return undefined
  const taken = IMAGES.includes(media.mime)
  if (taken && media.bytes <= LIMITS.imageBytes) return undefined
  const why = taken
    ? `X takes pictures of up to ${bytesSaid(LIMITS.imageBytes)}: this one is made smaller, as JPEG.`
    : 'X takes JPEG, PNG, GIF and WebP: the picture is converted to JPEG.'
  return { mime: 'image/jpeg', maxBytes: LIMITS.imageBytes, why }
}

export function checkFile(notes: Notes, at: string, media: PostMedia, as: PublishAs): void {
  if (media.kind === 'document')
    notes.error(at, 'document_unsupported', 'X takes no documents. Take it out, or post its pages as pictures.')
  else if (media.kind === 'video') {
    if (media.alt !== undefined)
      notes.warn(`${at}.alt`, 'alt_unsupported', 'X takes no alternative text for videos. It is left out.')
    checkVideo(notes, at, media, as)
  } else {
    countIfAny(notes, `${at}.alt`, 'The alternative text', media.alt, LIMITS.altText)
    if (media.kind === 'gif') checkAnimation(notes, at, media)
  }
}

function checkAnimation(notes: Notes, at: string, media: PostMedia): void {
  const { bytes, width, height, frames, pixels } = LIMITS.gif
  const { width: wide = 0, height: high = 0, frames: many = 0 } = media
  if (media.mime !== 'image/gif')
    notes.error(at, 'media_type', 'X takes moving pictures as GIF alone. Use a GIF, a video or a still picture.')
  sizeAtMost(notes, at, 'The GIF', media, bytes)
  if (wide > width || high > height)
    notes.error(
      at,
      'media_dimensions',
      `The GIF has ${wide} by ${high} pixels; X takes ${width} by ${height}. Make it smaller.`,
    )
  if (many > frames) notes.error(at, 'media_frames', `This GIF has ${many} pictures; X takes ${frames}. Shorten it.`)
  if (wide * high * many > pixels)
    notes.error(
      at,
      'media_pixels',
      'The pictures of this GIF have more pixels in all than X takes. Shorten it or make it smaller.',
    )
}

function checkVideo(notes: Notes, at: string, media: PostMedia, as: PublishAs): void {
  const { video } = planOf(as)
  if (!VIDEOS.includes(media.mime))
    notes.error(at, 'media_type', 'X does not take videos of this kind. Convert it to MP4.')
  if (media.videoCodec !== undefined && media.videoCodec !== 'avc')
    notes.error(at, 'video_codec', `X takes H.264 video; this one is ${media.videoCodec}. Convert it.`)
  if (media.audioCodec !== undefined && media.audioCodec !== 'aac')
    notes.error(at, 'audio_codec', `X takes AAC sound; this video has ${media.audioCodec}. Convert it.`)
  checkPieces(notes, at, media)
  durationWithin(notes, at, media, video.ms)
  if ((media.framesPerSecond ?? 0) > LIMITS.video.framesPerSecond)
    notes.error(
      at,
      'video_frame_rate',
      `The video has ${media.framesPerSecond} pictures a second; X takes ${LIMITS.video.framesPerSecond}. Convert it.`,
    )
  if (media.width !== undefined && media.height !== undefined) checkShape(notes, at, media.width, media.height, as)
}

/** A larger file has larger pieces, and no more of them. */
function checkPieces(notes: Notes, at: string, media: PostMedia): void {
  const { count, bytes, advised } = LIMITS.pieces
  sizeAtMost(notes, at, 'The video', media, count * bytes)
  if (media.bytes > count * advised && media.bytes <= count * bytes)
    notes.warn(
      at,
      'media_large',
      `The video has ${bytesSaid(media.bytes)}: above ${bytesSaid(count * advised)} it goes to X in larger pieces than X advises, and may be refused. Make it smaller.`,
    )
}

/** Documented for lying videos; standing ones are measured by the same sides. */
function checkShape(notes: Notes, at: string, width: number, height: number, as: PublishAs): void {
  const { longSide, shortSide } = planOf(as).video
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  if (short < LIMITS.video.leastSide)
    notes.error(
      at,
      'media_dimensions',
      `The video has ${width} by ${height} pixels; X takes at least ${LIMITS.video.leastSide} on each side. Use a larger one.`,
    )
  if (long > short * LIMITS.video.aspect)
    notes.error(at, 'media_aspect', 'The video is narrower than one to three. Cut it.')
  if (long <= longSide && short <= shortSide) return
  const said = `The video has ${width} by ${height} pixels; X takes ${longSide} by ${shortSide}`
  const most = SUBSCRIBERS.video
  // Somebody whose plan X did not tell may well have one.
  if (as.traits.plan === undefined && long <= most.longSide && short <= most.shortSide)
    notes.warn(at, 'media_dimensions', `${said} from accounts without Premium, and may refuse it. Make it smaller.`)
  else notes.error(at, 'media_dimensions', `${said} from this account. Make it smaller.`)
}
