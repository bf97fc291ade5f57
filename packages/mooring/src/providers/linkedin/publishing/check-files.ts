/** Files as LinkedIn takes them. What a probe could not tell is no error, and what is converted first is none. */
import type { Fit, PostMedia, PublishAs, Publisher } from '../../../provider-publishing.ts'
import { bytesSaid, countIfAny, durationWithin, type Notes, sizeAtMost } from '../../publishing-checks.ts'
import { LIMITS } from './features.ts'
import { isLegacy } from './settings.ts'

const IMAGES = ['image/jpeg', 'image/png', 'image/gif']
const DOCUMENTS = [
  'application/pdf',
  'application/msword',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
]

/** `fewer than 36,152,320 pixels` */
const isLarge = ({ width = 0, height = 0 }: PostMedia): boolean => width * height >= LIMITS.pixels

/** Still pictures alone: an animation would stand still afterwards. */
export const fit: NonNullable<Publisher['fit']> = (media): Fit | undefined => {
  if (media.kind !== 'image') return undefined
  const taken = IMAGES.includes(media.mime)
  if (taken && !isLarge(media)) return undefined
  const why = taken
    ? 'LinkedIn takes pictures of up to 36 megapixels: this one is made smaller.'
    : 'LinkedIn takes JPEG, PNG and GIF: the picture is converted to JPEG.'
  return { mime: media.mime === 'image/png' ? 'image/png' : 'image/jpeg', ...boxOf(media), why }
}

function boxOf(media: PostMedia): { maxWidth?: number; maxHeight?: number } {
  const { width, height } = media
  if (width === undefined || height === undefined || !isLarge(media)) return {}
  const scale = Math.sqrt((LIMITS.pixels - 1) / (width * height))
  return { maxWidth: Math.floor(width * scale), maxHeight: Math.floor(height * scale) }
}

export function checkFile(notes: Notes, at: string, media: PostMedia, as: PublishAs): void {
  if (isLegacy(as)) {
    if (media.alt !== undefined)
      notes.warn(`${at}.alt`, 'alt_unsupported', 'The older API of LinkedIn takes no alternative text. It is left out.')
  } else if (media.kind !== 'document')
    countIfAny(notes, `${at}.alt`, 'The alternative text', media.alt, LIMITS.altText)
  if (media.kind === 'video') checkVideo(notes, at, media)
  else if (media.kind === 'document') checkDocument(notes, at, media, as)
  else if (media.kind === 'gif') checkAnimation(notes, at, media)
}

function checkAnimation(notes: Notes, at: string, media: PostMedia): void {
  if (!IMAGES.includes(media.mime))
    notes.error(at, 'media_type', 'LinkedIn takes moving pictures as GIF alone. Use a GIF, or a still picture.')
  if ((media.frames ?? 0) > LIMITS.frames)
    notes.error(
      at,
      'media_frames',
      `This GIF has ${media.frames} pictures; LinkedIn takes ${LIMITS.frames}. Shorten it.`,
    )
  if (isLarge(media)) notes.error(at, 'media_pixels', 'This GIF has more pixels than LinkedIn takes. Make it smaller.')
}

function checkVideo(notes: Notes, at: string, media: PostMedia): void {
  const { bytes, ms } = LIMITS.video
  if (media.mime !== 'video/mp4') notes.error(at, 'media_type', 'LinkedIn takes videos as MP4 alone. Convert it.')
  sizeAtMost(notes, at, 'The video', media, bytes[1])
  if (media.bytes < bytes[0])
    notes.error(
      at,
      'media_too_small',
      `The video has ${bytesSaid(media.bytes)}; LinkedIn takes none below ${bytesSaid(bytes[0])}. Use a longer one.`,
    )
  durationWithin(notes, at, media, ms)
}

function checkDocument(notes: Notes, at: string, media: PostMedia, as: PublishAs): void {
  if (isLegacy(as))
    notes.error(at, 'document_unsupported', 'The older API of LinkedIn takes no documents. Take it out.')
  if (!DOCUMENTS.includes(media.mime))
    notes.error(at, 'media_type', 'LinkedIn takes PDF, Word and PowerPoint. Save the document as PDF.')
  sizeAtMost(notes, at, 'The document', media, LIMITS.document.bytes)
  if ((media.pages ?? 0) > LIMITS.document.pages)
    notes.error(
      at,
      'document_pages',
      `The document has ${media.pages} pages; LinkedIn takes ${LIMITS.document.pages}. Shorten it.`,
    )
}
