/** Members of a workspace, and who was asked to become one. */
import type { Selectable } from 'kysely'
import { type Db, requireUuid, type Trx } from './database.ts'
import type { InvitationRow } from './people.ts'
import type { MemberRole, MemberTable } from './schema.ts'

export type Member = Selectable<MemberTable> & { name: string; email: string | null }

export function memberStore(db: Db) {
  return {
    list: async (workspace: string): Promise<Member[]> => {
      const rows = await db.workspace(workspace, (trx) =>
        trx
          .selectFrom('members')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .orderBy('added_at')
          .orderBy('person_id')
          .execute(),
      )
      if (rows.length === 0) return []
      // Names are the instance's own: who is a member was judged above, by row-level security too.
      const people = await db.instance((trx) =>
        trx
          .selectFrom('people')
          .select(['id', 'name', 'email'])
          .where(
            'id',
            'in',
            rows.map((row) => row.person_id),
          )
          .execute(),
      )
      const byId = new Map(people.map((one) => [one.id, one]))
      return rows.flatMap((row) => {
        const person = byId.get(row.person_id)
        return person ? [{ ...row, name: person.name, email: person.email }] : []
      })
    },

    /** `last`: a workspace keeps an owner. */
    setRole: (workspace: string, person: string, role: MemberRole): Promise<'set' | 'none' | 'last'> =>
      db.workspace(workspace, async (trx) => {
        const role0 = await lockedRole(trx, workspace, person)
        if (role0 === undefined) return 'none'
        if (role0 === 'owner' && role !== 'owner' && !(await otherOwner(trx, workspace, person))) return 'last'
        await trx
          .updateTable('members')
          .set({ role })
          .where('workspace_id', '=', workspace)
          .where('person_id', '=', person)
          .execute()
        return 'set'
      }),

    remove: (workspace: string, person: string): Promise<'removed' | 'none' | 'last'> =>
      db.workspace(workspace, async (trx) => {
        const role = await lockedRole(trx, workspace, person)
        if (role === undefined) return 'none'
        if (role === 'owner' && !(await otherOwner(trx, workspace, person))) return 'last'
        await trx.deleteFrom('members').where('workspace_id', '=', workspace).where('person_id', '=', person).execute()
        return 'removed'
      }),

    /** An older invitation of the same address is replaced. */
    invite: (
      workspace: string,
      row: Pick<InvitationRow, 'id' | 'token_hash' | 'email' | 'role' | 'invited_by' | 'created_at' | 'expires_at'>,
    ): Promise<InvitationRow> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .deleteFrom('invitations')
          .where('workspace_id', '=', workspace)
          .where((or) => or.or([or('email', '=', row.email), or('expires_at', '<=', row.created_at)]))
          .execute()
        return trx
          .insertInto('invitations')
          .values({ workspace_id: workspace, ...row })
          .returningAll()
          .executeTakeFirstOrThrow()
      }),

    invitations: (workspace: string, now: Date): Promise<InvitationRow[]> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('invitations')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('expires_at', '>', now)
          .orderBy('created_at')
          .execute(),
      ),

    withdraw: (workspace: string, id: string): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const gone = await trx
          .deleteFrom('invitations')
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .executeTakeFirst()
        return gone.numDeletedRows === 1n
      }),
  }
}

/** All changes of a workspace's members stand in line: two owners that leave at once must not both. */
async function lockedRole(trx: Trx, workspace: string, person: string): Promise<MemberRole | undefined> {
  const rows = await trx
    .selectFrom('members')
    .select(['person_id', 'role'])
    .where('workspace_id', '=', requireUuid(workspace))
    .orderBy('person_id')
    .forUpdate()
    .execute()
  return rows.find((row) => row.person_id === requireUuid(person))?.role
}

async function otherOwner(trx: Trx, workspace: string, person: string): Promise<boolean> {
  const row = await trx
    .selectFrom('members')
    .select('person_id')
    .where('workspace_id', '=', workspace)
    .where('person_id', '<>', person)
    .where('role', '=', 'owner')
    .executeTakeFirst()
  return row !== undefined
}
