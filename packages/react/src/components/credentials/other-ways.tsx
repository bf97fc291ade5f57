import type { ReactNode } from 'react'
import { useAnotherWay, useResendCode, useRestart } from '../../hooks/credentials.ts'
import { useSeconds } from '../../hooks/use-seconds.ts'
import { useSlow } from '../../hooks/use-slow.ts'
import { shortLeft } from '../../logic/time-left.ts'
import { Icon } from '../icon.tsx'
import type { IconName } from '../icons.ts'
import { FlowAlert } from './flow-alert.tsx'
import { Spinner } from './flow-button.tsx'
import { credentialsOf, type StepProps } from './step-props.ts'
import { useLeaving } from './use-leaving.ts'

/** What else can be done at a checkpoint. */
export function OtherWays({ flow }: Pick<StepProps, 'flow'>) {
  const { resendAt, anotherWay, ways, service } = credentialsOf(flow)
  const resend = useResendCode(flow.id)
  const another = useAnotherWay(flow.id)
  const restart = useRestart(flow.id)
  const hosted = useLeaving(flow.id)
  const fault = resend.error ?? another.error ?? restart.error
  const now = useSeconds(resendAt !== null)
  const wait = resendAt === null ? 0 : Date.parse(resendAt) - now
  return (
    <>
      <ul data-slot="other-ways" className="mooring-ways" aria-label="Other ways">
        {resendAt !== null && (
          <Way icon="message-square-text" busy={resend.isPending} wait={wait} onTake={() => resend.mutate()}>
            Send a new code
          </Way>
        )}
        {anotherWay && (
          <Way icon="shuffle" busy={another.isPending} onTake={() => another.mutate()}>
            {flow.checkpoint === 'approval' ? 'Use a code instead' : 'Try another way'}
          </Way>
        )}
        {ways.hosted && flow.checkpoint !== 'hosted' && (
          <Way icon="external-link" busy={hosted.busy} onTake={hosted.leave}>
            Use {service}’s own page
          </Way>
        )}
        <Way icon="rotate-ccw" busy={restart.isPending} onTake={() => restart.mutate()}>
          Use another account
        </Way>
      </ul>
      <FlowAlert message={fault?.message ?? hosted.error} />
      <p role="status" className={resend.isSuccess && flow.error === null ? 'mooring-flow-said' : 'mooring-hidden'}>
        {resend.isSuccess && flow.error === null ? 'A new code is on its way. The ones before count no more.' : ''}
      </p>
    </>
  )
}

interface WayProps {
  icon: IconName
  busy: boolean
  /** In ms; until then it cannot be taken, and says so. */
  wait?: number
  onTake: () => void
  children: ReactNode
}

function Way({ icon, busy, wait = 0, onTake, children }: WayProps) {
  const slow = useSlow(busy)
  const off = busy || wait > 0
  return (
    <li>
      <button type="button" aria-disabled={off} aria-busy={busy || undefined} onClick={off ? undefined : onTake}>
        <Icon name={icon} size={16} />
        <span>{children}</span>
        {wait > 0 ? <small>in {shortLeft(wait)}</small> : slow ? <Spinner /> : <Icon name="chevron-right" size={16} />}
      </button>
    </li>
  )
}
