/** What a post is, by its deliveries; and what endangers one that is still to go out. Pure. */
import type { ConnectionRow } from '../store/connections.ts'
import type { DeliveryRow } from '../store/delivery-work.ts'

export const POST_STATES = [
  'draft',
  'scheduled',
  'publishing',
  'published',
  'partial',
  'failed',
  'attention',
  'cancelled',
] as const
export type PostState = (typeof POST_STATES)[number]

const PENDING = ['scheduled', 'queued', 'waiting']
const UNDER_WAY = ['sending', 'processing']
const OUT = ['published', 'removed']
const NOT_OUT = ['failed', 'missed', 'skipped']

export function postState(
  draft: boolean,
  deliveries: readonly Pick<DeliveryRow, 'state' | 'due_at'>[],
  now: number,
): PostState {
  if (draft || deliveries.length === 0) return 'draft'
  const some = (states: readonly string[]) => deliveries.some((one) => states.includes(one.state))
  const all = (states: readonly string[]) => deliveries.every((one) => states.includes(one.state))
  if (some(['unknown', 'waiting', 'missed'])) return 'attention'
  if (some(UNDER_WAY)) return 'publishing'
  if (some(PENDING)) {
    const due = deliveries.some((one) => PENDING.includes(one.state) && (one.due_at?.getTime() ?? 0) <= now)
    return due ? 'publishing' : 'scheduled'
  }
  if (all(OUT)) return 'published'
  if (some(OUT)) return some(NOT_OUT) ? 'partial' : 'published'
  return some(NOT_OUT) ? 'failed' : 'cancelled'
}

/** Why it may not go out at its time, for the person; null: nothing is known against it. */
export function riskOf(
  delivery: Pick<DeliveryRow, 'state' | 'due_at'>,
  connection: Pick<ConnectionRow, 'state' | 'needs_person_at'> | undefined,
  name: string,
): string | null {
  if (!PENDING.includes(delivery.state)) return null
  if (!connection || connection.state === 'disconnected') return `${name} is not connected any more.`
  if (connection.state === 'reauthorize') return `${name} must be reconnected before this goes out.`
  if (connection.state === 'misconfigured')
    return `${name} does not accept this server's app. The operator must mend it.`
  const ends = connection.needs_person_at
  if (ends !== null && delivery.due_at !== null && ends <= delivery.due_at)
    return `The connection to ${name} ends before this goes out. Reconnect in time.`
  return null
}
