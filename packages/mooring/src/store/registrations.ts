/** Apps of a workspace's own. */
import type { Selectable } from 'kysely'
import { type Db, requireUuid, type Trx } from './database.ts'
import type { RegistrationTable } from './schema.ts'

export type OwnRegistrationRow = Selectable<RegistrationTable>
export type NewOwnRegistration = Omit<OwnRegistrationRow, 'workspace_id' | 'changed_at'>
export type OwnRegistrationChange = Partial<Pick<OwnRegistrationRow, 'client_id' | 'client_secret' | 'scopes'>> & {
  settings?: Record<string, string>
}

export function registrationStore(db: Db) {
  return {
    /** By the name that stands in its callback. */
    find: (workspace: string, name: string): Promise<OwnRegistrationRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('registrations')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('name', '=', name)
          .executeTakeFirst(),
      ),

    /** The newest first. */
    list: (workspace: string): Promise<OwnRegistrationRow[]> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('registrations')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .orderBy('created_at', 'desc')
          .orderBy('id')
          .execute(),
      ),

    /** False: there are `most` already. */
    add: (workspace: string, row: NewOwnRegistration, most: number): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const there = await trx
          .selectFrom('registrations')
          .select('id')
          .where('workspace_id', '=', requireUuid(workspace))
          .execute()
        if (there.length >= most) return false
        await trx
          .insertInto('registrations')
          .values({ workspace_id: workspace, ...row, settings: JSON.stringify(row.settings) })
          .execute()
        return true
      }),

    /** What rests on it is due at once: it may have waited for just this. `used`: another client id would end what rests on it. */
    change: (
      workspace: string,
      name: string,
      { settings, ...to }: OwnRegistrationChange,
      now: Date,
    ): Promise<OwnRegistrationRow | 'used' | undefined> =>
      db.workspace(workspace, async (trx) => {
        const before = await hold(trx, workspace, name)
        const another = to.client_id !== undefined && to.client_id !== before?.client_id
        if (before && another && (await isUsed(trx, workspace, name))) return 'used'
        const row = await trx
          .updateTable('registrations')
          .set({ ...to, ...(settings ? { settings: JSON.stringify(settings) } : {}), changed_at: now })
          .where('workspace_id', '=', workspace)
          .where('name', '=', name)
          .returningAll()
          .executeTakeFirst()
        if (row)
          await trx
            .updateTable('due_refreshes')
            .set({ due_at: now })
            .where('workspace_id', '=', workspace)
            .where('registration', '=', name)
            .where('due_at', '>', now)
            .execute()
        return row
      }),

    /** How many connections rest on each, by its name; those that ended do not count. */
    used: async (workspace: string): Promise<Map<string, number>> => {
      const rows = await db.workspace(workspace, (trx) =>
        trx
          .selectFrom('connections')
          .select(['registration', (eb) => eb.fn.countAll<number>().as('used')])
          .where('workspace_id', '=', workspace)
          .where('state', '<>', 'disconnected')
          .where('registration', 'in', (eb) =>
            eb.selectFrom('registrations').select('name').where('workspace_id', '=', workspace),
          )
          .groupBy('registration')
          .execute(),
      )
      return new Map(rows.map(({ registration, used }) => [registration, Number(used)]))
    },

    /** `used`: connections rest on it. Those that ended lose nothing by it. */
    remove: (workspace: string, name: string): Promise<'removed' | 'none' | 'used'> =>
      db.workspace(workspace, async (trx) => {
        if (!(await hold(trx, workspace, name))) return 'none'
        if (await isUsed(trx, workspace, name)) return 'used'
        await trx.deleteFrom('registrations').where('workspace_id', '=', workspace).where('name', '=', name).execute()
        return 'removed'
      }),
  }
}

/** Nobody else changes it, removes it or connects by it until the end of the transaction. */
const hold = (trx: Trx, workspace: string, name: string) =>
  trx
    .selectFrom('registrations')
    .select('client_id')
    .where('workspace_id', '=', workspace)
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirst()

async function isUsed(trx: Trx, workspace: string, name: string): Promise<boolean> {
  const used = await trx
    .selectFrom('connections')
    .select('id')
    .where('workspace_id', '=', workspace)
    .where('registration', '=', name)
    .where('state', '<>', 'disconnected')
    .limit(1)
    .executeTakeFirst()
  return used !== undefined
}

/** For a connection that is about to rest on it. False: it was removed, or given another client id, since the code was redeemed. */
export async function stands(trx: Trx, workspace: string, name: string, clientId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('registrations')
    .select('client_id')
    .where('workspace_id', '=', workspace)
    .where('name', '=', name)
    .forShare()
    .executeTakeFirst()
  return row?.client_id === clientId
}
