/** What LinkedIn would refuse, and what people should know before. Facts: `features.ts`. */
import type { PostContent, PostLink, PostMedia, PostPoll, PublishAs, Publisher } from '../../../provider-publishing.ts'
import { count, countText, lengthOf, type Notes, takeNotes } from '../../publishing-checks.ts'
import { checkFile } from './check-files.ts'
import { cardTitle } from './content.ts'
import { LIMITS } from './features.ts'
import { isMentionable, littleText } from './little-text.ts'
import { isLegacy } from './settings.ts'
import { isOrganization, mayComment, mayPost, visibilities } from './standing.ts'

export const check: Publisher['check'] = (content, as) => {
  const notes = takeNotes()
  checkAccount(notes, as)
  checkText(notes, content, as)
  checkMix(notes, content)
  for (const [place, media] of content.media.entries()) checkFile(notes, `media.${place}`, media, as)
  if (content.link) checkLink(notes, content.link, as)
  if (content.poll) checkPoll(notes, content.poll, as)
  checkShape(notes, content, as)
  return { issues: notes.issues, counters: notes.counters }
}

function checkAccount(notes: Notes, as: PublishAs): void {
  // Calls of the marketing APIs without a version ended on 2024-12-16 (api-evangelist/linkedin, lifecycle).
  if (isLegacy(as) && isOrganization(as))
    notes.error(
      'account',
      'organization_unsupported',
      'We have to fix this, not you. This server posts by the older API of LinkedIn, which takes organizations no more.',
    )
  if (mayPost(as)) return
  const who = isOrganization(as) ? 'an organization' : 'you'
  notes.error('account', 'scope_missing', `The permission to post as ${who} is missing. Reconnect and allow it.`)
}

function checkText(notes: Notes, { text, media, link, poll, mentions }: PostContent, as: PublishAs): void {
  count(notes, 'text', 'The text', lengthOf(text), LIMITS.text)
  if (text.trim() === '' && media.length === 0 && !link && !poll)
    notes.error('text', 'text_empty', 'There is nothing to post. Write something.')
  const mentioned = mentions.filter(({ name }) => name !== '' && text.includes(`@${name}`))
  for (const mention of isLegacy(as) ? mentioned : mentioned.filter((one) => !isMentionable(one)))
    notes.warn(
      'text',
      'mention_plain',
      `@${mention.name} stands there as plain text. Choose a person or page of LinkedIn to link it.`,
    )
  // Whether LinkedIn counts the backslashes, and characters as UTF-16 does, is not known.
  const sent = isLegacy(as) ? text.length : littleText(text, mentions).length
  if (lengthOf(text) <= LIMITS.text && sent > LIMITS.text)
    notes.warn(
      'text',
      'text_nearly_too_long',
      `With what LinkedIn needs around special signs this text has ${sent} characters, and may be refused. Shorten it.`,
    )
}

function checkMix(notes: Notes, { media, link, poll }: PostContent): void {
  const of = (...kinds: string[]) => media.filter(({ kind }) => kinds.includes(kind)).length
  const [images, videos, documents] = [of('image', 'gif'), of('video'), of('document')]
  if (images > LIMITS.images)
    notes.error(
      `media.${LIMITS.images}`,
      'too_many_media',
      `LinkedIn takes ${LIMITS.images} pictures. Take ${images - LIMITS.images} out.`,
    )
  if (videos > 1 || documents > 1)
    notes.error('media.1', 'too_many_media', 'LinkedIn takes one video or one document. Take the others out.')
  const sorts = [images, videos, documents].filter((many) => many > 0).length
  if (sorts > 1)
    notes.error(
      'media.1',
      'media_mixed',
      'LinkedIn takes pictures, or a video, or a document. Keep one of these kinds.',
    )
  if (poll && (media.length > 0 || link))
    notes.error(
      'poll',
      'poll_with_media',
      'A poll on LinkedIn has nothing beside it. Take the files and the link card out, or the poll.',
    )
  else if (link && media.length > 0)
    notes.error(
      'link',
      'link_with_media',
      'LinkedIn shows a link card or files, not both. Put the address into the text and take the card out.',
    )
}

