/** Links that an agency sends to a client: one service to connect, good until it was used or its time is over. */
import { type Selectable, sql } from 'kysely'
import { type Db, requireUuid } from './database.ts'
import type { ConnectLinkTable } from './schema.ts'

export type ConnectLinkRow = Selectable<ConnectLinkTable>
export type NewConnectLink = Omit<ConnectLinkRow, 'workspace_id' | 'used_at' | 'connection_id'>

export function connectLinkStore(db: Db) {
  return {
    create: (workspace: string, link: NewConnectLink): Promise<ConnectLinkRow> =>
      db.workspace(workspace, (trx) =>
        trx
          .insertInto('connect_links')
          .values({ workspace_id: workspace, ...link })
          .returningAll()
          .executeTakeFirstOrThrow(),
      ),

    /** The newest first. */
    page: (workspace: string, after: { at: Date; id: string } | undefined, limit: number): Promise<ConnectLinkRow[]> =>
      db.workspace(workspace, (trx) => {
        let query = trx.selectFrom('connect_links').selectAll().where('workspace_id', '=', workspace)
        if (after) query = query.where(sql<boolean>`(created_at, id) < (${after.at}, ${after.id})`)
        return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
      }),

    byToken: (workspace: string, tokenHash: Buffer): Promise<ConnectLinkRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('connect_links')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('token_hash', '=', tokenHash)
          .executeTakeFirst(),
      ),

    /** It did what it was for. */
    use: (workspace: string, id: string, connection: string, at: Date): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('connect_links')
          .set({ used_at: at, connection_id: connection })
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where('used_at', 'is', null)
          .execute()
      }),

    remove: (workspace: string, id: string): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const gone = await trx
          .deleteFrom('connect_links')
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .executeTakeFirst()
        return gone.numDeletedRows === 1n
      }),
  }
}
