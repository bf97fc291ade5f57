import type { ReactNode } from 'react'
import type { Connection } from '../api.ts'
import { useConnections } from '../hooks/connections.ts'
import { useProviders } from '../hooks/providers.ts'
import { worstFirst } from '../logic/order.ts'
import { mustReconnect } from '../logic/status.ts'
import { count } from '../logic/words.ts'
import { ConnectButton } from './connect-button.tsx'
import { ConnectionStatus } from './connection-status.tsx'

export interface ConnectionListProps {
  /** Where the browser comes back to after a reconnect. */
  returnTo: string
  /** What stands where nothing is connected. */
  empty?: ReactNode
}

/** A short list for a settings page: what is connected, worst first, with a way to reconnect. */
export function ConnectionList({ returnTo, empty = 'No accounts yet.' }: ConnectionListProps) {
  const connections = useConnections()
  const providers = useProviders()
  if (connections.isError) return <p role="alert">{connections.error.message}</p>
  if (!connections.data) return <p aria-busy="true">Loading accounts…</p>
  const live = worstFirst(connections.data.filter((one) => one.state !== 'disconnected'))
  if (live.length === 0) return <p>{empty}</p>
  return (
    <ul data-slot="connection-list" className="mooring-list">
      {live.map((connection) => (
        <Row
          key={connection.id}
          connection={connection}
          name={providers.data?.find((one) => one.id === connection.provider)?.name ?? connection.provider}
          returnTo={returnTo}
        />
      ))}
    </ul>
  )
}

function Row({ connection, name, returnTo }: { connection: Connection; name: string; returnTo: string }) {
  const urgent = mustReconnect(connection)
  return (
    <li data-slot="connection" className="mooring-list-row">
      <span className="mooring-list-name">
        <b>{name}</b>
        <small>
          as {connection.identity.label}, {count(connection.accounts.length, 'account')}
        </small>
      </span>
      <ConnectionStatus connection={connection} />
      {urgent && (
        <ConnectButton provider={connection.provider} reconnect={connection.id} returnTo={returnTo} size="small">
          Reconnect
        </ConnectButton>
      )}
    </li>
  )
}
