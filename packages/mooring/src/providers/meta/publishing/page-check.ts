/** What Facebook would refuse of a Page's post. What a probe could not tell is no error. */
import type { Fit, PostContent, PostMedia, Publisher } from '../../../provider-publishing.ts'
import { count, countIfAny, durationWithin, lengthOf, type Notes, takeNotes } from '../../publishing-checks.ts'
import { LIMITS } from './page-features.ts'
import { messageOf } from './page-words.ts'
import { unsupported } from './unsupported.ts'

/** The picture of a link's card goes nowhere. */
export const pageFit: NonNullable<Publisher['fit']> = (media, content): Fit | undefined => {
  if (!['image', 'gif'].includes(media.kind) || !content.media.some(({ id }) => id === media.id)) return undefined
  const taken = media.mime === 'image/jpeg' || media.mime === 'image/png'
  if (taken && media.bytes < LIMITS.photoBytes) return undefined
  const why = taken
    ? 'Facebook takes pictures below 4 MB: this one is made smaller.'
    : media.kind === 'gif'
      ? 'Facebook takes JPEG and PNG: the first picture of the animation is used.'
      : 'Facebook takes JPEG and PNG: the picture is converted to JPEG.'
  return { mime: 'image/jpeg', maxBytes: LIMITS.photoBytes - 1, why }
}

export const pageCheck: Publisher['check'] = (content, { scopes }) => {
  const notes = takeNotes()
  const { media, format } = content
  if (!scopes.includes('pages_manage_posts'))
    notes.error('account', 'scope_missing', 'The permission to post as Pages is missing. Reconnect and allow it.')
  count(notes, 'text', 'The text', lengthOf(messageOf(content)), LIMITS.text)
  unsupported(notes, 'Facebook', content)
  for (const [place, one] of media.entries()) checkAlt(notes, `media.${place}.alt`, one)
  if (format === 'feed') checkFeed(notes, content)
  else checkUpright(notes, content)
  checkComment(notes, content, scopes)
  return { issues: notes.issues, counters: notes.counters }
}

const isVideo = ({ kind }: PostMedia): boolean => kind === 'video'

function checkAlt(notes: Notes, at: string, media: PostMedia): void {
  if (!isVideo(media)) countIfAny(notes, at, 'The alternative text', media.alt, LIMITS.altText)
  else if (media.alt !== undefined)
    notes.warn(at, 'alt_unsupported', 'Facebook takes no alternative text for videos. It is left out.')
}

function checkComment(notes: Notes, { firstComment, format }: PostContent, scopes: readonly string[]): void {
  if (firstComment === undefined) return
  const at = 'firstComment'
  countIfAny(notes, at, 'The first comment', firstComment, LIMITS.comment)
  if (format === 'story') notes.warn(at, 'comment_unsupported', 'A story has no first comment: it is left out.')
  else if (!scopes.includes('pages_manage_engagement'))
    notes.warn(
      at,
      'scope_missing',
      'The permission to comment as Pages is missing: the first comment will not be there.',
    )
}

function checkFeed(notes: Notes, { text, media, link }: PostContent): void {
  if (text.trim() === '' && media.length === 0 && !link)
    notes.error('text', 'text_empty', 'The post is empty. Write something, or add a file or a link.')
  if (media.some(isVideo) && media.length > 1)
    notes.error('media.1', 'media_mixed', 'Facebook takes one video, or pictures. Take the others out.')
  if (media.length > LIMITS.photos)
    notes.error(`media.${LIMITS.photos}`, 'too_many_media', `Facebook takes ${LIMITS.photos} pictures. Take some out.`)
  if (!link) return
  if (media.length > 0)
    notes.warn('link', 'link_without_card', 'Beside files Facebook shows no card: the address is put into the text.')
  // Subcode 1609008.
  else if (URL.canParse(link.url) && /(^|\.)facebook\.com$/.test(new URL(link.url).hostname))
    notes.error('link', 'link_refused', 'Facebook makes no card of a page of its own. Write the address into the text.')
  else if ((link.title ?? link.description ?? link.image) !== undefined)
    notes.warn(
      'link',
      'card_ignored',
      'Facebook makes the card from the page itself: title, text and picture of it are left out.',
    )
}

function checkUpright(notes: Notes, { text, media, format, link }: PostContent): void {
  const [only] = media
  const isReel = format === 'reel'
  const what = isReel ? 'A reel' : 'A story'
  if (link) notes.warn('link', 'link_unsupported', `${what} has no link: it is left out.`)
  if (!isReel && text.trim() !== '')
    notes.warn('text', 'caption_unsupported', 'A story has no words: the text is left out.')
  if (!only || media.length > 1 || (isReel && !isVideo(only))) {
    const wanted = isReel ? 'one video' : 'one picture or one video'
    notes.error('media', 'media_count', `${what} has ${wanted}. Change the files.`)
    return
  }
  if (!isVideo(only)) return
  durationWithin(notes, 'media.0', only, isReel ? LIMITS.reelMs : LIMITS.storyMs)
  checkPicture(notes, only)
}

/** "9:16, at least 540 x 960, 24 to 60 pictures a second". */
function checkPicture(notes: Notes, { width, height, framesPerSecond: rate }: PostMedia): void {
  const { width: least, height: high, rate: rates } = LIMITS.upright
  if (width && height && Math.abs(width / height / (9 / 16) - 1) > 0.02)
    notes.error('media.0', 'media_aspect', 'Facebook takes upright videos of 9:16 here. Crop it.')
  else if (width && height && (width < least || height < high))
    notes.error(
      'media.0',
      'media_too_small',
      `Facebook takes videos of ${least} x ${high} and more here. Use a larger.`,
    )
  // 23.976 is said as 24.
  if (rate !== undefined && (rate < rates[0] - 0.1 || rate > rates[1] + 0.1))
    notes.error(
      'media.0',
      'video_frame_rate',
      `The video has ${Math.round(rate * 10) / 10} pictures a second; Facebook takes ${rates[0]} to ${rates[1]} here. Convert it.`,
    )
}
