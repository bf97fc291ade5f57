/** A workspace's first steps: what is there already, and what somebody said of the rest. */
import { type Db, requireUuid } from './database.ts'

export interface OnboardingRows {
  seenAt: Date | null
  hasProfile: boolean
  hasWebhook: boolean
  /** Providers with a connection that was not ended. */
  providers: string[]
  /** What was said of a step, by its id. */
  said: Map<string, 'done' | 'skipped'>
}

export function onboardingStore(db: Db) {
  return {
    get: (workspace: string): Promise<OnboardingRows> =>
      db.workspace(workspace, async (trx) => {
        const row = await trx
          .selectFrom('workspaces')
          .select(['website', 'ideal_customer', 'onboarding_seen_at'])
          .where('id', '=', workspace)
          .executeTakeFirst()
        const steps = await trx
          .selectFrom('onboarding_steps')
          .select(['step', 'state'])
          .where('workspace_id', '=', workspace)
          .execute()
        const connected = await trx
          .selectFrom('connections')
          .select('provider')
          .distinct()
          .where('workspace_id', '=', workspace)
          .where('state', '<>', 'disconnected')
          .execute()
        const webhook = await trx
          .selectFrom('webhooks')
          .select('id')
          .where('workspace_id', '=', workspace)
          .limit(1)
          .executeTakeFirst()
        return {
          seenAt: row?.onboarding_seen_at ?? null,
          hasProfile: row !== undefined && row.website !== null && row.ideal_customer !== null,
          hasWebhook: webhook !== undefined,
          providers: connected.map((one) => one.provider),
          said: new Map(steps.map((one) => [one.step, one.state])),
        }
      }),

    /** `open`: nothing is said of it any more. */
    say: (workspace: string, step: string, state: 'done' | 'skipped' | 'open', at: Date): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        if (state === 'open') {
          await trx
            .deleteFrom('onboarding_steps')
            .where('workspace_id', '=', workspace)
            .where('step', '=', step)
            .execute()
          return
        }
        await trx
          .insertInto('onboarding_steps')
          .values({ workspace_id: requireUuid(workspace), step, state, at })
          .onConflict((on) => on.columns(['workspace_id', 'step']).doUpdateSet({ state, at }))
          .execute()
      }),
  }
}
