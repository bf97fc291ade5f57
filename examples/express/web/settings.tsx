import {
  AccountPicker,
  ConnectButton,
  ConnectionList,
  MooringProvider,
  useChooseAccounts,
  useFlow,
  useProviders,
} from '@mooring/react'
import '@mooring/react/theme.css'
import '@mooring/react/styles.css'
import './settings.css'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'

const HERE = '/settings'
const query = new URLSearchParams(location.search)

function Social() {
  const [fault, setFault] = useState(query.get('message') ?? undefined)
  const flow = query.get('checkpoint') === 'accounts' ? query.get('flow') : null
  if (flow !== null) return <Choose flow={flow} />
  return (
    <section aria-labelledby="social-title">
      <h2 id="social-title">Social accounts</h2>
      {fault !== undefined && <p role="alert">{fault}</p>}
      <ConnectionList returnTo={HERE} />
      <Connect onError={setFault} />
    </section>
  )
}

function Connect({ onError }: { onError: (message: string) => void }) {
  const providers = useProviders()
  return providers.data
    ?.filter((one) => one.configured)
    .map((one) => (
      <ConnectButton key={one.id} provider={one.id} returnTo={HERE} onError={onError}>
        Connect {one.name}
      </ConnectButton>
    ))
}

function Choose({ flow: id }: { flow: string }) {
  const flow = useFlow(id)
  const choose = useChooseAccounts(id)
  const providers = useProviders()
  if (flow.isError) return <p role="alert">{flow.error.message}</p>
  if (!flow.data) return <p aria-busy="true">One moment…</p>
  return (
    <AccountPicker
      candidates={flow.data.candidates}
      providerName={providers.data?.find((one) => one.id === flow.data.provider)?.name ?? flow.data.provider}
      submitting={choose.isPending}
      error={choose.error?.message}
      onSubmit={(accounts) => choose.mutate(accounts, { onSuccess: () => location.replace(HERE) })}
      onCancel={() => location.replace(HERE)}
    />
  )
}

const root = document.getElementById('social')
if (root)
  createRoot(root).render(
    <MooringProvider baseUrl="/mooring">
      <Social />
    </MooringProvider>,
  )
