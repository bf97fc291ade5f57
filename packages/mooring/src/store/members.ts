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

    /**
     * `judge` hears the role of now, and the present role of `by`, while nobody else can change either; what it throws stops
     * all. `last`: a workspace keeps an owner. Invitations of theirs are over.
     */
    setRole: (
      workspace: string,
      person: string,
      role: MemberRole,
      by: string | undefined,
      judge: Judge,
    ): Promise<'set' | 'none' | 'last'> =>
      db.workspace(workspace, async (trx) => {
        const roles = await lockedRoles(trx, workspace)
        const now = roles.get(requireUuid(person))
        if (now === undefined) return 'none'
        judge(now, by === undefined ? undefined : roles.get(by))
        if (now === role) return 'set'
        if (now === 'owner' && isLastOwner(roles, person)) return 'last'
        await trx
          .updateTable('members')
          .set({ role })
          .where('workspace_id', '=', workspace)
          .where('person_id', '=', person)
          .execute()
        await dropInvitationsOf(trx, workspace, person)
        return 'set'
      }),

    /** As `setRole`. */
    remove: (
      workspace: string,
      person: string,
      by: string | undefined,
      judge: Judge,
    ): Promise<'removed' | 'none' | 'last'> =>
      db.workspace(workspace, async (trx) => {
        const roles = await lockedRoles(trx, workspace)
        const now = roles.get(requireUuid(person))
        if (now === undefined) return 'none'
        judge(now, by === undefined ? undefined : roles.get(by))
        if (now === 'owner' && isLastOwner(roles, person)) return 'last'
        await trx.deleteFrom('members').where('workspace_id', '=', workspace).where('person_id', '=', person).execute()
        await dropInvitationsOf(trx, workspace, person)
        return 'removed'
      }),

    /** An older invitation of the same address is replaced; `judge` hears the roles of both. */
    invite: (workspace: string, row: NewInvitation, judge: Judge): Promise<InvitationRow> =>
      db.workspace(workspace, async (trx) => {
        const roles = await lockedRoles(trx, workspace)
        const by = row.invited_by_id === null ? undefined : roles.get(row.invited_by_id)
        const before = await trx
          .selectFrom('invitations')
          .select('role')
          .where('workspace_id', '=', workspace)
          .where('email', '=', row.email)
          .where('expires_at', '>', row.created_at)
          .executeTakeFirst()
        judge(row.role, by)
        if (before) judge(before.role, by)
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

    /** As `setRole`; `judge` hears the invitation's role. */
    withdraw: (workspace: string, id: string, by: string | undefined, judge: Judge): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const roles = await lockedRoles(trx, workspace)
        const gone = await trx
          .deleteFrom('invitations')
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .returning('role')
          .executeTakeFirst()
        if (gone) judge(gone.role, by === undefined ? undefined : roles.get(by))
        return gone !== undefined
      }),
  }
}

/** Throws where who asks may not do this to somebody of this role. `by`: their own role; undefined where no member asks. */
export type Judge = (of: MemberRole, by: MemberRole | undefined) => void

export type NewInvitation = Omit<InvitationRow, 'workspace_id'>

/** All changes of a workspace's members stand in line: two owners that leave at once must not both. */
async function lockedRoles(trx: Trx, workspace: string): Promise<Map<string, MemberRole>> {
  const rows = await trx
    .selectFrom('members')
    .select(['person_id', 'role'])
    .where('workspace_id', '=', requireUuid(workspace))
    .orderBy('person_id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.person_id, row.role]))
}

const isLastOwner = (roles: Map<string, MemberRole>, person: string): boolean =>
  ![...roles].some(([id, role]) => id !== person && role === 'owner')

async function dropInvitationsOf(trx: Trx, workspace: string, person: string): Promise<void> {
  await trx
    .deleteFrom('invitations')
    .where('workspace_id', '=', workspace)
    .where('invited_by_id', '=', person)
    .execute()
}
