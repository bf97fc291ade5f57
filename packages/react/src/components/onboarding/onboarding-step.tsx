import type { ReactNode } from 'react'
import type { Asker } from '../../api.ts'
import { Icon } from '../icon.tsx'
import { FlowSheet } from './flow-sheet.tsx'

export interface OnboardingStepProps {
  asker: Asker
  /** From 1. */
  number: number
  of: number
  /** A word or two on the right: "LinkedIn". */
  label?: string
  /** The heading; left out where what is inside has its own. */
  title?: string
  lead?: ReactNode
  mark?: ReactNode
  /** How far this step itself is, from 0 to 1. */
  within?: number
  onBack?: (() => void) | undefined
  onSkip?: (() => void) | undefined
  children: ReactNode
}

/** The frame of one step: where one is, the way back, and the way around. */
export function OnboardingStep(props: OnboardingStepProps) {
  const { asker, number, of, label, title, lead, mark, within = 0, onBack, onSkip, children } = props
  return (
    <FlowSheet asker={asker} aside="Saved, you can come back later">
      <div data-slot="onboarding-step" className="mooring-onboarding">
        <p className="mooring-onboarding-place">
          <b>
            Step {number} of {of}
          </b>
          {label}
        </p>
        <div
          className="mooring-onboarding-bar"
          role="progressbar"
          aria-label="Steps done"
          aria-valuemin={0}
          aria-valuemax={of}
          aria-valuenow={number - 1}
          aria-valuetext={`Step ${number} of ${of}`}
        >
          {Array.from({ length: of }, (_, index) => index + 1).map((step) => (
            <span key={step}>
              <span style={{ width: `${shareOf(step, number, within) * 100}%` }} />
            </span>
          ))}
        </div>
        {title !== undefined && (
          <header className="mooring-flow-head">
            {mark}
            <div>
              <h1 className="mooring-flow-title">{title}</h1>
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
              <button type="button" className="mooring-link" data-end onClick={onSkip}>
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
