/** Webhooks on their way: signed as Standard Webhooks has it, tried again for three days, paused where nothing arrives. The only importer of its library. */
import { Webhook } from 'standardwebhooks'
import { unknownFault } from '../error.ts'
import { fraction, type Runtime } from '../runtime.ts'
import type { Store } from '../store/store.ts'
import type { ToSend, Tried } from '../store/webhook-deliveries.ts'
import type { WebhookDue } from '../store/webhook-outbox.ts'
import type { Vault } from '../vault/vault.ts'
import { messageOf } from './webhook-message.ts'

export interface WebhookParts {
  runtime: Runtime
  store: Store
  vault: Vault
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** After each try: three days and three hours in all. As the specification's own example has it. */
const PAUSES = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
/** So that not all that failed together comes back together. */
const JITTER = 0.1
/** Longer than one request may take. */
const LEASE_MS = MINUTE
/** Endpoints at once, each with one message. */
const AT_ONCE = 16
/** In one go; what is left waits for the next. */
const GO_MS = 20 * SECOND

const secretField = (id: string, workspace: string) => ({ workspace, record: id, field: 'secret' })
/** What receivers keep: the prefix is the specification's. */
export const newSecret = (runtime: Pick<Runtime, 'random'>): string => `whsec_${runtime.random(32).toString('base64')}`
export const sealSecret = ({ vault }: Pick<WebhookParts, 'vault'>, workspace: string, id: string, secret: string) =>
  vault.seal(secret, secretField(id, workspace))

/** Sends what is due. Answers with how many arrived. */
export async function sendWebhooks(parts: WebhookParts): Promise<number> {
  const { runtime, store } = parts
  let arrived = 0
  const until = runtime.now() + GO_MS
  for (let now = runtime.now(); now < until; now = runtime.now()) {
    const due = await store.webhookOutbox.take(new Date(now), new Date(now + LEASE_MS), AT_ONCE)
    if (due.length === 0) return arrived
    const outcomes = await Promise.all(due.map((one) => quietly(parts, one)))
    arrived += outcomes.filter(Boolean).length
  }
  return arrived
}

/** One that cannot be sent at all keeps no other from being sent. */
async function quietly(parts: WebhookParts, { workspace_id: workspace, delivery_id: id, tries }: WebhookDue) {
  try {
    const tried = await attempt(parts, workspace, id, tries)
    return tried?.fault === null
  } catch (error) {
    parts.runtime.log.warn({ delivery: id, fault: unknownFault(error) }, 'a webhook could not be sent')
    return false
  }
}

/** Sends one and writes down what became of it. `test`: it is sent this once. Undefined: it is not there any more, or its endpoint is paused. */
export async function attempt(
  parts: WebhookParts,
  workspace: string,
  delivery: string,
  tries: number,
  test = false,
): Promise<Tried | undefined> {
  const { runtime, store } = parts
  const [found, row] = await Promise.all([store.webhooks.toSend(workspace, delivery), store.workspaces.byId(workspace)])
  if (!found || !row) return undefined
  if (!test && found.webhook.paused_at !== null) {
    await store.webhooks.hold(workspace, delivery)
    return undefined
  }
  const { status, fault } = await send(parts, found, row)
  const at = new Date(runtime.now())
  const pause = test ? undefined : PAUSES[tries - 1]
  const again = pause === undefined ? null : new Date(at.getTime() + pause * (1 + JITTER * fraction(runtime)))
  const tried: Tried = { at, tries, status, fault, ...(fault === null ? {} : { again }) }
  const paused = await store.webhooks.settle(
    workspace,
    delivery,
    tried,
    test ? undefined : pauseOf(parts, found, tried),
  )
  if (fault !== null) {
    const facts = { webhook: found.webhook.id, status, fault, tries }
    if (paused) runtime.log.error(facts, 'an endpoint of webhooks is paused: nothing arrives there')
    else if (again === null && !test) runtime.log.error(facts, 'a webhook is given up')
    else runtime.log.warn(facts, 'a webhook did not arrive')
  }
  return tried
}

async function send(
  { runtime, vault }: WebhookParts,
  found: ToSend,
  workspace: { id: string; external_id: string | null },
): Promise<{ status: number | null; fault: string | null }> {
  const { webhook } = found
  const { id, body } = messageOf(found, workspace)
  const at = new Date(runtime.now())
  const signer = new Webhook(vault.open(webhook.secret, secretField(webhook.id, webhook.workspace_id)))
  const answer = await runtime.outside.post(
    webhook.url,
    {
      'content-type': 'application/json',
      'user-agent': 'Mooring',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / SECOND)),
      'webhook-signature': signer.sign(id, at, body),
    },
    body,
  )
  if ('fault' in answer) return { status: null, fault: answer.fault }
  const { status } = answer
  return { status, fault: status >= 200 && status < 300 ? null : 'status' }
}

/** "The endpoint is gone" (410) is believed at once; else when this message, and nothing since its first try, arrived. */
function pauseOf({ runtime }: WebhookParts, { webhook }: ToSend, { at, status, again, tries }: Tried) {
  const gone = status === 410
  if (!gone && again !== null) return undefined
  const since = PAUSES.slice(0, tries - 1).reduce((sum, one) => sum + one, 0)
  const host = new URL(webhook.url).host
  const why = gone ? ('gone' as const) : ('failing' as const)
  return {
    why,
    // Not the time at which it was made: it may have waited in a pause before its first try.
    unlessSince: gone ? undefined : new Date(at.getTime() - since),
    told: {
      id: runtime.uuid(),
      at,
      type: 'webhook.paused',
      actor: 'Mooring',
      message: gone
        ? `${host} says that it is no endpoint any more. Webhooks to it are paused.`
        : `Nothing has arrived at ${host} for three days. Webhooks to it are paused, and what happens is held for 30 days.`,
    },
  }
}
