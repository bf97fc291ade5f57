/**
 * LinkedIn's "little text": the commentary of a post, with templates for mentions and hashtags. What is reserved and not
 * escaped cuts the post off there, silently, with a 201. Sources: Microsoft Learn, "little Text Format"; n8n 10179,
 * activepieces 3058. Comments, titles and alternative texts are plain: escaped, they show the backslashes.
 */
import type { PostContent } from '../../../provider-publishing.ts'

type Mention = PostContent['mentions'][number]

export const RESERVED = '|{}@[]()<>#*_~\\'
const RESERVED_ONE = /[|{}@[\]()<>#*_~\\]/g
const escaped = (text: string): string => text.replace(RESERVED_ONE, '\\$&')

const MENTIONED = /^urn:li:(person|organization):[A-Za-z0-9_-]+$/
/** A template has no way to write these into a name. */
const UNNAMABLE = /[[\]\\]/

export const isMentionable = ({ name, id }: Mention): boolean =>
  MENTIONED.test(id) && name.trim() !== '' && !UNNAMABLE.test(name)

/** An address is no place for a hashtag; what follows a letter, `&` (an entity) or `/` is none; a tag has a letter. */
const ADDRESS = String.raw`https?:\/\/\S+`
const HASHTAG = String.raw`(?<![\p{L}\p{N}\p{M}_#&/])#[\p{N}\p{M}_]*\p{L}[\p{L}\p{N}\p{M}_]*`

/** Mentions as `@[Name](urn)`, hashtags as `#word`, everything else escaped. */
export function littleText(text: string, mentions: readonly Mention[]): string {
  const usable = mentions.filter(isMentionable).toSorted((a, b) => b.name.length - a.name.length)
  const names = usable.map(({ name }) => name.replace(/[.*+?^${}()|/]/g, '\\$&')).join('|')
  const mention = names === '' ? '' : String.raw`|(?<![\p{L}\p{N}_])@(?<name>${names})(?![\p{L}\p{N}_])`
  const special = new RegExp(`(?<address>${ADDRESS})|(?<tag>${HASHTAG})${mention}`, 'gu')
  let little = ''
  let from = 0
  for (const match of text.matchAll(special)) {
    const { tag, name } = match.groups ?? {}
    little += escaped(text.slice(from, match.index))
    const id = usable.find((one) => one.name === name)?.id
    if (id !== undefined) little += `@[${name}](${id})`
    else if (tag !== undefined) little += `#${escaped(tag.slice(1))}`
    else little += escaped(match[0])
    from = match.index + match[0].length
  }
  return little + escaped(text.slice(from))
}

const TEMPLATES = /\\([\s\S])|\{hashtag\|\\?#\|((?:\\[\s\S]|[^}\\])*)\}|@\[((?:\\[\s\S]|[^\]\\])*)\]\(urn:[^)]*\)/g

/** What people see of it. LinkedIn answers with hashtags as `{hashtag|\#|word}`, whatever was sent. */
export const plainText = (little: string): string =>
  little.replace(TEMPLATES, (_, one?: string, tag?: string, name?: string) => {
    if (one !== undefined) return one
    return tag !== undefined ? `#${unescaped(tag)}` : `@${unescaped(name ?? '')}`
  })

const unescaped = (text: string): string => text.replace(/\\([\s\S])/g, '$1')
