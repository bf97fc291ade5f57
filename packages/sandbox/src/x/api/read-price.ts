import type { App } from '../apps.ts'
import type { Post } from '../posts/post.ts'
import type { World } from '../world.ts'

/** US dollars a post that is read; the same post once a day, UTC (docs.x.com, "Pricing"). */
const A_POST = 0.005
const DAY_MS = 24 * 3600 * 1000

export function readPrice({ state, clock }: World, app: App, posts: readonly Post[]): number {
  const day = Math.floor(clock.now() / DAY_MS)
  if (state.paidReads.day !== day) state.paidReads = { day, seen: new Set() }
  const { seen } = state.paidReads
  const fresh = posts.map(({ id }) => `${app.clientId} ${id}`).filter((key) => !seen.has(key))
  for (const key of fresh) seen.add(key)
  return fresh.length * A_POST
}
