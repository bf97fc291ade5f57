/** What a page says of itself, for those who link to it: Open Graph, Twitter's words, else its title. Pure. */
import htmlEncodingSniffer from 'html-encoding-sniffer'
import { Parser } from 'htmlparser2'

export interface Card {
  title: string | null
  description: string | null
  /** Absolute. */
  image: string | null
}

const TITLE = ['og:title', 'twitter:title', 'title']
const DESCRIPTION = ['og:description', 'twitter:description', 'description']
const IMAGE = ['og:image:secure_url', 'og:image:url', 'og:image', 'twitter:image', 'twitter:image:src']
const LONGEST = { title: 300, description: 1000 }

/** `type`: the Content-Type that it was sent with. `url`: where it was found. */
export function cardOf(html: Uint8Array, type: string | undefined, url: string): Card {
  const said = wordsOf(textOf(html, type))
  const first = (names: readonly string[]) => names.map((name) => said.get(name)).find((one) => one) ?? null
  const base = resolved(said.get('base') ?? '', url) ?? url
  const image = first(IMAGE)
  return {
    title: first(TITLE)?.slice(0, LONGEST.title).toWellFormed() ?? null,
    description: first(DESCRIPTION)?.slice(0, LONGEST.description).toWellFormed() ?? null,
    image: image === null ? null : resolved(image, base),
  }
}

const resolved = (address: string, base: string): string | null =>
  URL.canParse(address, base) ? new URL(address, base).href : null

/** The HTML standard's way: a byte order mark, what the server says, what the page says. */
function textOf(html: Uint8Array, type: string | undefined): string {
  const told = /charset\s*=\s*"?([^\s;"]+)/i.exec(type ?? '')?.[1]
  const encoding = htmlEncodingSniffer(html, {
    defaultEncoding: 'UTF-8',
    ...(told === undefined ? {} : { transportLayerEncodingLabel: told }),
  })
  try {
    return new TextDecoder(encoding).decode(html)
  } catch {
    // Of the standard's encodings Node knows all but two that no page is written in.
    return new TextDecoder().decode(html)
  }
}

/** The first of each, in one line. What is in the body is the page's readers' to write. */
function wordsOf(html: string): Map<string, string> {
  const said = new Map<string, string>()
  const note = (name: string, value: string | undefined) => {
    const clean = value?.replace(/[\p{Cc}\s]+/gu, ' ').trim()
    if (clean && !said.has(name)) said.set(name, clean)
  }
  let title: string | undefined
  const parser = new Parser({
    onopentag(tag, { property, name, content, href }) {
      if (tag === 'body') parser.pause()
      // No other element of a head has content.
      if (content !== undefined) note((property ?? name ?? '').toLowerCase().trim(), content)
      if (tag === 'base') note('base', href)
      if (tag === 'title') title = ''
    },
    ontext(text) {
      if (title !== undefined) title += text
    },
    onclosetag(tag) {
      if (tag !== 'title') return
      note('title', title)
      title = undefined
    },
  })
  parser.write(html)
  return said
}
