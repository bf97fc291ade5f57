import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { accessDenied } from '../api/errors.ts'
import type { Resource } from '../api/gate.ts'
import { type Author, actingAs } from '../posts/author.ts'
import { readBody } from '../posts/body.ts'
import { COMMENTARY } from '../posts/commentary.ts'
import type { Content, ContentFinding } from '../posts/content.ts'
import { authorRefused, published } from '../posts/create.ts'
import { blankField, invalidValue, missingField, tooLong } from '../posts/errors.ts'
import { mediumForPost } from '../posts/media.ts'
import type { World } from '../world.ts'
import { SHARE, UGC_SHAPE, type UgcBody, type UgcMedium, VISIBILITY } from './ugc-shape.ts'

const plain = (text: string): string => text.replace(/[\\|{}@[\]()<>#*_~]/g, String.raw`\$&`)

function article(given: UgcMedium[]): ContentFinding {
  const [first] = given
  const source = first?.originalUrl
  if (source === undefined) return { refused: missingField('specificContent/media/0/originalUrl') }
  if (!URL.canParse(source)) return { refused: invalidValue('specificContent/media/0/originalUrl') }
  const shown = { source, title: first?.title?.text ?? '', description: first?.description?.text ?? '' }
  return { content: { kind: 'article', content: { article: shown }, media: [], link: source } }
}

function files(world: World, author: Author, given: UgcMedium[], kind: 'image' | 'video'): ContentFinding {
  if (given.length === 0) return { refused: missingField('specificContent/media') }
  const media: Content['media'] = []
  for (const [i, one] of given.entries()) {
    const path = `specificContent/media/${i}/media`
    if (one.media === undefined) return { refused: missingField(path) }
    const shown = { id: one.media, altText: one.description?.text, title: one.title?.text }
    const found = mediumForPost(world, author, shown, { kinds: [kind], path, asset: true })
    if ('refused' in found) return found
    media.push(found.medium)
  }
  const pictures = media.map(({ urn, alt }) => ({ id: urn, ...(alt !== null && { altText: alt }) }))
  const one = media.length === 1
  const content = one ? { media: pictures[0] } : { multiImage: { images: pictures } }
  return { content: { kind: one ? kind : 'multiImage', content, media, link: null } }
}

function judgeContent(world: World, author: Author, category: string, given: UgcMedium[] = []): ContentFinding {
  if (given.some(({ status }) => status !== 'READY')) return { refused: invalidValue('specificContent/media/status') }
  if (category === 'IMAGE') return files(world, author, given, 'image')
  if (category === 'VIDEO' && given.length < 2) return files(world, author, given, 'video')
  if (category === 'ARTICLE') return article(given)
  const none = category === 'NONE' && given.length === 0
  return none
    ? { content: { kind: 'text', content: null, media: [], link: null } }
    : { refused: invalidValue('specificContent/shareMediaCategory') }
}

/** Who it may stand under. `distribution` beside a member is refused as if the permission were missing (a report of 2026-06-20). */
function judgeAuthor(world: World, caller: Parameters<Resource>[1], body: UgcBody): { author: Author } | Answer {
  const denied = accessDenied('ugcPosts.CREATE.NO_VERSION')
  const acting = actingAs(world.state, caller, body.author)
  if ('why' in acting) return authorRefused(acting.why, denied)
  const { author } = acting
  const ended = 'organization' in author && world.state.settings.ugcOrganizations === 'refused'
  return ended || ('member' in author && body.distribution !== undefined) ? denied : { author }
}

/** POST /v2/ugcPosts: the endpoint of Share on LinkedIn, with plain text (Microsoft Learn: share-on-linkedin, ugc-post-api). */
export const createUgcPost: Resource = (world, caller, ask) => {
  if (!caller.has('w_member_social', 'w_organization_social')) return accessDenied('ugcPosts.CREATE.NO_VERSION')
  const read = readBody<UgcBody>(ask, UGC_SHAPE)
  if ('refused' in read) return read.refused
  const { body } = read
  const allowed = judgeAuthor(world, caller, body)
  if ('body' in allowed) return allowed
  const { shareCommentary, shareMediaCategory, media } = body.specificContent[SHARE]
  const visibility = body.visibility[VISIBILITY]
  if (body.lifecycleState !== 'PUBLISHED') return invalidValue('lifecycleState')
  if (!['PUBLIC', 'CONNECTIONS'].includes(visibility)) return invalidValue('visibility')
  const { text } = shareCommentary
  if (text.length > COMMENTARY) return tooLong('specificContent/shareCommentary/text', COMMENTARY)
  if (text.trim() === '' && shareMediaCategory === 'NONE') return blankField('specificContent/shareCommentary/text')
  const found = judgeContent(world, allowed.author, shareMediaCategory, media)
  if ('refused' in found) return found.refused
  const draft = {
    ...{ clientId: caller.app.clientId, member: caller.member.key, author: allowed.author },
    ...found.content,
    ...{ commentary: plain(text), text, visibility, isReshareDisabledByAuthor: false },
    distribution: body.distribution ?? { feedDistribution: 'MAIN_FEED' },
    ...{ reshareOf: null, contentLandingPage: null, contentCallToActionLabel: null },
  }
  return published(world, draft, '/ugcPosts', (id) => json(201, { id }))
}
