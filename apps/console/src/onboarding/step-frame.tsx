import type { OnboardingStepInfo } from '@mooring/react'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Wordmark } from '../shell/logo.tsx'
import { Button } from '../ui/button.tsx'
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
export function StepFrame({
  steps,
  at,
  title,
  text,
  mark,
  onLeave,
  onBack,
  onSkip,
  skipping,
  children,
}: StepFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // Whoever goes on by the keyboard, or hears the page, begins each step at its title.
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew for each step
  useEffect(() => heading.current?.focus(), [at])
  return (
    <main className="grid min-h-dvh bg-sunken rail:place-items-center rail:p-6">
      <div
        data-slot="onboarding-step"
        className="flex w-full max-w-140 flex-col bg-ground rail:min-h-150 rail:rounded-dialog rail:border rail:border-line rail:shadow-dialog"
      >
        <header className="flex h-13 items-center gap-3 border-b border-line px-6 max-rail:px-4">
          <Wordmark />
          <p className="flex-1 text-right text-caption text-ink-2">Saved, you can come back later</p>
          <IconButton label="Leave for now, to your accounts" onClick={onLeave} className="-mr-2">
            <X size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </header>
        <div className="flex flex-1 flex-col px-8 pt-5 pb-6 max-rail:px-4">
          <Progress steps={steps} at={at} />
          <div className="mt-6 mb-5 flex items-start gap-3.5">
            {mark}
            <div className="min-w-0">
              <h1 ref={heading} tabIndex={-1} className="text-page outline-none">
                {title}
              </h1>
              <p className="mt-1 text-writing text-ink-2">{text}</p>
            </div>
          </div>
          <div className="flex flex-1 flex-col gap-4">{children}</div>
          {(onBack || onSkip) && (
            <footer className="mt-5 flex items-center justify-between gap-3">
              {onBack ? (
                <Button variant="ghost" onClick={onBack} className="-ml-3">
                  Back
                </Button>
              ) : (
                <span />
              )}
              {onSkip && (
                <Button variant="ghost" busy={skipping ?? false} onClick={onSkip} className="-mr-3">
                  Skip for now
                </Button>
              )}
            </footer>
          )}
        </div>
      </div>
    </main>
  )
}

const SEGMENT = { done: 'bg-accent', skipped: 'bg-line-strong', open: 'bg-line' }

function Progress({ steps, at }: { steps: readonly OnboardingStepInfo[]; at: number }) {
  const here = steps[at]
  return (
    <div>
      <p className="mb-2.5 flex justify-between gap-3 text-caption">
        <span className="font-semibold text-ink">
          {here
            ? `Step ${at + 1} of ${steps.length}`
            : `${steps.filter((one) => one.state === 'done').length} of ${steps.length} done`}
        </span>
        {here && here.state !== 'open' && (
          <span className="text-ink-2">{here.state === 'done' ? 'Done' : 'Skipped'}</span>
        )}
      </p>
      <div aria-hidden="true" className="flex gap-1.5">
        {steps.map((one, index) => (
          <span
            key={one.id}
            className={`h-1 flex-1 rounded-pill ${index === at && one.state !== 'done' ? 'bg-accent/45' : SEGMENT[one.state]}`}
          />
        ))}
      </div>
    </div>
  )
}
