/** Connections by the time at which they need a person, from an index that holds nothing else. */
import { sql } from 'kysely'
import type { ConnectionRow } from './connections.ts'
import type { Db } from './database.ts'

export function forecastStore(db: Db) {
  return {
    /** Those that need a person by then, soonest first. */
    ending: (workspace: string, until: Date, most: number): Promise<ConnectionRow[]> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('connections')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('needs_person_at', '<=', until)
          .orderBy('needs_person_at')
          .orderBy('id')
          .limit(most)
          .execute(),
      ),

    /** How many need a person by each of these times. */
    counts: (workspace: string, untils: readonly Date[]): Promise<number[]> =>
      db.workspace(workspace, async (trx) => {
        const { rows } = await sql<{ place: number; found: string }>`
          select t.place, (select count(*) from mooring.connections c
                           where c.workspace_id = ${workspace} and c.needs_person_at <= t.at) as found
          from unnest(${untils.map((one) => one.toISOString())}::timestamptz[]) with ordinality as t(at, place)
          order by t.place`.execute(trx)
        return rows.map((row) => Number(row.found))
      }),
  }
}
