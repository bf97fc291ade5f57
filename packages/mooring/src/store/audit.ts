/** Who did what: added and read, never changed. */
import { type Selectable, sql } from 'kysely'
import { type Db, requireUuid } from './database.ts'
import type { AuditEntryTable } from './schema.ts'

export type AuditRow = Selectable<AuditEntryTable>
export type NewAuditEntry = Omit<AuditRow, 'workspace_id' | 'times'> & { times?: number }

export interface AuditFilter {
  action?: string | undefined
  /** A person's or a key's id. */
  actor?: string | undefined
  outcome?: 'ok' | 'refused' | undefined
  /** The id of what it was done to. */
  target?: string | undefined
  /** Kinds that this reader is not told of. */
  without?: readonly string[] | undefined
  from?: Date | undefined
  to?: Date | undefined
}

/** A statement has 65,535 values at most; a row here has some fifteen. */
const AT_ONCE = 1000

export function auditStore(db: Db) {
  return {
    add: (workspace: string, entries: readonly NewAuditEntry[]): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        const rows = entries.map((one) => ({ workspace_id: requireUuid(workspace), ...one }))
        for (let at = 0; at < rows.length; at += AT_ONCE)
          await trx
            .insertInto('audit_entries')
            .values(rows.slice(at, at + AT_ONCE))
            .execute()
      }),

    /** Newest first. */
    page: (
      workspace: string,
      filter: AuditFilter,
      after: { at: Date; id: string } | undefined,
      limit: number,
    ): Promise<AuditRow[]> =>
      db.workspace(workspace, (trx) => {
        let query = trx.selectFrom('audit_entries').selectAll().where('workspace_id', '=', workspace)
        if (filter.action !== undefined) query = query.where('action', '=', filter.action)
        if (filter.actor !== undefined) query = query.where('actor_id', '=', filter.actor)
        if (filter.outcome !== undefined) query = query.where('outcome', '=', filter.outcome)
        if (filter.target !== undefined) query = query.where('target_id', '=', filter.target)
        if (filter.without?.length) query = query.where('action', 'not in', [...filter.without])
        if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
        if (filter.to !== undefined) query = query.where('at', '<', filter.to)
        if (after) query = query.where(sql<boolean>`(at, id) < (${after.at}, ${after.id})`)
        return query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
      }),

    /** Drops what is older, but nothing of the last seven days. Returns how many. */
    expire: (workspace: string, before: Date): Promise<number> =>
      db.workspace(workspace, async (trx) => {
        const { rows } = await sql<{ gone: string }>`select mooring.expire_audit(${before}) as gone`.execute(trx)
        return Number(rows[0]?.gone ?? 0)
      }),
  }
}
