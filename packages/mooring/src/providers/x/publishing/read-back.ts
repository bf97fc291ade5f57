/**
 * Looking for a post whose answer was lost: the person's own posts since then, newest first. X bills each that it shows, once
 * a day: only the time in question is asked for. Source: docs.x.com, "User posts timeline" (OpenAPI 2.167).
 */
import { type ApiAnswer, list, member, number, text } from '../../../provider.ts'
import type { Look, Progress, PublishAs, Publisher, Sighting } from '../../../provider-publishing.ts'
import { mediaKey, type Part, partsOf } from './content.ts'
import { API } from './limits.ts'
import { mayReadBack } from './settings.ts'
import { type Likeness, likenessOf } from './words.ts'

/** Their clock and ours. */
const SKEW_MS = 120_000
/** Nearly always it is among the newest; who posts much is looked through in larger pages, since a look has few. */
const FIRST_PAGE = 10
const PAGE = 100
/** The names that X answers to for certain in 2026; what it answers with is read in either vocabulary. */
const FIELDS = 'attachments,author_id,created_at,entities,note_tweet,referenced_tweets'

export const readBack: NonNullable<Publisher['readBack']> = (content, as, progress, { part: key, since, others }) => {
  const part = partsOf(content).find((one) => one.key === key)
  if (!part || !mayReadBack(as)) return undefined
  return look({ part, as, progress, others, from: since - SKEW_MS }, undefined)
}

interface Wanted {
  part: Part
  as: PublishAs
  progress: Progress
  others: ReadonlySet<string>
  from: number
}

function look(wanted: Wanted, page: string | undefined): Look {
  const { subject } = wanted.as.account
  const query = new URLSearchParams({
    max_results: String(page === undefined ? FIRST_PAGE : PAGE),
    start_time: new Date(wanted.from).toISOString().replace(/\.\d+Z$/, 'Z'),
    'tweet.fields': FIELDS,
    ...(page === undefined ? {} : { pagination_token: page }),
  })
  return {
    endpoint: 'GET /2/users/:id/tweets',
    request: { method: 'GET', url: `${API}/2/users/${encodeURIComponent(subject)}/tweets?${query}` },
    read: (answer) => read(answer, wanted),
  }
}

function read(answer: ApiAnswer, wanted: Wanted): Sighting {
  const { body } = answer
  const posts = list(body, 'data')
  const seen = sightIn(posts, wanted)
  if (seen) return seen
  // Posts that X could not show may be this one.
  if (list(body, 'errors').length > 0) return { unsure: 'X does not show all posts.' }
  const next = text(body, 'meta', 'next_token')
  const last = madeAt(posts.at(-1))
  if (next !== undefined && (last === undefined || last >= wanted.from)) return { look: look(wanted, next) }
  const isList = posts.length > 0 || number(body, 'meta', 'result_count') === 0
  return isList ? { absent: true } : { unsure: 'X lists no posts.' }
}

function madeAt(post: unknown): number | undefined {
  const at = Date.parse(text(post, 'created_at') ?? '')
  return Number.isNaN(at) ? undefined : at
}

/** The oldest that fits. One that nearly fits makes it unsure. */
function sightIn(posts: readonly unknown[], wanted: Wanted): Sighting | undefined {
  const young = posts.filter((one) => (madeAt(one) ?? wanted.from) >= wanted.from)
  const likeness = young.map((one) => [text(one, 'id') ?? '', likeTo(one, wanted)] as const)
  const same = likeness.findLast(([id, like]) => like === 'same' && id !== '')
  if (same) return { found: { [wanted.part.key]: same[0] } }
  if (likeness.some(([, like]) => like !== 'other')) return { unsure: 'There is a post that could be this one.' }
  return undefined
}

function likeTo(post: unknown, { part, as, progress, others }: Wanted): Likeness {
  const { subject } = as.account
  const id = text(post, 'id')
  if ((text(post, 'author_id') ?? subject) !== subject) return 'other'
  if (others.has(id ?? '') || Object.values(progress).includes(id ?? null)) return 'other'
  const answers = answersTo(post, part, progress)
  const words = likenessOf(part.text, post, part.media.length)
  if (answers === 'no' || words === 'other') return 'other'
  const certain = answers === 'yes' && words === 'same' && madeAt(post) !== undefined
  return certain && showsFiles(post, part, progress) ? 'same' : 'alike'
}

/** `maybe`: X does not say what a post answers to. */
function answersTo(post: unknown, { after }: Part, progress: Progress): 'yes' | 'no' | 'maybe' {
  const referenced = [...list(post, 'referenced_tweets'), ...list(post, 'referenced_posts')]
  const parent = text(
    referenced.find((one) => text(one, 'type') === 'replied_to'),
    'id',
  )
  if (after === undefined) return parent === undefined ? 'yes' : 'no'
  if (parent === undefined) return 'maybe'
  return parent === progress[after] ? 'yes' : 'no'
}

/** A file's key is a number of its kind and its id. Without words, the files must be told. */
function showsFiles(post: unknown, part: Part, progress: Progress): boolean {
  const shown = list(post, 'attachments', 'media_keys').map(String).map(idOf).toSorted()
  const own = part.media
    .map((_, place) => member(progress, mediaKey(part, place)))
    .map((upload) => idOf(text(upload, 'key') ?? text(upload, 'id') ?? ''))
    .toSorted()
  if (own.length === 0) return shown.length === 0
  return shown.length === 0 ? part.text.trim() !== '' : shown.join() === own.join()
}

const idOf = (key: string): string => key.slice(key.indexOf('_') + 1)
