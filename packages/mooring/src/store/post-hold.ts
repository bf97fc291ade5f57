/** Who decides about a post and its deliveries holds them first, in the order in which everybody does. */
import { type Selectable, sql } from 'kysely'
import { MooringError } from '../error.ts'
import { requireUuid, type Trx } from './database.ts'
import type { PostTable } from './schema-posts.ts'

/** Of these something is there, or may be; of others their attempts tell. */
const BEGUN = ['published', 'removed', 'unknown']

/** A process is at it; nothing may have left yet. */
export const busy = () =>
  new MooringError('delivery_state', 'This is being sent at this moment. Try again in a moment.', { retryAfter: 5 })

/** People decide about a post one after the other, before they hold any row: what is not due has none to meet at. */
export const alone = (trx: Trx, post: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`post ${post.toLowerCase()}`}, 0))`.execute(trx)

/** What is due of it, then its deliveries, as everybody has it: who holds in another order waits for each other for ever. */
export async function holdPost(trx: Trx, workspace: string, id: string): Promise<Selectable<PostTable>> {
  await alone(trx, requireUuid(id))
  await sql`
    select 1 from mooring.deliveries_due w
    join mooring.deliveries d on d.workspace_id = w.workspace_id and d.id = w.delivery_id
    where d.workspace_id = ${workspace} and d.post_id = ${requireUuid(id)}
    order by w.delivery_id for update of w`.execute(trx)
  await sql`
    select 1 from mooring.deliveries where workspace_id = ${workspace} and post_id = ${requireUuid(id)}
    order by id for update`.execute(trx)
  const post = await trx
    .selectFrom('posts')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', requireUuid(id))
    .forUpdate()
    .executeTakeFirst()
  if (!post) throw new MooringError('not_found', 'There is no such post.')
  return post
}

/** After `holdPost`, so that nobody begins meanwhile. */
export async function requireUnbegun(trx: Trx, workspace: string, post: string): Promise<void> {
  const { rows } = await sql<{ begun: boolean; busy: boolean }>`
    select (d.state = any(${BEGUN}::text[])
            or exists (select 1 from mooring.delivery_attempts a where a.workspace_id = d.workspace_id
                       and a.delivery_id = d.id and a.outcome <> 'refused')) as begun,
           coalesce(w.lease_until > clock_timestamp(), false) as busy
    from mooring.deliveries d
    left join mooring.deliveries_due w on w.workspace_id = d.workspace_id and w.delivery_id = d.id
    where d.workspace_id = ${workspace} and d.post_id = ${post}`.execute(trx)
  if (rows.some((row) => row.begun))
    throw new MooringError('post_begun', 'Some of this post has left already. Duplicate it to say something else.')
  if (rows.some((row) => row.busy)) throw busy()
}
