/** Accounts: what a connection was chosen to act as. */
import { type Selectable, sql } from 'kysely'
import { type Db, requireUuid, type Trx } from './database.ts'
import type { AccountTable } from './schema.ts'

export type AccountRow = Selectable<AccountTable>
export type NewAccount = Omit<
  AccountRow,
  'workspace_id' | 'connection_id' | 'provider' | 'added_at' | 'access_token' | 'traits'
>

export interface AccountFilter {
  provider?: string | undefined
  connection?: string | undefined
  /** Leaves out those of disconnected connections. */
  live?: boolean | undefined
}

export interface Holding {
  subject: string
  /** The connection's. */
  id: string
  label: string
  connected_by: string | null
}

export function accountStore(db: Db) {
  return {
    page: (
      workspace: string,
      filter: AccountFilter,
      after: { at: Date; id: string } | undefined,
      limit: number,
    ): Promise<AccountRow[]> =>
      db.workspace(workspace, (trx) => {
        let query = trx.selectFrom('accounts').selectAll().where('workspace_id', '=', workspace)
        if (filter.provider !== undefined) query = query.where('provider', '=', filter.provider)
        if (filter.connection !== undefined) query = query.where('connection_id', '=', filter.connection)
        if (filter.live) {
          query = query.where('connection_id', 'not in', (from) =>
            from
              .selectFrom('connections')
              .select('id')
              .where('workspace_id', '=', workspace)
              .where('state', '=', 'disconnected'),
          )
        }
        if (after) query = query.where(sql<boolean>`(added_at, id) > (${after.at}, ${after.id})`)
        return query.orderBy('added_at').orderBy('id').limit(limit).execute()
      }),

    ofConnections: (workspace: string, connections: readonly string[]): Promise<AccountRow[]> =>
      connections.length === 0
        ? Promise.resolve([])
        : db.workspace(workspace, (trx) =>
            trx
              .selectFrom('accounts')
              .selectAll()
              .where('workspace_id', '=', workspace)
              .where('connection_id', 'in', connections)
              .orderBy('added_at')
              .orderBy('label')
              .execute(),
          ),

    /** Which of these live connections act as, each with its connection: what that is called and who made it. */
    holding: (workspace: string, provider: string, subjects: readonly string[]): Promise<Holding[]> =>
      subjects.length === 0
        ? Promise.resolve([])
        : db.workspace(workspace, (trx) =>
            trx
              .selectFrom('accounts')
              .innerJoin('connections', (join) =>
                join
                  .onRef('connections.workspace_id', '=', 'accounts.workspace_id')
                  .onRef('connections.id', '=', 'accounts.connection_id'),
              )
              .select(['accounts.subject', 'connections.id', 'connections.label', 'connections.connected_by'])
              .where('accounts.workspace_id', '=', workspace)
              .where('accounts.provider', '=', provider)
              .where('accounts.subject', '=', sql<string>`any(${subjects}::text[])`)
              .where('connections.state', '!=', 'disconnected')
              .orderBy('accounts.added_at')
              .execute(),
          ),

    /** Those of them that are there. */
    some: (workspace: string, ids: readonly string[]): Promise<AccountRow[]> =>
      ids.length === 0
        ? Promise.resolve([])
        : db.workspace(workspace, (trx) =>
            trx
              .selectFrom('accounts')
              .selectAll()
              .where('workspace_id', '=', workspace)
              .where('id', 'in', ids.map(requireUuid))
              .execute(),
          ),

    get: (workspace: string, id: string): Promise<AccountRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('accounts')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .executeTakeFirst(),
      ),

    /** What the platform said of accounts of a connection, by their subjects. */
    storeTraits: (
      workspace: string,
      connection: string,
      traits: readonly { subject: string; traits: Readonly<Record<string, string>> }[],
    ): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        for (const one of traits)
          await trx
            .updateTable('accounts')
            .set({ traits: JSON.stringify(one.traits) })
            .where('workspace_id', '=', workspace)
            .where('connection_id', '=', connection)
            .where('subject', '=', one.subject)
            .execute()
      }),

    /** Puts sealed tokens beside accounts of one connection that is not disconnected; who was removed meanwhile stays so. */
    storeTokens: (
      workspace: string,
      connection: string,
      sealed: readonly { id: string; access_token: string }[],
    ): Promise<void> =>
      sealed.length === 0
        ? Promise.resolve()
        : db.workspace(workspace, async (trx) => {
            // A disconnect at the same time waits, or is seen: nothing is left behind it.
            const live = await trx
              .selectFrom('connections')
              .select('id')
              .where('workspace_id', '=', workspace)
              .where('id', '=', connection)
              .where('state', '!=', 'disconnected')
              .forUpdate()
              .executeTakeFirst()
            if (!live) return
            await sql`update mooring.accounts a set access_token = g.token
              from unnest(${sealed.map((one) => one.id)}::uuid[], ${sealed.map((one) => one.access_token)}::text[]) as g(id, token)
              where a.workspace_id = ${workspace} and a.connection_id = ${connection} and a.id = g.id`.execute(trx)
          }),

    /** Adds what is new and renames what is known; `exactly` also removes what is not named. Returns how many were added and removed. */
    choose: (
      workspace: string,
      connection: { id: string; provider: string },
      chosen: readonly NewAccount[],
      exactly: boolean,
      at: Date,
    ): Promise<{ added: number; removed: number }> =>
      chosen.length === 0 && !exactly
        ? Promise.resolve({ added: 0, removed: 0 })
        : db.workspace(workspace, (trx) => chooseIn(trx, workspace, connection, chosen, exactly, at)),
  }
}

/** As `choose`, inside somebody's transaction. */
export async function chooseIn(
  trx: Trx,
  workspace: string,
  connection: { id: string; provider: string },
  chosen: readonly NewAccount[],
  exactly: boolean,
  at: Date,
): Promise<{ added: number; removed: number }> {
  let removed = 0
  if (exactly) {
    let gone = trx
      .deleteFrom('accounts')
      .where('workspace_id', '=', workspace)
      .where('connection_id', '=', connection.id)
    if (chosen.length > 0)
      gone = gone.where(
        'subject',
        'not in',
        chosen.map((one) => one.subject),
      )
    removed = Number((await gone.executeTakeFirst()).numDeletedRows)
  }
  if (chosen.length === 0) return { added: 0, removed }
  const rows = await trx
    .insertInto('accounts')
    .values(
      chosen.map((one, position) => ({
        workspace_id: workspace,
        connection_id: connection.id,
        provider: connection.provider,
        // A millisecond apart, so that the platform's order is the list's.
        added_at: new Date(at.getTime() + position),
        ...one,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'connection_id', 'subject']).doUpdateSet((set) => ({
        label: set.ref('excluded.label'),
        handle: set.ref('excluded.handle'),
        picture: set.ref('excluded.picture'),
        note: set.ref('excluded.note'),
      })),
    )
    // xmax is 0 on a row that this statement inserted and not updated.
    .returning(sql<boolean>`xmax = 0`.as('inserted'))
    .execute()
  return { added: rows.filter((row) => row.inserted).length, removed }
}
