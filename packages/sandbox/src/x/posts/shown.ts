import twitter from 'twitter-text'
import { derived } from '../../core/ids.ts'
import { WWW } from '../origins.ts'
import { beginning, PLAIN_LENGTH, weigh } from './counted.ts'

export interface LinkEntity {
  start: number
  end: number
  url: string
  expanded_url: string
  display_url: string
  media_key?: string
}

interface Tag {
  start: number
  end: number
  tag: string
}

/** Places in the text as it is shown, in code points. */
export interface Entities {
  urls?: LinkEntity[]
  mentions?: { start: number; end: number; username: string }[]
  hashtags?: Tag[]
  cashtags?: Tag[]
}

export interface ShownText {
  text: string
  entities: Entities
}

/** What a post's text depends on beside itself. */
export interface Showing {
  id: string
  text: string
  username: string
  media: readonly { key: string; kind: 'photo' | 'video' }[]
  /** `&`, `<` and `>` come as entities of HTML. */
  escaped: boolean
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const points = (text: string): number => [...text].length

/** t.co's own: letters and digits alone, others for each link of each post. */
const short = (id: string, n: number): string =>
  `https://t.co/${derived(10, 't.co', id, String(n)).replaceAll('-', 'a').replaceAll('_', 'Z')}`

const full = (url: string): string => (/^https?:/i.test(url) ? url : `http://${url}`)

/** Without what goes before the name, and cut where it is long. */
function display(url: string): string {
  const bare = url.replace(/^https?:\/\//i, '').replace(/^www\./i, '')
  return bare.length > 27 ? `${bare.slice(0, 26)}…` : bare
}

/** The text with t.co in the place of each link, and where its parts stand. */
function replaced({ id, text, escaped }: Showing): ShownText {
  const entities = { urls: [], mentions: [], hashtags: [], cashtags: [] } as Required<Entities>
  let out = ''
  let at = 0
  const put = (piece: string) => {
    const start = points(out)
    out += piece
    return { start, end: points(out) }
  }
  const plain = (piece: string) => put(escaped ? piece.replace(/[&<>]/g, (one) => ESCAPES[one] ?? one) : piece)
  for (const found of twitter.extractEntitiesWithIndices(text)) {
    const [from, to] = found.indices
    plain(text.slice(at, from))
    at = to
    const written = text.slice(from, to)
    if ('url' in found) {
      const url = short(id, entities.urls.length)
      const expanded_url = full(written)
      entities.urls.push({ ...put(url), url, expanded_url, display_url: display(expanded_url) })
    } else if ('screenName' in found) entities.mentions.push({ ...put(written), username: found.screenName })
    else if ('hashtag' in found) entities.hashtags.push({ ...put(written), tag: found.hashtag })
    else entities.cashtags.push({ ...put(written), tag: found.cashtag })
  }
  plain(text.slice(at))
  return { text: out, entities }
}

/** The link that stands for the media; each of them has an entity on it. */
function withMedia(shown: ShownText, { id, username, media }: Showing): ShownText {
  if (media.length === 0) return shown
  const url = short(id, -1)
  const text = shown.text === '' ? url : `${shown.text} ${url}`
  const place = { start: points(text) - points(url), end: points(text) }
  const links = media.map(({ key, kind }) => ({
    ...place,
    url,
    expanded_url: `${WWW}/${username}/status/${id}/${kind}/1`,
    display_url: `pic.x.com/${url.slice(-10)}`,
    media_key: key,
  }))
  return { text, entities: { ...shown.entities, urls: [...(shown.entities.urls ?? []), ...links] } }
}

/** The beginning of a long post, with a link to the whole of it: together no longer than a plain one. */
function cut(shown: ShownText, id: string, username: string): ShownText {
  const url = short(id, -2)
  const end = `… ${url}`
  const head = beginning(shown.text, PLAIN_LENGTH - weigh(end))
  const start = points(head) + 2
  const entities = Object.fromEntries(
    Object.entries(shown.entities).map(([name, list]) => [
      name,
      list.filter((one: LinkEntity) => one.end <= start - 2),
    ]),
  ) as Entities
  const expanded_url = `${WWW}/${username}/status/${id}`
  const link = { start, end: start + points(url), url, expanded_url, display_url: display(expanded_url) }
  return { text: head + end, entities: { ...entities, urls: [...(entities.urls ?? []), link] } }
}

const filled = ({ text, entities }: ShownText): ShownText => ({
  text,
  entities: Object.fromEntries(Object.entries(entities).filter(([, list]) => list.length > 0)),
})

/** `text` of an answer, and of a long post the whole under `note`. */
export function showText(showing: Showing): ShownText & { note?: ShownText } {
  const whole = replaced(showing)
  if (weigh(showing.text) <= PLAIN_LENGTH) return filled(withMedia(whole, showing))
  return { ...filled(cut(whole, showing.id, showing.username)), note: filled(whole) }
}
