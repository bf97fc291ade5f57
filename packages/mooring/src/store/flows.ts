/** Flows, and the secrets that a callback must show. */
import { type Selectable, sql } from 'kysely'
import { chooseIn, type NewAccount } from './accounts.ts'
import { type Db, requireUuid } from './database.ts'
import { ticketStore } from './flow-tickets.ts'
import type { FlowOutcome, FlowTable } from './schema.ts'

export type FlowRow = Omit<Selectable<FlowTable>, 'candidates'> & { candidates: unknown }
export type NewFlow = Pick<
  FlowRow,
  | 'id'
  | 'kind'
  | 'provider'
  | 'registration'
  | 'starter'
  | 'starter_name'
  | 'end_user'
  | 'requested_scopes'
  | 'reconnects'
  | 'return_to'
  | 'client_state'
  | 'started_at'
  | 'expires_at'
  | 'connect_session'
  | 'complete_at'
  | 'connect_link'
>

export interface FlowSecrets {
  state_hash: Buffer
  binding_hash: Buffer
  ticket_hash: Buffer | null
  verifier: string | null
}

export interface StartLimit {
  /** Starts that one starter may make at one provider since `since`. */
  most: number
  since: Date
}

/** How long a flow's row is kept after its start, in ms: longer than the limit's hour, so that the limit can count. */
const KEEP_MS = 24 * 3_600_000

/** A flow that was given up or ran out while the platform was asked, and came through all the same, has no error. */
const NO_ERROR = { error_code: null, error_message: null, error_detail: null } as const

