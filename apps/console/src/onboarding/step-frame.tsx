import { OnboardingStep, type OnboardingStepInfo, useWorkspace } from '@mooring/react'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSignedIn } from '../app/gate.tsx'
import { IconButton } from '../ui/icon-button.tsx'

export interface StepFrameProps {
  /** All of them: the bar shows how far one is. */
  steps: readonly OnboardingStepInfo[]
  /** Which is shown, from 0; as many as there are: the end. */
  at: number
  title: string
  text: string
  /** Beside the title. */
  mark?: ReactNode
  onLeave: () => void
  onBack?: (() => void) | undefined
  onSkip?: (() => void) | undefined
  skipping?: boolean
  children: ReactNode
}

/** One step on a page of its own: where one is, what it is about, and the ways out. */
export function StepFrame({ steps, at, title, text, mark, onLeave, children, ...ways }: StepFrameProps) {
  const { workspace } = useSignedIn()
  const logo = useWorkspace().data?.logo ?? null
  const here = steps[at]
  const done = steps.filter((one) => one.state === 'done').length
  return (
    <main className="flex min-h-dvh justify-center bg-sunken rail:items-start rail:px-4 rail:py-[8dvh]">
      <OnboardingStep
        asker={{ name: workspace.name, logo }}
        number={at + 1}
        of={steps.length}
        {...(here ? {} : { place: `${done} of ${steps.length} done` })}
        label={here && here.state !== 'open' ? (here.state === 'done' ? 'Done' : 'Skipped') : undefined}
        within={here?.state === 'done' ? 1 : 0}
        skipped={steps.flatMap((one, index) => (one.state === 'done' ? [] : index < at ? [index + 1] : []))}
        title={title}
        lead={text}
        mark={mark}
        aside={
          <IconButton label="Leave for now, to your accounts" onClick={onLeave} className="-mr-2">
            <X size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        }
        {...ways}
      >
        {children}
      </OnboardingStep>
    </main>
  )
}
