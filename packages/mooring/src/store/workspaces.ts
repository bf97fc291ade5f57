/** Workspaces: the tenants that own everything else. */
import { type Selectable, sql } from 'kysely'
import { type Db, requireUuid } from './database.ts'
import type { WorkspaceTable } from './schema.ts'

export type WorkspaceRow = Selectable<WorkspaceTable>

/** Tables that a workspace owns, read inside of it; and the instance's own that name one. A test compares them with the schema. */
export const OF_A_WORKSPACE = [
  ...(['connections', 'accounts', 'flows', 'flow_states', 'flow_completions', 'connect_sessions', 'events'] as const),
  ...(['flow_attempts', 'connect_links'] as const),
  ...(['due_refreshes', 'members', 'invitations', 'sign_in_secrets', 'audit_entries'] as const),
  ...(['notification_choices', 'letters_due', 'registrations', 'onboarding_steps'] as const),
  ...(['webhooks', 'webhook_deliveries', 'webhooks_due'] as const),
  ...(['media', 'posts', 'deliveries', 'deliveries_due', 'delivery_attempts', 'delivery_steps'] as const),
  ...(['slots', 'idempotency_keys'] as const),
] as const
export const BY_A_WORKSPACE = ['api_keys', 'grant_holders', 'past_holders'] as const
export type WorkspaceTableName = (typeof OF_A_WORKSPACE)[number] | (typeof BY_A_WORKSPACE)[number]

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

    /** By id: a time is kept finer than a cursor can say. */
    page: (after: string | undefined, limit: number): Promise<WorkspaceRow[]> =>
      db.instance((trx) =>
        trx
          .selectFrom('workspaces')
          .selectAll()
          .$if(after !== undefined, (query) => query.where('id', '>', requireUuid(after ?? '')))
          .orderBy('id')
          .limit(limit)
          .execute(),
      ),

    /** What is left out stays. */
    change: (
      id: string,
      to: {
        name?: string | undefined
        website?: string | null | undefined
        ideal_customer?: string | null | undefined
        logo?: string | null | undefined
        onboarding_seen_at?: Date | undefined
      },
    ): Promise<WorkspaceRow | undefined> =>
      db.instance((trx) =>
        trx
          .updateTable('workspaces')
          // Something is always set: an update of nothing is no statement.
          .set({ ...to, name: to.name ?? sql<string>`name` })
          .where('id', '=', requireUuid(id))
          .returningAll()
          .executeTakeFirst(),
      ),

    /** With an owner, where a person makes it. Undefined: another has this external id. */
    createFor: (
      row: { id: string; name: string; external_id: string | null },
      owner: string | undefined,
    ): Promise<WorkspaceRow | undefined> =>
      db.instance(async (trx) => {
        const made = await trx
          .insertInto('workspaces')
          .values(row)
          .onConflict((on) => on.column('external_id').doNothing())
          .returningAll()
          .executeTakeFirst()
        if (made && owner !== undefined)
          await trx.insertInto('members').values({ workspace_id: row.id, person_id: owner, role: 'owner' }).execute()
        return made
      }),

    /** How many rows each table still has of a workspace: the proof that it was erased. */
    count: async (id: string): Promise<Record<WorkspaceTableName, number>> => {
      const counted = (names: readonly WorkspaceTableName[]) =>
        sql<{ name: WorkspaceTableName; rows: number }>`${sql.join(
          names.map(
            (name) =>
              sql`select ${name} as name, count(*)::int as rows from mooring.${sql.table(name)} where workspace_id = ${requireUuid(id)}`,
          ),
          sql` union all `,
        )}`
      const own = await db.workspace(id, (trx) => counted(OF_A_WORKSPACE).execute(trx))
      const others = await db.instance((trx) => counted(BY_A_WORKSPACE).execute(trx))
      const rows = [...own.rows, ...others.rows].map((row) => [row.name, row.rows] as const)
      return Object.fromEntries(rows) as Record<WorkspaceTableName, number>
    },

    /** With everything that it owns, in every table. False: it was not there. */
    remove: (id: string): Promise<boolean> =>
      db.instance(async (trx) => {
        const gone = await trx.deleteFrom('workspaces').where('id', '=', requireUuid(id)).executeTakeFirst()
        return gone.numDeletedRows === 1n
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
