import { empty } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { accessDenied } from '../api/errors.ts'
import type { Caller, Resource } from '../api/gate.ts'
import type { World } from '../world.ts'
import { type Author, actingAs, type NotAllowed } from './author.ts'
import { readBody } from './body.ts'
import { judgeCommentary } from './commentary.ts'
import { judgeContent } from './content.ts'
import { duplicateOf } from './duplicates.ts'
import {
  authorDenied,
  blankField,
  duplicatePost,
  invalidValue,
  missingField,
  organizationDenied,
  urnId,
  urnType,
} from './errors.ts'
import { type Draft, livePost, publish } from './post.ts'
import { POST_SHAPE, type PostBody } from './post-shape.ts'

/** The name behind the URL, as refusals give it. */
export const postsResource = (method: string, { version }: Caller): string =>
  `partnerApiPostsExternal.${method}.${version}`

/** Why the caller may not publish as that author. */
export function authorRefused(why: NotAllowed, denied: Answer): Answer {
  const refusals: Record<NotAllowed, () => Answer> = {
    'urn-type': () => urnType('author'),
    'urn-id': () => urnId('author'),
    'member-scope': () => denied,
    'organization-scope': organizationDenied,
    stranger: authorDenied,
  }
  return refusals[why]()
}

const VISIBILITY = ['PUBLIC', 'CONNECTIONS', 'LOGGED_IN', 'CONTAINER']

/** The plain fields. A dark post is an organization's, and nothing but PUBLISHED is taken (Microsoft Learn: post-api-schema). */
function judgeFields(body: PostBody, author: Author): Answer | undefined {
  const { feedDistribution, targetEntities = [] } = body.distribution
  const feeds = 'organization' in author ? ['MAIN_FEED', 'NONE'] : ['MAIN_FEED']
  if (!VISIBILITY.includes(body.visibility)) return invalidValue('visibility')
  // Groups are not played: no container is known.
  if (body.visibility === 'CONTAINER')
    return body.container === undefined ? missingField('container') : urnId('container')
  if (!feeds.includes(feedDistribution)) return invalidValue('distribution/feedDistribution')
  if (targetEntities.length > 0 && 'member' in author) return invalidValue('distribution/targetEntities')
  if (body.lifecycleState !== 'PUBLISHED') return invalidValue('lifecycleState')
  return body.content && body.reshareContext ? invalidValue('content') : undefined
}

/** Whether a post may be shared again. */
export function judgeReshare({ state }: World, parent: string | undefined, path: string): Answer | undefined {
  if (parent === undefined) return undefined
  const post = livePost(state, parent)
  if (!post) return urnId(path)
  return post.isReshareDisabledByAuthor ? invalidValue(path) : undefined
}

function draftOf(
  world: World,
  { app, member }: Caller,
  body: PostBody,
  author: Author,
): { draft: Draft } | { refused: Answer } {
  const { content: given, reshareContext } = body
  const read = judgeCommentary(world, app.clientId, body.commentary, 'commentary')
  const refused = judgeFields(body, author) ?? judgeReshare(world, reshareContext?.parent, 'reshareContext/parent')
  if (refused) return { refused }
  if ('refused' in read) return read
  if (body.commentary.trim() === '' && !given && !reshareContext) return { refused: blankField('commentary') }
  const found = judgeContent(world, author, given)
  if ('refused' in found) return found
  return {
    draft: {
      ...{ clientId: app.clientId, member: member.key, author },
      ...found.content,
      ...(reshareContext && { kind: 'reshare' as const }),
      commentary: read.little.commentary,
      text: read.little.text,
      distribution: { ...body.distribution },
      visibility: body.visibility,
      isReshareDisabledByAuthor: body.isReshareDisabledByAuthor ?? false,
      reshareOf: reshareContext?.parent ?? null,
      contentLandingPage: body.contentLandingPage ?? null,
      contentCallToActionLabel: body.contentCallToActionLabel ?? null,
    },
  }
}

/** Publishes what is not there yet. The id comes in a header alone, unless `body` tells what to say, too. */
export function published(world: World, draft: Draft, path: string, body?: (urn: string) => Answer): Answer {
  const { state, clock } = world
  const twice = duplicateOf(state.byText, draft, clock.now(), state.settings)
  if (twice !== undefined) return duplicatePost(twice)
  const { urn } = publish(state, draft, clock.now())
  const answer = body?.(urn) ?? empty(201)
  if (state.settings.restliId === 'absent') return answer
  const id = state.settings.restliId === 'encoded' ? encodeURIComponent(urn) : urn
  return {
    ...answer,
    headers: { ...answer.headers, 'x-restli-id': id, location: `${path}/${encodeURIComponent(urn)}` },
  }
}

/** POST /rest/posts (Microsoft Learn: posts-api). */
export const createPost: Resource = (world, caller, ask) => {
  const denied = accessDenied(postsResource('CREATE', caller))
  if (!caller.has('w_member_social', 'w_organization_social')) return denied
  const read = readBody<PostBody>(ask, POST_SHAPE)
  if ('refused' in read) return read.refused
  const acting = actingAs(world.state, caller, read.body.author)
  if ('why' in acting) return authorRefused(acting.why, denied)
  const drafted = draftOf(world, caller, read.body, acting.author)
  return 'refused' in drafted ? drafted.refused : published(world, drafted.draft, '/posts')
}
