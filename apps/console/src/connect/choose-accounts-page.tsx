import {
  AccountPicker,
  type Flow,
  useChooseAccounts,
  useFlow,
  useGiveUp,
  useProviders,
  useReloadCandidates,
} from '@mooring/react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTitle } from '../app/use-title.ts'
import { ErrorPage } from '../ui/error-page.tsx'
import { messageOf, notify } from '../ui/notify.tsx'
import { homeOf } from './home-of.ts'
import { NotHere } from './not-here.tsx'
import { chosenSentence } from './outcome.ts'
import { MissingPermissions, Permissions } from './permissions.tsx'
import { PickerFrame } from './picker-frame.tsx'
import { PickerSkeleton } from './picker-skeleton.tsx'
import { useStart } from './use-start.ts'

/** The checkpoint of a flow: consent was given, the accounts are chosen now. */
export function ChooseAccountsPage({ flowId }: { flowId: string }) {
  useTitle('Choose what to connect')
  const flow = useFlow(flowId)
  const navigate = useNavigate()
  const waits = flow.data === undefined || (flow.data.state === 'checkpoint' && flow.data.checkpoint === 'accounts')
  const over = flow.data !== undefined && !waits ? homeOf(flow.data) : undefined
  useEffect(() => {
    if (over) void navigate({ to: over, replace: true })
  }, [over, navigate])
  if (flow.isError) return <ErrorPage error={flow.error} onRetry={() => void flow.refetch()} />
  if (!flow.data || over) return <PickerSkeleton />
  return <Choose flow={flow.data} />
}

function Choose({ flow }: { flow: Flow }) {
  const providers = useProviders()
  const platform = providers.data?.find((one) => one.id === flow.provider)
  const name = platform?.name ?? flow.provider
  const choose = useChooseAccounts(flow.id)
  const giveUp = useGiveUp()
  const reload = useReloadCandidates(flow.id)
  const navigate = useNavigate()
  const again = useStart(homeOf(flow) === '/accounts' ? undefined : flow.returnTo)
  const missing = flow.missingScopes
  const granted = flow.requestedScopes.filter((asked) => !missing.some((scope) => scope.scope === asked.scope))
  const permissions = {
    name,
    missing,
    asking: again.busy,
    onAskAgain: () => again.start({ provider: flow.provider, registration: flow.registration }),
  }
  const loadAgain = () => reload.mutate(undefined, { onError: (error) => notify.problem(error, { id: 'reload' }) })
  const help = <NotHere tips={platform?.notListed ?? []} onReload={loadAgain} reloading={reload.isPending} />
  const leave = () => {
    giveUp.mutate(flow.id)
    void navigate({ to: homeOf(flow) })
  }
  const submit = (ids: string[]) =>
    choose.mutate(ids, {
      onSuccess: () => {
        notify.ok(chosenSentence(flow, name, ids.length), { id: `flow-${flow.id}` })
        void navigate({ to: homeOf(flow), replace: true })
      },
    })
  return (
    <PickerFrame
      provider={flow.provider}
      name={name}
      title="Choose what to connect"
      lead={`${name} said yes${flow.identity ? ` for ${flow.identity.label}` : ''}. Pick any number of accounts.`}
      steps
      onLeave={leave}
      aside={
        <>
          <Permissions granted={granted} {...permissions} />
          {help}
        </>
      }
    >
      <AccountPicker
        candidates={flow.candidates}
        providerName={name}
        onSubmit={submit}
        onCancel={leave}
        submitting={choose.isPending}
        error={choose.isError ? messageOf(choose.error) : undefined}
      >
        <div className="px-4 pt-3.5 rail:hidden">
          <MissingPermissions {...permissions} />
          {help}
        </div>
      </AccountPicker>
      <p className="mt-3 text-caption text-ink-3 max-rail:hidden">
        You can add or remove accounts later without asking {name} again.
      </p>
    </PickerFrame>
  )
}
