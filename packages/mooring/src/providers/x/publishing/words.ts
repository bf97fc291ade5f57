/**
 * Whether a post that X shows says what was sent: X puts t.co addresses into the text, appends one for files, and writes
 * `&amp;`. Both vocabularies of the API are read (`note_tweet` and `note_post`). Pure.
 */
import { list, text } from '../../../provider.ts'
import { withoutAddresses } from './count.ts'

export type Likeness = 'same' | 'alike' | 'other'

interface Shown {
  words: string
  /** Each t.co address and what it stands for; undefined: X says nothing of it. */
  addresses: Map<string, string>
}

/** Long posts have their whole text in a note; `text` is cut there. */
function shownBy(post: unknown): Shown {
  const note = ['note_tweet', 'note_post'].find((one) => text(post, one, 'text') !== undefined)
  const words = (note ? text(post, note, 'text') : text(post, 'text')) ?? ''
  const urls = [...list(post, 'entities', 'urls'), ...(note ? list(post, note, 'entities', 'urls') : [])]
  const addresses = urls.flatMap((one): [string, string][] => {
    const short = text(one, 'url')
    if (short === undefined) return []
    const expanded = text(one, 'expanded_url') ?? text(one, 'unwound_url')
    if (isOfFile(one, expanded)) return [[short, '']]
    return expanded === undefined ? [] : [[short, expanded]]
  })
  return { words, addresses: new Map(addresses) }
}

const isOfFile = (url: unknown, expanded = ''): boolean =>
  text(url, 'media_key') !== undefined || /\/status\/\d+\/(photo|video)\/\d+$/.test(expanded)

const SHORT = /https?:\/\/t\.co\/\w+/g
/** Stands for an address that nobody tells. */
const ANY = '\uFFFC'
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** `files`: how many the part has; X appends one address for all of them. */
export function likenessOf(said: string, post: unknown, files: number): Likeness {
  const { words, addresses } = shownBy(post)
  const whole = words
    .replace(SHORT, (short) => addresses.get(short) ?? ANY)
    .replace(/&(amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
  // What is appended for files is no part of what was said, whether X explains it or not.
  const own = files > 0 ? whole.replace(new RegExp(`\\s*${ANY}$`), '') : whole
  if (matches(smooth(said), smooth(own)) || matches(smooth(said), smooth(whole))) return 'same'
  const near = isNear(withoutAddresses(said), words.replace(SHORT, '')) || isNear(said, whole)
  return near ? 'alike' : 'other'
}

/** By letters and digits alone; X may have cut its text. */
function isNear(said: string, shown: string): boolean {
  const [ours, theirs] = [bare(said), bare(shown)]
  return ours === theirs || (theirs.length >= 40 && ours.startsWith(theirs))
}

/** Schemes and last slashes come and go. */
const smooth = (words: string): string =>
  words
    .normalize('NFC')
    .replace(/https?:\/\//gi, '')
    .replace(/\/(?=\s|$)/g, '')
    .replace(/\s+/g, ' ')
    .trim()

function matches(ours: string, theirs: string): boolean {
  if (!theirs.includes(ANY)) return ours === theirs
  const pattern = theirs.split(ANY).map((one) => one.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
  return new RegExp(`^${pattern.join('\\S+')}$`, 'u').test(ours)
}

const bare = (words: string): string =>
  words
    .replace(/https?:\/\//gi, '')
    .replace(/&(amp|lt|gt);/g, '')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase()
