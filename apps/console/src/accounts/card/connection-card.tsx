import { type Connection, ConnectionStatus, isOurs, type Provider, shortDate, statusOf } from '@mooring/react'
import { useState } from 'react'
import { RefusedNote } from '../../alerts/refused-note.tsx'
import { useNow } from '../../app/use-now.ts'
import { usePhone } from '../../app/use-phone.ts'
import { Card } from '../../ui/card.tsx'
import { AccountLines } from './account-lines.tsx'
import { CardActions } from './card-actions.tsx'
import { CardHead } from './card-head.tsx'
import { CardProblem } from './card-problem.tsx'
import { ExpiryLine } from './expiry-line.tsx'
import { FoldedCard } from './folded-card.tsx'
import { PostsLine } from './posts-line.tsx'
import { ScopeTicks } from './scope-ticks.tsx'

export interface ConnectionCardProps {
  connection: Connection
  provider: Provider | undefined
  onDisconnect: () => void
}

/** One connection: what it is, what it may do, until when, and the one thing to do next. */
export function ConnectionCard({ connection, provider, onDisconnect }: ConnectionCardProps) {
  const now = useNow()
  const phone = usePhone()
  const [unfolded, setUnfolded] = useState(false)
  const name = provider?.name ?? connection.provider
  const { tone } = statusOf(connection, now)
  const healthy = tone === 'ok' && connection.accounts.length > 0
  if (phone && healthy && !unfolded) {
    return <FoldedCard connection={connection} name={name} onUnfold={() => setUnfolded(true)} />
  }
  const { identity, connectedAt, accounts } = connection
  return (
    <Card
      aria-label={`${name}, ${identity.label}`}
      data-connection={connection.id}
      data-state={connection.state}
      className="flex flex-col gap-3 p-3.5"
    >
      <CardHead
        provider={connection.provider}
        name={name}
        to={connection.id}
        line={`as ${identity.label}${connectedAt === null ? '' : `, since ${shortDate(connectedAt, now)}`}`}
        pill={<ConnectionStatus connection={connection} now={now} />}
      />
      <CardProblem connection={connection} now={now} />
      {!isOurs(connection) && <RefusedNote registration={connection.registration} name={name} />}
      <AccountLines accounts={accounts} />
      <div className="grid gap-2">
        <ScopeTicks connection={connection} provider={provider} />
        <ExpiryLine connection={connection} now={now} />
        <PostsLine connectionId={connection.id} />
      </div>
      <CardActions connection={connection} name={name} onDisconnect={onDisconnect} />
    </Card>
  )
}
