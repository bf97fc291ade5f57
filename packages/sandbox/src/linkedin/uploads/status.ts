import { json } from '../../core/answer.ts'
import { accessDenied, noEntity } from '../api/errors.ts'
import type { Caller, Resource } from '../api/gate.ts'
import { downloadUrl } from '../media/download.ts'
import { authorUrn, postsFor } from '../posts/author.ts'
import type { World } from '../world.ts'
import { mediumForbidden } from './errors.ts'
import { resourceName } from './initialize.ts'
import { type Medium, type MediumKind, statusOf } from './medium.ts'

/**
 * Which of these a token needs. Images and documents are write-only for `w_member_social`; a video can be looked at
 * (Microsoft Learn: images-api, documents-api; Postiz polls videos of members).
 */
function scopes(world: World, medium: Medium): string[] {
  if ('organization' in medium.owner) return ['r_organization_social', 'w_organization_social']
  const readable = medium.kind === 'video' && world.state.settings.videoRead === 'allowed'
  return readable ? ['r_member_social', 'w_member_social'] : ['r_member_social']
}

const owns = (world: World, { member }: Caller, { owner }: Medium): boolean =>
  'member' in owner ? owner.member === member.key : postsFor(world.state, member.key, owner.organization)

function shown(world: World, { app }: Caller, medium: Medium): Record<string, unknown> {
  const now = world.clock.now()
  const status = statusOf(medium, now)
  const { kind, owner, urn, facts, failure } = medium
  return {
    owner: authorUrn(app.clientId, owner),
    id: urn,
    status,
    ...(status === 'AVAILABLE' && downloadUrl(world, medium)),
    ...(status === 'PROCESSING_FAILED' && kind === 'video' && { processingFailureReason: failure }),
    ...(status === 'AVAILABLE' &&
      kind === 'video' && {
        duration: Math.round((facts.seconds ?? 0) * 1000),
        aspectRatioWidth: facts.width,
        aspectRatioHeight: facts.height,
      }),
  }
}

/** GET /rest/images/{urn}, /rest/videos/{urn}, /rest/documents/{urn}. */
export const mediumStatus =
  (kind: MediumKind): Resource =>
  (world, caller, ask) => {
    const denied = accessDenied(resourceName(kind, 'GET', caller))
    const medium = world.state.media.get(ask.params.urn ?? '')
    // Whoever may read none at all is told so, before anything is looked up.
    const some = ['r_member_social', 'r_organization_social', 'w_organization_social']
    if (!caller.has(...some, ...(kind === 'video' ? ['w_member_social'] : []))) return denied
    if (medium?.kind !== kind || medium.urn.includes('digitalmediaAsset')) return noEntity()
    if (!caller.has(...scopes(world, medium))) return denied
    return owns(world, caller, medium) ? json(200, shown(world, caller, medium)) : mediumForbidden(kind)
  }
