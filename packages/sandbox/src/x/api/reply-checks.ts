import type { Answer } from '../../core/ask.ts'
import type { User } from '../people/users.ts'
import { counted } from '../posts/counted.ts'
import type { Post } from '../posts/post.ts'
import type { World } from '../world.ts'
import type { Caller } from './gate.ts'
import { notQuotable, notSummoned, replyToNothing } from './refusals.ts'
import { maySee } from './visible.ts'

/** The author of a post has mentioned the user in it, or quoted one of the user's (docs.x.com changelog, 2026-02-23). */
export function isSummoned({ state }: World, user: User, target: Post): boolean {
  const quoted = state.posts.get(target.quoted ?? '')
  return quoted?.author === user.key || counted(target.text).mentions.includes(user.username.toLowerCase())
}

/** To one's own post anybody may reply: that is how threads are made. */
export function replyRefusal(world: World, { user, app }: Caller, id: string): Answer | undefined {
  const target = world.state.posts.live(id)
  if (!target || !maySee(user, target)) return replyToNothing()
  if (target.author === user.key || app.tier === 'enterprise') return undefined
  return isSummoned(world, user, target) ? undefined : notSummoned()
}

export function quoteRefusal(world: World, { user, app }: Caller, id: string): Answer | undefined {
  const target = world.state.posts.live(id)
  return app.tier === 'enterprise' && target && maySee(user, target) ? undefined : notQuotable()
}