function checkLink(notes: Notes, link: PostLink, as: PublishAs): void {
  if (!/^https?:\/\//i.test(link.url) || !URL.canParse(link.url))
    notes.error('link', 'link_invalid', 'The address of the link is none. It begins with https://.')
  else if (link.title === undefined || link.title.trim() === '')
    notes.warn(
      'link',
      'link_title_missing',
      `LinkedIn reads no page behind an address: without a title the card says "${cardTitle({ url: link.url })}". Give it a title.`,
    )
  if (link.image) checkCardImage(notes, link.image, as)
}

function checkCardImage(notes: Notes, image: PostMedia, as: PublishAs): void {
  const at = 'link.image'
  if (isLegacy(as))
    notes.warn(at, 'link_image_ignored', 'The older API takes no picture for a link card: LinkedIn chooses one.')
  else if (image.kind === 'image') checkFile(notes, at, { ...image, alt: undefined }, as)
  else notes.error(at, 'link_image_kind', 'The picture of a link card is a still picture. Use a JPEG or PNG.')
}

function checkPoll(notes: Notes, { question, options, minutes }: PostPoll, as: PublishAs): void {
  const { poll } = LIMITS
  if (isLegacy(as))
    notes.error('poll', 'poll_unsupported', 'The older API of LinkedIn has no polls. Take the poll out.')
  countText(notes, 'poll.question', 'The question', question, poll.question)
  if (question.trim() === '')
    notes.error('poll.question', 'poll_question_empty', 'The poll has no question. Write one.')
  for (const [place, option] of options.entries()) {
    const at = `poll.options.${place}`
    countText(notes, at, 'The answer', option, poll.option)
    if (option.trim() === '') notes.error(at, 'poll_option_empty', 'This answer is empty. Write it, or take it out.')
  }
  if (options.length < poll.options[0] || options.length > poll.options[1])
    notes.error('poll.options', 'poll_options', `A poll has ${poll.options[0]} to ${poll.options[1]} answers.`)
  if (!poll.minutes.some((one) => one === minutes))
    notes.error(
      'poll',
      'poll_duration',
      'A poll on LinkedIn lasts one day, three days, a week or two weeks. Choose one of these.',
    )
}

function checkShape(notes: Notes, { thread, format, visibility, firstComment }: PostContent, as: PublishAs): void {
  if (thread.length > 0)
    notes.error(
      'thread.0.text',
      'thread_unsupported',
      'LinkedIn has no threads. Put everything into one text for this account.',
    )
  if (format !== 'feed')
    notes.error(
      'text',
      'format_unsupported',
      `LinkedIn has no ${format === 'reel' ? 'reels' : 'stories'}. Post to the feed.`,
    )
  if (!visibilities(as).some((one) => one === visibility))
    notes.error('account', 'visibility_unsupported', "An organization's posts are public. Make this one public.")
  if (firstComment === undefined) return
  checkComment(notes, firstComment, as)
}

/** A comment that fails leaves the post published: none of this keeps it back. */
function checkComment(notes: Notes, comment: string, as: PublishAs): void {
  const used = lengthOf(comment)
  notes.counters.push({ at: 'firstComment', used, limit: LIMITS.comment })
  if (!mayComment(as))
    notes.warn(
      'firstComment',
      'first_comment_unsupported',
      'This connection may not comment: the post goes out without the first comment. Make it on LinkedIn.',
    )
  else if (used > LIMITS.comment)
    notes.warn(
      'firstComment',
      'text_too_long',
      `LinkedIn's own pages take ${LIMITS.comment} characters in a comment; this one may be refused. Shorten it.`,
    )
}
