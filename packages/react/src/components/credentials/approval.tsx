import { Icon } from '../icon.tsx'
import { AttemptClock } from './attempt-clock.tsx'
import { FlowAlert } from './flow-alert.tsx'
import { FlowHead } from './flow-head.tsx'
import { OtherWays } from './other-ways.tsx'
import { credentialsOf, type StepProps } from './step-props.ts'
import { Waiting } from './waiting.tsx'

/** The person says yes on their phone; nothing is typed here. */
export function Approval({ flow, mark, heading }: StepProps) {
  const { platform, attemptEndsAt } = credentialsOf(flow)
  return (
    <section data-slot="two-factor-form" className="mooring-flow">
      <FlowHead title="Approve on your phone" mark={mark} heading={heading} focus>
        Open {platform} on your phone and tap Yes.
      </FlowHead>
      <FlowAlert message={flow.error?.message} />
      <div className="mooring-approve">
        <span className="mooring-approve-phone" aria-hidden="true">
          <Icon name="smartphone" size={32} />
          <span className="mooring-approve-yes">
            <Icon name="check" size={13} />
          </span>
        </span>
        <Waiting label="Waiting for your yes" note="This page goes on by itself." />
      </div>
      <AttemptClock until={attemptEndsAt} />
      <OtherWays flow={flow} />
    </section>
  )
}
