import { type Connection, ConnectionStatus, isOurs, lacksAccounts, mustReconnect, shortDate } from '@mooring/react'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronLeft, RefreshCw } from 'lucide-react'
import { CardMenu } from '../accounts/card/card-menu.tsx'
import { mayRefresh, useRefresh } from '../accounts/use-refresh.ts'
import { useTest } from '../accounts/use-test.ts'
import { useRefused } from '../alerts/use-refused.ts'
import { useStart } from '../connect/use-start.ts'
import { Button } from '../ui/button.tsx'
import { Tile } from '../ui/tile.tsx'

interface ConnectionHeadProps {
  connection: Connection
  name: string
  now: number
  /** Its kind of app is set up on this server. */
  configured: boolean
  onDisconnect: () => void
}

export function ConnectionHead({ connection, name, now, configured, onDisconnect }: ConnectionHeadProps) {
  const { identity, connectedAt, provider } = connection
  return (
    <header className="mb-4">
      <Link
        to="/accounts"
        className="touch mb-3 inline-flex items-center gap-1 rounded-check text-caption font-medium text-ink-2 hover:text-ink"
      >
        <ChevronLeft size={14} strokeWidth={1.75} aria-hidden />
        Accounts
      </Link>
      <div className="flex items-center gap-3 max-rail:flex-wrap">
        <Tile provider={provider} name={name} size={44} />
        <div className="min-w-0 flex-1">
          <h1 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-page">
            {name}
            <ConnectionStatus connection={connection} now={now} />
          </h1>
          <p className="text-ui text-ink-2 wrap-anywhere">
            as {identity.label}
            {identity.handle !== null && ` (${identity.handle})`}
            {connectedAt !== null && `, since ${shortDate(connectedAt, now)}`}
          </p>
        </div>
        <Actions connection={connection} name={name} configured={configured} onDisconnect={onDisconnect} />
      </div>
    </header>
  )
}

type ActionsProps = Omit<ConnectionHeadProps, 'now'>

/** What can be done with it. One button is filled, and only where a person must act. */
function Actions({ connection, name, configured, onDisconnect }: ActionsProps) {
  const test = useTest(connection)
  const refresh = useRefresh(connection, name)
  const { start, busy } = useStart()
  const navigate = useNavigate()
  const refused = useRefused()(connection.registration)
  const { id, state, provider, registration, health } = connection
  const choose = () => void navigate({ to: '/accounts/$connectionId/choose', params: { connectionId: id } })
  const reconnect = () => start({ reconnect: id })
  if (state === 'disconnected') {
    if (!configured || refused) return null
    return (
      <Button busy={busy} onClick={() => start({ provider, registration })}>
        Connect again
      </Button>
    )
  }
  const urgent = mustReconnect(connection) && !refused
  const ending = state === 'connected' && health.level !== 'ok' && !isOurs(connection) && !refused
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 max-rail:w-full">
      {!urgent && (
        <Button busy={test.busy} onClick={test.run}>
          Test
        </Button>
      )}
      {mayRefresh(connection) && (
        <Button busy={refresh.busy} onClick={refresh.run}>
          <RefreshCw size={14} strokeWidth={1.75} aria-hidden />
          Refresh now
        </Button>
      )}
      {(urgent || ending) && (
        <Button variant={urgent ? 'primary' : 'secondary'} busy={busy} onClick={reconnect}>
          Reconnect
        </Button>
      )}
      {!urgent && lacksAccounts(connection) && (
        <Button variant="primary" onClick={choose}>
          Choose accounts
        </Button>
      )}
      <CardMenu
        connection={connection}
        name={name}
        onTest={test.run}
        onReconnect={reconnect}
        onChoose={choose}
        onDisconnect={onDisconnect}
      />
    </div>
  )
}
