import { ConnectButton, type Delivery, networkOf } from '@mooring/react'
import { ArrowUpRight } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notify.tsx'
import type { useDeeds } from './use-deeds.ts'

interface DeliveryActsProps {
  delivery: Delivery
  deeds: ReturnType<typeof useDeeds>
  returnTo: string
}

/** The one next step, beside the state. */
export function DeliveryActs({ delivery, deeds, returnTo }: DeliveryActsProps) {
  const { actions, permalink, connectionId, account, state } = delivery
  const { name } = networkOf(account)
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
  if (actions.includes('retry') && (state === 'failed' || state === 'missed'))
    return (
      <Button size="small" busy={deeds.busy('retry')} onClick={() => deeds.told({ deed: 'retry', delivery })}>
        {state === 'missed' ? 'Send it now' : 'Try again'}
        <span className="sr-only"> for {account.label}</span>
      </Button>
    )
  return null
}
