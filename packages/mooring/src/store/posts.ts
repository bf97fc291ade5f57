/** Posts with what becomes of them. A post's deliveries are made with it, in one transaction, under the key of whoever asked. */
import { type Insertable, type Selectable, sql } from 'kysely'
import { MooringError } from '../error.ts'
import { type Db, requireUuid, type Trx } from './database.ts'
import type { DeliveryRow } from './delivery-work.ts'
import { type MediaRow, mediaIn, mediaOf } from './media-read.ts'
import { holdPost, requireUnbegun } from './post-hold.ts'
import { takenAmong } from './publishing-settings.ts'
import type { DeliveryTable, PostTable } from './schema-posts.ts'

export type PostRow = Selectable<PostTable>
export type NewDelivery = Omit<
  Insertable<DeliveryTable>,
  'workspace_id' | 'post_id' | 'created_at' | 'updated_at' | 'progress'
>
export interface WholePost {
  post: PostRow
  deliveries: DeliveryRow[]
  media: MediaRow[]
}
/** What becomes of a post: what is set of it, and its deliveries, made anew where they are given. */
export interface Planned {
  set: Partial<Pick<Insertable<PostTable>, 'content' | 'targets' | 'draft' | 'at_local' | 'at_zone' | 'due_at'>>
  deliveries: readonly NewDelivery[] | undefined
}
/**
 * Said within the transaction, from what stands there then; what it throws undoes everything, the claim too. `taken`: at which
 * of these times something is to go out; who has asked is the only one until the end.
 */
export type Plan = (
  present: readonly DeliveryRow[],
  taken: (times: readonly Date[]) => Promise<Date[]>,
) => Planned | Promise<Planned>
/** `hash` is of the route and the body. */
export interface Claim {
  key: string
  hash: string
}
export type PostView = 'draft' | 'queue' | 'sent' | 'attention'
export interface PostFilter {
  view?: PostView | undefined
  from?: Date | undefined
  to?: Date | undefined
  account?: string | undefined
}

const OPEN = ['scheduled', 'queued', 'sending', 'processing', 'waiting']
const ATTENTION = ['failed', 'unknown', 'missed', 'waiting', 'skipped']

/** So many changes are read at once. */
const CHANGES = 500
/** As exact as what is read of it. */
const NOW = sql<Date>`date_trunc('milliseconds', clock_timestamp())`

