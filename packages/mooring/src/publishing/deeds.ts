/** What a person does with a delivery: again, it is live, it is not, not at all, take it away. */
import { MooringError } from '../error.ts'
import { isOk, type Registration } from '../provider.ts'
import type { Around, DeliveryDetail } from '../store/deliveries.ts'
import type { DeliveryRow } from '../store/delivery-work.ts'
import { accessOf, actingAs } from './acting.ts'
import { check, isTwin } from './check.ts'
import type { Publishing } from './publishing.ts'
import { CallFault, send } from './request.ts'

export type Deed = 'retry' | 'confirm' | 'cancel' | 'remove' | 'reconnect'

const NO_FAULT = { fault_class: null, fault_code: null, fault_message: null }
const RETRIED = ['failed', 'missed', 'skipped', 'cancelled']
/** Of a twin: it is not at the platform, and does not go there by itself. */
const NOT_THERE = ['skipped', 'cancelled', 'failed', 'removed']
const CANCELLED = ['scheduled', 'queued', 'waiting', 'failed', 'missed', 'skipped']

/** What may be asked of it now; `left`: something of it is at the platform, or may be. Pure. */
export function deedsOf({ state, external_id: id }: DeliveryRow, deletes: boolean, left: boolean): Deed[] {
  return [
    ...(RETRIED.includes(state) ? (['retry'] as const) : []),
    ...(state === 'unknown' ? (['confirm'] as const) : []),
    ...(CANCELLED.includes(state) && !left ? (['cancel'] as const) : []),
    ...(state === 'published' && deletes && id !== null ? (['remove'] as const) : []),
    ...(state === 'waiting' ? (['reconnect'] as const) : []),
  ]
}

/** Throws `not_found`. */
export async function deliveryOf({ engine }: Publishing, workspace: string, id: string): Promise<DeliveryDetail> {
  const found = await engine.store.deliveries.detail(workspace, id)
  if (found) return found
  throw new MooringError('not_found', 'There is no such delivery.')
}

const not = (message: string) => new MooringError('delivery_state', message)

/** Sends it again, from where it stands. Throws `delivery_state`, `post_refused`. */
export async function retry(publishing: Publishing, workspace: string, id: string): Promise<void> {
  const { delivery } = await deliveryOf(publishing, workspace, id)
  if (delivery.state === 'skipped') {
    const [checked] = await check(publishing, workspace, delivery.content, [{ accountId: delivery.account_id ?? id }])
    const refused = checked?.issues.find((issue) => issue.severity === 'error')
    if (refused) throw new MooringError('post_refused', refused.message)
  }
  await decide(publishing, workspace, delivery, (row, now, { others }) => {
    if (!RETRIED.includes(row.state)) throw not('This cannot be sent again now.')
    const twin = others.find((one) => !NOT_THERE.includes(one.state) && isTwin(publishing.engine, one, row))
    if (twin) throw twinRefusal(row, publishing.engine.registrations, twin)
    const set = { ...NO_FAULT, state: 'queued' as const, tries: 0, looks: 0, released: true, due_at: row.due_at ?? now }
    return { set, dueAt: now }
  })
  publishing.kick(workspace, [id])
}

function twinRefusal({ label }: DeliveryRow, registrations: readonly Registration[], { provider }: DeliveryRow) {
  const by = registrations.find((one) => one.provider.id === provider)?.provider.name ?? 'another connection'
  return new MooringError(
    'post_refused',
    `${label} has this post through ${by}: it would stand there twice. Cancel that one first.`,
  )
}

/** A person looked. With what they pasted, or without. Throws `delivery_state`, `invalid_request` for what is no address of a post. */
export async function confirmLive(
  publishing: Publishing,
  workspace: string,
  id: string,
  pasted: string | undefined,
): Promise<void> {
  const { delivery } = await deliveryOf(publishing, workspace, id)
  const { publisher } = (await actingOf(publishing, workspace, delivery)) ?? {}
  const known = pasted === undefined || pasted.trim() === '' ? undefined : publisher?.idFrom?.(pasted.trim())
  if (pasted !== undefined && pasted.trim() !== '' && publisher?.idFrom && !known)
    throw new MooringError(
      'invalid_request',
      'That is not the address of a post there. Copy it from the post, or leave it empty.',
      {
        fields: [{ path: 'url', message: 'is no address of a post' }],
      },
    )
  await decide(publishing, workspace, delivery, (row, now, { newest: attempt }) => {
    if (row.state !== 'unknown') throw not('What became of this is known.')
    const { runtime } = publishing.engine
    return {
      set: {
        ...NO_FAULT,
        state: 'published',
        published_at: attempt?.started_at ?? now,
        external_id: known?.id || row.external_id,
        permalink: known?.url ?? row.permalink,
        // Parts after the one that is live did not go out.
        warning:
          row.content.thread && row.content.thread.length > 0
            ? 'A person said that it is live; parts of the thread may be missing.'
            : row.warning,
      },
      dueAt: null,
      ...(attempt
        ? { attempt: { id: attempt.id, outcome: 'confirmed' as const, message: 'A person says that it is live.' } }
        : {}),
      event: {
        id: runtime.uuid(),
        at: now,
        type: 'delivery.published',
        actor: 'Mooring',
        message: `Published as ${row.label}: a person says so.`,
      },
    }
  })
}

