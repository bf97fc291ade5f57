/**
 * The attempts of a flow by credentials. Each step is one UPDATE under the attempt's own id, so that of two at once one
 * goes on, and an outcome that comes after its attempt was given up writes nothing.
 */
import { sql } from 'kysely'
import type { Checkpoint } from '../provider-credentials.ts'
import { type Db, requireUuid, type Trx } from './database.ts'
import type { FlowRow } from './flows.ts'

export interface NewAttempt {
  attempt: string
  /** Sealed. */
  held: string | null
  now: Date
  /** Whoever holds the attempt is taken for dead after this. */
  leaseUntil: Date
  limit: { most: number; since: Date }
}

export interface WaitingFor {
  serviceId: string
  checkpoint: Checkpoint
  endsAt: Date
  resendAt: Date | null
  /** When somebody looks at it again. */
  overAt: Date
}

export interface FormAgain {
  code: string
  message: string
  detail: string | undefined
  againAt: Date | null
  /** The flow lives on at least until then. */
  until: Date
}

/** What an attempt leaves behind when it is over. */
const NOTHING = {
  attempt: null,
  service_id: null,
  checkpoint: null,
  attempt_ends_at: null,
  resend_at: null,
  retry_times: 0,
  retry_at: null,
  poll_at: null,
  held_credentials: null,
  notify_hash: null,
} as const

const NO_ERROR = { error_code: null, error_message: null, error_detail: null } as const

