import { useState } from 'react'
import type { PublishTarget } from '../../api.ts'
import { networkOf } from '../../marks/networks.ts'
import { ConnectButton } from '../connect-button.tsx'
import { useDesk } from './context.ts'

/** The way to a connection that works again, and why it did not begin. */
export function Reconnect({ target: { account, connection } }: { target: PublishTarget }) {
  const { returnTo } = useDesk()
  const [error, setError] = useState<string | undefined>(undefined)
  return (
    <span className="mooring-reconnect">
      <ConnectButton
        provider={account.provider}
        reconnect={connection.id}
        returnTo={returnTo}
        variant="secondary"
        size="small"
        onError={setError}
      >
        Reconnect
        <span className="mooring-hidden"> {networkOf(account).name}</span>
      </ConnectButton>
      {error !== undefined && <small role="alert">{error}</small>}
    </span>
  )
}
