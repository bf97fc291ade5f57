/** What X would refuse, and what people should know before, part by part. Facts: `limits.ts`. */
import type { PostContent, PostMedia, PostPoll, PublishAs, Publisher } from '../../../provider-publishing.ts'
import { count, countText, type Notes, takeNotes } from '../../publishing-checks.ts'
import { checkFile } from './check-files.ts'
import { type Part, partsOf } from './content.ts'
import { cashtagsIn, hasForbidden, weightOf } from './count.ts'
import { EVERYBODY, LIMITS, planOf } from './limits.ts'

export const check: Publisher['check'] = (content, as) => {
  const notes = takeNotes()
  const parts = partsOf(content)
  checkAccount(notes, parts, as)
  for (const part of parts) checkPart(notes, part, as)
  checkTwins(notes, parts)
  if (content.poll) checkPoll(notes, content, content.poll)
  checkShape(notes, content)
  return { issues: notes.issues, counters: notes.counters }
}

function checkAccount(notes: Notes, parts: readonly Part[], { scopes }: PublishAs): void {
  if (!scopes.includes('tweet.write'))
    notes.error('account', 'scope_missing', 'The permission to post as you is missing. Reconnect and allow it.')
  if (parts.some(({ media }) => media.length > 0) && !scopes.includes('media.write'))
    notes.error('account', 'scope_missing', 'The permission to upload files is missing. Reconnect and allow it.')
}

const NAMES: Readonly<Record<string, string>> = { text: 'The text', firstComment: 'The first comment' }

function checkPart(notes: Notes, { text, at, media }: Part, as: PublishAs): void {
  const name = NAMES[at.text] ?? 'This part'
  count(notes, at.text, name, weightOf(text), planOf(as).text)
  if (weightOf(text) > EVERYBODY.text && as.traits.plan === 'basic')
    notes.warn(
      at.text,
      'text_long',
      'X promises long posts to Premium; with Basic this one may be refused. Shorten it.',
    )
  if (text.trim() === '' && media.length === 0)
    notes.error(at.text, 'text_empty', `${name} is empty. Write something, or take it out.`)
  if (hasForbidden(text))
    notes.error(at.text, 'text_forbidden', `${name} has an invisible sign that X does not take. Write it anew.`)
  if (cashtagsIn(text).length > LIMITS.cashtags)
    notes.error(at.text, 'too_many_cashtags', 'X takes one $cashtag in a post. Take the others out.')
  checkMix(notes, at.media, media)
  for (const [place, one] of media.entries()) checkFile(notes, `${at.media}.${place}`, one, as)
}

/** X refuses what an account says twice. The words are compared composed and trimmed; files alone say none. */
function checkTwins(notes: Notes, parts: readonly Part[]): void {
  const said = new Set<string>()
  for (const { key, text, at } of parts) {
    const words = text.normalize('NFC').trim()
    if (words !== '' && said.has(words)) {
      if (key === 'comment')
        notes.warn(at.text, 'text_twin', 'The first comment has the words of another part: X may refuse it. Change it.')
      else notes.error(at.text, 'text_twin', 'X refuses a part with the words of an earlier one. Change it.')
    }
    said.add(words)
  }
}

function checkMix(notes: Notes, at: string, media: readonly PostMedia[]): void {
  const moving = media.filter(({ kind }) => kind === 'gif' || kind === 'video').length
  if (moving > 0 && media.length > 1)
    notes.error(`${at}.1`, 'media_mixed', 'X takes up to four pictures, or one GIF, or one video. Take the others out.')
  else if (media.length > LIMITS.images)
    notes.error(
      `${at}.${LIMITS.images}`,
      'too_many_media',
      `X takes ${LIMITS.images} pictures. Take ${media.length - LIMITS.images} out.`,
    )
}

function checkPoll(notes: Notes, { media }: PostContent, { options, minutes }: PostPoll): void {
  const { poll } = LIMITS
  if (media.length > 0)
    notes.error('poll', 'poll_with_media', 'A poll on X has no files beside it. Take the files out, or the poll.')
  for (const [place, option] of options.entries()) {
    const at = `poll.options.${place}`
    countText(notes, at, 'The answer', option, poll.option)
    if (option.trim() === '') notes.error(at, 'poll_option_empty', 'This answer is empty. Write it, or take it out.')
  }
  if (options.length < poll.options[0] || options.length > poll.options[1])
    notes.error('poll.options', 'poll_options', `A poll has ${poll.options[0]} to ${poll.options[1]} answers.`)
  if (!Number.isInteger(minutes) || minutes < poll.minutes.least || minutes > poll.minutes.most)
    notes.error('poll', 'poll_duration', 'A poll on X lasts five minutes to seven days. Choose a time between.')
}

function checkShape(notes: Notes, { format, visibility }: PostContent): void {
  if (format !== 'feed')
    notes.error('text', 'format_unsupported', `X has no ${format === 'reel' ? 'reels' : 'stories'}. Post to the feed.`)
  if (visibility !== 'public')
    notes.error('account', 'visibility_unsupported', 'Posts on X are public. Make this one public.')
}
