/** A new authorization that ended earlier ones of the same app and person: written down in every workspace at once. */
import { sql } from 'kysely'
import type { Db, Trx } from './database.ts'
import { keepDue } from './due.ts'
import { addEvent, type NewEvent } from './events.ts'
import { grantHash } from './grant-hash.ts'
import { NO_PROBLEM } from './no-problem.ts'

export interface Newest {
  registration: string
  subject: string
  /** The connection that holds the new authorization; undefined where none does. */
  connection: string | undefined
  at: Date
  told: () => NewEvent
}

interface Holder {
  workspace_id: string
  connection_id: string
}

export function supersedeStore(db: Db) {
  return {
    /** For an authorization that no connection here holds. Returns how many earlier ones there were. */
    supersede: (newest: Newest): Promise<number> => db.instance((trx) => endEarlier(trx, newest)),
  }
}

/**
 * The earlier connections of this identity need a person again. Their tokens are dead and are erased: where a refresh token
 * is good for one use, sending a dead one could end the new authorization too. Last in its transaction: it leaves it in no
 * workspace.
 */
export async function endEarlier(trx: Trx, newest: Newest): Promise<number> {
  await sql`select set_config('mooring.scope', 'instance', true)`.execute(trx)
  const hash = grantHash(newest.registration, newest.subject)
  // In one order, so that two at once never wait for each other in a ring.
  const holders = await trx
    .selectFrom('grant_holders')
    .select(['workspace_id', 'connection_id'])
    .where('grant_hash', '=', hash)
    .orderBy('workspace_id')
    .orderBy('connection_id')
    .execute()
  let ended = 0
  for (const holder of holders) {
    if (holder.connection_id === newest.connection) continue
    await sql`select set_config('mooring.workspace', ${holder.workspace_id}, true)`.execute(trx)
    if (await end(trx, holder, newest, hash)) ended += 1
  }
  return ended
}

async function end(trx: Trx, holder: Holder, newest: Newest, hash: Buffer): Promise<boolean> {
  const { workspace_id, connection_id } = holder
  const told = newest.told()
  const ended = await trx
    .updateTable('connections')
    .set({
      ...NO_PROBLEM,
      state: 'reauthorize',
      problem_code: 'reauthorize',
      problem_message: told.message,
      problem_since: told.at,
      access_token: null,
      refresh_token: null,
      access_expires_at: newest.at,
      refresh_expires_at: null,
      refresh_refused_at: null,
      token_version: sql<string>`token_version + 1`,
      lease_id: null,
      lease_until: null,
    })
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', connection_id)
    // The hash alone decides nothing: the row must be this identity's.
    .where('registration', '=', newest.registration)
    .where('subject', '=', newest.subject)
    .where('state', '!=', 'disconnected')
    .returning('id')
    .executeTakeFirst()
  if (!ended) return false
  await keepDue(trx, workspace_id, connection_id, newest.registration, null)
  await addEvent(trx, workspace_id, connection_id, told)
  // It holds nothing any more. Who asks for erasure later means this one too: it still bears their name.
  await trx
    .deleteFrom('grant_holders')
    .where('grant_hash', '=', hash)
    .where('connection_id', '=', connection_id)
    .execute()
  await trx
    .insertInto('past_holders')
    .values({ grant_hash: hash, workspace_id, connection_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return true
}
