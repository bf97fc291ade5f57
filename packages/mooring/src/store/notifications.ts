/** Whom an event is told to by letter, and which letters wait. */
import { sql } from 'kysely'
import { type Db, requireUuid } from './database.ts'
import type { EventRow } from './events.ts'

export interface Choice {
  person_id: string
  kind: string
  letter: boolean
}

/** Events of one workspace that one letter tells of. */
export interface LettersDue {
  workspace: string
  events: string[]
  /** How often it was tried, with this time. */
  tries: number
}

/** Told by one letter at most: what is more waits for the next. */
const MOST_EVENTS = 50

export function notificationStore(db: Db) {
  return {
    choices: (workspace: string): Promise<Choice[]> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('notification_choices')
          .select(['person_id', 'kind', 'letter'])
          .where('workspace_id', '=', workspace)
          .execute(),
      ),

    /** Of a member. False: they are none here. */
    choose: (workspace: string, person: string, choices: { kind: string; letter: boolean }[]): Promise<boolean> =>
      db.workspace(workspace, async (trx) => {
        const member = await trx
          .selectFrom('members')
          .select('person_id')
          .where('workspace_id', '=', workspace)
          .where('person_id', '=', requireUuid(person))
          .forUpdate()
          .executeTakeFirst()
        if (!member) return false
        if (choices.length === 0) return true
        await trx
          .insertInto('notification_choices')
          .values(choices.map((one) => ({ workspace_id: workspace, person_id: person, ...one })))
          .onConflict((on) =>
            on
              .columns(['workspace_id', 'person_id', 'kind'])
              .doUpdateSet((eb) => ({ letter: eb.ref('excluded.letter') })),
          )
          .execute()
        return true
      }),

    /** They were not told: they come again then. */
    postponeLetters: (workspace: string, events: readonly string[], until: Date): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .updateTable('letters_due')
          .set({ due_at: until })
          .where('workspace_id', '=', workspace)
          .where('event_id', 'in', [...events])
          .execute()
      }),

    /** They were told, or are given up. */
    dropLetters: (workspace: string, events: readonly string[]): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        await trx
          .deleteFrom('letters_due')
          .where('workspace_id', '=', workspace)
          .where('event_id', 'in', [...events])
          .execute()
      }),

    /** The oldest first. */
    eventsOf: (workspace: string, ids: readonly string[]): Promise<EventRow[]> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('events')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('id', 'in', [...ids])
          .orderBy('at')
          .orderBy('id')
          .execute(),
      ),
  }
}

export function letterStore(db: Db) {
  return {
    /** The workspace that has waited longest: its events, which come again at `again` unless they are told until then. One process a workspace: two would each write a letter of a part. */
    take: (now: Date, again: Date): Promise<LettersDue | undefined> =>
      db.instance(async (trx) => {
        const { rows } = await sql<{ workspace_id: string; event_id: string; tries: number }>`
          with first as (
            select w.id from mooring.workspaces w
            join (
              select workspace_id, min(due_at) as at from mooring.letters_due
              where due_at <= ${now} group by workspace_id
            ) d on d.workspace_id = w.id
            order by d.at limit 1 for no key update of w skip locked
          ), mine as (
            select workspace_id, event_id from mooring.letters_due
            where workspace_id = (select id from first) and due_at <= ${now}
            order by due_at limit ${MOST_EVENTS} for update skip locked
          )
          update mooring.letters_due d set due_at = ${again}, tries = d.tries + 1 from mine s
          where d.workspace_id = s.workspace_id and d.event_id = s.event_id
          returning d.workspace_id, d.event_id, d.tries`.execute(trx)
        const [one] = rows
        if (!one) return undefined
        return {
          workspace: one.workspace_id,
          events: rows.map((row) => row.event_id),
          tries: Math.max(...rows.map((row) => row.tries)),
        }
      }),
  }
}
