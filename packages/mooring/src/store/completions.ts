/** Flows whose tokens are held until the host says who came back. */
import { type Db, requireUuid } from './database.ts'
import type { FlowRow } from './flows.ts'

export interface Hold {
  codeHash: Buffer
  /** Sealed. */
  tokens: string
  expiresAt: Date
}

export function completionStore(db: Db) {
  return {
    /** False where the flow was given up meanwhile: then nothing is kept. */
    hold: (workspace: string, id: string, { codeHash, tokens, expiresAt }: Hold): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const held = await trx
          .updateTable('flows')
          .set({ state: 'awaiting_completion', held_tokens: tokens, expires_at: expiresAt })
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .where('state', 'in', ['pending', 'connecting'])
          .executeTakeFirst()
        if (held.numUpdatedRows !== 1n) return false
        await trx
          .insertInto('flow_completions')
          .values({ workspace_id: workspace, flow_id: id, code_hash: codeHash, expires_at: expiresAt })
          .execute()
        return true
      }),

    /** Another code in place of the one before: the browser gets it when it leaves for the host. */
    renew: (workspace: string, id: string, codeHash: Buffer): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('flow_completions')
          .set({ code_hash: codeHash })
          .where('workspace_id', '=', workspace)
          .where('flow_id', '=', requireUuid(id))
          .execute()
      }),

    /** Takes what is held out of the flow: of any number of completions at once, one gets it, and with the code alone. */
    take: (
      workspace: string,
      id: string,
      codeHash: Buffer,
      now: Date,
    ): Promise<{ flow: FlowRow; tokens: string } | undefined> =>
      db.workspace(workspace, async (trx) => {
        const taken = await trx
          .deleteFrom('flow_completions')
          .where('workspace_id', '=', workspace)
          .where('flow_id', '=', requireUuid(id))
          .where('code_hash', '=', codeHash)
          .where('expires_at', '>', now)
          .returning('flow_id')
          .executeTakeFirst()
        if (!taken) return undefined
        const flow = await trx
          .selectFrom('flows')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .executeTakeFirst()
        if (!flow || flow.held_tokens === null) return undefined
        await trx
          .updateTable('flows')
          .set({ held_tokens: null })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .execute()
        return { flow, tokens: flow.held_tokens }
      }),
  }
}

/** Over all workspaces, for the sweep. */
export function overdueStore(db: Db) {
  return {
    attempts: (now: Date, most: number): Promise<{ workspace_id: string; flow_id: string }[]> =>
      db.instance((trx) =>
        trx
          .selectFrom('flow_attempts')
          .select(['workspace_id', 'flow_id'])
          .where('over_at', '<=', now)
          .orderBy('over_at')
          .limit(most)
          .execute(),
      ),

    completions: (now: Date, most: number): Promise<{ workspace_id: string; flow_id: string }[]> =>
      db.instance((trx) =>
        trx
          .selectFrom('flow_completions')
          .select(['workspace_id', 'flow_id'])
          .where('expires_at', '<=', now)
          .orderBy('expires_at')
          .limit(most)
          .execute(),
      ),
  }
}
