import { type ReactNode, useEffect, useRef } from 'react'
import type { Asker } from '../../api.ts'
import { Icon } from '../icon.tsx'
import { FlowSheet } from './flow-sheet.tsx'

export interface OnboardingStepProps {
  asker: Asker
  /** From 1; one more than there are: the end. */
  number: number
  of: number
  /** In place of "Step 2 of 4". */
  place?: string
  /** A word or two on the right: "LinkedIn", "Skipped". */
  label?: string | undefined
  /** The heading; left out where what is inside has its own. */
  title?: string
  lead?: ReactNode
  mark?: ReactNode
  /** How far this step itself is, from 0 to 1. */
  within?: number
  /** Those that were gone around, by their number: they are not drawn as done. */
  skipped?: readonly number[]
  /** On the right of the head: a way out, mostly. */
  aside?: ReactNode
  onBack?: (() => void) | undefined
  onSkip?: (() => void) | undefined
  skipping?: boolean | undefined
  children: ReactNode
}

/** The frame of one step: where one is, the way back, and the way around. */
export function OnboardingStep(props: OnboardingStepProps) {
  const { asker, number, of, place = `Step ${number} of ${of}`, label, title, lead, mark, aside, children } = props
  const { within = 0, skipped = [], onBack, onSkip, skipping = false } = props
  const heading = useRef<HTMLHeadingElement>(null)
  // Whoever goes on by the keyboard, or hears the page, begins each step at its title.
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew for each step
  useEffect(() => heading.current?.focus(), [number])
  return (
    <FlowSheet asker={asker} aside={aside ?? 'Saved, you can come back later'}>
      <div data-slot="onboarding-step" className="mooring-onboarding">
        <p className="mooring-onboarding-place">
          <b>{place}</b>
          {label}
        </p>
        <div
          className="mooring-onboarding-bar"
          role="progressbar"
          aria-label="Steps done"
          aria-valuemin={0}
          aria-valuemax={of}
          aria-valuenow={number - 1}
          aria-valuetext={place}
        >
          {Array.from({ length: of }, (_, index) => index + 1).map((step) => (
            <span key={step}>
              <span style={{ width: `${skipped.includes(step) ? 0 : shareOf(step, number, within) * 100}%` }} />
            </span>
          ))}
        </div>
        {title !== undefined && (
          <header className="mooring-flow-head">
            {mark}
            <div>
              <h1 ref={heading} tabIndex={-1} className="mooring-flow-title">
                {title}
              </h1>
              {lead !== undefined && <p className="mooring-flow-lead">{lead}</p>}
            </div>
          </header>
        )}
        {children}
        {(onBack || onSkip) && (
          <footer className="mooring-flow-foot">
            {onBack && (
              <button type="button" className="mooring-link" onClick={onBack}>
                <Icon name="arrow-left" size={13} /> Back
              </button>
            )}
            {onSkip && (
              <button
                type="button"
                className="mooring-link"
                data-end
                aria-disabled={skipping}
                onClick={skipping ? undefined : onSkip}
              >
                Skip for now
              </button>
            )}
          </footer>
        )}
      </div>
    </FlowSheet>
  )
}

const shareOf = (step: number, number: number, within: number) => (step < number ? 1 : step === number ? within : 0)