export function attemptStore(db: Db) {
  return {
    /**
     * Takes a flow from its form into an attempt. Undefined: it does not wait for one. `blockedSince`: its starter made as many
     * as they may, at this provider, the first of them then.
     */
    begin: (
      workspace: string,
      id: string,
      parts: NewAttempt,
    ): Promise<{ flow: FlowRow } | { blockedSince: Date } | undefined> =>
      db.workspace(workspace, async (trx) => {
        const flow = await trx
          .selectFrom('flows')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .executeTakeFirst()
        if (!flow) return undefined
        const who = `${workspace} ${flow.starter} ${flow.end_user ?? ''} ${flow.provider}`
        await sql`select pg_advisory_xact_lock(hashtextextended(${who}, 2))`.execute(trx)
        const tries = await triesOf(trx, flow, parts.limit.since)
        const oldest = tries[parts.limit.most - 1]
        if (oldest) return { blockedSince: oldest }
        const begun = await trx
          .updateTable('flows')
          .set({
            ...NOTHING,
            ...NO_ERROR,
            state: 'connecting',
            attempt: parts.attempt,
            held_credentials: parts.held,
            again_at: null,
            tries: sql<Date[]>`array_append(tries, ${parts.now})`,
          })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .where('state', '=', 'pending')
          .returningAll()
          .executeTakeFirst()
        if (!begun) return undefined
        await lookAt(trx, workspace, id, parts.leaseUntil)
        return { flow: begun }
      }),

    /** The times of the attempts that count against its starter, the latest first. */
    tries: (workspace: string, flow: FlowRow, since: Date): Promise<Date[]> =>
      db.workspace(workspace, (trx) => triesOf(trx, flow, since)),

    /** The person answers: the attempt goes on. Undefined: it does not wait for an answer any more. */
    answer: (workspace: string, id: string, leaseUntil: Date): Promise<FlowRow | undefined> =>
      db.workspace(workspace, async (trx) => {
        const flow = await trx
          .updateTable('flows')
          .set({ ...NO_ERROR, state: 'connecting' })
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where('state', '=', 'checkpoint')
          .where('attempt', 'is not', null)
          .returningAll()
          .executeTakeFirst()
        if (flow) await lookAt(trx, workspace, id, leaseUntil)
        return flow
      }),

    /** The service did not answer and is asked again. False: the attempt was given up meanwhile. */
    retrying: (
      workspace: string,
      id: string,
      attempt: string,
      retry: { times: number; at: Date | null; leaseUntil: Date },
    ): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const set = { retry_times: retry.times, retry_at: retry.at }
        const flow = await mine(trx, workspace, id, attempt, set)
        if (flow) await lookAt(trx, workspace, id, retry.leaseUntil)
        return flow !== undefined
      }),

    /** Whoever does it is alive. Never shorter than it was. */
    hold: (workspace: string, id: string, attempt: string, until: Date): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('flow_attempts')
          .set({ over_at: sql<Date>`greatest(over_at, ${until})` })
          .where('workspace_id', '=', workspace)
          .where('flow_id', '=', requireUuid(id))
          .where((on) =>
            on.exists(
              on
                .selectFrom('flows')
                .select('id')
                .where('workspace_id', '=', workspace)
                .where('id', '=', id)
                .where('attempt', '=', attempt)
                .where('state', '=', 'connecting'),
            ),
          )
          .execute()
      }),

    /** The service waits for the person. False: given up meanwhile. */
    wait: (
      workspace: string,
      id: string,
      attempt: string,
      parts: WaitingFor,
      error?: Omit<FormAgain, 'againAt' | 'until'>,
    ) =>
      db.workspace(workspace, async (trx): Promise<boolean> => {
        const flow = await mine(trx, workspace, id, attempt, {
          state: 'checkpoint',
          service_id: parts.serviceId,
          // What was typed is of no use any more where the service's own page goes on.
          ...(parts.checkpoint.type === 'hosted' ? { held_credentials: null } : {}),
          checkpoint: JSON.stringify(parts.checkpoint),
          attempt_ends_at: parts.endsAt,
          resend_at: parts.resendAt,
          retry_times: 0,
          retry_at: null,
          poll_at: null,
          error_code: error?.code ?? null,
          error_message: error?.message ?? null,
          error_detail: error?.detail ?? null,
          expires_at: sql<Date>`greatest(expires_at, ${new Date(parts.endsAt.getTime() + 600_000)})`,
        })
        if (flow) await lookAt(trx, workspace, id, parts.overAt)
        return flow !== undefined
      }),

    /** The attempt is over, and the form comes again with the reason. What was held is gone. False: it was over already. */
    formAgain: (workspace: string, id: string, attempt: string, again: FormAgain): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const over = await trx
          .updateTable('flows')
          .set({
            ...NOTHING,
            state: 'pending',
            error_code: again.code,
            error_message: again.message,
            error_detail: again.detail ?? null,
            again_at: again.againAt,
            expires_at: sql<Date>`greatest(expires_at, ${again.until})`,
          })
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where('attempt', '=', attempt)
          .where('state', 'in', ['connecting', 'checkpoint'])
          .executeTakeFirst()
        if (over.numUpdatedRows !== 1n) return false
        await dropLook(trx, workspace, id)
        return true
      }),

    /** The seat is ours and the flow settled: nothing of the attempt stays. Answers with what was held. */
    over: (workspace: string, id: string): Promise<string | null> =>
      db.workspace(workspace, async (trx) => {
        const before = await trx
          .selectFrom('flows')
          .select('held_credentials')
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .forUpdate()
          .executeTakeFirst()
        await trx.updateTable('flows').set(NOTHING).where('workspace_id', '=', workspace).where('id', '=', id).execute()
        await dropLook(trx, workspace, id)
        return before?.held_credentials ?? null
      }),

    /** Takes the right to ask the service, which nobody else has before `next`. */
    mayPoll: (workspace: string, id: string, attempt: string, now: Date, next: Date): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const taken = await trx
          .updateTable('flows')
          .set({ poll_at: next })
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where('attempt', '=', attempt)
          .where('state', '=', 'checkpoint')
          .where((on) => on.or([on('poll_at', 'is', null), on('poll_at', '<=', now)]))
          .executeTakeFirst()
        return taken.numUpdatedRows === 1n
      }),

    /** When another code can be asked for. Of two at once one may ask. */
    mayResend: (workspace: string, id: string, now: Date, next: Date): Promise<FlowRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .updateTable('flows')
          .set({ resend_at: next })
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where('state', '=', 'checkpoint')
          .where('resend_at', '<=', now)
          .returningAll()
          .executeTakeFirst(),
      ),

    /** The service's own page does the rest; what it posts must show the secret. Takes the flow from its form or a checkpoint. */
    hosted: (
      workspace: string,
      id: string,
      parts: { attempt: string; notifyHash: Buffer; checkpoint: Checkpoint; endsAt: Date; overAt: Date },
    ): Promise<FlowRow | undefined> =>
      db.workspace(workspace, async (trx) => {
        const flow = await trx
          .updateTable('flows')
          .set({
            ...NOTHING,
            ...NO_ERROR,
            state: 'checkpoint',
            attempt: parts.attempt,
            notify_hash: parts.notifyHash,
            checkpoint: JSON.stringify(parts.checkpoint),
            attempt_ends_at: parts.endsAt,
            expires_at: sql<Date>`greatest(expires_at, ${parts.endsAt})`,
          })
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where((on) =>
            on.or([
              on('state', '=', 'pending'),
              on.and([on('state', '=', 'checkpoint'), on('attempt', 'is not', null)]),
            ]),
          )
          .returningAll()
          .executeTakeFirst()
        if (flow) await lookAt(trx, workspace, id, parts.overAt)
        return flow
      }),

    byNotice: (workspace: string, notifyHash: Buffer): Promise<FlowRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('flows')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('notify_hash', '=', notifyHash)
          .where('state', '=', 'checkpoint')
          .executeTakeFirst(),
      ),

    /** Until when whoever holds the attempt is taken for alive. */
    leasedUntil: (workspace: string, id: string): Promise<Date | undefined> =>
      db.workspace(workspace, async (trx) => {
        const row = await trx
          .selectFrom('flow_attempts')
          .select('over_at')
          .where('workspace_id', '=', workspace)
          .where('flow_id', '=', requireUuid(id))
          .executeTakeFirst()
        return row?.over_at
      }),

    /** Looked at, and still waiting. */
    lookAgain: (workspace: string, id: string, at: Date): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('flow_attempts')
          .set({ over_at: at })
          .where('workspace_id', '=', workspace)
          .where('flow_id', '=', requireUuid(id))
          .execute()
      }),
  }
}

