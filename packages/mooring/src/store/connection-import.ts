/** A connection from an older system: compared with what is there before anything is written, in one transaction. */
import { sql } from 'kysely'
import { type FoundIdentity, hold, type NewConnection } from './connection-life.ts'
import type { ConnectionRow } from './connections.ts'
import type { Db, Trx } from './database.ts'
import { keepDue } from './due.ts'
import { addEvent, type NewEvent } from './events.ts'
import { NO_PROBLEM } from './no-problem.ts'
import type { ConnectionState } from './schema.ts'

/** The type of its event. One is written with every write here and nowhere else: see `imports`. */
export const IMPORTED = 'connection.imported'

export interface ImportedRow extends ConnectionRow {
  /**
   * How often an import wrote this row. Whatever writes tokens moves `token_version` by one from 1 on: where the two are
   * the same, nothing but imports ever wrote them.
   */
  imports: number
}

export type ImportedConnection = NewConnection & {
  state: Extract<ConnectionState, 'connected' | 'reauthorize'>
  problem_code: string | null
  problem_message: string | null
  problem_detail: string | null
  problem_since: Date | null
}

/** What to do about the row that is there, if one is: write these values with this event, or nothing. */
export interface ImportDecision {
  write?: { values: ImportedConnection; event: NewEvent } | undefined
}

export function importStore(db: Db) {
  return {
    /** What stands for this identity now. */
    find: (workspace: string, registration: string, subject: string): Promise<ImportedRow | undefined> =>
      db.workspace(workspace, (trx) => find(trx, workspace, { registration, subject })),

    /** Asks `decide`, and does what it says, while nobody else connects or imports this identity. */
    write: <T extends ImportDecision>(
      workspace: string,
      found: FoundIdentity,
      decide: (existing: ImportedRow | undefined, id: string) => T,
    ): Promise<{ id: string; decided: T }> =>
      db.workspace(workspace, async (trx) => {
        // The lock of `upsert`: a callback for the same identity waits, and this one for it.
        await sql`select pg_advisory_xact_lock(hashtextextended(${`${workspace} ${found.registration} ${found.subject}`}, 0))`.execute(
          trx,
        )
        const existing = await find(trx, workspace, found)
        const id = existing?.id ?? found.newId
        const decided = decide(existing, id)
        if (decided.write) await write(trx, workspace, id, found, existing, decided.write)
        return { id, decided }
      }),
  }
}

async function find(
  trx: Trx,
  workspace: string,
  { registration, subject }: Pick<FoundIdentity, 'registration' | 'subject'>,
): Promise<ImportedRow | undefined> {
  const row = await trx
    .selectFrom('connections')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('registration', '=', registration)
    .where('subject', '=', subject)
    // A refresh that stores in this moment is waited for, and seen.
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const { count } = await trx
    .selectFrom('events')
    .select((on) => on.fn.countAll<string>().as('count'))
    .where('workspace_id', '=', workspace)
    .where('connection_id', '=', row.id)
    .where('type', '=', IMPORTED)
    .executeTakeFirstOrThrow()
  return { ...row, imports: Number(count) }
}

async function write(
  trx: Trx,
  workspace: string,
  id: string,
  { newId: _, ...identity }: FoundIdentity,
  existing: ImportedRow | undefined,
  { values: { dueAt, ...columns }, event }: NonNullable<ImportDecision['write']>,
): Promise<void> {
  const values = {
    ...NO_PROBLEM,
    refresh_refused_at: null,
    disconnected_at: null,
    lease_id: null,
    lease_until: null,
    ...columns,
  }
  if (existing) {
    await trx
      .updateTable('connections')
      .set({ ...values, token_version: sql<string>`token_version + 1` })
      .where('workspace_id', '=', workspace)
      .where('id', '=', id)
      .execute()
  } else {
    // To the millisecond, as a cursor holds it.
    await trx
      .insertInto('connections')
      .values({ workspace_id: workspace, id, ...identity, ...values, created_at: event.at })
      .execute()
  }
  await hold(trx, workspace, identity.registration, identity.subject, id)
  await keepDue(trx, workspace, id, identity.registration, dueAt)
  await addEvent(trx, workspace, id, event)
}
