import { empty } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { accessDenied, noEntity, refusal } from '../api/errors.ts'
import type { Caller, Resource } from '../api/gate.ts'
import type { World } from '../world.ts'
import { actingAs, authorUrn } from './author.ts'
import { readBody } from './body.ts'
import { judgeCommentary } from './commentary.ts'
import { authorRefused, judgeReshare, postsResource } from './create.ts'
import { remember } from './duplicates.ts'
import { invalidValue } from './errors.ts'
import { type Post, postNamed } from './post.ts'
import { PATCH_SHAPE } from './post-shape.ts'

/** Whether the caller may change what stands under the post's author; undefined where they may. */
function judgeOwner(world: World, caller: Caller, { author }: Post, denied: Answer): Answer | undefined {
  const acting = actingAs(world.state, caller, authorUrn(caller.app.clientId, author))
  return 'why' in acting ? authorRefused(acting.why, denied) : undefined
}

interface Patch {
  commentary?: string
  contentLandingPage?: string
  contentCallToActionLabel?: string
  lifecycleState?: string
  reshareContext?: { parent: string }
}

function edit(world: World, clientId: string, post: Post, set: Patch): Answer | undefined {
  if (post.kind === 'poll') return invalidValue('patch/$set')
  if ((set.lifecycleState ?? 'PUBLISHED') !== 'PUBLISHED') return invalidValue('patch/$set/lifecycleState')
  const reshared = judgeReshare(world, set.reshareContext?.parent, 'patch/$set/reshareContext/parent')
  if (reshared) return reshared
  const path = 'patch/$set/commentary'
  const read = set.commentary === undefined ? undefined : judgeCommentary(world, clientId, set.commentary, path)
  if (read && 'refused' in read) return read.refused
  Object.assign(post, {
    ...(read && { commentary: read.little.commentary, text: read.little.text }),
    reshareOf: set.reshareContext?.parent ?? post.reshareOf,
    contentLandingPage: set.contentLandingPage ?? post.contentLandingPage,
    contentCallToActionLabel: set.contentCallToActionLabel ?? post.contentCallToActionLabel,
    lastModifiedAt: world.clock.now(),
    edited: true,
  })
  remember(world.state.byText, post)
  return undefined
}

/** POST /rest/posts/{urn} with `X-RestLi-Method: PARTIAL_UPDATE`: the text and a few fields more, no media. */
export const updatePost: Resource = (world, caller, ask) => {
  const denied = accessDenied(postsResource('PARTIAL_UPDATE', caller))
  if (!caller.has('w_member_social', 'w_organization_social')) return denied
  if (ask.headers.get('x-restli-method')?.toUpperCase() !== 'PARTIAL_UPDATE')
    return refusal(400, { message: 'The header X-RestLi-Method must be PARTIAL_UPDATE' })
  const read = readBody<{ patch: { $set: Patch } }>(ask, PATCH_SHAPE)
  if ('refused' in read) return read.refused
  const post = postNamed(world.state, ask.params.urn ?? '')
  if (!post || post.deleted) return noEntity()
  const refused =
    judgeOwner(world, caller, post, denied) ?? edit(world, caller.app.clientId, post, read.body.patch.$set)
  return refused ?? empty(world.state.settings.updateStatus)
}

/** DELETE /rest/posts/{urn}: 204, again and again (Microsoft Learn: posts-api). What never was, is not found. */
export const deletePost: Resource = (world, caller, ask) => {
  const denied = accessDenied(postsResource('DELETE', caller))
  if (!caller.has('w_member_social', 'w_organization_social')) return denied
  const post = postNamed(world.state, ask.params.urn ?? '')
  if (!post) return noEntity()
  const refused = judgeOwner(world, caller, post, denied)
  if (refused) return refused
  post.deleted = true
  return empty(204)
}
