/** Endpoints of a workspace: entered, changed, tested, and what was told there sent once more. */
import { MooringError } from '../error.ts'
import type { ShownDelivery, Tried } from '../store/webhook-deliveries.ts'
import type { WebhookRow } from '../store/webhooks.ts'
import { TEST } from './webhook-message.ts'
import { attempt, newSecret, sealSecret, type WebhookParts } from './webhooks.ts'

/** More than anybody has; a bound for lists that are read whole. */
const MOST = 20

export interface EndpointInput {
  url?: string | undefined
  /** Null: all that are news. */
  events?: string[] | null | undefined
  paused?: boolean | undefined
}

/** The secret is in this answer and nowhere else. Throws `invalid_request` for an address that nothing is sent to, `conflict` when there are too many. */
export async function addEndpoint(
  parts: WebhookParts,
  workspace: string,
  by: string,
  { url, events = null }: EndpointInput & { url: string },
): Promise<{ row: WebhookRow; secret: string }> {
  const { runtime, store } = parts
  judge(parts, url)
  const id = runtime.uuid()
  const secret = newSecret(runtime)
  const row = {
    id,
    url,
    events,
    secret: sealSecret(parts, workspace, id, secret),
    created_at: new Date(runtime.now()),
    created_by: by,
  }
  if (!(await store.webhooks.add(workspace, row, MOST)))
    throw new MooringError('conflict', `A workspace has at most ${MOST} endpoints. Remove one first.`)
  return { row: await oneEndpoint(parts, workspace, id), secret }
}

/** Throws `not_found`. */
export async function oneEndpoint({ store }: WebhookParts, workspace: string, id: string): Promise<WebhookRow> {
  const row = await store.webhooks.get(workspace, id)
  if (!row) throw noEndpoint()
  return row
}

/** Throws `not_found`, and `invalid_request` as for a new one. */
export async function changeEndpoint(
  parts: WebhookParts,
  workspace: string,
  id: string,
  { url, events, paused }: EndpointInput,
): Promise<WebhookRow> {
  await oneEndpoint(parts, workspace, id)
  if (url !== undefined) judge(parts, url)
  const to = {
    ...(url === undefined ? {} : { url }),
    ...(events === undefined ? {} : { events }),
    paused,
  }
  const row = await parts.store.webhooks.change(workspace, id, to, new Date(parts.runtime.now()))
  if (!row) throw noEndpoint()
  return row
}

/** Throws `not_found`. Answers with what was removed. */
export async function removeEndpoint(parts: WebhookParts, workspace: string, id: string): Promise<WebhookRow> {
  const row = await oneEndpoint(parts, workspace, id)
  await parts.store.webhooks.remove(workspace, id)
  return row
}

/** Sends a test at once and waits for what becomes of it. Throws `not_found`. */
export async function testEndpoint(parts: WebhookParts, workspace: string, id: string): Promise<Tried> {
  const { runtime, store } = parts
  const delivery = runtime.uuid()
  const made = await store.webhooks.addTest(workspace, id, delivery, TEST, new Date(runtime.now()))
  const tried = made ? await attempt(parts, workspace, delivery, 1, true) : undefined
  if (!tried) throw noEndpoint()
  return tried
}

/** Throws `not_found`, and `conflict` while the endpoint is paused. */
export async function replayDelivery(
  parts: WebhookParts,
  workspace: string,
  id: string,
  delivery: string,
): Promise<ShownDelivery> {
  const endpoint = await oneEndpoint(parts, workspace, id)
  if (endpoint.paused_at !== null)
    throw new MooringError('conflict', 'This endpoint is paused. Resume it first: what is held goes out then.')
  const row = await parts.store.webhooks.replay(workspace, id, delivery, new Date(parts.runtime.now()))
  if (!row) throw new MooringError('not_found', 'There is no such delivery.')
  return row
}

const noEndpoint = () => new MooringError('not_found', 'There is no such endpoint.')

function judge({ runtime }: WebhookParts, url: string): void {
  const why = runtime.outside.refuses(url)
  if (why === undefined) return
  throw new MooringError('invalid_request', 'Nothing can be sent to that address.', {
    detail: `url ${why}. Use https and a public host, or add its origin to MOORING_WEBHOOK_ORIGINS.`,
    fields: [{ path: 'url', message: why }],
  })
}
