/**
 * "Little text", the commentary's own format (Microsoft Learn: little-text-format). A reserved character that is neither
 * escaped nor part of an element ends the text where it stands, and nothing says so (n8n issue 10179, activepieces 3058,
 * pipedream 17353).
 */
export interface Little {
  /** As people read it. */
  text: string
  /** As it is handed back: hashtags as templates, what is reserved escaped. */
  commentary: string
  hashtags: string[]
  mentions: { urn: string; name: string }[]
  /** Where the rest was lost: an index of what was sent. */
  cutAt: number | undefined
}

/** The names by which an entity may be mentioned; undefined where a URN names nobody. */
export type NamesOf = (urn: string) => readonly string[] | undefined

const RESERVED = String.raw`|{}@[\]()<>#\\*_~`
const PLAIN = new RegExp(`[^${RESERVED}]+`, 'y')
const ESCAPED = new RegExp(String.raw`\\([${RESERVED}])`, 'y')
/** `_` belongs to a tag, and is reserved all the same. */
const WORD = String.raw`((?:[\p{L}\p{M}\p{N}]|\\_)+)`
const HASHTAG = new RegExp(`#${WORD}`, 'uy')
const TEMPLATE = new RegExp(String.raw`\{hashtag\|(?:\\?#|＃)\|${WORD}\}`, 'uy')
const MENTION = /@\[([^\]\n]+)\]\((urn:li:(?:person|organization):[\w-]+)\)/y

const at = (pattern: RegExp, source: string, index: number): RegExpExecArray | null => {
  pattern.lastIndex = index
  return pattern.exec(source)
}

const escaped = (text: string): string => text.replace(new RegExp(`[${RESERVED}]`, 'g'), String.raw`\$&`)

/** A mention whose name does not match is published as the name alone, or `cut` off with all that follows: nobody knows. */
export function readLittle(source: string, namesOf: NamesOf, mismatch: 'text' | 'cut' = 'text'): Little {
  const read: Little = { text: '', commentary: '', hashtags: [], mentions: [], cutAt: undefined }
  const add = (text: string, commentary: string) => {
    read.text += text
    read.commentary += commentary
  }
  let index = 0
  while (index < source.length) {
    const plain = at(PLAIN, source, index) ?? at(ESCAPED, source, index)
    const tag = at(TEMPLATE, source, index) ?? at(HASHTAG, source, index)
    const mention = at(MENTION, source, index)
    const [whole = ''] = plain ?? tag ?? mention ?? []
    if (plain) add(plain[1] ?? whole, whole)
    else if (tag) {
      const word = (tag[1] ?? '').replaceAll('\\_', '_')
      read.hashtags.push(word)
      add(`#${word}`, String.raw`{hashtag|\#|${escaped(word)}}`)
    } else if (mention) {
      const [, name = '', urn = ''] = mention
      const matches = namesOf(urn)?.includes(name)
      if (!matches && mismatch === 'cut') return { ...read, cutAt: index }
      if (matches) read.mentions.push({ urn, name })
      add(name, matches ? whole : escaped(name))
    } else return { ...read, cutAt: index }
    index += whole.length
  }
  return read
}

/** How long a text is that nothing was cut off, in UTF-16 units; escaping backslashes count or do not. */
export function lengthOf(source: string, { text, cutAt }: Little, backslashes: boolean): number {
  if (backslashes) return source.length
  const rest = cutAt === undefined ? '' : source.slice(cutAt)
  return text.length + rest.replace(new RegExp(ESCAPED.source, 'g'), '$1').length
}
