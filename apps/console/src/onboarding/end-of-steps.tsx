import type { OnboardingStepInfo } from '@mooring/react'
import { Button } from '../ui/button.tsx'
import { StepList } from './step-list.tsx'

export function EndOfSteps({ steps, onLeave }: { steps: readonly OnboardingStepInfo[]; onLeave: () => void }) {
  return (
    <>
      <div className="rounded-card border border-line bg-card">
        <StepList steps={steps} />
      </div>
      <Button variant="primary" onClick={onLeave} className="mt-auto h-11! w-full">
        To your accounts
      </Button>
    </>
  )
}