export function postStore(db: Db) {
  return {
    /** `repeated`: the same was asked for before, by the same key. Throws `idempotency_key_reused`, and what `plan` throws. */
    create: (
      workspace: string,
      post: Omit<Insertable<PostTable>, 'workspace_id' | 'updated_at'>,
      plan: Plan | readonly NewDelivery[],
      now: Date,
      claim: Claim | undefined,
    ): Promise<{ id: string; repeated: boolean; deliveries: readonly NewDelivery[] }> =>
      db.workspace(workspace, async (trx) => {
        const earlier = claim && (await claimed(trx, workspace, claim, post.id, now))
        if (earlier !== undefined) return { id: earlier, repeated: true, deliveries: [] }
        const { set, deliveries = [] } =
          typeof plan === 'function' ? await plan([], takenIn(trx, workspace)) : { set: {}, deliveries: plan }
        await trx
          .insertInto('posts')
          .values({ ...post, ...set, workspace_id: workspace, updated_at: NOW })
          .execute()
        await addDeliveries(trx, workspace, post.id, deliveries, now)
        return { id: post.id, repeated: false, deliveries }
      }),

    /**
     * Changes what a post says or when it goes out. Throws `not_found`, `stale_write`, `post_begun` where something of it has
     * left, `delivery_state` while a process is at it, `idempotency_key_reused`, and what `plan` throws.
     */
    change: (
      workspace: string,
      id: string,
      version: number,
      plan: Plan,
      now: Date,
      claim?: Claim,
    ): Promise<{ repeated: boolean; deliveries: readonly NewDelivery[] }> =>
      db.workspace(workspace, async (trx) => {
        if (claim && (await claimed(trx, workspace, claim, id, now)) !== undefined)
          return { repeated: true, deliveries: [] }
        const post = await holdPost(trx, workspace, id)
        if (post.version !== version)
          throw new MooringError('stale_write', 'This post was changed meanwhile. Look at it again.', {
            detail: `It is at version ${post.version}.`,
          })
        await requireUnbegun(trx, workspace, id)
        const { set, deliveries } = await plan(await deliveriesOf(trx, workspace, [id]), takenIn(trx, workspace))
        if (deliveries) {
          await trx.deleteFrom('deliveries').where('workspace_id', '=', workspace).where('post_id', '=', id).execute()
          await addDeliveries(trx, workspace, id, deliveries, now)
        }
        await trx
          .updateTable('posts')
          .set({ ...set, version: sql<number>`version + 1`, updated_at: NOW })
          .where('workspace_id', '=', workspace)
          .where('id', '=', id)
          .execute()
        return { repeated: false, deliveries: deliveries ?? [] }
      }),

    /** Throws as `change`. */
    remove: (workspace: string, id: string): Promise<void> =>
      db.workspace(workspace, async (trx) => {
        await holdPost(trx, workspace, id)
        await requireUnbegun(trx, workspace, id)
        await trx.deleteFrom('posts').where('workspace_id', '=', workspace).where('id', '=', id).execute()
      }),

    get: (workspace: string, id: string): Promise<WholePost | undefined> =>
      db.workspace(workspace, async (trx) => {
        const post = await trx
          .selectFrom('posts')
          .selectAll()
          .where('workspace_id', '=', workspace)
          .where('id', '=', requireUuid(id))
          .executeTakeFirst()
        return post && (await whole(trx, workspace, [post]))[0]
      }),

    /** What is to go out comes soonest first, all else newest first; by when it is due, else made. */
    page: (
      workspace: string,
      filter: PostFilter,
      after: { at: Date; id: string } | undefined,
      limit: number,
    ): Promise<WholePost[]> =>
      db.workspace(workspace, async (trx) => {
        const up = filter.view === 'queue'
        const at = sql<Date>`coalesce(due_at, created_at)`
        let query = trx.selectFrom('posts').selectAll().where('workspace_id', '=', workspace)
        if (filter.view) query = query.where(ofView(workspace, filter.view))
        if (filter.from) query = query.where(at, '>=', filter.from)
        if (filter.to) query = query.where(at, '<', filter.to)
        if (filter.account)
          query = query.where(
            sql<boolean>`targets @> ${JSON.stringify([{ accountId: requireUuid(filter.account) }])}::jsonb`,
          )
        if (after)
          query = query.where(
            up
              ? sql<boolean>`(${at}, id) > (${after.at}, ${after.id})`
              : sql<boolean>`(${at}, id) < (${after.at}, ${after.id})`,
          )
        const order = up ? 'asc' : 'desc'
        return whole(trx, workspace, await query.orderBy(at, order).orderBy('id', order).limit(limit).execute())
      }),

    /**
     * Posts that changed after this one did, or for so long, with what they are at now; the oldest change first. `now`: by the
     * database's clock, which is one for all processes.
     */
    changed: (
      workspace: string,
      after: { at: Date; id: string } | { forMs: number },
    ): Promise<{ posts: { id: string; at: Date }[]; more: boolean; now: Date }> =>
      db.workspace(workspace, async (trx) => {
        const from =
          'at' in after
            ? sql<boolean>`(updated_at, id) > (${after.at}, ${after.id})`
            : sql<boolean>`updated_at > clock_timestamp() - make_interval(secs => ${after.forMs / 1000})`
        const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(trx)
        const posts = await trx
          .selectFrom('posts')
          .select(['id', 'updated_at as at'])
          .where('workspace_id', '=', workspace)
          .where(from)
          .orderBy('updated_at')
          .orderBy('id')
          .limit(CHANGES)
          .execute()
        return { posts, more: posts.length === CHANGES, now: rows[0]?.now ?? new Date() }
      }),

    /** Files as rows; what is not there is left out. */
    media: (workspace: string, ids: readonly string[]): Promise<MediaRow[]> =>
      db.workspace(workspace, (trx) => mediaOf(trx, workspace, ids.map(requireUuid))),
  }
}

