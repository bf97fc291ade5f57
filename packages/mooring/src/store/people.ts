/** People, where they belong, and how an invitation makes one a member: asked before a workspace is known. */
import { type Selectable, sql } from 'kysely'
import { MooringError } from '../error.ts'
import { type Db, requireUuid } from './database.ts'
import type { InvitationTable, MemberRole, PersonTable } from './schema.ts'

export type PersonRow = Selectable<PersonTable>
export type InvitationRow = Selectable<InvitationTable>

export interface Membership {
  workspace: { id: string; name: string }
  role: MemberRole
}

export function peopleStore(db: Db) {
  return {
    byId: (id: string): Promise<PersonRow | undefined> =>
      db.instance((trx) => trx.selectFrom('people').selectAll().where('id', '=', requireUuid(id)).executeTakeFirst()),

    byEmail: (email: string): Promise<PersonRow | undefined> =>
      db.instance((trx) =>
        trx.selectFrom('people').selectAll().where('email', '=', email.toLowerCase()).executeTakeFirst(),
      ),

    /** A person and where they belong, the longest first. Undefined: nobody. */
    standing: (person: string): Promise<{ person: PersonRow; memberships: Membership[] } | undefined> =>
      db.instance(async (trx) => {
        const row = await trx.selectFrom('people').selectAll().where('id', '=', requireUuid(person)).executeTakeFirst()
        if (!row) return undefined
        const rows = await trx
          .selectFrom('members')
          .innerJoin('workspaces', 'workspaces.id', 'members.workspace_id')
          .select(['workspaces.id', 'workspaces.name', 'members.role'])
          .where('members.person_id', '=', person)
          .orderBy('members.added_at')
          .orderBy('workspaces.id')
          .execute()
        return { person: row, memberships: rows.map(({ id, name, role }) => ({ workspace: { id, name }, role })) }
      }),

    /** How dates are shown; null: as the browser does. What is left out stays. */
    prefer: (
      person: string,
      to: { time_zone?: string | null | undefined; locale?: string | null | undefined },
    ): Promise<void> =>
      db.instance(async (trx) => {
        await trx
          .updateTable('people')
          .set({ ...to, updated_at: sql<Date>`now()` })
          .where('id', '=', requireUuid(person))
          .execute()
      }),

    /**
     * A person's address is proved for the first time, by a letter to it. Whoever had the account until now need not have
     * been its holder: their passkeys, sign-ins elsewhere and second step go.
     */
    proveAddress: (person: string, now: Date): Promise<void> =>
      db.instance(async (trx) => {
        const id = requireUuid(person)
        await trx.deleteFrom('passkeys').where('person_id', '=', id).execute()
        await trx.deleteFrom('two_factors').where('person_id', '=', id).execute()
        await trx.deleteFrom('logins').where('person_id', '=', id).where('provider_id', '<>', 'credential').execute()
        await trx
          .updateTable('people')
          .set({ email_verified: true, two_factor_enabled: false, updated_at: now })
          .where('id', '=', id)
          .execute()
      }),

    /** The invitation of this token, with the workspace's name. */
    invitation: (hash: Buffer, now: Date): Promise<(InvitationRow & { workspace: string }) | undefined> =>
      db.instance((trx) =>
        trx
          .selectFrom('invitations')
          .innerJoin('workspaces', 'workspaces.id', 'invitations.workspace_id')
          .selectAll('invitations')
          .select('workspaces.name as workspace')
          .where('token_hash', '=', hash)
          .where('expires_at', '>', now)
          .executeTakeFirst(),
      ),

    /**
     * Uses an invitation up: of any number at once, one gets in. `person` is made with the invitation's address where it
     * is new. Who is a member already keeps the role. Throws `sign_in_again` where the address is no longer new.
     */
    accept: (
      hash: Buffer,
      person: { id: string } | { id: string; name: string; password: { id: string; hash: string } },
      now: Date,
    ): Promise<InvitationRow | undefined> =>
      db.instance(async (trx) => {
        const row = await trx
          .deleteFrom('invitations')
          .where('token_hash', '=', hash)
          .where('expires_at', '>', now)
          .returningAll()
          .executeTakeFirst()
        if (!row) return undefined
        if ('name' in person) {
          const made = await trx
            .insertInto('people')
            .values({
              id: person.id,
              name: person.name,
              email: row.email,
              // The link goes to whoever invites, too: it proves nothing of the address.
              email_verified: false,
              created_at: now,
              updated_at: now,
            })
            .onConflict((on) => on.column('email').doNothing())
            .executeTakeFirst()
          // Two invitations of one address were taken at once: this one stays, for the person that the other made.
          if (made.numInsertedOrUpdatedRows !== 1n) throw signInFirst(row.email)
          await trx
            .insertInto('logins')
            .values({
              id: person.password.id,
              person_id: person.id,
              provider_id: 'credential',
              account_id: person.id,
              password: person.password.hash,
            })
            .execute()
        }
        await trx
          .insertInto('members')
          .values({ workspace_id: row.workspace_id, person_id: person.id, role: row.role })
          .onConflict((on) => on.columns(['workspace_id', 'person_id']).doNothing())
          .execute()
        return row
      }),
  }
}

/** A link that went astray must not sign its finder in to an account that is there. */
export const signInFirst = (email: string): MooringError =>
  new MooringError('sign_in_again', `Sign in as ${email} first, then open the link again.`)
