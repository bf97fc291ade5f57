import { AttemptClock } from './attempt-clock.tsx'
import { FlowAlert } from './flow-alert.tsx'
import { FlowButton } from './flow-button.tsx'
import { FlowHead } from './flow-head.tsx'
import { OtherWays } from './other-ways.tsx'
import { credentialsOf, type StepProps } from './step-props.ts'
import { UnverifiedNote } from './unverified-note.tsx'
import { useLeaving } from './use-leaving.ts'

/** What a form of ours cannot show is done at the service's own page. */
export function HostedStep({ flow, mark, heading }: StepProps) {
  const { service, platform, attemptEndsAt, unverified, asker } = credentialsOf(flow)
  const { leave, busy, error } = useLeaving(flow.id)
  const asked = flow.state === 'checkpoint'
  return (
    <section data-slot="two-factor-form" className="mooring-flow">
      <FlowHead
        title={asked ? `Go on at ${platform}’s own page` : `Sign in to ${platform}`}
        mark={mark}
        heading={heading}
        focus
      >
        {asked
          ? `${platform} asks for something that only its own page can show. ${service} opens it for you, and brings you back here.`
          : `${asker.name} works from your own ${platform}. You sign in at a page of ${service}, and come back here.`}
      </FlowHead>
      <UnverifiedNote sentence={unverified} />
      <FlowAlert message={error ?? flow.error?.message} />
      <FlowButton busy={busy} onClick={leave}>
        {busy ? `Opening ${service}…` : `Open ${service}’s page`}
      </FlowButton>
      {asked && (
        <>
          <AttemptClock until={attemptEndsAt} />
          <OtherWays flow={flow} />
        </>
      )}
    </section>
  )
}
