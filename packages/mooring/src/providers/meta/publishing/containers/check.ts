/** What Instagram would refuse of a post. */
import type { PostContent, PublishAs, Publisher } from '../../../../provider-publishing.ts'
import { count, countIfAny, lengthOf, type Notes, takeNotes } from '../../../publishing-checks.ts'
import { unsupported } from '../unsupported.ts'
import { checkFile } from './check-files.ts'
import { LIMITS } from './rules.ts'
import type { Stack } from './stack.ts'

export const checkFor =
  (stack: Stack): Publisher['check'] =>
  (content, as) => {
    const notes = takeNotes()
    const { text, media, format, link } = content
    checkAccount(notes, stack, content, as)
    if (format !== 'story') checkCaption(notes, text)
    else if (text.trim() !== '')
      notes.warn('text', 'caption_unsupported', 'A story has no caption: the text is left out.')
    unsupported(notes, 'Instagram', content)
    if (link)
      notes.warn(
        'link',
        'link_unsupported',
        'Instagram shows no links: it is left out. Put it into the profile, or write it into the caption.',
      )
    checkNumber(notes, content)
    for (const [place, one] of media.entries()) checkFile(notes, `media.${place}`, one, content)
    checkShapes(notes, content)
    checkComment(notes, stack, content, as)
    return { issues: notes.issues, counters: notes.counters }
  }

function checkAccount(notes: Notes, stack: Stack, { media }: PostContent, { scopes, fetchable }: PublishAs): void {
  if (!scopes.includes(stack.scopes.publish))
    notes.error('account', 'scope_missing', 'The permission to post on Instagram is missing. Reconnect and allow it.')
  if (!fetchable && media.some((one) => one.kind !== 'video' || !stack.resumable))
    notes.error(
      'account',
      'not_fetchable',
      'Instagram fetches files from this server, and cannot reach it. Give it an https address that others reach (MOORING_BASE_URL or MOORING_MEDIA_URL).',
    )
}

function checkCaption(notes: Notes, text: string): void {
  count(notes, 'text', 'The caption', lengthOf(text), LIMITS.caption)
  // Within a word, too: rather one too many than a refusal.
  const tags = text.match(/#[\p{L}\p{N}_]+/gu)?.length ?? 0
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
  const most = LIMITS.carousel
  if (!first) notes.error('media', 'media_missing', 'Instagram takes no text alone. Add a picture or a video.')
  else if (format !== 'feed' && media.length > 1)
    notes.error('media.1', 'media_count', `A ${format} has one file. Take the others out.`)
  else if (format === 'reel' && first.kind !== 'video')
    notes.error('media.0', 'media_type', 'A reel is a video. Use one, or post to the feed.')
  else if (media.length > most)
    notes.error(`media.${most}`, 'too_many_media', `A carousel has at most ${most} files. Take some out.`)
}

/** "Cropped to the first". */
function checkShapes(notes: Notes, { media, format }: PostContent): void {
  if (format !== 'feed') return
  const [first = undefined, ...others] = media.map(({ width, height }) =>
    width && height ? width / height : undefined,
  )
  for (const [place, aspect] of others.entries())
    if (first !== undefined && aspect !== undefined && Math.abs(aspect / first - 1) > 0.01)
      notes.warn(
        `media.${place + 1}`,
        'media_cropped',
        'Instagram crops all files of a carousel to the shape of the first.',
      )
}

function checkComment(notes: Notes, stack: Stack, { firstComment, format }: PostContent, { scopes }: PublishAs): void {
  if (firstComment === undefined) return
  const at = 'firstComment'
  countIfAny(notes, at, 'The first comment', firstComment, LIMITS.comment)
  if (format === 'story') notes.warn(at, 'comment_unsupported', 'A story has no first comment: it is left out.')
  else if (!scopes.includes(stack.scopes.comment))
    notes.warn(
      at,
      'scope_missing',
      'The permission to comment on Instagram is missing: the first comment will not be there.',
    )
}
