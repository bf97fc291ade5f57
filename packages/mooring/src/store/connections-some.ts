/** Connections by their ids. */
import type { ConnectionRow } from './connections.ts'
import type { Db } from './database.ts'

export function someConnections(db: Db) {
  return {
    /** Those of them that are there. */
    some: (workspace: string, ids: readonly string[]): Promise<ConnectionRow[]> =>
      ids.length === 0
        ? Promise.resolve([])
        : db.workspace(workspace, (trx) =>
            trx
              .selectFrom('connections')
              .selectAll()
              .where('workspace_id', '=', workspace)
              .where('id', 'in', ids)
              .execute(),
          ),
  }
}
