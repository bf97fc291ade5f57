/** What platforms tell us unasked, done once and in every workspace at once: it comes before any workspace is known. */
import { sql, type UpdateObject } from 'kysely'
import { seatSubject } from './connection-life.ts'
import type { Db, Trx } from './database.ts'
import { keepDue } from './due.ts'
import { addEvent, type NewEvent } from './events.ts'
import { grantHash } from './grant-hash.ts'
import { NO_PROBLEM } from './no-problem.ts'
import type { Database } from './schema.ts'

export interface ToldEvent {
  kind: 'access_removed' | 'data_deletion'
  subject: string
}

export interface NewPush {
  /** What makes it this push and no other. */
  hash: Buffer
  /** Until then the same push is known again. */
  expiresAt: Date
  now: Date
  registration: string
  events: readonly ToldEvent[]
  /** A connection made or renewed after this is newer than a removal, which then says nothing of it. Null: nobody knows. */
  signedBy: Date | null
  /** Set where something is erased: the SHA-256 of the code that confirms it. */
  codeHash: Buffer | undefined
  removed: () => NewEvent
  erased: (wasLive: boolean) => NewEvent
}

export interface Holder {
  workspace_id: string
  connection_id: string
}

export function pushStore(db: Db) {
  return {
    /**
     * Carries a push out. Returns how many connections it touched, or undefined when it was carried out before. One
     * transaction: a process that dies in the middle has done nothing, and the platform's next try is the first.
     */
    carryOut: (push: NewPush): Promise<number | undefined> =>
      db.instance(async (trx) => {
        await trx.deleteFrom('pushes').where('expires_at', '<=', push.now).execute()
        const first = await trx
          .insertInto('pushes')
          .values({ push_hash: push.hash, expires_at: push.expiresAt })
          .onConflict((conflict) => conflict.doNothing())
          .returning('push_hash')
          .executeTakeFirst()
        if (!first) return undefined
        let touched = 0
        for (const event of push.events) {
          for (const holder of await holders(trx, push.registration, event.subject)) {
            await sql`select set_config('mooring.workspace', ${holder.workspace_id}, true)`.execute(trx)
            const done = await (event.kind === 'data_deletion' ? erase : remove)(trx, holder, push, event.subject)
            if (done) touched++
          }
        }
        if (push.codeHash) {
          await trx
            .insertInto('erasures')
            .values({ code_hash: push.codeHash, erased_at: push.now })
            .onConflict((conflict) => conflict.doNothing())
            .execute()
        }
        return touched
      }),

    /** The connections of a seat at a service, in all workspaces. */
    holdersOfSeat: (registration: string, seat: string): Promise<Holder[]> =>
      db.instance((trx) => holders(trx, registration, seatSubject(seat))),

    /** When what this code confirms was done. */
    erasedAt: (codeHash: Buffer): Promise<Date | undefined> =>
      db.instance(async (trx) => {
        const row = await trx
          .selectFrom('erasures')
          .select('erased_at')
          .where('code_hash', '=', codeHash)
          .executeTakeFirst()
        return row?.erased_at
      }),
  }
}

/** The connections of one outside identity in all workspaces, ended ones too. In one order, so that two pushes never wait for each other in a ring. */
function holders(trx: Trx, registration: string, subject: string): Promise<Holder[]> {
  const hash = grantHash(registration, subject)
  return trx
    .selectFrom('grant_holders')
    .select(['workspace_id', 'connection_id'])
    .where('grant_hash', '=', hash)
    .union(trx.selectFrom('past_holders').select(['workspace_id', 'connection_id']).where('grant_hash', '=', hash))
    .orderBy('workspace_id')
    .orderBy('connection_id')
    .execute()
}

/** The hash alone decides nothing: the row must be this identity's. */
function locked(trx: Trx, holder: Holder, push: NewPush, subject: string) {
  return trx
    .selectFrom('connections')
    .select(['state', 'connected_at'])
    .where('workspace_id', '=', holder.workspace_id)
    .where('id', '=', holder.connection_id)
    .where('registration', '=', push.registration)
    .where('subject', '=', subject)
    .forUpdate()
    .executeTakeFirst()
}

const fenced = { token_version: sql<string>`token_version + 1`, lease_id: null, lease_until: null }

async function remove(trx: Trx, holder: Holder, push: NewPush, subject: string): Promise<boolean> {
  const row = await locked(trx, holder, push, subject)
  if (!row || row.state === 'disconnected') return false
  if (push.signedBy && row.connected_at && row.connected_at > push.signedBy) return false
  const told = push.removed()
  await update(trx, holder, {
    ...NO_PROBLEM,
    ...fenced,
    state: 'reauthorize',
    problem_code: 'reauthorize',
    problem_message: told.message,
    problem_detail: 'The platform said so itself, in a signed push.',
    problem_since: row.state === 'reauthorize' ? sql<Date>`coalesce(problem_since, ${told.at})` : told.at,
    failures: sql<number>`failures + 1`,
  })
  await keepDue(trx, holder.workspace_id, holder.connection_id, push.registration, null)
  if (row.state !== 'reauthorize') await addEvent(trx, holder.workspace_id, holder.connection_id, told)
  return true
}

/** All that tells who it was goes; that there was a connection, and what our own people did with it, stays. */
async function erase(trx: Trx, holder: Holder, push: NewPush, subject: string): Promise<boolean> {
  const row = await locked(trx, holder, push, subject)
  if (!row) return false
  const { workspace_id, connection_id } = holder
  const told = push.erased(row.state !== 'disconnected')
  await update(trx, holder, {
    ...NO_PROBLEM,
    ...fenced,
    state: 'disconnected',
    subject: `erased:${connection_id}`,
    label: 'Erased',
    handle: null,
    email: null,
    picture: null,
    access_token: null,
    refresh_token: null,
    kept_credentials: null,
    access_expires_at: null,
    refresh_expires_at: null,
    refresh_refused_at: null,
    data_access_ends_at: null,
    disconnected_at: sql<Date>`coalesce(disconnected_at, ${told.at})`,
  })
  await trx
    .deleteFrom('accounts')
    .where('workspace_id', '=', workspace_id)
    .where('connection_id', '=', connection_id)
    .execute()
  await trx
    .updateTable('flows')
    .set({
      candidates: '[]',
      // Of the sentences that a flow keeps, this one names the account that it wanted.
      error_message: sql<string>`case when error_code = 'wrong_identity' then 'That is another account.' else error_message end`,
      error_detail: null,
    })
    .where('workspace_id', '=', workspace_id)
    .where((one) => one.or([one('connection_id', '=', connection_id), one('reconnects', '=', connection_id)]))
    .execute()
  await sql`select mooring.forget_in_events(${connection_id})`.execute(trx)
  for (const table of ['grant_holders', 'past_holders'] as const)
    await trx.deleteFrom(table).where('connection_id', '=', connection_id).execute()
  await keepDue(trx, workspace_id, connection_id, push.registration, null)
  await addEvent(trx, workspace_id, connection_id, told)
  return true
}

async function update(trx: Trx, holder: Holder, values: UpdateObject<Database, 'connections'>): Promise<void> {
  await trx
    .updateTable('connections')
    .set(values)
    .where('workspace_id', '=', holder.workspace_id)
    .where('id', '=', holder.connection_id)
    .execute()
}
