import { type OnboardingStepInfo, Pill } from '@mooring/react'
import { Link } from '@tanstack/react-router'

const STATE = {
  done: { tone: 'ok', icon: 'circle-check', says: 'Done', label: 'Look at' },
  skipped: { tone: 'idle', icon: 'minus', says: 'Skipped', label: 'Do it now:' },
  open: { tone: 'idle', icon: 'chevron-right', says: 'To do', label: 'Do it now:' },
} as const

/** All steps as they stand, each with the way there. */
export function StepList({ steps }: { steps: readonly OnboardingStepInfo[] }) {
  return (
    <ul data-slot="steps">
      {steps.map(({ id, title, text, state }) => {
        const { tone, icon, says, label } = STATE[state]
        return (
          <li
            key={id}
            data-step={id}
            data-state={state}
            className="flex min-h-14 items-center gap-3 border-b border-line px-4 py-2.5 last:border-0"
          >
            <div className="min-w-0 flex-1">
              <p className="text-ui font-medium">{title}</p>
              <p className="mt-0.5 text-caption text-ink-2">{text}</p>
            </div>
            <Pill tone={tone} icon={icon}>
              {says}
            </Pill>
            <Link
              to="/onboarding"
              search={{ step: id }}
              aria-label={`${label} ${title}`}
              data-slot="button"
              data-variant="secondary"
              data-size="small"
              className="mooring-button flex-none"
            >
              {state === 'done' ? 'Look' : 'Do it'}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
