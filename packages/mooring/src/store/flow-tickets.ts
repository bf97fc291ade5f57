/** Start links: a token by which one browser takes a flow over. */
import type { Db } from './database.ts'
import type { FlowRow, FlowSecrets } from './flows.ts'

export function ticketStore(db: Db) {
  return {
    /** A browser takes a start link: its token is gone, and the state and browser secret are new. Undefined when it was taken or is over. */
    claim: (
      workspace: string,
      ticketHash: Buffer,
      next: (flowId: string) => Omit<FlowSecrets, 'ticket_hash'>,
      now: Date,
    ): Promise<FlowRow | undefined> =>
      db.workspace(workspace, async (trx) => {
        const taken = await trx
          .deleteFrom('flow_states')
          .where('workspace_id', '=', workspace)
          .where('ticket_hash', '=', ticketHash)
          .where('expires_at', '>', now)
          .returning(['flow_id', 'expires_at'])
          .executeTakeFirst()
        if (!taken) return undefined
        const fresh = next(taken.flow_id)
        await trx
          .insertInto('flow_states')
          .values({
            workspace_id: workspace,
            flow_id: taken.flow_id,
            expires_at: taken.expires_at,
            ticket_hash: null,
            ...fresh,
          })
          .execute()
        // The flow is found by its state at the callback: the row must know the new one.
        return trx
          .updateTable('flows')
          .set({ state_hash: fresh.state_hash })
          .where('workspace_id', '=', workspace)
          .where('id', '=', taken.flow_id)
          .returningAll()
          .executeTakeFirst()
      }),

    byTicket: (workspace: string, ticketHash: Buffer, now: Date): Promise<FlowRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('flows')
          .innerJoin('flow_states', (join) =>
            join
              .onRef('flow_states.workspace_id', '=', 'flows.workspace_id')
              .onRef('flow_states.flow_id', '=', 'flows.id'),
          )
          .selectAll('flows')
          .where('flows.workspace_id', '=', workspace)
          .where('flow_states.ticket_hash', '=', ticketHash)
          .where('flow_states.expires_at', '>', now)
          .executeTakeFirst(),
      ),
  }
}
