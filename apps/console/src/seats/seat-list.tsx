import { type Connection, count, matching, type Provider } from '@mooring/react'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { nameOf } from '../accounts/name-of.ts'
import { Card } from '../ui/card.tsx'
import { HealthFilter } from './health-filter.tsx'
import { SeatRow } from './seat-row.tsx'
import { healthCounts, healthOf, type SeatHealth } from './seats.ts'

interface SeatListProps {
  /** Worst first. */
  seats: readonly Connection[]
  providers: readonly Provider[]
  onSend: ((seat: Connection) => void) | undefined
}

export function SeatList({ seats, providers, onSend }: SeatListProps) {
  const [query, setQuery] = useState('')
  const [health, setHealth] = useState<SeatHealth | undefined>(undefined)
  if (seats.length === 0) {
    return (
      <Card className="px-4 py-10 text-center">
        <h2 className="text-section">No seats yet</h2>
        <p className="mt-1 text-ui text-ink-2">Send a client a link, or connect one yourself under Accounts.</p>
      </Card>
    )
  }
  const fits = matching(query)
  const shown = seats.filter(
    (one) =>
      (health === undefined || healthOf(one) === health) &&
      fits(`${one.identity.label} ${one.identity.email ?? ''} ${one.identity.handle ?? ''}`),
  )
  return (
    <Card aria-label="Seats" data-slot="seats">
      <HealthFilter counts={healthCounts(seats)} chosen={health} onChoose={setHealth} />
      <div className="border-y border-line p-3">
        <label className="mooring-search">
          <Search size={16} strokeWidth={1.75} aria-hidden />
          <input
            type="search"
            value={query}
            placeholder={`Search ${count(seats.length, 'seat')}`}
            aria-label={`Search ${count(seats.length, 'seat')}`}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setQuery(event.target.value)}
          />
        </label>
      </div>
      <ul>
        {shown.map((seat) => (
          <SeatRow
            key={seat.id}
            seat={seat}
            through={nameOf(providers, seat.provider)}
            onSend={onSend && (() => onSend(seat))}
          />
        ))}
      </ul>
      <p role="status" className={shown.length === 0 ? 'px-4 py-10 text-center text-ui text-ink-2' : 'sr-only'}>
        {shown.length === 0 ? `Nothing found for “${query}”.` : count(shown.length, 'seat')}
      </p>
    </Card>
  )
}
