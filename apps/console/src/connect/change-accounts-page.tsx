import {
  AccountPicker,
  type Connection,
  useAvailableAccounts,
  useConnection,
  useProviders,
  useSetAccounts,
  withOwn,
} from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTitle } from '../app/use-title.ts'
import { ErrorPage } from '../ui/error-page.tsx'
import { messageOf, notify } from '../ui/notify.tsx'
import { NotHere } from './not-here.tsx'
import { changeSentence } from './outcome.ts'
import { MissingPermissions, Permissions } from './permissions.tsx'
import { PickerFrame } from './picker-frame.tsx'
import { PickerSkeleton } from './picker-skeleton.tsx'
import { useStart } from './use-start.ts'

/** Adding accounts to a connection, or taking some off, without asking the platform for consent again. */
export function ChangeAccountsPage({ connectionId }: { connectionId: string }) {
  useTitle('Choose accounts')
  const connection = useConnection(connectionId)
  const available = useAvailableAccounts(connectionId)
  // What was there stays there: a list that is being chosen from does not go for one missing answer.
  if (connection.isError && !connection.data)
    return <ErrorPage error={connection.error} onRetry={() => void connection.refetch()} />
  if (available.isError && !available.data)
    return <ErrorPage error={available.error} onRetry={() => void available.refetch()} />
  if (!connection.data || !available.data) return <PickerSkeleton />
  return (
    <Change
      connection={connection.data}
      candidates={available.data}
      onReload={() => void available.refetch()}
      reloading={available.isFetching}
    />
  )
}

interface ChangeProps {
  connection: Connection
  candidates: NonNullable<ReturnType<typeof useAvailableAccounts>['data']>
  onReload: () => void
  reloading: boolean
}

function Change({ connection, candidates, onReload, reloading }: ChangeProps) {
  const { id, provider, registration, accounts, identity, missingScopes: missing } = connection
  const providers = useProviders()
  const platform = providers.data?.find((one) => one.id === provider)
  const name = platform?.name ?? provider
  const set = useSetAccounts(id)
  const navigate = useNavigate()
  const again = useStart()
  const own = useMemo(() => accounts.map((account) => account.subject), [accounts])
  const rows = useMemo(() => withOwn(candidates, accounts), [candidates, accounts])
  const known = platform?.registrations.find((one) => one.id === registration)?.scopes ?? []
  const granted = known.filter((scope) => connection.grantedScopes.includes(scope.scope))
  const permissions = { name, missing, asking: again.busy, onAskAgain: () => again.start({ reconnect: id }) }
  const help = <NotHere tips={platform?.notListed ?? []} onReload={onReload} reloading={reloading} />
  const leave = () => void navigate({ to: '/accounts' })
  const submit = (ids: string[]) =>
    set.mutate(ids, {
      onSuccess: () => {
        notify.ok(changeSentence(own, ids))
        leave()
      },
    })
  return (
    <PickerFrame
      provider={provider}
      name={name}
      title="Choose accounts"
      lead={`Connected as ${identity.label}. Add accounts or take some off.`}
      steps={false}
      onLeave={leave}
      aside={
        <>
          <Permissions granted={granted} {...permissions} />
          {help}
        </>
      }
    >
      <AccountPicker
        candidates={rows}
        connected={own}
        providerName={name}
        onSubmit={submit}
        onCancel={leave}
        submitting={set.isPending}
        error={set.isError ? messageOf(set.error) : undefined}
      >
        <div className="px-4 pt-3.5 rail:hidden">
          <MissingPermissions {...permissions} />
          {help}
        </div>
      </AccountPicker>
    </PickerFrame>
  )
}
