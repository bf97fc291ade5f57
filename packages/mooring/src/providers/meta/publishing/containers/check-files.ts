/** Files as Instagram takes them. What a probe could not tell is no error, and what is converted first is none. */
import type { Fit, PostContent, PostMedia, Publisher } from '../../../../provider-publishing.ts'
import { countIfAny, durationWithin, type Notes } from '../../../publishing-checks.ts'
import { LIMITS, MB } from './rules.ts'

/** The picture of a link's card goes nowhere. */
export const fit: NonNullable<Publisher['fit']> = (media, content): Fit | undefined => {
  if (!['image', 'gif'].includes(media.kind) || !content.media.some(({ id }) => id === media.id)) return undefined
  const isJpeg = media.mime === 'image/jpeg'
  const wide = (media.width ?? 0) > LIMITS.width[1]
  if (isJpeg && !wide && media.bytes <= LIMITS.imageBytes) return undefined
  return { mime: 'image/jpeg', maxWidth: LIMITS.width[1], maxBytes: LIMITS.imageBytes, why: whyFit(media, wide) }
}

function whyFit({ kind, mime }: PostMedia, wide: boolean): string {
  if (kind === 'gif') return 'Instagram takes JPEG alone: the first picture of the animation is used.'
  if (mime !== 'image/jpeg') return 'Instagram takes JPEG alone: the picture is converted.'
  return wide
    ? 'Instagram shows pictures 1440 pixels wide: this one is made smaller.'
    : 'Instagram takes pictures of up to 8 MB: this one is made smaller.'
}

export function checkFile(notes: Notes, at: string, media: PostMedia, { format, media: all }: PostContent): void {
  if (media.kind === 'video')
    checkVideo(notes, at, media, format === 'story' ? LIMITS.story : all.length > 1 ? LIMITS.item : LIMITS.reel)
  else if (media.kind !== 'document') {
    if (format !== 'story') countIfAny(notes, `${at}.alt`, 'The alternative text', media.alt, LIMITS.altText)
    else if (media.alt !== undefined)
      notes.warn(`${at}.alt`, 'alt_unsupported', 'Instagram takes no alternative text for stories. It is left out.')
    checkPicture(notes, at, media, format)
  }
}

function checkVideo(
  notes: Notes,
  at: string,
  media: PostMedia,
  limits: { ms: readonly [number, number]; bytes: number },
): void {
  const { mime, width, framesPerSecond: rate, videoCodec, audioCodec, audioHz, moovFirst } = media
  const { width: widest, rate: rates, mimes, codecs, audioHz: mostHz } = LIMITS.video
  if (media.alt !== undefined)
    notes.warn(`${at}.alt`, 'alt_unsupported', 'Instagram takes no alternative text for videos. It is left out.')
  if (!mimes.includes(mime)) notes.error(at, 'media_type', 'Instagram takes videos as MP4 or MOV. Convert it.')
  if (videoCodec !== undefined && !codecs.includes(videoCodec))
    notes.error(at, 'video_codec', `Instagram takes H.264 and HEVC video; this one is ${videoCodec}. Convert it.`)
  if (audioCodec !== undefined && audioCodec !== 'aac')
    notes.error(at, 'audio_codec', `Instagram takes AAC sound; this video has ${audioCodec}. Convert it.`)
  if (audioHz !== undefined && audioHz > mostHz)
    notes.error(
      at,
      'audio_sample_rate',
      `The sound of this video has ${audioHz / 1000} kHz; Instagram takes ${mostHz / 1000}. Convert it.`,
    )
  // Documented as asked for; whether it is refused in every case is told differently.
  if (moovFirst === false)
    notes.warn(
      at,
      'video_not_fast_start',
      'This video is not saved for the web ("fast start"), as Instagram asks for it, and may be refused. Export it again with that option.',
    )
  if (media.bytes > limits.bytes)
    notes.error(
      at,
      'media_too_large',
      `The video is larger than the ${limits.bytes / MB} MB that Instagram takes. Make it smaller.`,
    )
  durationWithin(notes, at, media, limits.ms)
  if (width !== undefined && width > widest)
    notes.error(
      at,
      'media_dimensions',
      `The video is ${width} pixels wide; Instagram takes ${widest}. Make it smaller.`,
    )
  if (rate !== undefined && (rate < rates[0] - 0.1 || rate > rates[1] + 0.1))
    notes.error(
      at,
      'video_frame_rate',
      `The video has ${Math.round(rate * 10) / 10} pictures a second; Instagram takes ${rates[0]} to ${rates[1]}. Convert it.`,
    )
}

function checkPicture(notes: Notes, at: string, { width, height }: PostMedia, format: PostContent['format']): void {
  if (!width || !height) return
  // "Scaled up to the minimum if necessary", others say refused.
  if (width < LIMITS.width[0])
    notes.warn(
      at,
      'media_too_small',
      `The picture is ${width} pixels wide: Instagram makes it ${LIMITS.width[0]} wide, or refuses it. Use a larger one.`,
    )
  if (format !== 'story' && !isShapeTaken(width / height))
    notes.error(at, 'media_aspect', 'Instagram takes pictures between 4:5 (upright) and 1.91:1 (wide). Crop it.')
}

/** A pixel of rounding is let pass. */
const isShapeTaken = (aspect: number): boolean =>
  aspect >= LIMITS.aspect[0] - 0.005 && aspect <= LIMITS.aspect[1] + 0.005
