import { type ReactNode, useState } from 'react'
import { useSeconds } from '../../hooks/use-seconds.ts'
import { longLeft, spokenLeft } from '../../logic/time-left.ts'
import { FlowAlert } from './flow-alert.tsx'
import { FlowButton } from './flow-button.tsx'
import { FlowHead } from './flow-head.tsx'
import { HostedLink } from './hosted-link.tsx'
import { Ring } from './ring.tsx'
import { credentialsOf, type StepProps } from './step-props.ts'

/** Too many tries: when the next one can be made. */
export function CoolDown({ flow, mark, heading, children }: StepProps & { children?: ReactNode }) {
  const { attemptsAgainAt, ways, platform } = credentialsOf(flow)
  const [since] = useState(Date.now)
  const now = useSeconds(true)
  const at = Date.parse(attemptsAgainAt ?? '')
  return (
    <section data-slot="cool-down" className="mooring-flow">
      <FlowHead title="A pause before the next try" mark={mark} heading={heading} focus>
        {platform} locks accounts that are tried too often. This keeps yours safe.
      </FlowHead>
      {children}
      <FlowAlert message={flow.error?.message} />
      <div className="mooring-clock">
        <Ring left={at - now} whole={at - since} />
        <div>
          <p aria-hidden="true">
            <b>You can try again in {longLeft(at - now)}</b>
          </p>
          <p>You may leave this page open: the form comes back by itself.</p>
          <p role="status" className="mooring-hidden">
            {spokenLeft(at - now)}
          </p>
        </div>
      </div>
      {ways.hosted && (
        <footer className="mooring-flow-foot">
          <HostedLink flow={flow} />
        </footer>
      )}
    </section>
  )
}

/** The account is locked at the platform, where alone it can be unlocked. */
export function Locked({ flow, mark, heading, onAgain }: StepProps & { onAgain: () => void }) {
  const { platform } = credentialsOf(flow)
  return (
    <section data-slot="locked" className="mooring-flow">
      <FlowHead title={`${platform} locked this account`} mark={mark} heading={heading} focus>
        You can unlock it at {platform} itself. It is a matter of minutes, mostly.
      </FlowHead>
      <FlowAlert message={flow.error?.message} />
      <ol className="mooring-steps">
        <li>Open {platform} in your browser or its app, and sign in there.</li>
        <li>Do what {platform} asks for: a code, a new password, perhaps a picture of your ID.</li>
        <li>Come back to this page and try again.</li>
      </ol>
      <FlowButton onClick={onAgain}>It is unlocked, try again</FlowButton>
    </section>
  )
}

/** The operator's matter: no password can mend it. */
export function Ours({ flow, mark, heading, onAgain }: StepProps & { onAgain: () => void }) {
  const { asker } = credentialsOf(flow)
  return (
    <section data-slot="ours" className="mooring-flow">
      <FlowHead title="Not possible right now" mark={mark} heading={heading} focus>
        Tell {asker.name} about it. Your password has nothing to do with it.
      </FlowHead>
      <FlowAlert message={flow.error?.message} />
      <FlowButton variant="secondary" onClick={onAgain}>
        Try again
      </FlowButton>
    </section>
  )
}
