/** What nobody uses goes, and bytes that no file stands for. */
import { unknownFault } from '../../error.ts'
import type { MediaParts } from './media.ts'

const DAY_MS = 86_400_000
/** So long a file may wait for a post. */
export const UNUSED_DAYS = 30
const AT_ONCE = 200

/** Whoever ticks by the minute asks too often: the look at everything that lies there is a request to a bucket. */
const AGAIN_MS = 20 * 3_600_000

/** At most once in 20 hours for each workspace and process. Answers with how many files went. Throws as the store and the storage. */
export async function tidyMedia(parts: MediaParts, workspace: string): Promise<number> {
  const now = parts.runtime.now()
  if (now - (parts.tidied.get(workspace) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return 0
  parts.tidied.set(workspace, now)
  const before = new Date(now - UNUSED_DAYS * DAY_MS)
  let gone = 0
  for (;;) {
    const ids = await parts.store.media.dropUnused(workspace, before, AT_ONCE)
    for (const id of ids) await parts.storage.remove(workspace, id)
    gone += ids.length
    if (ids.length === 0) break
  }
  await dropStray(parts, workspace)
  return gone
}

/** A server that died between two steps left them. Those of today may be on their way. */
async function dropStray({ storage, store, runtime }: MediaParts, workspace: string): Promise<void> {
  const old: string[] = []
  for await (const { id, at } of storage.list(workspace)) if (at < runtime.now() - DAY_MS) old.push(id)
  for (let at = 0; at < old.length; at += AT_ONCE)
    for (const id of await store.media.unknown(workspace, old.slice(at, at + AT_ONCE))) {
      await storage.remove(workspace, id)
      runtime.log.info({ workspace, media: id }, 'bytes that no file stood for were removed')
    }
}

/** Everything of a workspace that is being erased. Throws as the storage. */
export async function removeAll({ storage, runtime }: MediaParts, workspace: string): Promise<void> {
  for await (const { id } of storage.list(workspace))
    await storage.remove(workspace, id).catch((error: unknown) => {
      runtime.log.warn({ workspace, media: id, fault: unknownFault(error) }, 'a file could not be removed')
      throw error
    })
}
