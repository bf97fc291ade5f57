import { Check } from 'lucide-react'
import { Fragment } from 'react'

const STEPS = ['Consent', 'Choose accounts', 'Done']

/** Where one is: filled is done, hollow is now, dim is to come. */
export function Steps({ current }: { current: number }) {
  return (
    <ol className="flex items-center gap-2.5" aria-label="Steps">
      {STEPS.map((label, index) => {
        const state = index < current ? 'done' : index === current ? 'now' : 'next'
        return (
          <Fragment key={label}>
            {index > 0 && (
              <li aria-hidden="true" className={`h-px w-6.5 ${index <= current ? 'bg-accent' : 'bg-line-strong'}`} />
            )}
            <li
              data-state={state}
              aria-current={state === 'now' ? 'step' : undefined}
              className="flex items-center gap-2 text-caption font-medium text-ink data-[state=next]:font-normal data-[state=next]:text-ink-3"
            >
              <Node state={state} number={index + 1} />
              {label}
            </li>
          </Fragment>
        )
      })}
    </ol>
  )
}

function Node({ state, number }: { state: 'done' | 'now' | 'next'; number: number }) {
  const look = {
    done: 'bg-accent border-accent text-accent-ink',
    now: 'border-accent text-link',
    next: 'border-line-strong text-ink-3',
  }[state]
  return (
    <span
      aria-hidden="true"
      className={`grid size-4.5 place-items-center rounded-pill border-2 text-floor font-semibold ${look}`}
    >
      {state === 'done' ? <Check size={11} strokeWidth={3} /> : number}
    </span>
  )
}
