/** What Instagram would refuse. What a probe could not tell is no error. */
import type { Fit, PostContent, PostMedia, Publisher } from '../../../../provider-publishing.ts'
import {
  count,
  countIfAny,
  durationWithin,
  lengthOf,
  type Notes,
  sizeAtMost,
  takeNotes,
} from '../../../publishing-checks.ts'
import { unsupported } from '../unsupported.ts'
import { LIMITS } from './rules.ts'
import type { Stack } from './stack.ts'

export const fit: NonNullable<Publisher['fit']> = (media): Fit | undefined => {
  if (media.kind !== 'image' && media.kind !== 'gif') return undefined
  const wide = (media.width ?? 0) > LIMITS.width[1]
  const large = media.bytes > LIMITS.imageBytes
  if (media.mime === 'image/jpeg' && !wide && !large) return undefined
  const why =
    media.kind === 'gif'
      ? 'Instagram takes JPEG alone: the first picture of the animation is used.'
      : media.mime === 'image/jpeg'
        ? 'Instagram shows pictures 1440 pixels wide: this one is made smaller.'
        : 'Instagram takes JPEG alone: the picture is converted.'
  return { mime: 'image/jpeg', maxWidth: LIMITS.width[1], maxBytes: LIMITS.imageBytes, why }
}

export const checkFor =
  (stack: Stack): Publisher['check'] =>
  (content, { scopes, fetchable }) => {
    const notes = takeNotes()
    const { text, media, format, firstComment, link } = content
    if (!scopes.includes(stack.scopes.publish))
      notes.error('account', 'scope_missing', 'The permission to post on Instagram is missing. Reconnect and allow it.')
    if (!fetchable && media.some((one) => one.kind !== 'video' || !stack.resumable))
      notes.error(
        'account',
        'not_fetchable',
        'Instagram fetches files from this server, and cannot reach it. Give it an https address that others reach (MOORING_BASE_URL or MOORING_MEDIA_URL).',
      )
    checkCaption(notes, text)
    unsupported(notes, 'Instagram', content, { poll: false, thread: false, documents: false })
    if (link)
      notes.warn(
        'link',
        'link_unsupported',
        'Instagram shows no links: it is left out. Put it into the profile, or write it into the caption.',
      )
    for (const [place, one] of media.entries()) checkFile(notes, `media.${place}`, one, content)
    checkNumber(notes, content)
    if (firstComment !== undefined) {
      countIfAny(notes, 'firstComment', 'The first comment', firstComment, LIMITS.comment)
      if (format === 'story')
        notes.warn('firstComment', 'comment_unsupported', 'A story has no first comment: it is left out.')
      else if (!scopes.includes(stack.scopes.comment))
        notes.warn(
          'firstComment',
          'scope_missing',
          'The permission to comment on Instagram is missing: the first comment will not be there.',
        )
    }
    if (format === 'story' && text.trim() !== '')
      notes.warn('text', 'caption_unsupported', 'A story has no caption: the text is left out.')
    return { issues: notes.issues, counters: notes.counters }
  }

function checkCaption(notes: Notes, text: string): void {
  count(notes, 'text', 'The caption', lengthOf(text), LIMITS.caption)
  const tags = text.match(/(^|\s)#[\p{L}\p{N}_]+/gu)?.length ?? 0
  if (tags > LIMITS.hashtags)
    notes.error(
      'text',
      'too_many_hashtags',
      `The caption has ${tags} hashtags; Instagram takes ${LIMITS.hashtags}. Take some out.`,
    )
  const names = text.match(/(^|[^\p{L}\p{N}_.])@[A-Za-z0-9_.]+/gu)?.length ?? 0
  if (names > LIMITS.mentions)
    notes.error(
      'text',
      'too_many_mentions',
      `The caption names ${names} accounts; Instagram takes ${LIMITS.mentions}. Take some out.`,
    )
}

function checkNumber(notes: Notes, { media, format }: PostContent): void {
  const [first] = media
  if (!first) {
    notes.error('media', 'media_missing', 'Instagram takes no text alone. Add a picture or a video.')
    return
  }
  if (format === 'feed' && media.length > LIMITS.carousel[1])
    notes.error(
      `media.${LIMITS.carousel[1]}`,
      'too_many_media',
      `A carousel has at most ${LIMITS.carousel[1]} files. Take some out.`,
    )
  if (format !== 'feed' && media.length > 1)
    notes.error('media.1', 'media_count', `A ${format} has one file. Take the others out.`)
  if (format === 'reel' && first.kind !== 'video')
    notes.error('media.0', 'media_type', 'A reel is a video. Use one, or post to the feed.')
}

function checkFile(notes: Notes, at: string, media: PostMedia, { format }: PostContent): void {
  const { kind, mime, width, height } = media
  if (kind === 'video') {
    if (!['video/mp4', 'video/quicktime'].includes(mime))
      notes.error(at, 'media_type', 'Instagram takes videos as MP4 or MOV. Convert it.')
    const limits = format === 'story' ? LIMITS.story : LIMITS.reel
    sizeAtMost(notes, at, 'The video', media, limits.bytes)
    durationWithin(notes, at, media, limits.ms)
    return
  }
  if (kind === 'document') return
  countIfAny(notes, `${at}.alt`, 'The alternative text', media.alt, LIMITS.altText)
  if (width === undefined || height === undefined || height === 0) return
  if (width < LIMITS.width[0])
    notes.error(
      at,
      'media_too_small',
      `The picture is ${width} pixels wide; Instagram takes ${LIMITS.width[0]} and more. Use a larger one.`,
    )
  const [least, most] = LIMITS.aspect
  const aspect = width / height
  // A pixel of rounding is let pass.
  if (format === 'feed' && (aspect < least - 0.005 || aspect > most + 0.005))
    notes.error(at, 'media_aspect', 'Instagram takes pictures between 4:5 (upright) and 1.91:1 (wide). Crop it.')
}
