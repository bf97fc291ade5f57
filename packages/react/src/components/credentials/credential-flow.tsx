import { useEffect, useRef, useState } from 'react'
import type { Flow } from '../../api.ts'
import { useConnectionStatus } from '../../hooks/credentials.ts'
import { useSlow } from '../../hooks/use-slow.ts'
import { isApiProblem } from '../../problem.ts'
import { useMooring } from '../../provider.tsx'
import { ChooseAccounts } from './choose-accounts.tsx'
import { Connecting } from './connecting.tsx'
import { ConnectionSuccess } from './connection-success.tsx'
import { FlowAlert } from './flow-alert.tsx'
import { FlowButton } from './flow-button.tsx'
import { Over } from './over.tsx'
import { Start } from './start.tsx'
import type { StepProps } from './step-props.ts'
import { TwoFactorForm } from './two-factor-form.tsx'

export interface CredentialFlowProps extends Omit<StepProps, 'flow' | 'username'> {
  flowId: string
  /** In place of going back to where the flow was started; null: the page that it stands on is the end. */
  onConnected?: ((flow: Flow) => void) | null
  /** In place of choosing accounts here. */
  onAccounts?: ((flow: Flow) => void) | undefined
  /** Begins anew where this flow is over. */
  onStartAgain?: ((flow: Flow) => void) | undefined
}

/** The whole of a flow by credentials: it shows the step that the flow is at, and goes on with it. */
export function CredentialFlow({ flowId, onConnected, onAccounts, onStartAgain, ...look }: CredentialFlowProps) {
  const { flow, step, error, refetch } = useConnectionStatus(flowId)
  const client = useMooring()
  const [username, setUsername] = useState('')
  const slow = useSlow(!flow && !error)
  const choosing = useRef(onAccounts)
  choosing.current = onAccounts
  useEffect(() => {
    if (flow && step === 'accounts') choosing.current?.(flow)
  }, [flow, step])

  if (!flow && isApiProblem(error) && error.status < 500 && error.status > 0) {
    return <Over flow={undefined} message={error.message} {...look} />
  }
  if (!flow) {
    return (
      <section className="mooring-flow" aria-busy={!error}>
        {error ? (
          <>
            <FlowAlert message={error.message} />
            <FlowButton onClick={() => void refetch()}>Try now</FlowButton>
          </>
        ) : (
          <p role="status" className={slow ? 'mooring-flow-lead' : 'mooring-hidden'}>
            Opening the sign-in…
          </p>
        )}
      </section>
    )
  }
  const leave = () => window.location.assign(client.address(`/connect/${encodeURIComponent(flow.id)}/done`))
  switch (step) {
    case 'connecting':
      return <Connecting flow={flow} {...look} />
    case 'code':
    case 'approval':
    case 'phone':
    case 'hosted':
      // Anew for each checkpoint: what was typed for one is nothing for the next.
      return (
        <TwoFactorForm
          key={`${flow.checkpoint} ${flow.credentials?.method}`}
          flow={flow}
          {...look}
          username={username}
        />
      )
    case 'accounts':
      return onAccounts === undefined ? <ChooseAccounts flow={flow} {...look} /> : null
    case 'connected': {
      const goOn = onConnected === null ? undefined : onConnected === undefined ? leave : () => onConnected(flow)
      return <ConnectionSuccess flow={flow} {...look} onGoOn={goOn} />
    }
    case 'over':
      return (
        <Over
          flow={flow}
          {...look}
          message={flow.error?.message ?? 'That took too long.'}
          onStartAgain={onStartAgain && (() => onStartAgain(flow))}
          onBack={onConnected === null ? undefined : leave}
        />
      )
    default:
      return <Start flow={flow} {...look} username={username} onUsername={setUsername} />
  }
}
