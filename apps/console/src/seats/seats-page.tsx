import { type Connection, count, type Provider, useConnections, useConnectLinks, useProviders } from '@mooring/react'
import { Link2 } from 'lucide-react'
import { useState } from 'react'
import { useSignedIn } from '../app/gate.tsx'
import { useTitle } from '../app/use-title.ts'
import { PageHead } from '../shell/page-head.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { Links } from './links.tsx'
import { SeatList } from './seat-list.tsx'
import { healthCounts, seatProviders, seatsOf } from './seats.ts'
import { SeatsSkeleton } from './seats-skeleton.tsx'

/** All clients' seats by health, who needs a new sign-in, and the links that ask for one. */
export function SeatsPage() {
  useTitle('Seats')
  const connections = useConnections()
  const providers = useProviders()
  if (connections.data && providers.data) return <Seats connections={connections.data} providers={providers.data} />
  const retry = () => void Promise.all([connections.refetch(), providers.refetch()])
  return (
    <>
      <PageHead title="Seats" />
      {connections.isError || providers.isError ? (
        <ErrorPanel error={connections.error ?? providers.error} onRetry={retry} />
      ) : (
        <SeatsSkeleton />
      )}
    </>
  )
}

interface SeatsProps {
  connections: readonly Connection[]
  providers: readonly Provider[]
}

function Seats({ connections, providers }: SeatsProps) {
  const { permissions } = useSignedIn()
  const manages = permissions.includes('connections:write')
  const links = useConnectLinks()
  const [linking, setLinking] = useState<{ renews: Connection | undefined } | undefined>(undefined)
  const ready = seatProviders(providers)
  const seats = seatsOf(connections, providers)
  const { login } = healthCounts(seats)
  return (
    <>
      <PageHead
        title="Seats"
        summary={
          seats.length > 0 && (
            <>
              {count(seats.length, 'seat')}.{' '}
              {login > 0 && <span className="text-bad">{count(login, 'needs', 'need')} a new sign-in.</span>}
            </>
          )
        }
      >
        {manages && ready.length > 0 && (
          <Button variant="primary" onClick={() => setLinking({ renews: undefined })}>
            <Link2 size={14} aria-hidden />
            New link
          </Button>
        )}
      </PageHead>
      <div className="grid gap-3.5">
        <SeatList
          seats={seats}
          providers={providers}
          onSend={manages ? (renews) => setLinking({ renews }) : undefined}
        />
        {links.data && <Links links={links.data} providers={providers} seats={seats} />}
        {links.isError && <ErrorPanel error={links.error} onRetry={() => void links.refetch()} />}
      </div>
      {linking && <LinkDialog providers={ready} renews={linking.renews} onClose={() => setLinking(undefined)} />}
    </>
  )
}
