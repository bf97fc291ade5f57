import type { Answer } from '../../core/ask.ts'
import { isLatest } from '../posts/post.ts'
import { subscriptionOf } from '../state.ts'
import type { World } from '../world.ts'
import type { CreateBody } from './create-body.ts'
import type { Caller } from './gate.ts'
import { notPermitted } from './refusals.ts'

/** docs.x.com, "Edit Posts"; the changelog says an hour. The stricter of both. */
const WITHIN_MS = 30 * 60 * 1000
const MOST_EDITS = 5

/** Premium alone, and only the newest version of an own post. */
export function editRefusal({ state, clock }: World, { user }: Caller, body: CreateBody): Answer | undefined {
  if (!body.edit_options) return undefined
  const post = state.posts.live(body.edit_options.previous_post_id)
  const first = state.posts.get(post?.versions[0] ?? '')
  if (!post || !first || post.author !== user.key || !isLatest(post)) return notPermitted()
  const inTime = clock.now() < first.at + WITHIN_MS && post.versions.length <= MOST_EDITS
  return inTime && subscriptionOf(state, user).startsWith('Premium') ? undefined : notPermitted()
}
