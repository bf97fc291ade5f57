/** Files of posts: what is known of each. Their bytes lie elsewhere (`publishing/media`), under the same ids. */
import { type Insertable, sql } from 'kysely'
import { type Db, isUuid, requireUuid, type Trx } from './database.ts'
import type { MediaRow } from './media-read.ts'
import type { DeliveryState, MediaTable } from './schema-posts.ts'

export type NewMedia = Omit<Insertable<MediaTable>, 'workspace_id'>

/** What has not gone out, and may still. */
const UNSENT: DeliveryState[] = ['scheduled', 'queued', 'sending', 'processing', 'waiting', 'missed', 'unknown']

export function mediaStore(db: Db) {
  return {
    /** Undefined: of a file made of another, there is one in this form already. */
    add: (workspace: string, row: NewMedia): Promise<MediaRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .insertInto('media')
          .values({ workspace_id: workspace, ...row })
          .onConflict((conflict) => conflict.columns(['workspace_id', 'made_from', 'made_as']).doNothing())
          .returningAll()
          .executeTakeFirst(),
      ),

    get: (workspace: string, id: string): Promise<MediaRow | undefined> =>
      db.workspace(workspace, (trx) => one(trx, workspace, requireUuid(id))),

    /** Made of this file, in this form. */
    variant: (workspace: string, of: string, as: string): Promise<MediaRow | undefined> =>
      db.workspace(workspace, (trx) =>
        trx
          .selectFrom('media')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('made_from', '=', requireUuid(of))
          .where('made_as', '=', as)
          .executeTakeFirst(),
      ),

    /** What people brought, the newest first. */
    page: (workspace: string, after: { at: Date; id: string } | undefined, limit: number): Promise<MediaRow[]> =>
      db.workspace(workspace, (trx) => {
        let query = trx
          .selectFrom('media')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('made_from', 'is', null)
        if (after) query = query.where(sql<boolean>`(created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
        return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
      }),

    /** With what was made of it: the ids whose bytes are nobody's now. `used`: a post that has not gone out holds it. */
    remove: (workspace: string, id: string): Promise<string[] | 'used' | undefined> =>
      db.workspace(workspace, async (trx) => {
        const row = await one(trx, workspace, requireUuid(id))
        if (!row || row.made_from !== null) return undefined
        if (await isUsed(trx, workspace, row.id)) return 'used'
        return drop(trx, workspace, [row.id])
      }),

    /** Those brought before `before` that stand in no post, up to `limit`. Answers as `remove`. */
    dropUnused: (workspace: string, before: Date, limit: number): Promise<string[]> =>
      db.workspace(workspace, async (trx) => {
        const { rows } = await sql<{ id: string }>`
          with used as (
            select jsonb_path_query(content, '$.**.id') #>> '{}' as id from mooring.posts where workspace_id = ${workspace}
            union select jsonb_path_query(targets, '$.**.id') #>> '{}' from mooring.posts where workspace_id = ${workspace}
          )
          select m.id from mooring.media m
          where m.workspace_id = ${workspace} and m.made_from is null and m.created_at < ${before}
            and not exists (select from used where used.id = m.id::text)
          order by m.created_at limit ${limit}`.execute(trx)
        return drop(
          trx,
          workspace,
          rows.map((row) => row.id),
        )
      }),

    /** Of these ids, those that nobody knows. */
    unknown: (workspace: string, ids: readonly string[]): Promise<string[]> =>
      db.workspace(workspace, async (trx) => {
        const some = ids.filter(isUuid)
        if (some.length === 0) return []
        const known = await trx
          .selectFrom('media')
          .select('id')
          .where('workspace_id', '=', workspace)
          .where('id', 'in', some)
          .execute()
        return some.filter((id) => !known.some((row) => row.id === id))
      }),
  }
}

const one = (trx: Trx, workspace: string, id: string): Promise<MediaRow | undefined> =>
  trx.selectFrom('media').selectAll().where('workspace_id', '=', workspace).where('id', '=', id).executeTakeFirst()

async function isUsed(trx: Trx, workspace: string, id: string): Promise<boolean> {
  const holds = (column: 'content' | 'targets') =>
    sql<boolean>`jsonb_path_exists(${sql.ref(column)}, '$.**.id ? (@ == $id)', jsonb_build_object('id', ${id}::text))`
  const found = await trx
    .selectFrom('posts')
    .select('id')
    .where('workspace_id', '=', workspace)
    .where((or) => or.or([holds('content'), holds('targets')]))
    .where((or) =>
      or.or([
        or('draft', '=', true),
        or.exists(
          or
            .selectFrom('deliveries')
            .select('deliveries.id')
            .where('deliveries.workspace_id', '=', workspace)
            .whereRef('deliveries.post_id', '=', 'posts.id')
            .where('deliveries.state', 'in', UNSENT),
        ),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** The ids that went: these, and those of what was made of them. */
async function drop(trx: Trx, workspace: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const gone = await trx
    .deleteFrom('media')
    .where('workspace_id', '=', workspace)
    .where((or) => or.or([or('id', 'in', ids), or('made_from', 'in', ids)]))
    .returning('id')
    .execute()
  return gone.map((row) => row.id)
}
