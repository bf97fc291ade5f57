/** Who looks on at a workspace's posts hears of each that changes: at once where this process did it, within seconds where another did. */
import { unknownFault } from '../error.ts'
import type { Runtime } from '../runtime.ts'
import type { Store } from '../store/store.ts'

const POLL_MS = 1500
/** What is committed late bears an earlier time. */
const OVERLAP_MS = 5000
/** So many posts are remembered as told, a workspace. */
const MOST_TOLD = 2000

type Listener = (post: string) => void

export interface Changes {
  /** Until the returned function is called. */
  watch(workspace: string, listener: Listener): () => void
  tell(workspace: string, post: string): void
  close(): void
}

export function createChanges({ runtime, store }: { runtime: Runtime; store: Store }): Changes {
  const watched = new Map<string, { listeners: Set<Listener>; since: number; told: Map<string, number> }>()
  let polling: Promise<void> | undefined

  const poll = async (): Promise<void> => {
    for (const [workspace, one] of watched) {
      const rows = await store.posts.changed(workspace, new Date(one.since - OVERLAP_MS))
      for (const { id, at } of rows) {
        one.since = Math.max(one.since, at.getTime())
        if (one.told.get(id) === at.getTime()) continue
        one.told.set(id, at.getTime())
        for (const listener of one.listeners) listener(id)
      }
      if (one.told.size > MOST_TOLD) one.told.clear()
    }
  }
  const end = runtime.every(POLL_MS, () => {
    if (watched.size === 0 || polling) return
    polling = poll()
      .catch((error: unknown) => runtime.log.debug({ fault: unknownFault(error) }, 'changes of posts were not read'))
      .finally(() => {
        polling = undefined
      })
  })

  return {
    watch(workspace, listener) {
      const one = watched.get(workspace) ?? { listeners: new Set(), since: runtime.now(), told: new Map() }
      watched.set(workspace, one)
      one.listeners.add(listener)
      return () => {
        one.listeners.delete(listener)
        if (one.listeners.size === 0) watched.delete(workspace)
      }
    },
    tell(workspace, post) {
      for (const listener of watched.get(workspace)?.listeners ?? []) listener(post)
    },
    close: end,
  }
}
