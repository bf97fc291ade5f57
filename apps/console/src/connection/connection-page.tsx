import { type Connection, isApiProblem, keys, type Provider, useConnection, useProviders } from '@mooring/react'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { DisconnectDialog } from '../accounts/disconnect-dialog.tsx'
import { nameOf, registrationOf } from '../accounts/name-of.ts'
import { Notices } from '../accounts/notices.tsx'
import { ProblemFacts } from '../accounts/problem-facts.tsx'
import { StaleNote } from '../accounts/stale-note.tsx'
import { useNow } from '../app/use-now.ts'
import { useTitle } from '../app/use-title.ts'
import { Card } from '../ui/card.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { ConnectionHead } from './connection-head.tsx'
import { ConnectionSkeleton } from './connection-skeleton.tsx'
import { HealthCard } from './health-card.tsx'
import { History } from './history/history.tsx'
import { NoConnection } from './no-connection.tsx'
import { Side } from './side.tsx'

export function ConnectionPage({ connectionId }: { connectionId: string }) {
  const connection = useConnection(connectionId)
  const providers = useProviders()
  const gone = isApiProblem(connection.error) && connection.error.code === 'not_found'
  useTitle(connection.data && !gone ? connection.data.identity.label : 'Connection')
  const retry = () => void Promise.all([connection.refetch(), providers.refetch()])
  if (gone) return <NoConnection />
  if (connection.data && providers.data) {
    return (
      <>
        {connection.isError && <StaleNote since={connection.dataUpdatedAt} onRetry={retry} />}
        <One connection={connection.data} providers={providers.data} />
      </>
    )
  }
  if (connection.isError || providers.isError) {
    return <ErrorPanel error={connection.error ?? providers.error} onRetry={retry} />
  }
  return <ConnectionSkeleton />
}

function One({ connection, providers }: { connection: Connection; providers: readonly Provider[] }) {
  const now = useNow()
  const queries = useQueryClient()
  const [ending, setEnding] = useState(false)
  const name = nameOf(providers, connection.provider)
  const provider = providers.find((one) => one.id === connection.provider)
  const registration = registrationOf(provider, connection.registration)
  const { id } = connection
  // Its time of trying has come: somebody may have done it, and the page looks at once.
  const look = useCallback(() => void queries.invalidateQueries({ queryKey: keys.connection(id) }), [queries, id])
  return (
    <>
      <ConnectionHead
        connection={connection}
        name={name}
        now={now}
        configured={registration?.configured ?? false}
        onDisconnect={() => setEnding(true)}
      />
      <div className="grid items-start gap-3.5 side:grid-cols-[minmax(0,1fr)_300px] side:grid-rows-[auto_1fr]">
        <div className="grid min-w-0 gap-3.5">
          <Notices registration={registration} />
          <HealthCard connection={connection} name={name} now={now} onDue={look} />
          {connection.problem && connection.state !== 'disconnected' && (
            <Card aria-labelledby="operator" className="p-4">
              <h2 id="operator" className="mb-2.5 text-section">
                For the operator
              </h2>
              <ProblemFacts problem={connection.problem} />
            </Card>
          )}
        </div>
        <div className="min-w-0 side:col-start-2 side:row-span-2 side:row-start-1">
          <Side connection={connection} provider={provider} />
        </div>
        <History id={id} />
      </div>
      {ending && <DisconnectDialog connection={connection} providers={providers} onClose={() => setEnding(false)} />}
    </>
  )
}
