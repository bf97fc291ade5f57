import { type Connection, ConnectionStatus, count, Pill, type Provider } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { CardHead } from '../accounts/card/card-head.tsx'
import { useNow } from '../app/use-now.ts'
import { useStart } from '../connect/use-start.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { healthCounts } from './seats.ts'

const SHOWN = 5

/** Many seats of one service: the worst of them, and the way to all. */
export function SeatsCard({ provider, seats }: { provider: Provider; seats: readonly Connection[] }) {
  const now = useNow()
  const { start, busy } = useStart()
  const { login } = healthCounts(seats)
  return (
    <Card
      aria-label={`${provider.name}, seats`}
      data-slot="seats-card"
      data-provider={provider.id}
      className="flex flex-col gap-3 p-3.5"
    >
      <CardHead
        provider={provider.id}
        name={provider.name}
        line={count(seats.length, 'seat')}
        pill={
          login === 0 ? (
            <Pill tone="ok" icon="circle-check">
              All signed in
            </Pill>
          ) : (
            <Pill tone="bad" icon="unplug">
              {`${count(login, 'needs', 'need')} a sign-in`}
            </Pill>
          )
        }
      />
      <ul className="grid gap-2" aria-label="The worst first">
        {seats.slice(0, SHOWN).map((seat) => (
          <li key={seat.id} className="flex items-center gap-2.5">
            <span className="min-w-0 flex-1 truncate text-ui font-medium">{seat.identity.label}</span>
            <ConnectionStatus connection={seat} now={now} />
          </li>
        ))}
      </ul>
      <footer className="mt-auto flex flex-wrap items-center gap-1.5 pt-1">
        <Link
          to="/accounts/seats"
          className="mooring-button"
          data-slot="button"
          data-variant={login === 0 ? 'secondary' : 'primary'}
          data-size="small"
        >
          All {seats.length.toLocaleString('en')} seats
        </Link>
        <Button size="small" busy={busy} onClick={() => start({ provider: provider.id })}>
          Add a seat
        </Button>
      </footer>
    </Card>
  )
}
