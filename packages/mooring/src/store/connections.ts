/** Connections: one row an authorization, its sealed tokens, its standing. */

import { type Selectable, sql } from 'kysely'
import { connectionLife } from './connection-life.ts'
import { someConnections } from './connections-some.ts'
import { type Db, requireUuid, type Trx } from './database.ts'
import { keepDue } from './due.ts'
import { addEvent, type NewEvent } from './events.ts'
import { NO_PROBLEM } from './no-problem.ts'
import type { ConnectionTable } from './schema.ts'
import { type TokenRow, tokenReader } from './token-read.ts'

export type { TokenRow } from './token-read.ts'
export type ConnectionRow = Selectable<ConnectionTable>

export interface SealedTokens {
  access_token: string
  /** Undefined keeps what is there. */
  refresh_token?: string | undefined
  access_expires_at: Date | null
  /** Undefined keeps what is there. */
  refresh_expires_at?: Date | null | undefined
  /** When the sweep looks at it next. */
  dueAt: Date | null
}

export interface Problem {
  /** `connected`: it works until its token ends, and what stands against it is told beside that. */
  state: 'connected' | 'failing' | 'reauthorize' | 'misconfigured'
  code: string
  message: string
  detail: string | undefined
  providerCode: string | undefined
  nextTryAt: Date | null
  /** When the sweep looks at it next. */
  dueAt: Date | null
  /** The platform refused to renew, and the access token still lives. */
  refused?: boolean
}

/** What a test was told; undefined keeps what is there. */
export interface Tested extends Known {
  at: Date
}

/** What a platform says of a grant when it is asked; undefined keeps what is there. */
export interface Known {
  scopes?: string[] | undefined
  dataAccessEndsAt?: Date | undefined
}

const factsOf = ({ at, scopes, dataAccessEndsAt }: Known & { at?: Date }) => ({
  ...(at === undefined ? {} : { last_tested_at: at }),
  ...(scopes === undefined ? {} : { granted_scopes: scopes }),
  ...(dataAccessEndsAt === undefined ? {} : { data_access_ends_at: dataAccessEndsAt }),
})

export interface Lease {
  refresh_token: string | null
  access_token: string | null
  granted_scopes: string[]
}

