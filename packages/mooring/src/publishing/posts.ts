/** Posts as people make, change and schedule them. Accounts with an error stay behind; the rest goes out. */
import { createHash } from 'node:crypto'
import { MooringError } from '../error.ts'
import type { DeliveryRow } from '../store/delivery-work.ts'
import type { Claim, NewDelivery, Plan, PostRow, WholePost } from '../store/posts.ts'
import type { StoredContent, StoredTarget } from '../store/schema-posts.ts'
import { type Checked, check, isRefused } from './check.ts'
import type { Publishing } from './publishing.ts'
import { slotChooser } from './slots.ts'
import { instantOf, type WallTime, wallTime } from './times.ts'

export type When = { how: 'draft' } | { how: 'now' } | { how: 'slot' } | { how: 'at'; at: WallTime }
/** As it came with the request: the key, and the request itself. */
export interface Keyed {
  key: string
  route: string
  body: unknown
}

/** Throws `post_refused` where nothing of it could go out, `time_refused`, `idempotency_key_reused`. Once for each key. */
export async function createPost(
  publishing: Publishing,
  workspace: string,
  by: string,
  { content, targets, when }: { content: StoredContent; targets: StoredTarget[]; when: When },
  keyed?: Keyed,
): Promise<WholePost> {
  const { runtime, store } = publishing.engine
  const now = new Date(runtime.now())
  const id = runtime.uuid()
  const plan = await planned(publishing, workspace, { content, targets, when }, now)
  const row = {
    id,
    content: JSON.stringify(content),
    targets: JSON.stringify(targets),
    draft: true,
    created_at: now,
    created_by: by,
  }
  const made = await store.posts.create(workspace, row, plan, now, claimOf(keyed))
  if (!made.repeated) begin(publishing, workspace, made.id, made.deliveries)
  return postOf(publishing, workspace, made.id)
}

/** Changes what it says; what is to go out still goes out then, and nothing else does. Throws as the store's `change`, and as `createPost`. */
export async function changePost(
  publishing: Publishing,
  workspace: string,
  id: string,
  { version, content, targets }: { version: number; content?: StoredContent; targets?: StoredTarget[] },
): Promise<WholePost> {
  const { runtime, store } = publishing.engine
  const { post } = await postOf(publishing, workspace, id)
  const now = new Date(runtime.now())
  const to = { content: content ?? post.content, targets: targets ?? post.targets }
  const words = { content: JSON.stringify(to.content), targets: JSON.stringify(to.targets) }
  const plan = post.draft ? undefined : await planned(publishing, workspace, { ...to, when: whenOf(post) }, now, true)
  const { deliveries } = await store.posts.change(
    workspace,
    id,
    version,
    async (present, taken) => {
      const { set = {}, deliveries } = (await plan?.(present, taken)) ?? {}
      return { set: { ...words, ...set }, deliveries }
    },
    now,
  )
  begin(publishing, workspace, id, deliveries)
  return postOf(publishing, workspace, id)
}

/** When it goes out; `draft`: not any more. Throws as `changePost`. */
export async function schedulePost(
  publishing: Publishing,
  workspace: string,
  id: string,
  { version, when }: { version: number; when: When },
  keyed?: Keyed,
): Promise<WholePost> {
  const { runtime, store } = publishing.engine
  const { post } = await postOf(publishing, workspace, id)
  const now = new Date(runtime.now())
  const { content, targets } = post
  const plan = await planned(publishing, workspace, { content, targets, when }, now)
  const { repeated, deliveries } = await store.posts.change(workspace, id, version, plan, now, claimOf(keyed))
  if (!repeated) begin(publishing, workspace, id, deliveries)
  return postOf(publishing, workspace, id)
}

/** The same as a draft. */
export async function duplicatePost(
  publishing: Publishing,
  workspace: string,
  id: string,
  by: string,
): Promise<WholePost> {
  const { post } = await postOf(publishing, workspace, id)
  const { content, targets } = post
  return createPost(publishing, workspace, by, { content, targets, when: { how: 'draft' } })
}

/** Throws `not_found`. */
export async function postOf({ engine }: Publishing, workspace: string, id: string): Promise<WholePost> {
  const found = await engine.store.posts.get(workspace, id)
  if (found) return found
  throw new MooringError('not_found', 'There is no such post.')
}

const whenOf = ({ due_at, at_local, at_zone }: PostRow): When =>
  at_local !== null && at_zone !== null
    ? { how: 'at', at: { local: at_local, zone: at_zone } }
    : due_at === null
      ? { how: 'draft' }
      : { how: 'now' }

/** What goes out by a person's word alone: it was cancelled, was late, or did not go. */
const HELD = ['cancelled', 'missed', 'failed']