/** A person looked, and it is not there: it is sent again. */
export async function confirmAbsent(publishing: Publishing, workspace: string, id: string): Promise<void> {
  const { delivery } = await deliveryOf(publishing, workspace, id)
  await decide(publishing, workspace, delivery, (row, now, { newest: attempt }) => {
    if (row.state !== 'unknown') throw not('What became of this is known.')
    return {
      set: { ...NO_FAULT, state: 'queued', tries: 0, looks: 0, released: true },
      dueAt: now,
      ...(attempt
        ? { attempt: { id: attempt.id, outcome: 'absent' as const, message: 'A person says that it is not there.' } }
        : {}),
    }
  })
  publishing.kick(workspace, [id])
}

export async function cancel(publishing: Publishing, workspace: string, id: string): Promise<void> {
  const { delivery } = await deliveryOf(publishing, workspace, id)
  await decide(publishing, workspace, delivery, (row, _, { left }) => {
    if (!deedsOf(row, false, left).includes('cancel')) throw not('This cannot be cancelled any more.')
    return { set: { ...NO_FAULT, state: 'cancelled' }, dueAt: null }
  })
}

/** Takes a published post away at the platform. Throws `delivery_state`, `permission`, `provider_unavailable`, and what having no token throws. */
export async function takeDown(publishing: Publishing, workspace: string, id: string): Promise<void> {
  const { delivery } = await deliveryOf(publishing, workspace, id)
  const acting = await actingOf(publishing, workspace, delivery)
  const removals =
    delivery.state === 'published' && delivery.external_id !== null
      ? (acting?.publisher.remove?.(delivery.external_id, acting.as, delivery.progress) ?? [])
      : []
  if (!acting || removals.length === 0) throw not('This cannot be taken away from here. Remove it there.')
  const { engine, files } = publishing
  const access = await accessOf(engine, acting)
  const { name } = acting.registration.provider
  try {
    const sending = { runtime: engine.runtime, files, workspace, access, publisher: acting.publisher }
    for (const { request, endpoint, gone, look } of removals) {
      const answer = await send(sending, request)
      if (isOk(answer) || (gone(answer) && (!look || gone(await send(sending, look))))) continue
      const fault = acting.publisher.judge(answer, { endpoint, create: false }, engine.runtime.now())
      const code = fault.class === 'permission' || fault.class === 'auth' ? 'permission' : 'provider_unavailable'
      throw new MooringError(code, fault.message, { providerCode: fault.code })
    }
  } catch (error) {
    if (!(error instanceof CallFault)) throw error
    throw new MooringError('provider_unavailable', `${name} is not answering. Try again in a moment.`)
  }
  await decide(publishing, workspace, delivery, (row, now) => {
    if (row.state !== 'published') throw not('This was taken away already.')
    return {
      set: { state: 'removed' },
      dueAt: null,
      event: {
        id: engine.runtime.uuid(),
        at: now,
        type: 'delivery.removed',
        actor: 'Mooring',
        message: `Taken away at ${name}: ${row.label}.`,
      },
    }
  })
}

async function actingOf(publishing: Publishing, workspace: string, row: DeliveryRow) {
  const { engine, files } = publishing
  const account = row.account_id === null ? undefined : await engine.store.accounts.get(workspace, row.account_id)
  const connection = account && (await engine.store.connections.get(workspace, account.connection_id))
  return account && connection ? actingAs(engine, files, account, connection) : undefined
}

async function decide(
  publishing: Publishing,
  workspace: string,
  { id, post_id: post }: DeliveryRow,
  what: (
    row: DeliveryRow,
    now: Date,
    around: Around,
  ) => ReturnType<Parameters<Publishing['engine']['store']['deliveries']['act']>[3]>,
): Promise<void> {
  const { runtime, store } = publishing.engine
  const now = new Date(runtime.now())
  await store.deliveries.act(workspace, id, now, (row, around) => what(row, now, around))
  publishing.changed(workspace, post)
}
