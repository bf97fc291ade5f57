import { AccountFace, type Delivery, DeliveryStatus, networkOf, useDelivery } from '@mooring/react'
import { ChevronDown } from 'lucide-react'
import { useId, useState } from 'react'
import { useNow } from '../../app/use-now.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Bone } from '../../ui/skeleton.tsx'
import { DeedDialog } from './deed-dialogs.tsx'
import { DeliveryActs } from './delivery-acts.tsx'
import { DeliveryMenu } from './delivery-menu.tsx'
import { Question } from './question.tsx'
import { sentenceOf } from './sentence.ts'
import { Timeline } from './timeline.tsx'
import { type Deed, useDeeds } from './use-deeds.ts'

interface DeliveryRowProps {
  delivery: Delivery
  there: boolean
  returnTo: string
  may: boolean
}

/** One account: what became of it, what was done, what can be done. Opened where it needs an answer. */
export function DeliveryRow({ delivery, there, returnTo, may }: DeliveryRowProps) {
  const { account, state } = delivery
  const [turned, setTurned] = useState<boolean | undefined>(undefined)
  const [asking, setAsking] = useState<Exclude<Deed, 'retry'> | undefined>(undefined)
  const open = turned ?? (state === 'unknown' || state === 'failed')
  const detailsId = useId()
  const now = useNow()
  const deeds = useDeeds()
  const ask = (deed: Exclude<Deed, 'retry'>) => {
    // What was refused before is no answer to this.
    deeds.forget()
    setAsking(deed)
  }
  const question = may && delivery.actions.includes('confirm')
  return (
    <li
      data-delivery={delivery.id}
      data-state={state}
      className={`animate-glow border-b border-line last:border-0 ${open ? 'bg-raised/35' : ''}`}
    >
      <div className="flex items-center gap-3.5 px-4 py-2.5 max-rail:flex-wrap max-rail:gap-y-1.5">
        <AccountFace account={account} size={32} />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-ui font-semibold">
            {account.label} <span className="sr-only">on {networkOf(account).name}</span>
          </h2>
          <p className="text-caption text-ink-2 wrap-anywhere">{sentenceOf(delivery, now)}</p>
        </div>
        <div className="flex flex-none items-center gap-3 max-rail:w-full max-rail:pl-11.5">
          <DeliveryStatus delivery={delivery} />
          <span className="flex min-w-0 justify-end max-rail:flex-1 rail:min-w-22">
            {may && <DeliveryActs delivery={delivery} there={there} deeds={deeds} returnTo={returnTo} />}
          </span>
          {may && <DeliveryMenu delivery={delivery} there={there} deeds={deeds} onAsk={ask} />}
          <IconButton
            label={open ? `Hide what was done for ${account.label}` : `What was done for ${account.label}`}
            aria-expanded={open}
            aria-controls={detailsId}
            onClick={() => setTurned(!open)}
          >
            <ChevronDown
              size={16}
              aria-hidden
              className={`transition-transform duration-120 ${open ? 'rotate-180' : ''}`}
            />
          </IconButton>
        </div>
      </div>
      <div id={detailsId} hidden={!open} className="grid gap-3 px-4 pt-1 pb-3 rail:pl-15.5">
        {question && <Question delivery={delivery} onLive={() => ask('live')} onAgain={() => ask('again')} />}
        {open && <What id={delivery.id} />}
      </div>
      {asking && <DeedDialog deed={asking} delivery={delivery} deeds={deeds} onClose={() => setAsking(undefined)} />}
    </li>
  )
}

function What({ id }: { id: string }) {
  const detail = useDelivery(id)
  if (detail.data) return <Timeline detail={detail.data} />
  if (detail.isError) return <p className="text-caption text-bad">What was done could not be read.</p>
  return (
    <div aria-busy="true" className="grid gap-2">
      <Bone className="h-4 w-64 max-w-full" />
      <Bone className="h-4 w-52 max-w-full" />
    </div>
  )
}
