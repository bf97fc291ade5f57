import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useVerifyCheckpoint } from '../../hooks/credentials.ts'
import { phoneOf } from '../../logic/typed.ts'
import { AttemptClock } from './attempt-clock.tsx'
import { FlowAlert } from './flow-alert.tsx'
import { FlowButton } from './flow-button.tsx'
import { FlowHead } from './flow-head.tsx'
import { OtherWays } from './other-ways.tsx'
import { credentialsOf, type StepProps } from './step-props.ts'
import { TextField } from './text-field.tsx'

/** The platform wants a number to send its code to. */
export function PhoneForm({ flow, mark, heading }: StepProps) {
  const { platform, attemptEndsAt } = credentialsOf(flow)
  const verify = useVerifyCheckpoint(flow.id)
  const [dialCode, setDialCode] = useState('')
  const [number, setNumber] = useState('')
  const [fault, setFault] = useState<{ fault: string; field: 'dialCode' | 'number' } | undefined>(undefined)
  const fields = { dialCode: useRef<HTMLInputElement>(null), number: useRef<HTMLInputElement>(null) }
  const first = fields.dialCode
  useEffect(() => first.current?.focus(), [first])
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (verify.isPending) return
    const typed = phoneOf(dialCode, number)
    setFault('fault' in typed ? typed : undefined)
    if ('fault' in typed) return fields[typed.field].current?.focus()
    verify.mutate({ phone: typed.value }, { onSuccess: () => first.current?.focus() })
  }
  const faultOf = (field: 'dialCode' | 'number') => (fault?.field === field ? fault.fault : undefined)
  return (
    <form data-slot="two-factor-form" className="mooring-flow" method="post" noValidate onSubmit={send}>
      <FlowHead title="Give your phone number" mark={mark} heading={heading}>
        {platform} wants a number for this account, and sends a code to it. It is kept by {platform}, and not here.
      </FlowHead>
      <FlowAlert message={verify.isPending ? undefined : (verify.error?.message ?? flow.error?.message)} />
      <div className="mooring-phone">
        <TextField
          ref={fields.dialCode}
          label="Country"
          name="dial-code"
          type="tel"
          inputMode="tel"
          autoComplete="tel-country-code"
          placeholder="+33"
          maxLength={6}
          required
          value={dialCode}
          error={faultOf('dialCode')}
          onChange={(event) => setDialCode(event.target.value)}
        />
        <TextField
          ref={fields.number}
          label="Number"
          name="number"
          type="tel"
          inputMode="tel"
          autoComplete="tel-national"
          maxLength={24}
          required
          value={number}
          error={faultOf('number')}
          onChange={(event) => setNumber(event.target.value)}
        />
      </div>
      <FlowButton type="submit" busy={verify.isPending}>
        {verify.isPending ? 'Sending…' : 'Send me a code'}
      </FlowButton>
      <AttemptClock until={attemptEndsAt} />
      <OtherWays flow={flow} />
    </form>
  )
}
