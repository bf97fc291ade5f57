import { ConnectButton, type Delivery, networkOf } from '@mooring/react'
import { ArrowUpRight } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notify.tsx'
import type { useDeeds } from './use-deeds.ts'
import { useRewrite } from './use-rewrite.ts'

interface DeliveryActsProps {
  delivery: Delivery
  /** Its account is still there to be written for. */
  there: boolean
  deeds: ReturnType<typeof useDeeds>
  returnTo: string
}

/** The one next step, beside the state. */
export function DeliveryActs({ delivery, there, deeds, returnTo }: DeliveryActsProps) {
  const { actions, permalink, connectionId, account, state } = delivery
  const { name } = networkOf(account)
  const { busy, rewrite } = useRewrite(delivery)
  const again = actions.includes('retry') && (state === 'failed' || state === 'missed')
  if (actions.includes('reconnect') && connectionId !== null)
    return (
      <ConnectButton
        provider={account.provider}
        reconnect={connectionId}
        returnTo={returnTo}
        size="small"
        onError={(message) => notify.bad(message, { id: 'reconnect' })}
      >
        Reconnect {name}
      </ConnectButton>
    )
  if (permalink !== null)
    return (
      <a
        href={permalink}
        target="_blank"
        rel="noreferrer"
        className="touch inline-flex items-center gap-1 rounded-check text-ui font-medium text-link hover:underline"
      >
        View post
        <span className="sr-only"> on {name}, in a new tab</span>
        <ArrowUpRight size={14} aria-hidden />
      </a>
    )
  return (
    <span className="flex flex-wrap justify-end gap-2">
      {state === 'failed' && there && (
        <Button size="small" busy={busy} onClick={rewrite}>
          Edit and retry
          <span className="sr-only"> for {account.label}</span>
        </Button>
      )}
      {again && (
        <Button size="small" busy={deeds.busy('retry')} onClick={() => deeds.told({ deed: 'retry', delivery })}>
          {state === 'missed' ? 'Send it now' : 'Try again'}
          <span className="sr-only"> for {account.label}</span>
        </Button>
      )}
    </span>
  )
}