export function flowStore(db: Db) {
  return {
    /**
     * Writes the flow unless its starter made too many: then answers when the oldest of them stops counting. `taken`: its
     * connect session has a flow already.
     */
    start: (
      workspace: string,
      flow: NewFlow,
      secrets: FlowSecrets,
      limit: StartLimit,
    ): Promise<{ blockedSince?: Date; taken?: boolean }> =>
      db.workspace(workspace, async (trx) => {
        const who = `${workspace} ${flow.starter} ${flow.end_user ?? ''} ${flow.provider}`
        await sql`select pg_advisory_xact_lock(hashtextextended(${who}, 1))`.execute(trx)
        const recent = await trx
          .selectFrom('flows')
          .select('started_at')
          .where('workspace_id', '=', workspace)
          .where('starter', '=', flow.starter)
          .where('end_user', flow.end_user === null ? 'is' : '=', flow.end_user)
          .where('provider', '=', flow.provider)
          .where('started_at', '>', limit.since)
          .orderBy('started_at', 'desc')
          .limit(limit.most)
          .execute()
        const oldest = recent.at(-1)
        if (recent.length >= limit.most && oldest) return { blockedSince: oldest.started_at }
        await trx
          .deleteFrom('flows')
          .where('workspace_id', '=', workspace)
          .where('started_at', '<', new Date(flow.started_at.getTime() - KEEP_MS))
          .execute()
        const written = await trx
          .insertInto('flows')
          .values({
            workspace_id: workspace,
            state: 'pending',
            candidates: '[]',
            state_hash: secrets.state_hash,
            ...flow,
          })
          .onConflict((on) => on.columns(['workspace_id', 'connect_session']).doNothing())
          .returning('id')
          .executeTakeFirst()
        if (!written) return { taken: true }
        await trx
          .insertInto('flow_states')
          .values({ workspace_id: workspace, flow_id: flow.id, expires_at: flow.expires_at, ...secrets })
          .execute()
        return {}
      }),

    /** The last that came to an end by this registration, begun since then. */
    lastOf: (workspace: string, registration: string, since: Date): Promise<FlowRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('flows')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('registration', '=', registration)
          .where('started_at', '>=', since)
          .where('state', 'not in', ['pending', 'connecting', 'expired'])
          .orderBy('started_at', 'desc')
          .limit(1)
          .executeTakeFirst(),
      ),

    get: (workspace: string, id: string): Promise<FlowRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('flows')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .executeTakeFirst(),
      ),

    /** The flow that a state once belonged to, whether or not it was consumed. */
    byState: (workspace: string, stateHash: Buffer): Promise<FlowRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('flows')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('state_hash', '=', stateHash)
          .executeTakeFirst(),
      ),

    /** The flow behind a state, without consuming anything. */
    peek: (
      workspace: string,
      stateHash: Buffer,
    ): Promise<{ flow_id: string; binding_hash: Buffer; expires_at: Date } | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('flow_states')
          .select(['flow_id', 'binding_hash', 'expires_at'])
          .where('workspace_id', '=', workspace)
          .where('state_hash', '=', stateHash)
          .executeTakeFirst(),
      ),

    /** The hash of the secret that the browser of a flow by credentials holds. */
    bindingOf: (workspace: string, id: string): Promise<Buffer | undefined> =>
      db.workspace(workspace, async (trx) => {
        const row = await trx
          .selectFrom('flow_states')
          .select('binding_hash')
          .where('workspace_id', '=', workspace)
          .where('flow_id', '=', requireUuid(id))
          .executeTakeFirst()
        return row?.binding_hash
      }),

    /** Takes the state out of the table: of any number of callbacks at once, one gets it. */
    consume: (
      workspace: string,
      stateHash: Buffer,
      bindingHash: Buffer,
    ): Promise<{ flow_id: string; verifier: string | null } | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .deleteFrom('flow_states')
          .where('workspace_id', '=', workspace)
          .where('state_hash', '=', stateHash)
          .where('binding_hash', '=', bindingHash)
          .returning(['flow_id', 'verifier'])
          .executeTakeFirst(),
      ),

    ...ticketStore(db),

    checkpoint: (
      workspace: string,
      id: string,
      parts: { connection_id: string; granted_scopes: string[]; outcome: FlowOutcome; candidates: unknown[] },
    ) =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('flows')
          .set({ ...parts, ...NO_ERROR, candidates: JSON.stringify(parts.candidates), state: 'checkpoint' })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .execute()
      }),

    /** What the platform lists now, while the flow still waits for a choice. */
    reload: (workspace: string, id: string, candidates: unknown[]) =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('flows')
          .set({ candidates: JSON.stringify(candidates) })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .where('state', '=', 'checkpoint')
          .execute()
      }),

    connected: (
      workspace: string,
      id: string,
      parts: { connection_id: string; granted_scopes: string[]; outcome: FlowOutcome },
    ) =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('flows')
          .set({ ...parts, ...NO_ERROR, state: 'connected' })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .execute()
      }),

    /** Moves a flow on from its checkpoint and takes the accounts on. False when it was not there: somebody else chose. */
    chosen: (
      workspace: string,
      id: string,
      connection: { id: string; provider: string },
      accounts: readonly NewAccount[],
      at: Date,
    ): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const result = await trx
          .updateTable('flows')
          .set({ state: 'connected' })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .where('state', '=', 'checkpoint')
          .executeTakeFirst()
        if (result.numUpdatedRows !== 1n) return false
        await chooseIn(trx, workspace, connection, accounts, false, at)
        return true
      }),

    fail: (
      workspace: string,
      id: string,
      error: { code: string; message: string; detail: string | undefined },
      state: 'failed' | 'expired',
    ) =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('flows')
          .set({ state, error_code: error.code, error_message: error.message, error_detail: error.detail ?? null })
          .set({ held_tokens: null, held_credentials: null, attempt: null, notify_hash: null })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          // With a connection, it waits for a choice of accounts, and has not failed.
          .where((on) =>
            on.or([
              on('state', 'in', ['pending', 'connecting', 'awaiting_completion']),
              on.and([on('state', '=', 'checkpoint'), on('connection_id', 'is', null)]),
            ]),
          )
          .execute()
        // The browser of a flow by credentials is told how it ended, on our own page.
        await trx
          .deleteFrom('flow_states')
          .where('workspace_id', '=', workspace)
          .where('flow_id', '=', id)
          .where((on) =>
            on.not(
              on.exists(
                on
                  .selectFrom('flows')
                  .select('id')
                  .where('workspace_id', '=', workspace)
                  .where('id', '=', id)
                  .where('kind', '=', 'credentials'),
              ),
            ),
          )
          .execute()
        for (const table of ['flow_completions', 'flow_attempts'] as const)
          await trx.deleteFrom(table).where('workspace_id', '=', workspace).where('flow_id', '=', id).execute()
      }),
  }
}
