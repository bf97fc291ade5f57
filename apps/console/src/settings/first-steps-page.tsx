import { useOnboarding } from '@mooring/react'
import { useTitle } from '../app/use-title.ts'
import { StepList } from '../onboarding/step-list.tsx'
import { Card } from '../ui/card.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Bone } from '../ui/skeleton.tsx'

/** What was skipped is taken up again here. */
export function FirstStepsPage() {
  useTitle('First steps')
  const onboarding = useOnboarding()
  return (
    <Card aria-labelledby="first-steps" data-slot="first-steps">
      <header className="border-b border-line px-4 py-3.5">
        <h2 id="first-steps" className="text-section">
          First steps
        </h2>
        <p className="mt-0.5 text-caption text-ink-2">An owner takes them, in any order, or leaves them.</p>
      </header>
      {onboarding.data ? (
        onboarding.data.steps.length === 0 ? (
          <p className="px-4 py-8 text-center text-ui text-ink-2">There are none on this server.</p>
        ) : (
          <StepList steps={onboarding.data.steps} />
        )
      ) : onboarding.isError ? (
        <ErrorPanel error={onboarding.error} onRetry={() => void onboarding.refetch()} />
      ) : (
        <div aria-busy="true" className="px-4 py-5">
          <p role="status" className="sr-only">
            Loading the first steps
          </p>
          <Bone className="h-4 w-2/5" />
        </div>
      )}
    </Card>
  )
}
