/** Files of posts, as rows. */
import type { Selectable } from 'kysely'
import type { Trx } from './database.ts'
import type { MediaTable, StoredContent } from './schema-posts.ts'

export type MediaRow = Selectable<MediaTable>

/** The ids of all files in a post, each once. Pure. */
export function mediaIn(content: StoredContent): string[] {
  const parts = [content, ...(content.thread ?? [])]
  const used = parts.flatMap((part) => part.media.map((one) => one.id))
  return [...new Set(content.link?.image ? [...used, content.link.image.id] : used)]
}

/** Those that are there. */
export async function mediaOf(trx: Trx, workspace: string, ids: readonly string[]): Promise<MediaRow[]> {
  if (ids.length === 0) return []
  return trx.selectFrom('media').selectAll().where('workspace_id', '=', workspace).where('id', 'in', ids).execute()
}
