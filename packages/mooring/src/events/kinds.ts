/** What people can be told of by letter, whom it is told to until they choose, and what endpoints are told of. Pure. */

export { NOTIFIED } from '../store/events.ts'
export { WEBHOOK_TYPES } from '../store/webhook-outbox.ts'

/** What needs somebody goes to those who can do it. */
export function byDefault(kind: string, role: string): boolean {
  const needsSomebody = ['connection.reauthorize', 'connection.expiring', 'webhook.paused'].includes(kind)
  if (kind.startsWith('delivery.')) return role !== 'viewer'
  return needsSomebody && (role === 'owner' || role === 'admin')
}

/** Whether this member wants a letter of this kind. */
export function wantsLetter(
  kind: string,
  member: { person_id: string; role: string },
  choices: readonly { person_id: string; kind: string; letter: boolean }[],
): boolean {
  const chosen = choices.find((one) => one.person_id === member.person_id && one.kind === kind)
  return chosen?.letter ?? byDefault(kind, member.role)
}
