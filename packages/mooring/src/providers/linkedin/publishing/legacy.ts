/**
 * The older API: `POST /v2/ugcPosts` and `/v2/assets`, for apps that have nothing else. Its text is plain, and it has no
 * version. Sources: Microsoft Learn, "Share on LinkedIn", "UGC Post API", "Vector Asset API".
 */
import { type ApiAnswer, member, need, text } from '../../../provider.ts'
import type { Json, PostContent, PublishAs } from '../../../provider-publishing.ts'
import { cardTitle, type Urns } from './content.ts'
import type { PostFile, Upload } from './files.ts'

const CATEGORIES = { image: 'IMAGE', gif: 'IMAGE', video: 'VIDEO', document: 'NONE' } as const

/** `distribution` with a person as author was answered with 403 in 2026: it is left out. */
export function legacyBody(content: PostContent, as: PublishAs, urns: Urns): Json {
  const media = mediaOf(content, urns)
  const [first] = content.media
  const category = first ? CATEGORIES[first.kind] : content.link ? 'ARTICLE' : 'NONE'
  return {
    author: as.account.subject,
    lifecycleState: 'PUBLISHED',
    specificContent: {
      'com.linkedin.ugc.ShareContent': {
        shareCommentary: { text: content.text },
        shareMediaCategory: category,
        ...(media.length > 0 ? { media } : {}),
      },
    },
    visibility: {
      'com.linkedin.ugc.MemberNetworkVisibility': content.visibility === 'connections' ? 'CONNECTIONS' : 'PUBLIC',
    },
  }
}

function mediaOf({ media, link }: PostContent, urns: Urns): Json[] {
  const own = media.map(
    ({ title }, place): Json => ({
      status: 'READY',
      media: urns(`file.${place}`),
      ...(title === undefined ? {} : { title: { text: title } }),
    }),
  )
  if (own.length > 0 || !link) return own
  const description = link.description === undefined ? {} : { description: { text: link.description } }
  return [{ status: 'READY', originalUrl: link.url, title: { text: cardTitle(link) }, ...description }]
}

export const registerBody = ({ sort }: PostFile, { account }: PublishAs): Json => ({
  registerUploadRequest: {
    recipes: [`urn:li:digitalmediaRecipe:feedshare-${sort}`],
    owner: account.subject,
    serviceRelationships: [{ relationshipType: 'OWNER', identifier: 'urn:li:userGeneratedContent' }],
  },
})

const MECHANISM = ['value', 'uploadMechanism', 'com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest'] as const

export function registered({ body }: ApiAnswer): Upload {
  const headers = Object.entries(member(body, ...MECHANISM, 'headers') ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' && !/^(authorization|cookie|host)$/i.test(name) ? [[name.toLowerCase(), value]] : [],
  )
  return {
    urn: need(text(body, 'value', 'asset'), 'LinkedIn', 'value.asset'),
    url: need(text(body, ...MECHANISM, 'uploadUrl'), 'LinkedIn', 'uploadUrl'),
    headers: Object.fromEntries(headers),
  }
}
