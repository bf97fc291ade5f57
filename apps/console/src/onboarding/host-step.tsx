import type { OnboardingStepInfo } from '@mooring/react'
import { Button } from '../ui/button.tsx'

/** A step of the product that Mooring is part of: done there, and marked by it. */
export function HostStep({ step, onward }: { step: OnboardingStepInfo; onward: () => void }) {
  const done = step.state === 'done'
  return (
    <div className="mt-auto grid gap-2.5">
      {step.href !== null && (
        <a
          href={step.href}
          data-slot="button"
          data-variant={done ? 'secondary' : 'primary'}
          className="mooring-button h-11! w-full"
        >
          {done ? 'Look at it again' : step.title}
        </a>
      )}
      {done && (
        <Button variant="primary" onClick={onward} className="h-11! w-full">
          Go on
        </Button>
      )}
    </div>
  )
}
