import { type Delivery, deliveriesWorstFirst, deliveryLook, outcomeParts, type Tone } from '@mooring/react'
import { Fragment } from 'react'

const FILLS: Record<Tone, string> = {
  ok: 'bg-ok-dot',
  warn: 'bg-warn-dot',
  bad: 'bg-bad-dot',
  idle: 'bg-line-strong',
  accent: 'bg-accent',
  unk: 'bg-unk-dot',
}
const WORDS: Record<Tone, string> = {
  ok: 'text-ink-2',
  warn: 'font-medium text-warn',
  bad: 'font-medium text-bad',
  idle: 'text-ink-2',
  accent: 'text-ink-2',
  unk: 'font-medium text-unk',
}

/** All accounts in one line: a piece each, and the same in words. */
export function Summary({ deliveries }: { deliveries: readonly Delivery[] }) {
  if (deliveries.length === 0) return null
  const calmFirst = deliveriesWorstFirst(deliveries).reverse()
  return (
    <div data-slot="summary" className="mb-3.5 flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <span aria-hidden="true" className="flex w-62 max-w-full gap-0.75">
        {calmFirst.map((one) => (
          <span key={one.id} className={`h-1.5 flex-1 rounded-pill ${FILLS[deliveryLook(one).tone]}`} />
        ))}
      </span>
      <p role="status" className="text-caption text-ink-2">
        {outcomeParts(deliveries).map(({ tone, words }, place) => (
          <Fragment key={words}>
            {place > 0 && ', '}
            <span className={WORDS[tone]}>{words}</span>
          </Fragment>
        ))}
      </p>
    </div>
  )
}
