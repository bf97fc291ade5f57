/** How a connection begins and ends: written for an identity, erased at a disconnect, and the grants that several share. */
import { sql } from 'kysely'
import { MooringError } from '../error.ts'
import type { ConnectionRow } from './connections.ts'
import { type Db, requireUuid, type Trx } from './database.ts'
import { keepDue } from './due.ts'
import { addEvent, type NewEvent } from './events.ts'
import { grantHash } from './grant-hash.ts'
import { NO_PROBLEM } from './no-problem.ts'
import { stands } from './registrations.ts'
import { endEarlier } from './supersede.ts'

export interface FoundIdentity {
  newId: string
  provider: string
  registration: string
  subject: string
  /** Of a service by credentials: its id of the seat, by which its notices name it. */
  seat?: string | undefined
  /** Of a workspace's own app: the client that the tokens were given to. */
  ownClientId?: string | undefined
}

export type NewConnection = Pick<
  ConnectionRow,
  | 'label'
  | 'handle'
  | 'email'
  | 'picture'
  | 'requested_scopes'
  | 'granted_scopes'
  | 'access_token'
  | 'refresh_token'
  | 'access_expires_at'
  | 'refresh_expires_at'
  | 'connected_by'
  | 'connected_at'
  | 'last_refreshed_at'
> & {
  data_access_ends_at?: Date | null
  /** When the sweep looks at it first. */
  dueAt: Date | null
}

export function connectionLife(db: Db) {
  return {
    /** What is known of a seat beside its id. `kept`: sealed, to sign in again by; undefined leaves what is there. */
    keepSeat: (
      workspace: string,
      id: string,
      seat: { made?: boolean | undefined; kept?: string | null | undefined },
    ): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        if (seat.made === undefined && seat.kept === undefined) return
        await trx
          .updateTable('connections')
          .set({
            ...(seat.made === undefined ? {} : { seat_made: seat.made }),
            ...(seat.kept === undefined ? {} : { kept_credentials: seat.kept }),
          })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .where('state', '!=', 'disconnected')
          .execute()
      }),

    /**
     * Erases what is sealed; the row and its history stay. Undefined when it was disconnected already.
     * `shared`: a connection of some other workspace rests on the same grant.
     */
    disconnect: (
      workspace: string,
      id: string,
      event: NewEvent,
      /** Of a service by credentials: the seat, which others share and not the identity. */
      seat?: string,
    ): Promise<{ before: ConnectionRow; shared: boolean } | undefined> =>
      db.workspace(workspace, async (trx) => {
        const before = await trx
          .selectFrom('connections')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where('state', '!=', 'disconnected')
          .forUpdate()
          .executeTakeFirst()
        if (!before) return undefined
        await trx
          .updateTable('connections')
          .set({
            ...NO_PROBLEM,
            state: 'disconnected',
            access_token: null,
            refresh_token: null,
            kept_credentials: null,
            access_expires_at: null,
            refresh_expires_at: null,
            refresh_refused_at: null,
            data_access_ends_at: null,
            token_version: sql<string>`token_version + 1`,
            lease_id: null,
            lease_until: null,
            disconnected_at: event.at,
          })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .execute()
        await trx
          .updateTable('accounts')
          .set({ access_token: null })
          .where('workspace_id', '=', workspace)
          .where('connection_id', '=', id)
          .execute()
        await keepDue(trx, workspace, id, before.registration, null)
        await addEvent(trx, workspace, id, event)
        return { before, shared: await letGo(trx, before, seat) }
      }),

    /**
     * Writes a connection for this identity, or renews the one that is there. The caller says how the row looks, given the
     * id. `ends`: the earlier connections of this identity ended by it, in whatever workspace, and this is told there.
     * Throws `provider_not_configured` where the workspace's own app was removed meanwhile, or given another client id.
     */
    upsert: (
      workspace: string,
      found: FoundIdentity,
      seal: (id: string) => NewConnection,
      event: (existed: boolean) => NewEvent,
      ends?: () => NewEvent,
    ): Promise<{ id: string; existed: boolean; ended: number; before?: string | null | undefined }> =>
      db.workspace(workspace, async (trx) => {
        const { ownClientId, seat, ...identity } = found
        if (ownClientId !== undefined && !(await stands(trx, workspace, found.registration, ownClientId)))
          throw new MooringError('provider_not_configured', 'That app was changed meanwhile. Please start again.')
        // Two workspaces for one identity at once: the second sees the first, and ends it.
        if (ends) await oneByOne(trx, JSON.stringify([found.registration, found.subject]))
        // Two callbacks for one identity at once: the second waits and renews.
        await oneByOne(trx, `${workspace} ${found.registration} ${found.subject}`)
        const existing = await trx
          .selectFrom('connections')
          .select(['id', 'state', 'access_token', 'seat_made'])
          .where('workspace_id', '=', workspace)
          .where('registration', '=', found.registration)
          .where('subject', '=', found.subject)
          .executeTakeFirst()
        const id = existing?.id ?? found.newId
        const existed = existing !== undefined && existing.state !== 'disconnected'
        const told = event(existed)
        const { dueAt, ...sealed } = seal(id)
        const values = {
          ...sealed,
          ...NO_PROBLEM,
          refresh_refused_at: null,
          state: 'connected' as const,
          disconnected_at: null,
          lease_id: null,
          lease_until: null,
        }
        if (existing) {
          await trx
            .updateTable('connections')
            .set({ ...values, token_version: sql<string>`token_version + 1` })
            .where('workspace_id', '=', workspace)
            .where('id', '=', id)
            .execute()
        } else {
          const { newId: _, ...named } = identity
          await trx
            .insertInto('connections')
            // To the millisecond, as a cursor holds it: by the database's own clock, which counts in microseconds, the last
            // row of a page would come again on the next one.
            .values({ workspace_id: workspace, id, ...named, ...values, created_at: told.at })
            .execute()
        }
        await hold(trx, workspace, found.registration, found.subject, id)
        if (seat !== undefined) await hold(trx, workspace, found.registration, seatSubject(seat), id)
        await keepDue(trx, workspace, id, found.registration, dueAt)
        await addEvent(trx, workspace, id, told)
        const newest = { registration: found.registration, subject: found.subject, connection: id, at: told.at }
        const before = existing?.seat_made ? existing.access_token : undefined
        return { id, existed, before, ended: ends ? await endEarlier(trx, { ...newest, told: ends }) : 0 }
      }),
  }
}

