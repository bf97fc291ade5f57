import type { Answer } from '../../core/ask.ts'
import type { World } from '../world.ts'
import type { Author } from './author.ts'
import { blankField, invalidValue, missingField, tooLong } from './errors.ts'
import { mediumForPost } from './media.ts'
import type { Draft, PostMedia } from './post.ts'
import type { ContentBody } from './post-shape.ts'

export type Content = Pick<Draft, 'kind' | 'content' | 'media' | 'link'>
export type ContentFinding = { content: Content } | { refused: Answer }

const TEXT_ONLY: Content = { kind: 'text', content: null, media: [], link: null }

const isLink = (source: string): boolean => ['http:', 'https:'].includes(URL.parse(source)?.protocol ?? '')

function article(world: World, author: Author, given: NonNullable<ContentBody['article']>): ContentFinding {
  if (!isLink(given.source)) return { refused: invalidValue('content/article/source') }
  if (given.title.trim() === '') return { refused: blankField('content/article/title') }
  const content = { article: given }
  if (given.thumbnail === undefined) return { content: { kind: 'article', content, media: [], link: given.source } }
  const shown = { id: given.thumbnail, altText: given.thumbnailAltText }
  const found = mediumForPost(world, author, shown, { kinds: ['image'], path: 'content/article/thumbnail' })
  if ('refused' in found) return found
  return { content: { kind: 'article', content, media: [found.medium], link: given.source } }
}

function media(world: World, author: Author, given: NonNullable<ContentBody['media']>): ContentFinding {
  const place = { kinds: ['image', 'video', 'document'] as const, path: 'content/media/id' }
  const found = mediumForPost(world, author, given, place)
  if ('refused' in found) return found
  const { medium } = found
  if (medium.kind === 'document' && medium.title === null) return { refused: missingField('content/media/title') }
  return { content: { kind: medium.kind, content: { media: given }, media: [medium], link: null } }
}

/** Two to twenty pictures (Microsoft Learn: multiimage-post-api). */
function multiImage(world: World, author: Author, given: NonNullable<ContentBody['multiImage']>): ContentFinding {
  const { images } = given
  if (images.length < 2 || images.length > 20) return { refused: invalidValue('content/multiImage/images') }
  const shown: PostMedia[] = []
  for (const [i, image] of images.entries()) {
    const place = { kinds: ['image'] as const, path: `content/multiImage/images/${i}/id` }
    const found = mediumForPost(world, author, image, place)
    if ('refused' in found) return found
    shown.push(found.medium)
  }
  return { content: { kind: 'multiImage', content: { multiImage: given }, media: shown, link: null } }
}

const QUESTION = 140
const OPTION = 30
const DURATIONS = ['ONE_DAY', 'THREE_DAYS', 'SEVEN_DAYS', 'FOURTEEN_DAYS']

/** Microsoft Learn: poll-post-api. */
function judgePoll({ question, options, settings }: NonNullable<ContentBody['poll']>): Answer | undefined {
  if (question.trim() === '') return blankField('content/poll/question')
  if (question.length > QUESTION) return tooLong('content/poll/question', QUESTION)
  if (options.length < 2 || options.length > 4) return invalidValue('content/poll/options')
  for (const [i, { text }] of options.entries()) {
    if (text.trim() === '') return blankField(`content/poll/options/${i}/text`)
    if (text.length > OPTION) return tooLong(`content/poll/options/${i}/text`, OPTION)
  }
  if (!DURATIONS.includes(settings.duration)) return invalidValue('content/poll/settings/duration')
  if ((settings.voteSelectionType ?? 'SINGLE_VOTE') !== 'SINGLE_VOTE')
    return invalidValue('content/poll/settings/voteSelectionType')
  return settings.isVoterVisibleToAuthor === false
    ? invalidValue('content/poll/settings/isVoterVisibleToAuthor')
    : undefined
}

function poll(given: NonNullable<ContentBody['poll']>): ContentFinding {
  const refused = judgePoll(given)
  return refused ? { refused } : { content: { kind: 'poll', content: { poll: given }, media: [], link: null } }
}

/** What a post holds beside its text; the body's shape is right already. */
export function judgeContent(world: World, author: Author, given: ContentBody | undefined): ContentFinding {
  if (given?.article) return article(world, author, given.article)
  if (given?.media) return media(world, author, given.media)
  if (given?.multiImage) return multiImage(world, author, given.multiImage)
  return given?.poll ? poll(given.poll) : { content: TEXT_ONLY }
}
