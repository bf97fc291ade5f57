/**
 * Looking for a post whose answer was lost: the author's posts, newest change first. Only where the grant may read them
 * (organizations with r_organization_social; people nearly never). Source: Microsoft Learn, "Posts API", find by authors.
 */
import { type ApiAnswer, list, member, number, text } from '../../../provider.ts'
import type { Look, PostContent, Progress, PublishAs, Publisher, Sighting } from '../../../provider-publishing.ts'
import { filesOf, uploadAt } from './files.ts'
import { API, restHeaders } from './headers.ts'
import { plainText } from './little-text.ts'
import { isLegacy } from './settings.ts'
import { mayRead } from './standing.ts'
import { encoded, postUrn } from './urns.ts'

/** Their clock and ours. */
const SKEW_MS = 120_000
const PAGE = 50

export const readBack: NonNullable<Publisher['readBack']> = (content, as, progress, { part, since, others }) => {
  if (part !== 'post' || !mayRead(as)) return undefined
  return look({ ...wantedOf(content, as, progress), others }, as, since - SKEW_MS, 0)
}

interface Wanted {
  others: ReadonlySet<string>
  author: string
  text: string
  /** What it shows beside the text: URNs of files, the address of a card, the question of a poll. Undefined: it comes back under other names. */
  shows: string | undefined
}

function look(wanted: Wanted, as: PublishAs, from: number, start: number): Look {
  const query = `q=author&author=${encoded(wanted.author)}&count=${PAGE}&start=${start}&sortBy=LAST_MODIFIED`
  return {
    endpoint: 'GET /rest/posts',
    request: { method: 'GET', url: `${API}/rest/posts?${query}`, headers: restHeaders(as) },
    read: (answer) => {
      const elements = list(answer.body, 'elements')
      const seen = sightIn(elements, wanted, from)
      if (seen) return seen
      // Newest change first: what was made since then cannot stand behind what was last changed before.
      const last = changedAt(elements.at(-1))
      const reached = last !== undefined && last < from
      if (reached || (Array.isArray(member(answer.body, 'elements')) && !more(answer, start + elements.length)))
        return { absent: true }
      if (elements.length === 0) return { unsure: 'LinkedIn lists no posts.' }
      return { look: look(wanted, as, from, start + elements.length) }
    },
  }
}

/** Pages can be shorter than asked although more follow: the next link or the total decides, else an empty page. */
function more({ body }: ApiAnswer, start: number): boolean {
  if (list(body, 'paging', 'links').some((link) => text(link, 'rel') === 'next')) return true
  const total = number(body, 'paging', 'total')
  return total === undefined ? list(body, 'elements').length > 0 : start < total
}

const madeAt = (post: unknown): number | undefined => number(post, 'createdAt') ?? number(post, 'publishedAt')
const changedAt = (post: unknown): number | undefined => number(post, 'lastModifiedAt') ?? madeAt(post)

/** The oldest that fits: a person may have said the same again. One that nearly fits makes it unsure. */
function sightIn(elements: readonly unknown[], wanted: Wanted, from: number): Sighting | undefined {
  const young = elements.filter(
    (one) =>
      (madeAt(one) ?? from) >= from && isBy(one, wanted.author) && !wanted.others.has(postUrn(text(one, 'id')) ?? ''),
  )
  const likeness = young.map((one) => [one, likenessOf(one, wanted)] as const)
  const same = likeness.findLast(([one, like]) => like === 'same' && madeAt(one) !== undefined)
  const urn = postUrn(text(same?.[0], 'id'))
  if (urn !== undefined) return { found: { post: urn } }
  if (likeness.some(([, like]) => like !== 'other')) return { unsure: 'There is a post that could be this one.' }
  return undefined
}

const isBy = (post: unknown, author: string): boolean => (text(post, 'author') ?? author) === author

function likenessOf(post: unknown, wanted: Wanted): 'same' | 'alike' | 'other' {
  const words = plainText(text(post, 'commentary') ?? '')
  const sameWords = smooth(words) === smooth(wanted.text)
  if (wanted.shows === undefined) return sameWords && wanted.text.trim() !== '' ? 'same' : wordsAlike(words, wanted)
  const shown = shownBy(member(post, 'content'))
  if (shown === wanted.shows) return sameWords ? 'same' : shown === '' ? wordsAlike(words, wanted) : 'alike'
  // Files were uploaded for this delivery alone: others of the same sort are another post, whatever it says.
  if (sortOf(shown) !== '' && sortOf(shown) === sortOf(wanted.shows)) return 'other'
  return wordsAlike(words, wanted)
}

const wordsAlike = (words: string, wanted: Wanted) => (bare(words) === bare(wanted.text) ? 'alike' : 'other')
const smooth = (words: string): string => words.normalize('NFC').replace(/\s+/g, ' ').trim()
const bare = (words: string): string =>
  words
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase()
const sortOf = (shown: string): string => /^urn:li:\w+:/.exec(shown)?.[0] ?? ''

function shownBy(content: unknown): string {
  const images = list(content, 'multiImage', 'images').map((one) => text(one, 'id'))
  const one = text(content, 'media', 'id') ?? text(content, 'article', 'source') ?? text(content, 'poll', 'question')
  return [...images, one].filter((id) => id !== undefined).join(' ')
}

function wantedOf(content: PostContent, as: PublishAs, progress: Progress): Omit<Wanted, 'others'> {
  const { media, link, poll } = content
  const base = { author: as.account.subject, text: content.text }
  if (isLegacy(as)) return { ...base, shows: undefined }
  if (media.length === 0) return { ...base, shows: poll?.question ?? link?.url ?? '' }
  const urns = filesOf(content, false).map(({ key }) => uploadAt(progress, key)?.urn ?? '')
  return { ...base, shows: urns.join(' ') }
}
