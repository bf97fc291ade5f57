import { useState } from 'react'
import { useSeconds } from '../../hooks/use-seconds.ts'
import { longLeft } from '../../logic/time-left.ts'
import { Icon } from '../icon.tsx'
import { FlowHead } from './flow-head.tsx'
import { credentialsOf, type StepProps } from './step-props.ts'
import { Waiting } from './waiting.tsx'

/** Longer than it usually takes. */
const LONG = 20_000

/** The service signs in. Nothing to do but wait, and it says so. */
export function Connecting({ flow, mark, heading }: StepProps) {
  const { retry, service, platform } = credentialsOf(flow)
  const [since] = useState(Date.now)
  const now = useSeconds(true)
  const wait = retry === null ? 0 : Date.parse(retry.at) - now
  return (
    <section data-slot="connecting" className="mooring-flow" aria-busy="true">
      <FlowHead title={`Signing in to ${platform}`} mark={mark} heading={heading} focus>
        This takes up to a minute. Keep this page open.
      </FlowHead>
      <ol className="mooring-line">
        <li className="mooring-line-step" data-state="done">
          Sealed and handed to {service}
        </li>
        <li className="mooring-line-step" data-state="now" aria-current="step">
          {retry === null ? (
            <Waiting
              label={`Waiting for ${platform}`}
              note={now - since >= LONG ? 'It takes longer than usual. Nothing is lost.' : undefined}
            />
          ) : (
            <div className="mooring-retry">
              <p>
                <Icon name="cloud-off" size={16} />
                <span role="status">{service} does not answer.</span>{' '}
                {wait > 0 ? `Trying again in ${longLeft(wait)}.` : 'Trying again now.'}
              </p>
              <p>Nothing is lost, and there is nothing to do for you.</p>
            </div>
          )}
        </li>
        <li className="mooring-line-step" data-state="next">
          Connected
        </li>
      </ol>
    </section>
  )
}
