/** What Facebook would refuse of a Page's post. What a probe could not tell is no error. */
import type { Fit, PostContent, PostMedia, Publisher } from '../../../provider-publishing.ts'
import { count, countIfAny, durationWithin, lengthOf, type Notes, takeNotes } from '../../publishing-checks.ts'
import { LIMITS } from './page-features.ts'
import { unsupported } from './unsupported.ts'

const PHOTOS = ['image/jpeg', 'image/png', 'image/gif']

/** Animations go as they are: a still one would be another picture. */
export const pageFit: NonNullable<Publisher['fit']> = (media): Fit | undefined => {
  if (media.kind !== 'image') return undefined
  const taken = PHOTOS.includes(media.mime)
  if (taken && media.bytes < LIMITS.photoBytes) return undefined
  const why = taken
    ? 'Facebook takes pictures below 4 MB: this one is made smaller.'
    : 'Facebook takes JPEG and PNG: the picture is converted to JPEG.'
  return { mime: 'image/jpeg', maxBytes: LIMITS.photoBytes - 1, why }
}

export const pageCheck: Publisher['check'] = (content, { scopes }) => {
  const notes = takeNotes()
  const { text, media, format, firstComment } = content
  if (!scopes.includes('pages_manage_posts'))
    notes.error('account', 'scope_missing', 'The permission to post as Pages is missing. Reconnect and allow it.')
  count(notes, 'text', 'The text', lengthOf(text), LIMITS.text)
  unsupported(notes, 'Facebook', content, { poll: false, thread: false, documents: false })
  for (const [place, one] of media.entries())
    countIfAny(notes, `media.${place}.alt`, 'The alternative text', one.alt, LIMITS.altText)
  if (firstComment !== undefined) {
    countIfAny(notes, 'firstComment', 'The first comment', firstComment, LIMITS.comment)
    if (!scopes.includes('pages_manage_engagement'))
      notes.warn(
        'firstComment',
        'scope_missing',
        'The permission to comment as Pages is missing: the first comment will not be there.',
      )
  }
  if (format === 'feed') checkFeed(notes, content)
  else checkUpright(notes, content)
  return { issues: notes.issues, counters: notes.counters }
}

const isVideo = ({ kind }: PostMedia): boolean => kind === 'video'

function checkFeed(notes: Notes, { text, media, link }: PostContent): void {
  if (text.trim() === '' && media.length === 0 && !link)
    notes.error('text', 'text_empty', 'The post is empty. Write something, or add a file or a link.')
  if (media.some(isVideo) && media.length > 1)
    notes.error('media.1', 'media_mixed', 'Facebook takes one video, or pictures. Take the others out.')
  if (media.length > LIMITS.photos)
    notes.error(`media.${LIMITS.photos}`, 'too_many_media', `Facebook takes ${LIMITS.photos} pictures. Take some out.`)
  if (link && media.length > 0)
    notes.warn('link', 'link_without_card', 'Beside files Facebook shows no card: the address is put into the text.')
  else if (link && (link.title ?? link.description ?? link.image) !== undefined)
    notes.warn(
      'link',
      'card_ignored',
      'Facebook makes the card from the page itself: title, text and picture of it are left out.',
    )
}

function checkUpright(notes: Notes, { media, format, link, firstComment }: PostContent): void {
  const [only] = media
  const what = format === 'reel' ? 'A reel' : 'A story'
  if (!only || media.length > 1 || (format === 'reel' && !isVideo(only))) {
    notes.error(
      'media',
      'media_count',
      `${what} has ${format === 'reel' ? 'one video' : 'one picture or one video'}. Change the files.`,
    )
    return
  }
  if (isVideo(only)) durationWithin(notes, 'media.0', only, format === 'reel' ? LIMITS.reelMs : LIMITS.storyMs)
  if (link) notes.warn('link', 'link_unsupported', `${what} has no link: it is left out.`)
  if (format === 'story' && firstComment !== undefined)
    notes.warn('firstComment', 'comment_unsupported', 'A story has no first comment: it is left out.')
}
