import { type Connection, isOurs, lacksAccounts, mustReconnect } from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { useRefused } from '../../alerts/use-refused.ts'
import { useStart } from '../../connect/use-start.ts'
import { Button } from '../../ui/button.tsx'
import { useTest } from '../use-test.ts'
import { CardMenu } from './card-menu.tsx'

interface CardActionsProps {
  connection: Connection
  name: string
  onDisconnect: () => void
}

/** Two buttons and a menu. One is filled, and only where a person must act. */
export function CardActions({ connection, name, onDisconnect }: CardActionsProps) {
  const test = useTest(connection)
  const { start, busy } = useStart()
  const navigate = useNavigate()
  const reconnect = () => start({ reconnect: connection.id })
  const params = { connectionId: connection.id }
  const choose = () => void navigate({ to: '/accounts/$connectionId/choose', params })
  const history = () => void navigate({ to: '/accounts/$connectionId', params })
  const refused = useRefused()(connection.registration)
  const urgent = mustReconnect(connection) && !refused
  const ending = connection.state === 'connected' && connection.health.level !== 'ok' && !isOurs(connection) && !refused
  const bare = !urgent && lacksAccounts(connection)
  const well = connection.state === 'connected' && !ending && !bare && !isOurs(connection) && !refused
  return (
    <footer className="mt-auto flex items-center gap-1.5 pt-1">
      {(urgent || ending) && (
        <Button size="small" variant={urgent ? 'primary' : 'secondary'} busy={busy} onClick={reconnect}>
          Reconnect
        </Button>
      )}
      {bare && (
        <Button size="small" variant="primary" onClick={choose}>
          Choose accounts
        </Button>
      )}
      {!urgent && (
        <Button size="small" busy={test.busy} onClick={test.run}>
          {connection.state === 'connected' ? 'Test' : 'Test now'}
        </Button>
      )}
      {well && (
        <Button size="small" onClick={choose}>
          Add accounts
        </Button>
      )}
      {!well && !bare && !(ending && !urgent) && (
        <Button size="small" variant={urgent ? 'secondary' : 'ghost'} onClick={history}>
          What happened
        </Button>
      )}
      <CardMenu
        connection={connection}
        name={name}
        onTest={test.run}
        onReconnect={reconnect}
        onChoose={choose}
        onHistory={history}
        onDisconnect={onDisconnect}
      />
    </footer>
  )
}