/** `stays`: what is held stays so, and where nothing else is there the words alone change. What it throws comes after the claim. */
async function planned(
  publishing: Publishing,
  workspace: string,
  { content, targets, when }: { content: StoredContent; targets: readonly StoredTarget[]; when: When },
  now: Date,
  stays = false,
): Promise<Plan> {
  if (when.how === 'draft')
    return () => ({ set: { draft: true, at_local: null, at_zone: null, due_at: null }, deliveries: [] })
  const checked = await check(publishing, workspace, content, targets)
  const choose = when.how === 'slot' ? await slotChooser(publishing, workspace, now) : undefined
  return async (present, taken) => {
    if (targets.length === 0)
      throw new MooringError('post_refused', 'Choose at least one account.', {
        fields: [{ path: 'targets', message: 'is empty' }],
      })
    const held = stays ? present.filter((one) => HELD.includes(one.state)) : []
    const heldOf = ({ accountId }: Checked) => held.find((one) => one.account_id === accountId)
    const knownOf = ({ account, accountId }: Checked) =>
      account ? { ...account, account_id: account.id } : present.find((one) => one.account_id === accountId)
    const nobodys = (one: Checked) => knownOf(one) === undefined
    if (checked.some(nobodys)) throw refusal(checked, nobodys)
    const made = (due: Date, rest: Partial<NewDelivery> = {}) =>
      checked.flatMap((one) => {
        const known = knownOf(one)
        return known ? [{ ...deliveryOf(publishing, one, known, due, now), ...rest, ...standing(heldOf(one)) }] : []
      })
    const [first] = held
    if (first && (held.length === present.length || checked.every(heldOf)))
      return { set: {}, deliveries: made(first.due_at ?? now, { state: 'cancelled', ...NO_FAULT }) }
    if (checked.every(isRefused)) throw refusal(checked, isRefused)
    const wall = when.how === 'at' ? when.at : await choose?.(taken)
    const due = wall ? instantOf(wall, now.getTime()) : now
    if (due.getTime() < now.getTime() - PAST_MS)
      throw new MooringError('time_refused', 'That time has passed. Choose another, or post it now.', {
        fields: [{ path: 'when.at.local', message: 'has passed' }],
      })
    const set = { draft: false, at_local: wall?.local ?? null, at_zone: wall?.zone ?? null, due_at: due }
    return { set, deliveries: made(due) }
  }
}

const NO_FAULT = { fault_class: null, fault_code: null, fault_message: null }

const standing = (held: DeliveryRow | undefined): Partial<NewDelivery> => {
  if (!held) return {}
  const { state, due_at, fault_class, fault_code, fault_message } = held
  return { state, due_at, fault_class, fault_code, fault_message }
}

/** The person's clock may be a little behind. */
const PAST_MS = 5 * 60_000

type Known = Pick<
  DeliveryRow,
  'account_id' | 'connection_id' | 'provider' | 'kind' | 'subject' | 'label' | 'handle' | 'picture'
>

function deliveryOf({ engine }: Publishing, one: Checked, known: Known, due: Date, now: Date): NewDelivery {
  const refused = one.issues.find((issue) => issue.severity === 'error')
  const { account_id, connection_id, provider, kind, subject, label, handle, picture } = known
  return {
    ...{ id: engine.runtime.uuid(), account_id, connection_id },
    ...{ provider, kind, subject, label, handle, picture },
    state: refused ? 'skipped' : due.getTime() <= now.getTime() ? 'queued' : 'scheduled',
    content: JSON.stringify(one.stored),
    due_at: due,
    published_at: null,
    external_id: null,
    permalink: null,
    warning: null,
    fault_class: refused ? 'content' : null,
    fault_code: refused?.code ?? null,
    fault_message: refused?.message ?? null,
  }
}

function refusal(checked: readonly Checked[], those: (one: Checked) => boolean): MooringError {
  const fields = checked.flatMap((one, place) =>
    (those(one) ? one.issues : [])
      .filter((issue) => issue.severity === 'error')
      .map((issue) => ({ path: `targets.${place}.${issue.at}`, message: issue.message })),
  )
  const message = fields[0]?.message ?? 'Nothing of this can be published.'
  return new MooringError('post_refused', message, { fields: fields.slice(0, 50) })
}

function begin(publishing: Publishing, workspace: string, post: string, deliveries: readonly NewDelivery[]): void {
  publishing.changed(workspace, post)
  publishing.kick(
    workspace,
    deliveries.filter((one) => one.state === 'queued').map((one) => one.id),
  )
}

const claimOf = (keyed: Keyed | undefined): Claim | undefined =>
  keyed && {
    key: keyed.key,
    hash: createHash('sha256')
      .update(JSON.stringify([keyed.route, keyed.body]))
      .digest('hex'),
  }

/** As a person's clock shows a moment. */
export const shownAt = (post: PostRow): WallTime | null =>
  post.due_at === null
    ? null
    : post.at_local !== null && post.at_zone !== null
      ? { local: post.at_local, zone: post.at_zone }
      : wallTime(post.due_at, 'UTC')
