/** People, their sessions, sign-in links and API keys: the instance's own tables, found by the hash of a secret. */
import { type Selectable, sql } from 'kysely'
import { type Db, requireUuid } from './database.ts'
import type { ApiKeyTable, PersonTable } from './schema.ts'

export type PersonRow = Selectable<PersonTable>
export type ApiKeyRow = Selectable<ApiKeyTable>

export function accessStore(db: Db) {
  return {
    addLink: (hash: Buffer, expiresAt: Date) =>
      db.instance(async (trx) => {
        await trx.insertInto('sign_in_links').values({ token_hash: hash, expires_at: expiresAt }).execute()
      }),

    /** Uses up a sign-in link. The first one ever used makes the owner. Undefined when the link is not good any more. */
    useLink: (
      hash: Buffer,
      session: { hash: Buffer; expiresAt: Date },
      owner: { id: string; name: string },
      now: Date,
    ): Promise<PersonRow | undefined> =>
      db.instance(async (trx) => {
        await trx.deleteFrom('sign_in_links').where('expires_at', '<=', now).execute()
        const link = await trx
          .deleteFrom('sign_in_links')
          .where('token_hash', '=', hash)
          .returning('token_hash')
          .executeTakeFirst()
        if (!link) return undefined
        const person =
          (await trx
            .selectFrom('people')
            .selectAll()
            .where('role', '=', 'owner')
            .orderBy('created_at')
            .executeTakeFirst()) ??
          (await trx
            .insertInto('people')
            .values({ ...owner, role: 'owner' })
            .returningAll()
            .executeTakeFirstOrThrow())
        await trx.deleteFrom('sessions').where('expires_at', '<=', now).execute()
        await trx
          .insertInto('sessions')
          .values({ token_hash: session.hash, person_id: person.id, expires_at: session.expiresAt })
          .execute()
        return person
      }),

    owner: (): Promise<PersonRow | undefined> =>
      db.instance((trx) =>
        trx.selectFrom('people').selectAll().where('role', '=', 'owner').orderBy('created_at').executeTakeFirst(),
      ),

    /** Returns whether an owner was made. */
    ensureOwner: (id: string, name: string): Promise<boolean> =>
      db.instance(async (trx) => {
        await sql`select pg_advisory_xact_lock(772900116)`.execute(trx)
        if (await trx.selectFrom('people').select('id').where('role', '=', 'owner').executeTakeFirst()) return false
        await trx.insertInto('people').values({ id, name, role: 'owner' }).execute()
        return true
      }),

    session: (hash: Buffer, now: Date): Promise<PersonRow | undefined> =>
      db.instance((trx) =>
        trx
          .selectFrom('sessions')
          .innerJoin('people', 'people.id', 'sessions.person_id')
          .selectAll('people')
          .where('sessions.token_hash', '=', hash)
          .where('sessions.expires_at', '>', now)
          .executeTakeFirst(),
      ),

    endSession: (hash: Buffer) =>
      db.instance(async (trx) => {
        await trx.deleteFrom('sessions').where('token_hash', '=', hash).execute()
      }),

    addKey: (key: Omit<ApiKeyRow, 'created_at' | 'last_used_at'>): Promise<ApiKeyRow> =>
      db.instance((trx) => trx.insertInto('api_keys').values(key).returningAll().executeTakeFirstOrThrow()),

    keys: (): Promise<ApiKeyRow[]> =>
      db.instance((trx) => trx.selectFrom('api_keys').selectAll().orderBy('created_at').execute()),

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
