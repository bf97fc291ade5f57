'use client'
import {
  AccountPicker,
  ConnectButton,
  ConnectionList,
  MooringProvider,
  useChooseAccounts,
  useFlow,
  useProviders,
} from '@mooring/react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

const HERE = '/settings'

interface SocialProps {
  /** A flow that came back and waits for a choice of accounts. */
  flow: string | undefined
  /** Why the last one did not work. */
  message: string | undefined
}

export function Social({ flow, message }: SocialProps) {
  const [fault, setFault] = useState(message)
  return (
    <MooringProvider baseUrl="/mooring">
      {flow !== undefined ? (
        <Choose flow={flow} />
      ) : (
        <section aria-labelledby="social-title">
          <h2 id="social-title">Social accounts</h2>
          {fault !== undefined && <p role="alert">{fault}</p>}
          <ConnectionList returnTo={HERE} />
          <Connect onError={setFault} />
        </section>
      )}
    </MooringProvider>
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
  const router = useRouter()
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
      onSubmit={(accounts) => choose.mutate(accounts, { onSuccess: () => router.replace(HERE) })}
      onCancel={() => router.replace(HERE)}
    />
  )
}
