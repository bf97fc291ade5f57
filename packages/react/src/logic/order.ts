import type { Connection } from '../api.ts'
import { isOurs, lacksAccounts, mustReconnect } from './status.ts'

/** Reconnect, ours to mend, ends soon, failing, nothing chosen yet, healthy, disconnected. */
function rank(connection: Connection): number {
  if (mustReconnect(connection)) return 0
  if (isOurs(connection)) return 1
  if (connection.state === 'connected' && connection.health.level === 'warning') return 2
  if (connection.state === 'failing') return 3
  if (lacksAccounts(connection)) return 4
  return connection.state === 'disconnected' ? 6 : 5
}

const soonest = (connection: Connection) =>
  connection.health.needsPersonAt === null ? Number.POSITIVE_INFINITY : Date.parse(connection.health.needsPersonAt)

/** A new list, worst first; among equals the one that ends first, then by name. */
export function worstFirst(connections: readonly Connection[]): Connection[] {
  return [...connections].sort((a, b) => {
    const byRank = rank(a) - rank(b)
    if (byRank !== 0) return byRank
    const [endsA, endsB] = [soonest(a), soonest(b)]
    if (endsA !== endsB) return endsA - endsB
    return a.provider.localeCompare(b.provider) || a.identity.label.localeCompare(b.identity.label)
  })
}
