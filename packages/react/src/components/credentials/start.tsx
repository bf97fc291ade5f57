import { useState } from 'react'
import { useSeconds } from '../../hooks/use-seconds.ts'
import { obstacleOf } from '../../logic/credential-step.ts'
import { CredentialForm, type CredentialFormProps } from './credential-form.tsx'
import { HostedStep } from './hosted-step.tsx'
import { CoolDown, Locked, Ours } from './obstacles.tsx'
import { SeatPicker } from './seat-picker.tsx'
import { credentialsOf } from './step-props.ts'

/** The beginning: a seat that is there already, a new sign-in, or what stands in the way of one. */
export function Start(props: CredentialFormProps) {
  const { ways } = credentialsOf(props.flow)
  const [fresh, setFresh] = useState(!ways.existing)
  if (!ways.existing) return <SignIn {...props} />
  if (!ways.password) return <SeatPicker {...props} />
  const tabs = (
    <fieldset className="mooring-tabs">
      <legend className="mooring-hidden">Which seat</legend>
      <Tab on={!fresh} onChoose={() => setFresh(false)} label="Choose a seat" />
      <Tab on={fresh} onChoose={() => setFresh(true)} label="Add a new one" />
    </fieldset>
  )
  return fresh ? <SignIn {...props}>{tabs}</SignIn> : <SeatPicker {...props}>{tabs}</SeatPicker>
}

function Tab({ on, onChoose, label }: { on: boolean; onChoose: () => void; label: string }) {
  return (
    <button type="button" aria-pressed={on} onClick={onChoose}>
      {label}
    </button>
  )
}

function SignIn(props: CredentialFormProps) {
  const { flow } = props
  const { ways, attemptsAgainAt } = credentialsOf(flow)
  // What was put aside is this one refusal, and not the next.
  const [aside, setAside] = useState<unknown>(undefined)
  const now = useSeconds(attemptsAgainAt !== null)
  if (!ways.password) return <HostedStep {...props} />
  const obstacle = flow.error !== null && flow.error === aside ? null : obstacleOf(flow, now)
  const again = () => setAside(flow.error)
  switch (obstacle) {
    case 'cooldown':
      return <CoolDown {...props} />
    case 'locked':
      return <Locked {...props} onAgain={again} />
    case 'ours':
      return <Ours {...props} onAgain={again} />
    case null:
      return <CredentialForm {...props} />
  }
}
