/** Workspaces: the tenants that own everything else. */
import { type Selectable, sql } from 'kysely'
import { type Db, requireUuid } from './database.ts'
import type { WorkspaceTable } from './schema.ts'

export type WorkspaceRow = Selectable<WorkspaceTable>

export function workspaceStore(db: Db) {
  return {
    /** The first workspace, made when there is none. Two processes that start together get the same one. */
    ensureFirst: (id: string, name: string): Promise<WorkspaceRow> =>
      db.instance(async (trx) => {
        await sql`select pg_advisory_xact_lock(772900115)`.execute(trx)
        const first = await trx
          .selectFrom('workspaces')
          .selectAll()
          .orderBy('created_at')
          .orderBy('id')
          .executeTakeFirst()
        return (
          first ??
          trx.insertInto('workspaces').values({ id, name, external_id: null }).returningAll().executeTakeFirstOrThrow()
        )
      }),

    byId: (id: string): Promise<WorkspaceRow | undefined> =>
      db.instance((trx) =>
        trx.selectFrom('workspaces').selectAll().where('id', '=', requireUuid(id)).executeTakeFirst(),
      ),

    byExternalId: (externalId: string): Promise<WorkspaceRow | undefined> =>
      db.instance((trx) =>
        trx.selectFrom('workspaces').selectAll().where('external_id', '=', externalId).executeTakeFirst(),
      ),

    /** The workspace of this external id, made when there is none. Two that ask at once get the same one. */
    ensureExternal: (id: string, name: string, externalId: string): Promise<WorkspaceRow> =>
      db.instance(async (trx) => {
        await trx
          .insertInto('workspaces')
          .values({ id, name, external_id: externalId })
          .onConflict((on) => on.column('external_id').doNothing())
          .execute()
        return trx.selectFrom('workspaces').selectAll().where('external_id', '=', externalId).executeTakeFirstOrThrow()
      }),

    create: (id: string, name: string, externalId: string | null): Promise<WorkspaceRow> =>
      db.instance((trx) =>
        trx
          .insertInto('workspaces')
          .values({ id, name, external_id: externalId })
          .returningAll()
          .executeTakeFirstOrThrow(),
      ),
  }
}
