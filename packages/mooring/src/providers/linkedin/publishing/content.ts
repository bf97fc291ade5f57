/** Bodies of `POST /rest/posts` and of comments. Source: Microsoft Learn, "Posts API" and its schema (2026). Unknown fields are refused. */
import type { Json, PostContent, PostLink, PostMedia, PublishAs } from '../../../provider-publishing.ts'
import { littleText } from './little-text.ts'

/** URNs of what was uploaded, by the keys of `filesOf`. */
export type Urns = (key: string) => string

export const POLL_DURATIONS: Readonly<Record<number, string>> = {
  1440: 'ONE_DAY',
  4320: 'THREE_DAYS',
  10080: 'SEVEN_DAYS',
  20160: 'FOURTEEN_DAYS',
}

export function postBody(content: PostContent, as: PublishAs, urns: Urns): Json {
  const inside = contentOf(content, urns)
  return {
    author: as.account.subject,
    commentary: littleText(content.text, content.mentions),
    visibility: content.visibility === 'connections' ? 'CONNECTIONS' : 'PUBLIC',
    distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
    ...(inside ? { content: inside } : {}),
    lifecycleState: 'PUBLISHED',
    isReshareDisabledByAuthor: false,
  }
}

function contentOf({ media, link, poll }: PostContent, urns: Urns): Json | undefined {
  const [first] = media
  if (poll)
    return {
      poll: {
        question: poll.question,
        options: poll.options.map((text) => ({ text })),
        settings: { duration: POLL_DURATIONS[poll.minutes] ?? '' },
      },
    }
  if (first && media.length > 1)
    return {
      multiImage: { images: media.map((one, place) => ({ id: urns(`file.${place}`), ...altText(one) })) },
    }
  if (first)
    return { media: { id: urns('file.0'), ...(first.kind === 'document' ? {} : altText(first)), ...titleOf(first) } }
  if (link) return { article: article(link, urns) }
  return undefined
}

const altText = ({ alt }: PostMedia) => (alt === undefined ? {} : { altText: alt })

/** A document must have one. */
function titleOf({ kind, title, fileName }: PostMedia): { title?: string } {
  if (kind === 'document') return { title: title ?? fileName }
  return kind === 'video' && title !== undefined ? { title } : {}
}

/** LinkedIn reads no page behind the address: what is not said here is not shown. */
const article = (link: PostLink, urns: Urns): Json => ({
  source: link.url,
  title: cardTitle(link),
  ...(link.description === undefined ? {} : { description: link.description }),
  ...(link.image ? { thumbnail: urns('card') } : {}),
})

export const cardTitle = ({ url, title }: PostLink): string =>
  title?.trim() || (URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : url)

/** A comment is plain text. */
export const commentBody = (text: string, urn: string, { account }: PublishAs): Json => ({
  actor: account.subject,
  object: urn,
  message: { text },
})