const oneByOne = (trx: Trx, what: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${what}, 0))`.execute(trx)

/** Which connections rest on one grant at the platform, over all workspaces, by a hash: nobody can list whose they are. */
export async function hold(
  trx: Trx,
  workspace: string,
  registration: string,
  subject: string,
  id: string,
): Promise<void> {
  await sql`select set_config('mooring.scope', 'instance', true)`.execute(trx)
  await trx
    .insertInto('grant_holders')
    .values({ grant_hash: grantHash(registration, subject), workspace_id: workspace, connection_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await sql`select set_config('mooring.scope', '', true)`.execute(trx)
}

/** By this a service's notice finds the connection of a seat. */
export const seatSubject = (seat: string): string => `seat:${seat}`

async function letGo(trx: Trx, row: ConnectionRow, seat: string | undefined): Promise<boolean> {
  const hash = grantHash(row.registration, row.subject)
  await sql`select set_config('mooring.scope', 'instance', true)`.execute(trx)
  await trx.deleteFrom('grant_holders').where('connection_id', '=', row.id).execute()
  // Who asks for erasure later means this one too: it still bears their name.
  await trx
    .insertInto('past_holders')
    .values({ grant_hash: hash, workspace_id: row.workspace_id, connection_id: row.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const other = await trx
    .selectFrom('grant_holders')
    .select('connection_id')
    .where('grant_hash', '=', seat === undefined ? hash : grantHash(row.registration, seatSubject(seat)))
    .limit(1)
    .executeTakeFirst()
  await sql`select set_config('mooring.scope', '', true)`.execute(trx)
  return other !== undefined
}
