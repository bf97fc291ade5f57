/** Who looks on at a workspace's posts hears of each that changes: at once where this process did it, within seconds where another did. */
import { unknownFault } from '../error.ts'
import type { Runtime } from '../runtime.ts'
import type { Store } from '../store/store.ts'

const POLL_MS = 1500
/** What is committed late, or by a clock that is behind, bears an earlier time. */
const OVERLAP_MS = 5000
/** Before every id. */
const FIRST = '00000000-0000-0000-0000-000000000000'

type Listener = (post: string) => void
interface Watched {
  listeners: Set<Listener>
  /** By the database's clock; undefined: nobody looked yet. */
  since: Date | undefined
  /** What the last look found, and at which of its changes: as far as it can be found again. */
  told: ReadonlyMap<string, number>
}

export interface Changes {
  /** Until the returned function is called. */
  watch(workspace: string, listener: Listener): () => void
  tell(workspace: string, post: string): void
  close(): void
}

export function createChanges({ runtime, store }: { runtime: Runtime; store: Store }): Changes {
  const watched = new Map<string, Watched>()
  let polling: Promise<void> | undefined

  const look = async (workspace: string, one: Watched): Promise<void> => {
    const { since } = one
    const found = new Map<string, number>()
    let after: Parameters<Store['posts']['changed']>[1] | undefined = since
      ? { at: new Date(since.getTime() - OVERLAP_MS), id: FIRST }
      : { forMs: POLL_MS + OVERLAP_MS }
    let began: Date | undefined
    while (after) {
      const { posts, more, now } = await store.posts.changed(workspace, after)
      began ??= now
      for (const { id, at } of posts) {
        found.set(id, at.getTime())
        if (one.told.get(id) !== at.getTime()) for (const listener of one.listeners) listener(id)
      }
      after = more ? posts.at(-1) : undefined
    }
    one.told = found
    one.since = began
  }
  const poll = async (): Promise<void> => {
    for (const [workspace, one] of watched) await look(workspace, one)
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
      const one = watched.get(workspace) ?? { listeners: new Set(), since: undefined, told: new Map() }
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
