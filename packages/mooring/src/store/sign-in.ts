/** What the sign-in library keeps: values that live for a while, the secret that it works with, and its way to its tables. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
} from 'kysely'
import { type Db, requireUuid } from './database.ts'

export interface PersonalValue {
  key_hash: Buffer
  value: string
}

/** No request lasts as long. */
const ENDED_MS = 10 * 60_000

const endedAt = (now: Date) => ({ value: null, person_id: null, expires_at: new Date(now.getTime() + ENDED_MS) })

export function signInStore(db: Db) {
  return {
    /**
     * For the library's own statements on people, logins, two_factors and passkeys: each runs in a transaction of the
     * instance's scope, so that row-level security judges it like any other. The library makes an error of its own of
     * whatever fails: `onFault` hears the true one.
     */
    tables: (onFault: (fault: unknown) => void = () => {}): Kysely<unknown> =>
      new Kysely<unknown>({ dialect: instanceDialect(db, onFault) }).withSchema('mooring'),

    value: (hash: Buffer, now: Date): Promise<string | undefined> =>
      db.instance(async (trx) => {
        const row = await trx
          .selectFrom('sign_in_values')
          .select('value')
          .where('key_hash', '=', hash)
          .where('expires_at', '>', now)
          .executeTakeFirst()
        return row?.value ?? undefined
      }),

    /** Of any number that take it at once, one gets it. */
    takeValue: (hash: Buffer, now: Date): Promise<string | undefined> =>
      db.instance(async (trx) => {
        const row = await trx
          .deleteFrom('sign_in_values')
          .where('key_hash', '=', hash)
          .returning(['value', 'expires_at'])
          .executeTakeFirst()
        return row && row.expires_at > now ? (row.value ?? undefined) : undefined
      }),

    /** `person`: it is this person's. What is over goes on the way. */
    putValue: (
      hash: Buffer,
      { value, person, expiresAt, now }: { value: string; person: string | undefined; expiresAt: Date; now: Date },
    ): Promise<void> =>
      db.instance(async (trx) => {
        await trx.deleteFrom('sign_in_values').where('expires_at', '<=', now).execute()
        const row = { value, person_id: person ?? null, expires_at: expiresAt }
        await trx
          .insertInto('sign_in_values')
          .values({ key_hash: hash, ...row })
          .onConflict((on) =>
            on
              .column('key_hash')
              .doUpdateSet(row)
              // A session that was ended stays so, whoever read it before and prolongs it now.
              .where((or) => or.or([or.lit(person === undefined), or('sign_in_values.value', 'is not', null)])),
          )
          .execute()
      }),

    /** Of a session the empty row stays for a while: a request that is under way must not write it again. */
    dropValue: (hash: Buffer, now: Date): Promise<void> =>
      db.instance(async (trx) => {
        await trx
          .updateTable('sign_in_values')
          .set(endedAt(now))
          .where('key_hash', '=', hash)
          .where('person_id', 'is not', null)
          .execute()
        await trx
          .deleteFrom('sign_in_values')
          .where('key_hash', '=', hash)
          .where((or) => or.or([or('value', 'is not', null), or('count', 'is not', null)]))
          .execute()
      }),

    /** Counts one more under this key; a counter that is over begins anew. */
    countUp: (hash: Buffer, expiresAt: Date, now: Date): Promise<{ count: number; expiresAt: Date }> =>
      db.instance(async (trx) => {
        const { rows } = await sql<{ count: number; expires_at: Date }>`
          insert into mooring.sign_in_values as v (key_hash, count, expires_at) values (${hash}, 1, ${expiresAt})
          on conflict (key_hash) do update set
            count = case when v.expires_at <= ${now} then 1 else v.count + 1 end,
            expires_at = case when v.expires_at <= ${now} then excluded.expires_at else v.expires_at end
          returning count, expires_at`.execute(trx)
        const row = rows[0]
        return { count: row?.count ?? 1, expiresAt: row?.expires_at ?? expiresAt }
      }),

    /** What is a person's, as it was put. */
    valuesOf: (person: string, now: Date): Promise<PersonalValue[]> =>
      db.instance(async (trx) => {
        const rows = await trx
          .selectFrom('sign_in_values')
          .select(['key_hash', 'value'])
          .where('person_id', '=', requireUuid(person))
          .where('expires_at', '>', now)
          .execute()
        return rows.flatMap(({ key_hash, value }) => (value === null ? [] : [{ key_hash, value }]))
      }),

    /** Drops what is a person's, all but what is named. */
    dropOf: (person: string, but: readonly Buffer[], now: Date): Promise<void> =>
      db.instance(async (trx) => {
        await trx
          .updateTable('sign_in_values')
          .set(endedAt(now))
          .where('person_id', '=', requireUuid(person))
          .$if(but.length > 0, (query) => query.where('key_hash', 'not in', [...but]))
          .execute()
      }),

    /** What is over goes. */
    dropOver: (now: Date): Promise<void> =>
      db.instance(async (trx) => {
        await trx.deleteFrom('sign_in_values').where('expires_at', '<=', now).execute()
      }),

    /** The sealed secret, made by `make` where there is none. Of two that make one at once, both get the first. */
    secret: (workspace: string, id: string, make: () => string): Promise<{ id: string; secret: string }> =>
      db.workspace(workspace, async (trx) => {
        await sql`select pg_advisory_xact_lock(772900117)`.execute(trx)
        const there = await trx
          .selectFrom('sign_in_secrets')
          .select(['id', 'secret'])
          .where('workspace_id', '=', workspace)
          .executeTakeFirst()
        if (there) return there
        const row = { workspace_id: workspace, id, secret: make() }
        await trx.insertInto('sign_in_secrets').values(row).execute()
        return row
      }),
  }
}

/** PostgreSQL's SQL, run a statement at a time through the scope. The library is told that it has no transactions. */
function instanceDialect(db: Db, onFault: (fault: unknown) => void): Dialect {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const result = await db
        .instanceRaw((run) => run(query.sql, [...query.parameters]))
        .catch((fault) => {
          onFault(fault)
          throw fault
        })
      const { rowCount } = result as { rowCount?: number | null }
      return { rows: result.rows as R[], numAffectedRows: BigInt(rowCount ?? 0) }
    },
    // biome-ignore lint/correctness/useYield: nobody streams here
    async *streamQuery() {
      throw new TypeError('not streamed')
    },
  }
  const nothing = async () => {}
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => ({
      init: nothing,
      acquireConnection: async () => connection,
      beginTransaction: nothing,
      commitTransaction: nothing,
      rollbackTransaction: nothing,
      releaseConnection: nothing,
      destroy: nothing,
    }),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}
