import { type Connection, needsPerson, type Provider, useConnections, useProviders, worstFirst } from '@mooring/react'
import { useState } from 'react'
import { useTitle } from '../app/use-title.ts'
import { foldSeats, seatProviders } from '../seats/seats.ts'
import { PageHead } from '../shell/page-head.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { AccountsGrid } from './accounts-grid.tsx'
import { AccountsHead } from './accounts-head.tsx'
import { AccountsSkeleton } from './accounts-skeleton.tsx'
import { ConnectDialog } from './connect-dialog.tsx'
import { DisconnectDialog } from './disconnect-dialog.tsx'
import { Disconnected } from './disconnected.tsx'
import { Empty } from './empty.tsx'
import { Forecast } from './forecast/forecast.tsx'
import { NoticesInUse } from './notices.tsx'
import { StaleNote } from './stale-note.tsx'

type Open = { what: 'connect' } | { what: 'disconnect'; connection: Connection }

export function AccountsPage() {
  useTitle('Accounts')
  const connections = useConnections()
  const providers = useProviders()
  const retry = () => void Promise.all([connections.refetch(), providers.refetch()])
  if (connections.data && providers.data) {
    return (
      <>
        {(connections.isError || providers.isError) && <StaleNote since={connections.dataUpdatedAt} onRetry={retry} />}
        <Accounts
          connections={connections.data}
          providers={providers.data}
          onCheckAgain={() => void providers.refetch()}
          checking={providers.isFetching}
        />
      </>
    )
  }
  return (
    <>
      <PageHead title="Accounts" />
      {connections.isError || providers.isError ? (
        <ErrorPanel error={connections.error ?? providers.error} onRetry={retry} />
      ) : (
        <AccountsSkeleton />
      )}
    </>
  )
}

interface AccountsProps {
  connections: readonly Connection[]
  providers: readonly Provider[]
  onCheckAgain: () => void
  checking: boolean
}

function Accounts({ connections, providers, onCheckAgain, checking }: AccountsProps) {
  const [open, setOpen] = useState<Open | undefined>(undefined)
  const close = () => setOpen(undefined)
  const ordered = worstFirst(connections)
  const live = ordered.filter((one) => one.state !== 'disconnected')
  const gone = ordered.filter((one) => one.state === 'disconnected')
  const connect = () => setOpen({ what: 'connect' })
  const lanes = foldSeats(live, providers).cards
  const ready = providers.some((one) => one.configured)
  return (
    <>
      <AccountsHead
        live={live}
        waiting={live.filter(needsPerson).length}
        seats={seatProviders(providers).length > 0}
        onConnect={connect}
      />
      <NoticesInUse connections={live} providers={providers} />
      {lanes.length > 0 && <Forecast connections={lanes} providers={providers} />}
      {live.length === 0 && <Empty ready={ready} />}
      <AccountsGrid
        live={live}
        providers={providers}
        onDisconnect={(connection) => setOpen({ what: 'disconnect', connection })}
        onCheckAgain={onCheckAgain}
        checking={checking}
      />
      <Disconnected connections={gone} providers={providers} />
      <ConnectDialog open={open?.what === 'connect'} onClose={close} providers={providers} />
      {open?.what === 'disconnect' && (
        <DisconnectDialog connection={open.connection} providers={providers} onClose={close} />
      )}
    </>
  )
}
