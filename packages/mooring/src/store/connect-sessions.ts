/** Connect sessions: what a host's server allowed one browser to do. */
import type { Selectable } from 'kysely'
import { type Db, requireUuid } from './database.ts'
import type { ConnectSessionTable } from './schema.ts'

export type ConnectSessionRow = Selectable<ConnectSessionTable>
export type NewConnectSession = Omit<ConnectSessionRow, 'workspace_id' | 'browser_hash' | 'used_at'>

/** How long a row is kept after its end, in ms: a late browser is told what happened. */
const KEEP_MS = 24 * 3_600_000

export function connectSessionStore(db: Db) {
  return {
    create: (workspace: string, session: NewConnectSession): Promise<ConnectSessionRow> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .deleteFrom('connect_sessions')
          .where('workspace_id', '=', workspace)
          .where('expires_at', '<', new Date(session.created_at.getTime() - KEEP_MS))
          .execute()
        return trx
          .insertInto('connect_sessions')
          .values({ workspace_id: workspace, ...session })
          .returningAll()
          .executeTakeFirstOrThrow()
      }),

    byToken: (workspace: string, tokenHash: Buffer): Promise<ConnectSessionRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('connect_sessions')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('token_hash', '=', tokenHash)
          .executeTakeFirst(),
      ),

    /** The session that this browser opened. */
    byBrowser: (workspace: string, id: string, browserHash: Buffer): Promise<ConnectSessionRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('connect_sessions')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where('browser_hash', '=', browserHash)
          .executeTakeFirst(),
      ),

    /** Of any number of uses at once, one gets it: a browser with its secret, or a page that sends the token (null). */
    use: (
      workspace: string,
      id: string,
      browserHash: Buffer | null,
      now: Date,
      until: Date,
    ): Promise<ConnectSessionRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .updateTable('connect_sessions')
          .set({ browser_hash: browserHash, used_at: now, expires_at: until })
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where('used_at', 'is', null)
          .where('expires_at', '>', now)
          .returningAll()
          .executeTakeFirst(),
      ),

    /** Whether a browser opened the session. Not so where a page of the host's sends its token. */
    isOpened: (workspace: string, id: string): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const row = await trx
          .selectFrom('connect_sessions')
          .select('id')
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where('browser_hash', 'is not', null)
          .executeTakeFirst()
        return row !== undefined
      }),

    /** The one flow of a session. */
    flowOf: (workspace: string, id: string): Promise<string | undefined> =>
      db.workspace(workspace, async (trx) => {
        const row = await trx
          .selectFrom('flows')
          .select('id')
          .where('workspace_id', '=', workspace)
          .where('connect_session', '=', requireUuid(id))
          .executeTakeFirst()
        return row?.id
      }),
  }
}