/** By everybody who may be the same person: the starter, with the end user where a host names one. */
async function triesOf(trx: Trx, flow: FlowRow, since: Date): Promise<Date[]> {
  const rows = await trx
    .selectFrom('flows')
    .select('tries')
    .where('workspace_id', '=', flow.workspace_id)
    .where('starter', '=', flow.starter)
    .where('end_user', flow.end_user === null ? 'is' : '=', flow.end_user)
    .where('provider', '=', flow.provider)
    .where('started_at', '>', new Date(since.getTime() - 24 * 3_600_000))
    .execute()
  return rows
    .flatMap((row) => row.tries)
    .filter((at) => at > since)
    .sort((a, b) => b.getTime() - a.getTime())
}

const mine = (trx: Trx, workspace: string, id: string, attempt: string, set: object) =>
  trx
    .updateTable('flows')
    .set(set)
    .where('workspace_id', '=', workspace)
    .where('id', '=', requireUuid(id))
    .where('attempt', '=', attempt)
    .where('state', '=', 'connecting')
    .returning('id')
    .executeTakeFirst()

async function lookAt(trx: Trx, workspace: string, id: string, at: Date): Promise<void> {
  await trx
    .insertInto('flow_attempts')
    .values({ workspace_id: workspace, flow_id: id, over_at: at })
    .onConflict((on) => on.columns(['workspace_id', 'flow_id']).doUpdateSet({ over_at: at }))
    .execute()
}

export const dropLook = (trx: Trx, workspace: string, id: string) =>
  trx.deleteFrom('flow_attempts').where('workspace_id', '=', workspace).where('flow_id', '=', id).execute()
