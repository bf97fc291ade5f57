import { type Onboarding, type OnboardingStepInfo, useOnboarding, useSayOfStep, useSeeOnboarding } from '@mooring/react'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useSignedIn } from '../app/gate.tsx'
import { useTitle } from '../app/use-title.ts'
import { ErrorPage } from '../ui/error-page.tsx'
import { notify } from '../ui/notify.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { BusinessStep } from './business-step.tsx'
import { ConnectStep, StepMark } from './connect-step.tsx'
import { EndOfSteps } from './end-of-steps.tsx'
import { HostStep } from './host-step.tsx'
import { StepFrame } from './step-frame.tsx'
import { WebhookStep } from './webhook-step.tsx'

/** The first steps. `step`: which is shown; the first open one without it. */
export function OnboardingPage({ step }: { step: string | undefined }) {
  useTitle('First steps')
  const { permissions } = useSignedIn()
  const owner = permissions.includes('workspace:write')
  const onboarding = useOnboarding(owner)
  if (!owner) return <Navigate to="/accounts" replace />
  if (onboarding.data) return <Steps onboarding={onboarding.data} wanted={step} />
  if (onboarding.isError) return <ErrorPage error={onboarding.error} onRetry={() => void onboarding.refetch()} />
  return <Waiting label="Opening the first steps" />
}

function Steps({ onboarding, wanted }: { onboarding: Onboarding; wanted: string | undefined }) {
  const { steps, current, seen } = onboarding
  const navigate = useNavigate()
  const { mutate: see } = useSeeOnboarding()
  const say = useSayOfStep()
  useEffect(() => {
    if (!seen) see()
  }, [seen, see])
  const found = steps.findIndex((one) => one.id === (wanted ?? current))
  const at = found === -1 ? steps.length : found
  const step = steps[at]
  const leave = () => void navigate({ to: '/accounts' })
  const show = (index: number) =>
    void navigate({ to: '/onboarding', search: { step: steps[index]?.id ?? 'end' }, resetScroll: true })
  const onward = () => show(at + 1)
  const back = at > 0 ? () => show(at - 1) : undefined
  if (!step)
    return (
      <StepFrame
        steps={steps}
        at={at}
        title={current === null && steps.every((one) => one.state === 'done') ? 'All set' : 'That is it for now'}
        text="You find these steps again under Settings, First steps."
        onLeave={leave}
        onBack={back}
      >
        <EndOfSteps steps={steps} onLeave={leave} />
      </StepFrame>
    )
  const skip = () =>
    step.state !== 'open'
      ? onward()
      : say.mutate(
          { step: step.id, state: 'skipped' },
          { onSuccess: onward, onError: (error) => notify.problem(error, { id: 'skip' }) },
        )
  return (
    <StepFrame
      steps={steps}
      at={at}
      title={step.title}
      text={step.text}
      mark={<StepMark step={step} />}
      onLeave={leave}
      onBack={back}
      onSkip={step.state === 'done' ? undefined : skip}
      skipping={say.isPending}
    >
      <Body key={step.id} step={step} onward={onward} />
    </StepFrame>
  )
}

function Body({ step, onward }: { step: OnboardingStepInfo; onward: () => void }) {
  if (step.kind === 'business') return <BusinessStep onward={onward} />
  if (step.kind === 'connect') return <ConnectStep step={step} onward={onward} />
  if (step.kind === 'webhook') return <WebhookStep done={step.state === 'done'} onward={onward} />
  return <HostStep step={step} onward={onward} />
}
