import type { Flow } from '../../api.ts'
import { FlowAlert } from './flow-alert.tsx'
import { FlowButton } from './flow-button.tsx'
import { FlowHead } from './flow-head.tsx'
import { credentialsOf, type StepProps } from './step-props.ts'

interface OverProps extends Omit<StepProps, 'flow'> {
  /** Undefined: it cannot be found, or is another browser's. */
  flow: Flow | undefined
  message: string
  onStartAgain?: (() => void) | undefined
  onBack?: (() => void) | undefined
}

/** This flow goes no further: what happened, and where one begins anew. */
export function Over({ flow, mark, heading, message, onStartAgain, onBack }: OverProps) {
  return (
    <section data-slot="flow-over" className="mooring-flow">
      <FlowHead title={titleOf(flow)} mark={mark} heading={heading} focus>
        {onStartAgain === undefined
          ? 'Start again where you came from. If that was a link, ask for a new one.'
          : 'Nothing was kept of it. You can start again, it takes a minute.'}
      </FlowHead>
      <FlowAlert message={message} />
      {onStartAgain && <FlowButton onClick={onStartAgain}>Start again</FlowButton>}
      {onBack && (
        <FlowButton variant="secondary" onClick={onBack}>
          Back
        </FlowButton>
      )}
    </section>
  )
}

function titleOf(flow: Flow | undefined): string {
  if (!flow) return 'This sign-in is over'
  return flow.state === 'expired' ? 'Time is up' : `${credentialsOf(flow).platform} was not connected`
}
