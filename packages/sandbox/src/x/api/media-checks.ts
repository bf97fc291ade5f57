import type { Answer } from '../../core/ask.ts'
import { fits, isTooLong, longestMinutes } from '../media/limits.ts'
import { kindOf, type Media, processingState } from '../media/media.ts'
import { type User, userWithId } from '../people/users.ts'
import { subscriptionOf } from '../state.ts'
import type { World } from '../world.ts'
import type { CreateBody } from './create-body.ts'
import type { Caller } from './gate.ts'
import { invalid, mediaInvalid } from './invalid.ts'
import { videoTooLong } from './refusals.ts'

/** Uploaded by the user or for the user, for a post, whole, ready, not too old, and within X's bounds. */
function isUsable({ state, clock }: World, user: User, media: Media): boolean {
  const mine = media.owner === user.key || media.additionalOwners.includes(user.id)
  const ready = [undefined, 'succeeded'].includes(processingState(media, clock.now()))
  const forPosts = /^(tweet|amplify)_/.test(media.category)
  return mine && ready && forPosts && clock.now() < media.expiresAt && fits(media, subscriptionOf(state, user))
}

/** Four pictures, or one GIF, or one video. */
const goTogether = (all: readonly Media[]): boolean =>
  all.length === 1 || all.every((media) => kindOf(media.category) === 'image')

export function mediaRefusal(world: World, { user }: Caller, { media }: CreateBody): Answer | undefined {
  if (!media) return undefined
  const { settings, media: known } = world.state
  const ids = media.media_ids
  const found = ids.flatMap((id) => known.get(id) ?? [])
  const wrong = ids.filter((id) => {
    const one = known.get(id)
    return !one || !isUsable(world, user, one)
  })
  if (wrong.length > 0) return mediaInvalid(settings, wrong)
  if (!goTogether(found) || new Set(ids).size < ids.length) return mediaInvalid(settings, ids)
  const nobody = (media.tagged_user_ids ?? []).filter((id) => !userWithId(id))
  if (nobody.length === 0) return undefined
  return invalid(settings, 'Your tagged user IDs are invalid.', { 'media.tagged_user_ids': nobody })
}

/** Found out at the post, after a good upload (docs.x.com changelog, 2026-09-01). */
export function tooLongVideo({ state }: World, { user }: Caller, { media }: CreateBody): Answer | undefined {
  const plan = subscriptionOf(state, user)
  const all = (media?.media_ids ?? []).flatMap((id) => state.media.get(id) ?? [])
  return all.some((one) => isTooLong(one, plan)) ? videoTooLong(longestMinutes(plan)) : undefined
}
