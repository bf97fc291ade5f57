/** A workspace as a whole: everything that it holds but secrets, to take along; and its end, with a proof. */
import { MooringError } from '../error.ts'
import type { WorkspaceTableName } from '../store/workspaces.ts'
import { disconnect, type Revoked } from './disconnect.ts'
import type { Engine } from './engine.ts'

const PAGE = 200
/** Platforms asked at once to end what was granted, and for how long altogether: an erasure must not hang on one of them. */
const AT_ONCE = 8
const REVOKE_MS = 30_000

const KINDS = [
  ...(['workspace', 'member', 'api-key', 'registration', 'webhook'] as const),
  ...(['connection', 'account', 'publishing', 'media', 'post', 'delivery', 'event'] as const),
]

export interface Exported {
  kind: (typeof KINDS)[number]
  [name: string]: unknown
}

/** One thing a line, read page by page. No token, hash or seal is among them. */
export async function* exportWorkspace(engine: Engine, workspace: string): AsyncGenerator<Exported> {
  const { store } = engine
  const row = await store.workspaces.byId(workspace)
  if (!row) throw new MooringError('not_found', 'There is no such workspace.')
  const { id, name, external_id: externalId, website, ideal_customer: idealCustomer, created_at: createdAt } = row
  yield { kind: 'workspace', id, name, externalId, website, idealCustomer, createdAt }
  for (const one of await store.members.list(workspace))
    yield { kind: 'member', id: one.person_id, name: one.name, email: one.email, role: one.role, addedAt: one.added_at }
  for (const one of await store.access.keysOf(workspace)) {
    const { id, name, prefix, scopes, created_at, created_by, expires_at, last_used_at } = one
    yield { kind: 'api-key', id, name, prefix, scopes, created_at, created_by, expires_at, last_used_at }
  }
  for (const one of await store.registrations.list(workspace)) {
    const { client_secret: _secret, workspace_id: _workspace, ...told } = one
    yield { kind: 'registration', ...told }
  }
  for (const one of await store.webhooks.list(workspace)) {
    const { secret: _secret, workspace_id: _workspace, ...told } = one
    yield { kind: 'webhook', ...told }
  }
  yield* pages(
    (after) => store.connections.page(workspace, after, PAGE),
    (one) => ({ at: one.created_at, id: one.id }),
    ({ access_token: _access, refresh_token: _refresh, lease_id: _lease, lease_until: _until, ...one }) => ({
      kind: 'connection',
      ...one,
    }),
  )
  yield* pages(
    (after) => store.accounts.page(workspace, {}, after, PAGE),
    (one) => ({ at: one.added_at, id: one.id }),
    (one) => ({ ...one, kind: 'account', accountKind: one.kind }),
  )
  yield* pages(
    (after) => store.media.page(workspace, after, PAGE),
    (one) => ({ at: one.created_at, id: one.id }),
    (one) => ({ ...one, kind: 'media', mediaKind: one.kind }),
  )
  yield { kind: 'publishing', ...(await store.publishing.get(workspace)) }
  const posts = pages(
    (after) => store.posts.page(workspace, {}, after, PAGE),
    ({ post }) => ({ at: post.due_at ?? post.created_at, id: post.id }),
    (one) => one,
  )
  for await (const { post, deliveries } of posts) {
    yield { kind: 'post', ...post }
    // What was learnt of a platform may be an address for uploads, good for whoever has it.
    for (const { kind, progress: _progress, ...one } of deliveries)
      yield { ...one, kind: 'delivery', accountKind: kind }
  }
  yield* pages(
    (after) => store.events.all(workspace, after, PAGE),
    (one) => ({ at: one.at, id: one.id }),
    (one) => ({ kind: 'event', ...one }),
  )
}

async function* pages<Row, Shown>(
  read: (after: { at: Date; id: string } | undefined) => Promise<Row[]>,
  place: (row: Row) => { at: Date; id: string },
  show: (row: Row) => Shown,
): AsyncGenerator<Shown> {
  let after: { at: Date; id: string } | undefined
  for (;;) {
    const rows = await read(after)
    for (const row of rows) yield show(row)
    const last = rows.at(-1)
    if (rows.length < PAGE || !last) return
    after = place(last)
  }
}

export interface Erased {
  /** Rows that were there, by table. */
  erased: Record<WorkspaceTableName, number>
  /** Rows that are there now, over all tables. */
  remaining: number
  /** What the platforms said to the end of each grant; `late`: they were not asked any more. */
  revoked: Record<string, number>
}

/**
 * Ends every connection, at the platforms too as far as they answer within half a minute, and erases all that the
 * workspace owns. Throws `not_found`.
 */
export async function eraseWorkspace(engine: Engine, workspace: string, actor: string): Promise<Erased> {
  const { store, runtime } = engine
  if (!(await store.workspaces.byId(workspace))) throw new MooringError('not_found', 'There is no such workspace.')
  const revoked: Erased['revoked'] = {}
  const began = runtime.now()
  const count = (what: Revoked | 'late') => {
    revoked[what] = (revoked[what] ?? 0) + 1
  }
  const connections: string[] = []
  const rows = pages(
    (after) => store.connections.page(workspace, after, PAGE),
    (one) => ({ at: one.created_at, id: one.id }),
    (one) => one,
  )
  for await (const { id, state } of rows) if (state !== 'disconnected') connections.push(id)
  for (let at = 0; at < connections.length; at += AT_ONCE) {
    const some = connections.slice(at, at + AT_ONCE)
    if (runtime.now() - began > REVOKE_MS) for (const _ of some) count('late')
    else
      await Promise.all(
        some.map(async (id) => count(await disconnect(engine, workspace, id, actor).catch(() => 'no' as const))),
      )
  }
  const erased = await store.workspaces.count(workspace)
  const apps = await store.registrations.list(workspace)
  await store.workspaces.remove(workspace)
  // What stands against its own apps is the instance's to keep, and nobody's any more.
  for (const app of apps) await store.alerts.clear(app.name)
  const left = await store.workspaces.count(workspace)
  const remaining = Object.values(left).reduce((sum, rows) => sum + rows, 0)
  runtime.log.info({ workspace, actor, erased, remaining }, 'a workspace was erased')
  return { erased, remaining, revoked }
}
