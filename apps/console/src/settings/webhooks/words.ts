import type { WebhookDelivery, WebhookTest } from '@mooring/react'

/** As the API names them, each with when it is told. The last one is routine. */
export const KINDS: readonly { type: string; says: string; routine?: true }[] = [
  { type: 'connection.connected', says: 'An account was connected' },
  { type: 'connection.updated', says: 'Somebody consented once more' },
  { type: 'connection.imported', says: 'A connection was brought in' },
  { type: 'connection.expiring', says: 'A connection will need somebody' },
  { type: 'connection.failing', says: 'A platform does not answer' },
  { type: 'connection.misconfigured', says: 'The operator must act' },
  { type: 'connection.needs_reauthorization', says: 'A person must connect again' },
  { type: 'connection.disconnected', says: 'A connection was ended' },
  { type: 'connection.erased', says: 'A person had their data erased' },
  { type: 'delivery.published', says: 'A post is out' },
  { type: 'delivery.failed', says: 'A post was not published' },
  { type: 'delivery.unknown', says: 'Nobody knows whether a post is live' },
  { type: 'delivery.missed', says: 'A post missed its time' },
  { type: 'delivery.waiting', says: 'A post waits for a reconnect' },
  { type: 'delivery.removed', says: 'A post was taken away again' },
  { type: 'connection.refreshed', says: 'Tokens were renewed, which happens all the time', routine: true },
]
export const NEWS = KINDS.filter((one) => !one.routine).map((one) => one.type)

const FAULTS: Readonly<Record<string, string>> = {
  timeout: 'It took over 15 seconds.',
  connection_refused: 'Nobody listens there.',
  name_not_found: 'There is no such host.',
  certificate: 'Its certificate is not trusted.',
  address_refused: 'It leads into a private network.',
  no_answer: 'It did not answer.',
}

/** Why it did not arrive, for whoever runs the endpoint. */
export const faultOf = ({ status, fault }: Pick<WebhookTest, 'status' | 'fault'>): string =>
  status === null ? (FAULTS[fault ?? ''] ?? 'It did not answer.') : `It answered ${status}.`

/** How one stands, in a few words. */
export function standing(one: WebhookDelivery): string {
  if (one.state === 'delivered') return `Arrived, ${one.status}`
  if (one.state === 'held') return 'Held until you resume'
  if (one.state === 'failed') return `Given up. ${faultOf(one)}`
  return one.tries === 0 ? 'On its way' : `${faultOf(one)} Tried ${one.tries === 1 ? 'once' : `${one.tries} times`}`
}

/** People type an address as they say it. */
export const asUrl = (typed: string): string =>
  /^[a-z]+:/i.test(typed.trim()) ? typed.trim() : `https://${typed.trim()}`
