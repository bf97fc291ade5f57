import { type Connection, isOurs } from '@mooring/react'
import { CircleCheck, Plug } from 'lucide-react'
import { CardProblem } from '../accounts/card/card-problem.tsx'
import { RefusedNote } from '../alerts/refused-note.tsx'
import { Card } from '../ui/card.tsx'
import { Facts } from './facts.tsx'
import { LifeLine } from './life-line.tsx'
import { livesOf } from './lives.ts'

interface HealthCardProps {
  connection: Connection
  name: string
  now: number
  /** The time of the next try has come. */
  onDue: () => void
}

/** How it stands in a sentence, how long each part of it lasts, and when it was last looked at. */
export function HealthCard({ connection, name, now, onDue }: HealthCardProps) {
  const lives = livesOf(connection, name, now)
  return (
    <Card aria-labelledby="health" className="overflow-clip">
      <h2 id="health" className="px-4 pt-3.5 text-section">
        Health
      </h2>
      <div className="grid gap-2 px-4 pt-2.5 pb-3.5">
        <Standing connection={connection} now={now} />
        {!isOurs(connection) && connection.state !== 'disconnected' && (
          <RefusedNote registration={connection.registration} name={name} />
        )}
      </div>
      {lives.length > 0 && (
        <ul className="border-t border-line" aria-label="How long it lasts">
          {lives.map((life) => (
            <LifeLine key={life.id} life={life} now={now} />
          ))}
        </ul>
      )}
      <Facts connection={connection} now={now} onDue={onDue} />
    </Card>
  )
}

function Standing({ connection, now }: { connection: Connection; now: number }) {
  const { state, health } = connection
  if (state === 'disconnected') {
    return (
      <p className="flex items-center gap-2 text-ui text-ink-2">
        <Plug size={16} strokeWidth={1.75} aria-hidden />
        {health.message}
      </p>
    )
  }
  const well = state === 'connected' && health.level === 'ok' && connection.accounts.length > 0
  if (!well) return <CardProblem connection={connection} now={now} short />
  return (
    <p className="flex items-center gap-2 text-ui">
      <CircleCheck size={16} strokeWidth={1.75} className="flex-none text-ok" aria-hidden />
      {health.message}
    </p>
  )
}
