/** Who runs the server, sign-in links and API keys: the instance's own tables, found by the hash of a secret. */
import { type Selectable, sql } from 'kysely'
import { type Db, requireUuid, type Trx } from './database.ts'
import type { ApiKeyTable, PersonTable } from './schema.ts'

export type PersonRow = Selectable<PersonTable>
export type ApiKeyRow = Selectable<ApiKeyTable>

const operatorIn = (trx: Trx): Promise<PersonRow | undefined> =>
  trx.selectFrom('people').selectAll().where('operator', '=', true).orderBy('created_at').executeTakeFirst()

/** Who runs this server: the first who came, made where nobody did, and owner of the server's own workspace. */
async function ensureOperator(
  trx: Trx,
  { id, name, workspace }: { id: string; name: string; workspace: string },
): Promise<PersonRow> {
  await sql`select pg_advisory_xact_lock(772900116)`.execute(trx)
  const operator =
    (await operatorIn(trx)) ??
    (await trx.insertInto('people').values({ id, name, operator: true }).returningAll().executeTakeFirstOrThrow())
  await trx
    .insertInto('members')
    .values({ workspace_id: workspace, person_id: operator.id, role: 'owner' })
    .onConflict((on) => on.columns(['workspace_id', 'person_id']).doNothing())
    .execute()
  return operator
}

export function accessStore(db: Db) {
  return {
    addLink: (hash: Buffer, expiresAt: Date) =>
      db.instance(async (trx) => {
        await trx.insertInto('sign_in_links').values({ token_hash: hash, expires_at: expiresAt }).execute()
      }),

    /** Uses up a sign-in link. The first one ever used makes the owner. Undefined when the link is not good any more. */
    useLink: (
      hash: Buffer,
      owner: { id: string; name: string; workspace: string },
      now: Date,
    ): Promise<PersonRow | undefined> =>
      db.instance(async (trx) => {
        await trx.deleteFrom('sign_in_links').where('expires_at', '<=', now).execute()
        const link = await trx
          .deleteFrom('sign_in_links')
          .where('token_hash', '=', hash)
          .returning('token_hash')
          .executeTakeFirst()
        return link && ensureOperator(trx, owner)
      }),

    owner: (): Promise<PersonRow | undefined> => db.instance((trx) => operatorIn(trx)),

    /** Returns whether an owner was made. */
    ensureOwner: (owner: { id: string; name: string; workspace: string }): Promise<boolean> =>
      db.instance(async (trx) => (await ensureOperator(trx, owner)).id === owner.id),

    addKey: (key: Omit<ApiKeyRow, 'created_at' | 'last_used_at'>): Promise<ApiKeyRow> =>
      db.instance((trx) => trx.insertInto('api_keys').values(key).returningAll().executeTakeFirstOrThrow()),

    keys: (): Promise<ApiKeyRow[]> =>
      db.instance((trx) => trx.selectFrom('api_keys').selectAll().orderBy('created_at').execute()),

    keysOf: (workspace: string): Promise<ApiKeyRow[]> =>
      db.instance((trx) =>
        trx
          .selectFrom('api_keys')
          .selectAll()
          .where('workspace_id', '=', requireUuid(workspace))
          .orderBy('created_at')
          .execute(),
      ),

    keyByHash: (hash: Buffer): Promise<ApiKeyRow | undefined> =>
      db.instance((trx) => trx.selectFrom('api_keys').selectAll().where('key_hash', '=', hash).executeTakeFirst()),

    renameKey: (id: string, name: string): Promise<ApiKeyRow | undefined> =>
      db.instance((trx) =>
        trx.updateTable('api_keys').set({ name }).where('id', '=', requireUuid(id)).returningAll().executeTakeFirst(),
      ),

    touchKey: (id: string, at: Date) =>
      db.instance(async (trx) => {
        await trx.updateTable('api_keys').set({ last_used_at: at }).where('id', '=', id).execute()
      }),

    removeKey: (id: string): Promise<boolean> =>
      db.instance(async (trx) => {
        const result = await trx.deleteFrom('api_keys').where('id', '=', requireUuid(id)).executeTakeFirst()
        return result.numDeletedRows === 1n
      }),
  }
}
