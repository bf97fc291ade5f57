import type { Connection, Provider } from '@mooring/react'
import { foldSeats } from '../seats/seats.ts'
import { SeatsCard } from '../seats/seats-card.tsx'
import { ConnectionCard } from './card/connection-card.tsx'
import { FreeCard } from './free-card.tsx'
import { SetupCard } from './setup-card.tsx'

interface AccountsGridProps {
  /** Worst first. */
  live: readonly Connection[]
  providers: readonly Provider[]
  onDisconnect: (connection: Connection) => void
  onCheckAgain: () => void
  checking: boolean
}

export function AccountsGrid(props: AccountsGridProps) {
  const { live, providers, onDisconnect, onCheckAgain, checking } = props
  const free = providers.filter((one) => one.configured && !live.some((connection) => connection.provider === one.id))
  const { cards, folded } = foldSeats(live, providers)
  const unconfigured = providers.filter((one) => !one.configured)
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,310px),1fr))] gap-3.5 max-rail:gap-3">
      {folded.map(({ provider, seats }) => (
        <SeatsCard key={provider.id} provider={provider} seats={seats} />
      ))}
      {cards.map((connection) => (
        <ConnectionCard
          key={connection.id}
          connection={connection}
          provider={providers.find((one) => one.id === connection.provider)}
          onDisconnect={() => onDisconnect(connection)}
        />
      ))}
      {free.map((provider) => (
        <FreeCard key={provider.id} provider={provider} first={live.length === 0} />
      ))}
      {unconfigured.map((provider) => (
        <SetupCard key={provider.id} provider={provider} onCheckAgain={onCheckAgain} checking={checking} />
      ))}
    </div>
  )
}