const ofView = (workspace: string, view: PostView) => {
  const any = (states: readonly string[]) => sql<boolean>`exists (
    select 1 from mooring.deliveries d where d.workspace_id = ${workspace} and d.post_id = posts.id
      and d.state = any(${states}::text[]))`
  if (view === 'draft') return sql<boolean>`draft`
  if (view === 'queue') return sql<boolean>`not draft and ${any(OPEN)}`
  if (view === 'attention') return sql<boolean>`not draft and ${any(ATTENTION)}`
  return sql<boolean>`not draft and not ${any(OPEN)} and ${any(['published', 'removed'])}`
}

const takenIn = (trx: Trx, workspace: string) => async (times: readonly Date[]) => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`slots ${workspace}`}, 0))`.execute(trx)
  return takenAmong(trx, workspace, times)
}

/** The id that was made under this key before; undefined: it is claimed now. */
async function claimed(trx: Trx, workspace: string, claim: Claim, id: string, now: Date): Promise<string | undefined> {
  const made = await trx
    .insertInto('idempotency_keys')
    .values({ workspace_id: workspace, key: claim.key, request_hash: claim.hash, result_id: id, created_at: now })
    .onConflict((on) => on.columns(['workspace_id', 'key']).doNothing())
    .returning('result_id')
    .executeTakeFirst()
  if (made) return undefined
  const earlier = await trx
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('key', '=', claim.key)
    .executeTakeFirstOrThrow()
  if (earlier.request_hash === claim.hash) return earlier.result_id
  throw new MooringError(
    'idempotency_key_reused',
    'This Idempotency-Key was used for something else. Use a new one for each post.',
  )
}

async function addDeliveries(
  trx: Trx,
  workspace: string,
  post: string,
  deliveries: readonly NewDelivery[],
  now: Date,
): Promise<void> {
  if (deliveries.length === 0) return
  const own = { workspace_id: workspace, post_id: post, created_at: now, updated_at: now }
  await trx
    .insertInto('deliveries')
    .values(deliveries.map((one) => ({ ...one, ...own })))
    .execute()
  const due = deliveries.flatMap(({ id, state, due_at, provider }) =>
    (state === 'scheduled' || state === 'queued') && due_at != null
      ? [{ workspace_id: workspace, delivery_id: id, due_at, lane: provider }]
      : [],
  )
  if (due.length > 0) await trx.insertInto('deliveries_due').values(due).execute()
}

const deliveriesOf = (trx: Trx, workspace: string, posts: readonly string[]): Promise<DeliveryRow[]> =>
  trx
    .selectFrom('deliveries')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('post_id', 'in', posts)
    .orderBy('created_at')
    .orderBy('label')
    .orderBy('id')
    .execute()

async function whole(trx: Trx, workspace: string, posts: readonly PostRow[]): Promise<WholePost[]> {
  if (posts.length === 0) return []
  const deliveries = await deliveriesOf(
    trx,
    workspace,
    posts.map((post) => post.id),
  )
  const used = (post: PostRow) => [
    ...mediaIn(post.content),
    ...post.targets.flatMap(({ override }) =>
      mediaIn({ text: '', ...override, media: override?.media ?? [] } as never),
    ),
  ]
  const media = await mediaOf(trx, workspace, [...new Set(posts.flatMap(used))])
  return posts.map((post) => ({
    post,
    deliveries: deliveries.filter((one) => one.post_id === post.id),
    media: media.filter((one) => used(post).includes(one.id)),
  }))
}