export function connectionStore(db: Db) {
  return {
    token: tokenReader(db),

    ...someConnections(db),

    get: (workspace: string, id: string): Promise<ConnectionRow | undefined> =>
      db.workspace(workspace, (trx) => selectOne(trx, workspace, requireUuid(id))),

    bySubject: (workspace: string, registration: string, subject: string) =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('connections')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('registration', '=', registration)
          .where('subject', '=', subject)
          .executeTakeFirst(),
      ),

    /** Live connections of a registration, newest first. */
    live: (workspace: string, registration: string) =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('connections')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('registration', '=', registration)
          .where('state', 'in', ['connected', 'failing'])
          .orderBy('connected_at', 'desc')
          .execute(),
      ),

    page: (workspace: string, after: { at: Date; id: string } | undefined, limit: number) =>
      db.workspace(workspace, (trx) => {
        let query = trx.selectFrom('connections').selectAll().where('workspace_id', '=', workspace)
        if (after) query = query.where(sql<boolean>`(created_at, id) > (${after.at}, ${after.id})`)
        return query.orderBy('created_at').orderBy('id').limit(limit).execute()
      }),

    /** Takes the right to refresh, for 30 seconds, if nobody holds it (`left`: or let it run out) and nothing happened since the row was seen. */
    lease: (
      workspace: string,
      id: string,
      seen: Pick<TokenRow, 'token_version' | 'failures'>,
      leaseId: string,
      left = false,
    ): Promise<Lease | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .updateTable('connections')
          .set({ lease_id: leaseId, lease_until: sql<Date>`now() + interval '30 seconds'` })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .where('token_version', '=', seen.token_version)
          // A failure moves no version: who read the row before it must not try again at once.
          .where('failures', '=', seen.failures)
          .where('state', '!=', 'disconnected')
          .where((on) => on.or([on('lease_until', 'is', null), sql<boolean>`${left} and lease_until <= now()`]))
          .returning(['refresh_token', 'access_token', 'granted_scopes'])
          .executeTakeFirst(),
      ),

    /** Holds on to a lease that is still one's own, for what must be asked before an outcome is written down. */
    prolong: (workspace: string, id: string, leaseId: string): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('connections')
          .set({ lease_until: sql<Date>`now() + interval '30 seconds'` })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .where('lease_id', '=', leaseId)
          .execute()
      }),

    /** Gives the lease back without an outcome. */
    release: (workspace: string, id: string, leaseId: string): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('connections')
          .set({ lease_id: null, lease_until: null })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .where('lease_id', '=', leaseId)
          .execute()
      }),

    /** Stores refreshed tokens, whoever has the lease by now. False when the version moved, or there are other than `failures`: somebody else was first. */
    storeTokens: (
      workspace: string,
      id: string,
      version: string,
      tokens: SealedTokens,
      event: NewEvent,
      failures?: number,
    ): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const stored = await trx
          .updateTable('connections')
          .set({
            ...withoutUndefined(tokens),
            ...NO_PROBLEM,
            refresh_refused_at: null,
            state: 'connected',
            token_version: sql<string>`token_version + 1`,
            lease_id: null,
            lease_until: null,
            last_refreshed_at: event.at,
          })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .where('token_version', '=', version)
          .where('state', '!=', 'disconnected')
          .$if(failures !== undefined, (query) => query.where('failures', '=', failures ?? 0))
          .returning('registration')
          .executeTakeFirst()
        if (!stored) return false
        await keepDue(trx, workspace, id, stored.registration, tokens.dueAt)
        await addEvent(trx, workspace, id, event)
        return true
      }),

    /** Writes down what went wrong, unless the tokens moved on meanwhile (then false). The event is written when the state changed. */
    storeProblem: (
      workspace: string,
      id: string,
      version: string,
      problem: Problem,
      event: NewEvent,
    ): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const before = await trx
          .selectFrom('connections')
          .select(['state', 'registration', 'problem_code'])
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .where('token_version', '=', version)
          .where('state', '!=', 'disconnected')
          .forUpdate()
          .executeTakeFirst()
        if (!before) return false
        await trx
          .updateTable('connections')
          .set({
            state: problem.state,
            problem_code: problem.code,
            problem_message: problem.message,
            problem_detail: problem.detail ?? null,
            problem_provider_code: problem.providerCode ?? null,
            problem_since: before.state === problem.state ? sql<Date>`coalesce(problem_since, ${event.at})` : event.at,
            ...(problem.refused ? { refresh_refused_at: event.at } : {}),
            failures: sql<number>`failures + 1`,
            next_try_at: problem.nextTryAt,
            lease_id: null,
            lease_until: null,
          })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .execute()
        await keepDue(trx, workspace, id, before.registration, problem.dueAt)
        const news = before.state !== problem.state || (problem.refused && before.problem_code !== problem.code)
        if (news) await addEvent(trx, workspace, id, event)
        return true
      }),

    /** Whatever stood against it is over. `testedAt`: a call to the platform proved it. */
    markAlive: (workspace: string, id: string, version: string, tested?: Tested): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('connections')
          .set({ ...NO_PROBLEM, state: 'connected', ...(tested ? factsOf(tested) : {}) })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .where('token_version', '=', version)
          .where('state', '!=', 'disconnected')
          .execute()
      }),

    /** What the platform said of the token of this version. */
    storeKnown: (workspace: string, id: string, version: string, known: Known): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        const facts = factsOf(known)
        if (Object.keys(facts).length === 0) return
        await trx
          .updateTable('connections')
          .set(facts)
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .where('token_version', '=', version)
          .where('state', '!=', 'disconnected')
          .execute()
      }),

    /** When the sweep looks at it next, where it looked and there was nothing to do; null: not any more. */
    lookAgain: (workspace: string, id: string, registration: string, dueAt: Date | null): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        const there = await selectOne(trx, workspace, id)
        if (there) await keepDue(trx, workspace, id, registration, dueAt)
      }),

    markTested: (workspace: string, id: string, at: Date): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('connections')
          .set({ last_tested_at: at })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .execute()
      }),

    ...connectionLife(db),
  }
}

export function selectOne(trx: Trx, workspace: string, id: string): Promise<ConnectionRow | undefined> {
  return trx
    .selectFrom('connections')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .executeTakeFirst()
}

function withoutUndefined(tokens: SealedTokens) {
  const { refresh_token, refresh_expires_at, dueAt: _, ...always } = tokens
  return {
    ...always,
    ...(refresh_token === undefined ? {} : { refresh_token }),
    ...(refresh_expires_at === undefined ? {} : { refresh_expires_at }),
  }
}
