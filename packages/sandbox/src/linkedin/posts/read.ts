import { json } from '../../core/answer.ts'
import { accessDenied, noEntity, noResource, parameterInvalid, parameterNotAllowed } from '../api/errors.ts'
import type { Caller, Resource } from '../api/gate.ts'
import { plainPage } from '../api/paging.ts'
import { encoded, single, unknownParameter, whole } from '../api/restli.ts'
import type { World } from '../world.ts'
import { type Author, authorOf, authorUrn, postsFor, sameAuthor } from './author.ts'
import { postsResource } from './create.ts'
import { livePost, type Post } from './post.ts'

/** `r_member_social` is closed to new apps: an app that has it here was given it by control (Microsoft Learn: increasing-access). */
const READ = { member: 'r_member_social', organization: 'r_organization_social' }

/** Whether the caller may read what an author posted. */
export const mayRead = ({ state }: World, { member, has }: Caller, author: Author): boolean =>
  'member' in author
    ? has(READ.member) && author.member === member.key
    : has(READ.organization) && postsFor(state, member.key, author.organization)

function shown({ app }: Caller, post: Post): Record<string, unknown> {
  const { reshareOf, contentLandingPage, contentCallToActionLabel } = post
  return {
    id: post.urn,
    author: authorUrn(app.clientId, post.author),
    commentary: post.commentary,
    visibility: post.visibility,
    lifecycleState: 'PUBLISHED',
    createdAt: post.createdAt,
    publishedAt: post.createdAt,
    lastModifiedAt: post.lastModifiedAt,
    lifecycleStateInfo: { isEditedByAuthor: post.edited },
    isReshareDisabledByAuthor: post.isReshareDisabledByAuthor,
    distribution: post.distribution,
    ...(post.content && { content: post.content }),
    ...(reshareOf !== null && { reshareContext: { parent: reshareOf, root: reshareOf } }),
    ...(contentLandingPage !== null && { contentLandingPage }),
    ...(contentCallToActionLabel !== null && { contentCallToActionLabel }),
  }
}

/** GET /rest/posts/{urn}. */
export const readPost: Resource = (world, caller, ask) => {
  const denied = accessDenied(postsResource('GET', caller))
  if (!caller.has(READ.member, READ.organization)) return denied
  const stray = unknownParameter(caller.query, ['viewContext', 'fields'])
  if (stray) return parameterNotAllowed(stray)
  const post = livePost(world.state, ask.params.urn ?? '')
  if (!post) return noEntity()
  return mayRead(world, caller, post.author) ? json(200, shown(caller, post)) : denied
}

const KNOWN = ['q', 'author', 'start', 'count', 'sortBy', 'isDsc', 'viewContext', 'fields']
const LARGEST_PAGE = 100

/** GET /rest/posts?q=author: newest first. */
export const listPosts: Resource = (world, caller) => {
  const { query } = caller
  const denied = accessDenied(postsResource('FINDER-author', caller))
  if (!caller.has(READ.member, READ.organization)) return denied
  if (single(query, 'q') !== 'author') return noResource()
  const stray = unknownParameter(query, KNOWN)
  if (stray) return parameterNotAllowed(stray)
  const urn = encoded(query, 'author')
  const author = authorOf(caller.app.clientId, urn ?? '')
  if (!author) return parameterInvalid('author')
  if (!mayRead(world, caller, author)) return denied
  const sortBy = single(query, 'sortBy') ?? 'LAST_MODIFIED'
  if (!['LAST_MODIFIED', 'CREATED'].includes(sortBy)) return parameterInvalid('sortBy')
  const start = whole(query, 'start', 0)
  const count = whole(query, 'count', 10)
  if (start === undefined) return parameterInvalid('start')
  if (count === undefined || count === 0 || count > LARGEST_PAGE) return parameterInvalid('count')
  const when = (post: Post) => (sortBy === 'CREATED' ? post.createdAt : post.lastModifiedAt)
  const theirs = [...world.state.posts.values()]
    .filter((post) => !post.deleted && sameAuthor(post.author, author))
    .reverse()
    .toSorted((a, b) => when(b) - when(a))
  const href = (from: number) =>
    `/rest/posts?q=author&author=${encodeURIComponent(urn ?? '')}&sortBy=${sortBy}&start=${from}&count=${count}`
  const { elements, paging } = plainPage(theirs, start, count, href)
  return json(200, { paging, elements: elements.map((post) => shown(caller, post)) })
}
