/** A long text in parts that each fit. Pure. */
import { addressesIn } from './links.ts'
import { contentOf, type Draft, written } from './post-content.ts'

/**
 * How long a text is for a platform with a weighted limit, near enough to split by: an address counts 23, letters of
 * alphabets 1, all else 2 (https://docs.x.com/fundamentals/counting-characters). What is exact, the server's check says.
 */
export function weightOf(text: string): number {
  let weight = 0
  let from = 0
  for (const found of [...addressesIn(text), { from: text.length, to: text.length }]) {
    for (const letter of text.slice(from, found.from).normalize('NFC')) weight += letterWeight(letter)
    if (found.to > found.from) weight += ADDRESS_WEIGHT
    from = found.to
  }
  return weight
}

const ADDRESS_WEIGHT = 23

function letterWeight(letter: string): 1 | 2 {
  const code = letter.codePointAt(0) ?? 0
  const light =
    code <= 4351 || (code >= 8192 && code <= 8205) || (code >= 8208 && code <= 8223) || (code >= 8242 && code <= 8247)
  return light ? 1 : 2
}

export interface Measure {
  limit: number
  weighted: boolean
}

const lengthOf = (text: string, { weighted }: Measure) => (weighted ? weightOf(text) : [...text].length)

/** At the end of a paragraph, else of a sentence, else of a word, else where it must be. At least one part. */
export function splitText(text: string, measure: Measure): string[] {
  const parts: string[] = []
  let rest = text.trim()
  while (lengthOf(rest, measure) > measure.limit) {
    const most = fitting(rest, measure)
    const at = endIn(rest.slice(0, most)) || most
    parts.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest]
}

/** With what one account says in parts that fit; the thread that it has follows them. */
export function withSplit(draft: Draft, accountId: string, measure: Measure): Draft {
  const own = contentOf(draft, accountId)
  const [text = '', ...rest] = splitText(own.text, measure)
  const parts = rest.map((part) => ({ text: part, media: [] }))
  return written(draft, accountId, { text, thread: [...parts, ...(own.thread ?? [])] })
}

/** How many characters from the start fit; at least one, and no half of a letter. */
export function fitting(text: string, measure: Measure): number {
  const letters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map((one) => one.index)
  const ends = [...letters.slice(1), text.length]
  let [low, high] = [0, ends.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (lengthOf(text.slice(0, ends[middle]), measure) <= measure.limit) low = middle
    else high = middle - 1
  }
  return ends[low] ?? text.length
}

/** The last good place to end in; 0 where there is none in the second half. */
function endIn(text: string): number {
  for (const end of [/\n\s*\n/g, /[.!?…]["”’)]*\s/g, /\s/g]) {
    const last = [...text.matchAll(end)].at(-1)
    const at = last ? last.index + last[0].length : 0
    if (at > text.length / 3) return at
  }
  return 0
}
