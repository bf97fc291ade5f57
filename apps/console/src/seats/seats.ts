import { type Connection, isOurs, mustReconnect, type Provider, worstFirst } from '@mooring/react'

export type SeatHealth = 'login' | 'ours' | 'failing' | 'works'

/** In the order of what needs somebody first. */
export const HEALTHS: readonly { health: SeatHealth; label: string }[] = [
  { health: 'login', label: 'Need a new sign-in' },
  { health: 'ours', label: 'Ours to fix' },
  { health: 'failing', label: 'Not answering' },
  { health: 'works', label: 'Work' },
]

export function healthOf(connection: Connection): SeatHealth {
  if (mustReconnect(connection)) return 'login'
  if (isOurs(connection)) return 'ours'
  return connection.state === 'failing' ? 'failing' : 'works'
}

export const seatProviders = (providers: readonly Provider[]): Provider[] =>
  providers.filter((one) => one.credentials && one.configured)

const isSeat = (connection: Connection, providers: readonly Provider[]) =>
  connection.state !== 'disconnected' && providers.some((one) => one.credentials && one.id === connection.provider)

/** All that are not disconnected, worst first. */
export const seatsOf = (connections: readonly Connection[], providers: readonly Provider[]): Connection[] =>
  worstFirst(connections.filter((one) => isSeat(one, providers)))

export function healthCounts(seats: readonly Connection[]): Record<SeatHealth, number> {
  const counts = { login: 0, ours: 0, failing: 0, works: 0 }
  for (const seat of seats) counts[healthOf(seat)] += 1
  return counts
}

/** So many of one provider are cards of their own; more are one card together. */
const CARDS = 3

export interface Folded {
  /** What has a card of its own, in the order given. */
  cards: Connection[]
  folded: { provider: Provider; seats: Connection[] }[]
}

export function foldSeats(live: readonly Connection[], providers: readonly Provider[]): Folded {
  const folded = providers
    .filter((one) => one.credentials)
    .map((provider) => ({ provider, seats: live.filter((one) => one.provider === provider.id) }))
    .filter(({ seats }) => seats.length > CARDS)
  return { cards: live.filter((one) => !folded.some(({ provider }) => provider.id === one.provider)), folded }
}
