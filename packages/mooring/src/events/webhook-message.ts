/** What a webhook says: thin, so that nobody acts on what has changed meanwhile; who wants more asks by the ids. Pure. */
import type { Posted, ToSend } from '../store/webhook-deliveries.ts'

/** The type of a test. */
export const TEST = 'webhook.test'

export interface Message {
  /** The same however often it is sent, and to whom. */
  id: string
  body: string
}

export function messageOf(
  { delivery, event, connection, posted }: ToSend,
  workspace: { id: string; external_id: string | null },
): Message {
  const of = { workspaceId: workspace.id, externalId: workspace.external_id }
  const data = event
    ? {
        ...of,
        connection: connection ? viewOf(connection) : null,
        ...(posted ? { delivery: postedView(posted) } : {}),
        actor: event.actor,
        message: event.message,
      }
    : { ...of, message: 'A test. Nothing happened.' }
  const timestamp = (event?.at ?? delivery.created_at).toISOString()
  return { id: event?.id ?? delivery.id, body: JSON.stringify({ type: delivery.type, timestamp, data }) }
}

const viewOf = ({ id, provider, subject, label, handle }: NonNullable<ToSend['connection']>) => ({
  id,
  provider,
  identity: { subject, label, handle },
})

const postedView = (row: Posted) => ({
  id: row.id,
  postId: row.post_id,
  accountId: row.account_id,
  provider: row.provider,
  state: row.state,
  externalId: row.external_id,
  permalink: row.permalink,
  problem: row.fault_class === null ? null : { class: row.fault_class, message: row.fault_message },
})
